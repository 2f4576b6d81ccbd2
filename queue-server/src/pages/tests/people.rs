//! 人员变动: what one person of the office asks for another agrees to, and only then the desk opens there.

use axum::http::StatusCode;

use super::{Hall, OURS, THEIRS, WINDOW};
use crate::access::Role;

/// Somebody of the county hall who has a post elsewhere.
const MOVES: &str = "1018";

const DAYS: &str = "from=2026-11-23&until=2026-11-27";

#[tokio::test(flavor = "multi_thread")]
async fn who_asked_for_a_change_does_not_agree_to_it_and_another_does() {
    let hall = Hall::open();
    let (one, two) = (hall.cookie(Role::Office, &[]), hall.cookie_of("9010", Role::Office));
    let clerk = hall.cookie_at(MOVES, "18");
    let wish = format!("does=ask&staff={MOVES}&window={WINDOW}&{DAYS}&reason=leave&again=1");
    let foreign = hall.post("/office/people", &one, THEIRS, &wish).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let back = format!(
        "does=ask&staff={MOVES}&window={WINDOW}&from=2026-11-27&until=2026-11-23&reason=r&again=0"
    );
    let refused = hall.post("/office/people", &one, OURS, &back).await.text;
    assert!(refused.contains("结束的日子早于开始的日子。"), "{refused}");
    let far = wish.replace("until=2026-11-27", "until=2027-11-24").replace("again=1", "again=f");
    let refused = hall.post("/office/people", &one, OURS, &far).await.text;
    assert!(refused.contains("日期太远，最多到一年以后。"), "{refused}");
    let wish = wish.replace("reason=leave", "reason=leave%0D%0A+of+absence");
    let asked = hall.post("/office/people", &one, OURS, &wish).await;
    assert_eq!(asked.to(), "/office/people?said=ask", "{}", asked.text);
    let page = hall.led(&asked, &one).await.text;
    assert!(page.contains("leave of absence"), "a reason is one line: {page}");
    assert!(page.contains("申请已提交") && page.contains("要由别人审批"), "{page}");
    assert!(!page.contains("value=\"granted\""), "{page}");
    let own = hall.post("/office/people", &one, OURS, "does=granted&number=1&again=2").await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    assert!(own.text.contains("本人的申请要由别人审批。"), "{}", own.text);
    let desk = format!("/desk?window={WINDOW}");
    assert!(!hall.get(&desk, &clerk).await.text.contains("20 号窗口"), "nobody agreed yet");

    let other = hall.post("/office/people", &two, OURS, "does=withdrawn&number=1&again=w").await;
    assert_eq!(other.status, StatusCode::CONFLICT, "who did not ask says no, and why");
    let page = hall.get("/office/people", &two).await.text;
    assert!(page.contains("value=\"granted\"") && page.contains("待审批"), "{page}");
    let done = hall.post("/office/people", &two, OURS, "does=granted&number=1&again=3").await;
    assert_eq!(done.to(), "/office/people?said=granted", "{}", done.text);
    // Whose own window is another chooses between the two.
    let both = hall.get("/desk", &clerk).await.text;
    assert!(both.contains("/desk?window=20") && both.contains("/desk?window=18"), "{both}");
    assert!(hall.get("/desk?window=20", &clerk).await.text.contains("20 号窗口"));
    let file = hall.get("/office/people.csv", &one).await.text;
    assert!(file.contains("leave") && file.contains("已同意") && file.contains("9010"), "{file}");
    let end =
        hall.post("/office/people", &one, OURS, "does=withdrawn&number=1&note=+&again=4").await;
    assert_eq!(end.status, StatusCode::CONFLICT, "the end of what was agreed to says why");
    let end = "does=withdrawn&number=1&note=back&again=5";
    assert_eq!(hall.post("/office/people", &one, OURS, end).await.status, StatusCode::SEE_OTHER);
    assert!(!hall.get(&desk, &clerk).await.text.contains("20 号窗口"), "it is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_by_halves_is_kept_in_the_form_and_the_log_says_who_approved() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let half = format!("does=ask&staff={MOVES}&window={WINDOW}&from=x&until=&reason=because");
    let refused = hall.post("/office/people", &office, OURS, &half).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("value=\"because\""), "{}", refused.text);
    assert!(refused.text.contains("请把人员、窗口和日期填完整。"), "{}", refused.text);

    hall.clerk_goes().await;
    let form = format!("does=stand-in&window={WINDOW}&staff={MOVES}&minutes=30&again=1");
    hall.post("/board/act", &office, OURS, &form).await;
    let clerk = hall.cookie_at(MOVES, "18");
    let sign_on = format!("/api/v1/windows/{WINDOW}/sign-on");
    let came = hall.press(&sign_on, &clerk, r#"{"request_id":"came"}"#).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.text);
    let page = hall.get("/office/people", &office).await.text;
    let line = format!("<td>{}</td><td>{MOVES}</td><td>9001</td>", hall.clerk());
    assert!(page.contains(&line), "{line}: {page}");

    let watcher = hall.cookie_of("9007", Role::Supervisor);
    let page = hall.get("/office/people", &watcher).await;
    assert!(page.status == StatusCode::OK && !page.text.contains("value=\"ask\""));
    assert_eq!(hall.post("/office/people", &watcher, OURS, &half).await.to(), "/board");
    let desk = hall.cookie(Role::Desk, &[WINDOW]);
    assert_eq!(hall.get("/office/people", &desk).await.status, StatusCode::SEE_OTHER);
}

/// 1001 came in March for at least 24 months; the county hall says so in `staff.toml`.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_before_the_least_posting_is_over_is_told_and_not_forbidden() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let page = hall.get("/office/people", &office).await.text;
    assert!(page.contains("最短任职期 24 个月") && page.contains("2028-03-02"), "{page}");
    let early = "任职未满，至少到 2028-03-02";
    for (staff, window, is_early) in [("1001", "5", true), (MOVES, "5", false)] {
        let wish =
            format!("does=ask&staff={staff}&window={window}&{DAYS}&reason=r&again={staff}{window}");
        let asked = hall.post("/office/people", &office, OURS, &wish).await;
        assert_eq!(asked.to(), "/office/people?said=ask", "{}", asked.text);
        let page = hall.get("/office/people", &office).await.text;
        let row = page.split("<tr>").find(|row| row.contains(&format!("<td>{staff} ")));
        assert_eq!(row.is_some_and(|row| row.contains(early)), is_early, "{staff}: {page}");
    }
}
