//! 差评整改 and 评价 as the office meets them.

use axum::http::StatusCode;
use hall::{
    command::{Command, Evaluate, EvaluationTarget},
    words::{EvaluationChannel, Rating, Reason},
};

use super::{Hall, OURS, THEIRS, WINDOW};
use crate::{access::Role, engine::ClosedDay};

/// Somebody was served at the clerk's window and says what they think; on a device of four keys.
async fn says(hall: &Hall, who: &str, rating: Rating) {
    let window = WINDOW.parse().unwrap();
    let ticket = hall.issue(who).await;
    hall.happens(&format!("{who} call"), Command::CallNext { window, finish_current: true }).await;
    hall.happens(&format!("{who} start"), Command::Start { window }).await;
    let finish = Command::Finish { window, case: None, item: None, copies: None };
    hall.happens(&format!("{who} finish"), finish).await;
    let token = hall.app.read(|hall| hall.ticket(ticket).unwrap().token);
    let evaluate = Evaluate {
        target: EvaluationTarget::Token(token),
        rating,
        reasons: if rating.is_negative() { vec![Reason::Manner] } else { vec![] },
        text: if rating.is_negative() { "等了很久".to_owned() } else { String::new() },
        channel: EvaluationChannel::Phone,
        scale: if rating == Rating::Satisfied { 4 } else { 5 },
    };
    hall.happens(&format!("{who} says"), Command::Evaluate(evaluate)).await;
}

pub(super) async fn spoken() -> Hall {
    let hall = Hall::open();
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    says(&hall, "a", Rating::VeryDissatisfied).await;
    says(&hall, "b", Rating::Satisfied).await;
    says(&hall, "c", Rating::VerySatisfied).await;
    hall
}

#[tokio::test(flavor = "multi_thread")]
async fn a_negative_goes_from_hand_to_hand_and_is_closed_with_everything_that_was_done() {
    let hall = spoken().await;
    let office = hall.cookie(Role::Office, &[]);
    let list = hall.get("/office/tasks", &office).await.text;
    for words in ["差评整改台账", "非常不满意", "待核实", "未办结 1 件", "/office/task?id=1"]
    {
        assert!(list.contains(words), "{words}: {list}");
    }
    let order = |form: &'static str| {
        let (hall, office) = (&hall, &office);
        async move { hall.post("/office/task", office, OURS, form).await }
    };
    let theirs = hall.post("/office/task", &office, THEIRS, "id=1&does=answer&note=x").await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    let clerk = hall.clerk();
    let given = format!("id=1&does=assign&department=&staff={clerk}&again=0");
    let given = hall.post("/office/task", &office, OURS, &given).await;
    assert_eq!(given.to(), "/office/task?id=1", "{}", given.text);
    let nobody = order("id=1&does=assign&staff=none&again=1").await;
    assert_eq!(nobody.status, StatusCode::CONFLICT);
    assert!(nobody.text.contains("id=\"refused\""), "{}", nobody.text);
    // Pressed twice it acts once.
    for _ in 0..2 {
        let pressed = order("id=1&does=verify&value=complex&note=seen&again=1").await;
        assert_eq!(pressed.status, StatusCode::SEE_OTHER);
    }
    order("id=1&does=call_back&value=content&note=13800138000&again=2").await;
    order("id=1&does=ask_extension&note=more&again=3").await;
    // Whoever asked does not decide it; what was typed stays.
    let own = order("id=1&does=decide_extension&value=yes&note=fair-enough&again=4").await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    assert!(own.text.contains("本人的申请要由别人审批"), "{}", own.text);
    assert!(own.text.contains("value=\"fair-enough\""), "{}", own.text);
    let chief = hall.cookie_of("9002", Role::Office);
    let form = "id=1&does=decide_extension&value=yes&again=4";
    assert_eq!(hall.post("/office/task", &chief, OURS, form).await.status, StatusCode::SEE_OTHER);
    order("id=1&does=close&value=rectified&note=talked&again=5").await;
    order("id=1&does=publish&value=yes&again=6").await;
    let page = hall.get("/office/task?id=1", &office).await.text;
    let owner = format!("工号 {clerk}");
    for words in [
        &*owner,
        "情况复杂，限期整改",
        "seen",
        "***********",
        "同意延期至 2026-12-1",
        "办结：已整改",
        "公开",
        "等了很久",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("seen").count(), 1, "{page}");
    assert!(!page.contains("13800138000"), "{page}");
    let closed = hall.get("/office/tasks?show=closed&month=2026-11", &office).await.text;
    assert!(closed.contains("已整改 · talked") && closed.contains("本月办结 1 件"), "{closed}");
    let file = hall.get("/office/tasks.csv?month=2026-11", &office).await.text;
    assert!(file.contains("已整改,talked,是") && file.contains("已联系，满意"), "{file}");
    // Whoever only reads sees it all and is offered nothing.
    let supervisor = hall.cookie_of("9005", Role::Supervisor);
    let read = hall.get("/office/task?id=1", &supervisor).await.text;
    assert!(read.contains("办结：已整改") && !read.contains("action=\"/office/task\""), "{read}");
    let desk = hall.cookie_of("9006", Role::Desk);
    for path in ["/office/tasks", "/office/task?id=1", "/office/tasks.csv", "/office/evaluations"] {
        assert_eq!(hall.get(path, &desk).await.status, StatusCode::SEE_OTHER, "{path}");
    }
    let form = "id=1&does=answer&note=x";
    assert_eq!(hall.post("/office/task", &supervisor, OURS, form).await.to(), "/board");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_closed_on_a_day_that_is_over_stands_in_the_ledger_of_its_month() {
    let hall = spoken().await;
    let office = hall.cookie(Role::Office, &[]);
    // Nobody has looked into it yet: it is not offered, and not done.
    let close = "id=1&does=close&value=explained&note=told&again=0";
    let early = hall.post("/office/task", &office, OURS, close).await;
    assert!(early.text.contains("请先填写核实结论"), "{}", early.text);
    assert!(!early.text.contains("id=\"do-close\""), "{}", early.text);
    let verify = "id=1&does=verify&value=no_ground&again=0";
    assert_eq!(
        hall.post("/office/task", &office, OURS, verify).await.status,
        StatusCode::SEE_OTHER
    );
    let close = "id=1&does=close&value=explained&note=told&again=1";
    assert_eq!(hall.post("/office/task", &office, OURS, close).await.status, StatusCode::SEE_OTHER);
    hall.happens("night", Command::CloseDay).await;
    let day = hall.app.read(hall::Hall::last_day).unwrap();
    let closed = ClosedDay { day, sequence: 1, hall: hall.app.read(Clone::clone) };
    hall.app.store.keep(&closed, &hall.app.clock).unwrap();
    let file = hall.get("/office/tasks.csv?month=2026-11", &office).await.text;
    assert_eq!(file.matches("已解释").count(), 1, "kept and of the hall, it is one: {file}");
    let other = hall.get("/office/tasks.csv?month=2026-10", &office).await.text;
    assert!(!other.contains("已解释"), "{other}");
    let page = hall.get("/office/task?id=1", &office).await.text;
    assert!(page.contains("办结：已解释"), "{page}");
    let evaluations =
        hall.get("/office/evaluations.csv?period=month&day=2026-11-01", &office).await;
    assert_eq!(evaluations.text.lines().count(), 4, "counted once: {}", evaluations.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn evaluations_stand_with_their_bases_and_what_a_small_device_said_is_marked() {
    let hall = spoken().await;
    let office = hall.cookie(Role::Office, &[]);
    let page = hall.get("/office/evaluations", &office).await.text;
    for words in [
        "主动评价率",
        "100.0%",
        "3/3",
        "满意率",
        "66.7%",
        "2/3",
        "4 档设备",
        "其中 1/3 件",
        "等了很久",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let negative = hall.get("/office/evaluations?level=negative", &office).await.text;
    assert!(negative.contains("/office/task?id=1") && !negative.contains("4 档设备"), "{negative}");
    let nobody = hall.get("/office/evaluations?window=1", &office).await.text;
    assert!(nobody.contains("没有这样的评价"), "{nobody}");
    let file = hall.get("/office/evaluations.csv?platform=plain&level=negative", &office).await;
    let lines: Vec<&str> = file.text.lines().collect();
    assert_eq!(lines.len(), 2, "{}", file.text);
    assert!(lines[0].ends_with(
        "item_code,case_no,level,reasons,text,time,channel,window,staff_no,levels_of_device"
    ));
    assert!(lines[1].contains(",1,manner,等了很久,2026-11-23 "), "{}", lines[1]);
    let unknown = hall.get("/office/evaluations.csv?platform=none", &office).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_done_is_graded_handed_over_and_counted_by_department() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let names = hall.app.read(|hall| {
        let all = hall.setup().departments().iter().map(|each| each.name.clone());
        all.collect::<Vec<_>>()
    });
    for (request, department) in [("a", Some(names[0].clone())), ("b", None), ("c", None)] {
        let tell = Command::TellMatter { department, reasons: vec![Reason::SentAround] };
        hall.happens(request, tell).await;
    }
    for form in [
        "id=1&does=grade&value=simple&again=0".to_owned(),
        format!(
            "id=2&does=assign&department={}&again=0",
            super::super::office::tasks::encoded(&names[0])
        ),
        "id=2&does=grade&value=complex&again=1".to_owned(),
    ] {
        let done = hall.post("/office/task", &office, OURS, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{form}: {}", done.text);
    }
    let note = "id=1&outcome=explained&note=told";
    assert_eq!(
        hall.post("/office/matters", &office, OURS, note).await.status,
        StatusCode::SEE_OTHER
    );
    let page = hall.get("/office/matters", &office).await.text;
    // Two of the first department, one closed in time; the third is nobody's yet.
    let row = |name: &str, counts: [u32; 5]| {
        let cells: String = counts.iter().map(|n| format!("<td class=\"r\">{n}</td>")).collect();
        format!("<tr><td>{name}</td>{cells}</tr>")
    };
    assert!(page.contains(&row(&names[0], [2, 1, 1, 1, 0])), "{page}");
    assert!(page.contains(&row("说不清", [1, 0, 0, 1, 0])), "{page}");
    assert!(page.contains("复杂") && page.contains("待分类"), "{page}");
    let file = hall.get("/office/matters.csv", &office).await.text;
    assert_eq!(file.lines().count(), 4, "{file}");
    assert!(file.contains(",简单,") && file.contains("已解释,told,是"), "{file}");
    assert!(!page.contains("差评整改台账"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_appeals_against_what_is_about_them_and_reads_nothing_of_who_said_it() {
    let hall = spoken().await;
    let number = hall.app.read(|hall| hall.matters().next().unwrap().no.unwrap().to_string());
    let (own, other) =
        (hall.cookie_of(&hall.clerk(), Role::Desk), hall.cookie_of("9006", Role::Desk));
    let page = hall.get("/desk/matters", &own).await.text;
    for words in ["关于我的差评", "服务态度", "待核实", "action=\"/desk/appeal\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("等了很久") && !page.contains(&number), "who said it is kept: {page}");
    let empty = hall.get("/desk/matters", &other).await.text;
    assert!(empty.contains("没有未办结的差评"), "{empty}");
    let form = "id=1&note=pressed+the+wrong+key&again=0";
    let strange = hall.post("/desk/appeal", &other, OURS, form).await;
    assert_eq!(strange.status, StatusCode::CONFLICT);
    assert_eq!(hall.post("/desk/appeal", &own, THEIRS, form).await.status, StatusCode::FORBIDDEN);
    let nothing = hall.post("/desk/appeal", &own, OURS, "id=1&note=+&again=0").await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
    assert!(nothing.text.contains("id=\"refused\""), "{}", nothing.text);
    for _ in 0..2 {
        assert_eq!(hall.post("/desk/appeal", &own, OURS, form).await.to(), "/desk/matters");
    }
    let page = hall.get("/desk/matters", &own).await.text;
    assert!(page.contains("申诉待复核") && !page.contains("action=\"/desk/appeal\""), "{page}");
    let office = hall.cookie(Role::Office, &[]);
    let review = "id=1&does=decide_appeal&value=yes&again=1";
    assert_eq!(
        hall.post("/office/task", &office, OURS, review).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(hall.get("/desk/matters", &own).await.text.contains("申诉成立"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_done_is_taken_down_at_the_window_for_a_receipt() {
    let hall = Hall::open();
    let desk = hall.cookie_of("9006", Role::Desk);
    let form = "again=once&department=&sent_around=1&manner=1";
    let told = hall.post("/desk/matters", &desk, OURS, form).await;
    assert!(told.to().starts_with("/desk/matters?receipt="), "{}", told.text);
    let again = hall.post("/desk/matters", &desk, OURS, form).await;
    assert_eq!(again.to(), told.to(), "sent twice it is one");
    let page = hall.led(&told, &desk).await.text;
    assert!(page.contains("回执号") && page.contains("正在办理"), "{page}");
    let nothing = hall.post("/desk/matters", &desk, OURS, "again=two").await;
    assert!(nothing.status.is_client_error() && nothing.text.contains("id=\"refused\""));
    let guide = hall.cookie_of("9007", Role::Guide);
    assert_eq!(hall.get("/desk/matters", &guide).await.status, StatusCode::SEE_OTHER);
}
