//! 顶岗 from the board: who could come, with the effect first; the word that lets somebody come, on
//! whose account the desk opens there; and the word that nobody comes.

use axum::http::StatusCode;
use hall::{
    command::Command,
    ids::{StaffNo, WindowId},
    words::PauseReason,
};

use super::{Hall, OURS, WINDOW};
use crate::access::{Person, Role};

/// Somebody of the county hall who has a post elsewhere and works nowhere yet.
const COMES: &str = "1018";

impl Hall {
    /// The clerk of the window goes to a meeting, and people wait.
    pub(super) async fn clerk_goes(&self) {
        let (window, staff) = (WINDOW.parse().unwrap(), self.clerk().parse().unwrap());
        self.happens("on", Command::SignOn { window, staff }).await;
        for each in 0..8 {
            self.issue(&format!("take {each}")).await;
        }
        let reason = PauseReason::Meeting;
        self.happens("away", Command::Pause { window, reason, whereabouts: None }).await;
    }

    fn at_the_window(&self) -> Option<StaffNo> {
        let window: WindowId = WINDOW.parse().unwrap();
        self.app.read(|hall| hall.staff_at(window))
    }

    /// The cookie of somebody whose account is for one other window.
    pub(super) fn cookie_at(&self, no: &str, window: &str) -> String {
        let (no, windows) = (no.parse().unwrap(), vec![window.parse().unwrap()]);
        let person = Person { no, name: "N".into(), role: Role::Desk, windows };
        self.app.access.add_person(person, super::PASSWORD).unwrap();
        format!("{}={}", super::SESSION_COOKIE, self.app.access.begin_session(no))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_approved_on_the_board_finds_the_desk_open_at_that_window() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    hall.clerk_goes().await;
    let page = hall.get(&format!("/board/act?away={WINDOW}"), &office).await;
    for words in ["20 号窗口：谁来顶岗", "一小时内最长等候", "批准顶岗", "不同意顶岗", "换一个人"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let chosen = hall.get(&format!("/board/act?away={WINDOW}&staff={COMES}"), &office).await;
    assert!(chosen.text.contains(&format!("name=\"staff\" value=\"{COMES}\"")), "{}", chosen.text);
    assert!(chosen.text.contains("非本窗口人员"), "{}", chosen.text);

    let clerk = hall.cookie_at(COMES, "18");
    let desk = format!("/desk?window={WINDOW}");
    assert!(!hall.get(&desk, &clerk).await.text.contains("20 号窗口"), "nobody approved yet");
    let form = format!("does=stand-in&window={WINDOW}&staff={COMES}&minutes=30&again=1");
    let done = hall.post("/board/act", &office, OURS, &form).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/board/act?said=stand-in"));
    let page = hall.led(&done, &office).await;
    assert!(page.text.contains("已批准，请通知本人到窗口登录。"), "{}", page.text);
    assert!(page.text.contains(&format!("已批准工号 {COMES} 顶岗，到 09:")), "{}", page.text);
    // The desk opens there without a word, and its sign-on is let through.
    // Whose own window is another chooses between the two.
    let both = hall.get("/desk", &clerk).await.text;
    assert!(both.contains("/desk?window=20") && both.contains("/desk?window=18"), "{both}");
    assert!(hall.get("/desk?window=20", &clerk).await.text.contains("20 号窗口"));
    let sign_on = format!("/api/v1/windows/{WINDOW}/sign-on");
    let came = hall.press(&sign_on, &clerk, r#"{"request_id":"came"}"#).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.text);
    assert_eq!(hall.at_the_window().unwrap().as_str(), COMES);
    let end = format!("does=end-stand-in&window={WINDOW}&again=2");
    hall.post("/board/act", &office, OURS, &end).await;
    let call = format!("/api/v1/windows/{WINDOW}/call-next");
    let called = hall.press(&call, &clerk, r#"{"request_id":"c"}"#).await;
    assert_eq!(called.status, StatusCode::OK, "who came serves on: {}", called.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stand_in_is_declined_with_a_reason_only_while_somebody_is_away() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let form = |reason: &str| format!("does=decline-stand-in&window={WINDOW}&reason={reason}");
    let early = hall.post("/board/act", &office, OURS, &form("quiet")).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.text);
    hall.clerk_goes().await;
    let blank = hall.post("/board/act", &office, OURS, &form("+")).await;
    assert_eq!(blank.status, StatusCode::CONFLICT, "{}", blank.text);
    let done = hall.post("/board/act", &office, OURS, &form("quiet")).await;
    assert_eq!(done.to(), "/board/act?said=decline-stand-in", "{}", done.text);
    let page = hall.get(&format!("/board/act?away={WINDOW}"), &office).await;
    assert!(page.text.contains("不同意顶岗：quiet"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_names_windows_away_too_long_to_who_acts_there() {
    let hall = Hall::open_by(|rules| rules.windows.stand_in_after_minutes = 1);
    let office = hall.cookie(Role::Office, &[]);
    hall.clerk_goes().await;
    let told = |text: &str| text.contains(&format!("href=\"/board/act?away={WINDOW}#stand-in\""));
    let mut page = hall.get("/board", &office).await;
    for _ in 0..40 {
        if told(&page.text) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        page = hall.get("/board", &office).await;
    }
    assert!(told(&page.text), "{}", page.text);
    let watcher = hall.cookie_of("9007", Role::Supervisor);
    let page = hall.get(&format!("/board/act?away={WINDOW}"), &watcher).await;
    assert!(!page.text.contains("value=\"stand-in\""), "监察 sees and does nothing");
    let form = format!("does=stand-in&window={WINDOW}&staff={COMES}");
    let refused = hall.post("/board/act", &watcher, OURS, &form).await;
    assert_eq!(refused.to(), "/board");
}
