//! What the manager closes on the board: the alert of a 差评, and a promised case.

use axum::http::StatusCode;
use hall::{
    command::{Command, Evaluate, EvaluationTarget},
    event::Fact,
    ids::CaseNo,
    time::Day,
    words::{EvaluationChannel, Rating, Reason},
};

use super::{Hall, OURS, WINDOW};
use crate::{access::Role, store::tests::a_day_with, testing};

impl Hall {
    /// Somebody is served at the window, and is not satisfied.
    async fn somebody_is_not_satisfied(&self) {
        let window = WINDOW.parse().unwrap();
        let staff = self.clerk().parse().unwrap();
        self.happens("on", Command::SignOn { window, staff }).await;
        let ticket = self.issue("1").await;
        self.happens("call", Command::CallNext { window, finish_current: false }).await;
        self.happens("start", Command::Start { window }).await;
        let finish = Command::Finish { window, case: None, item: None, copies: None };
        self.happens("finish", finish).await;
        let token = self.app.read(|hall| hall.ticket(ticket).unwrap().token);
        let negative = Command::Evaluate(Evaluate {
            target: EvaluationTarget::Token(token),
            rating: Rating::Dissatisfied,
            reasons: vec![Reason::LongWait],
            text: "3号窗口排了两次".to_owned(),
            channel: EvaluationChannel::Phone,
            scale: 5,
        });
        self.happens("negative", negative).await;
    }

    /// The number of the only alert of a kind on the board, as its form has it.
    fn alert_of(&self, kind: hall::words::alert::AlertKind) -> u32 {
        let found = |hall: &hall::Hall| hall.alerts().find(|alert| alert.kind == kind).unwrap().id;
        self.app.read(found).0
    }

    fn open_matters(&self) -> usize {
        self.app.read(|hall| hall.matters().count())
    }
}

#[tokio::test]
async fn a_negative_is_noted_on_the_board_and_its_task_stands_one_touch_away() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    hall.somebody_is_not_satisfied().await;
    let board = hall.get("/board", &office).await;
    assert!(board.text.contains("href=\"/office/task?id=1\""), "{}", board.text);
    let alert = hall.alert_of(hall::words::alert::AlertKind::Negative);
    let form = |note: &str| format!("id={alert}&does=close&note={note}");
    let nothing = hall.post("/board/alert", &office, OURS, &form("")).await;
    assert_eq!((nothing.status, hall.open_matters()), (StatusCode::CONFLICT, 1));
    let noted = hall.post("/board/alert", &office, OURS, &form("went+there")).await;
    assert_eq!(
        (noted.status, hall.open_matters()),
        (StatusCode::SEE_OTHER, 1),
        "it is to be rectified"
    );
}

#[tokio::test]
async fn a_promised_case_is_closed_where_it_is_told() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    let case: CaseNo = "M2026112300001".parse().unwrap();
    hall.happens("on", Command::SignOn { window, staff }).await;
    hall.issue("1").await;
    hall.happens("call", Command::CallNext { window, finish_current: false }).await;
    hall.happens("start", Command::Start { window }).await;
    let due = Some(Day { year: 2026, month: 11, day: 24 });
    let accept = Command::Accept { window, case: Some(case), item: None, due };
    hall.happens("accept", accept).await;
    let board = hall.get("/board", &office).await;
    assert!(board.text.contains("已办结") && board.text.contains("M2026112300001"));
    let alert = hall.alert_of(hall::words::alert::AlertKind::CaseDue);
    let form = format!("id={alert}&does=case");
    let done = hall.post("/board/alert", &office, OURS, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let closed = hall.app.read(|at| at.case(case, hall.app.now()).unwrap().closed);
    assert_eq!(closed, Some(Day { year: 2026, month: 11, day: 23 }));
    let again = hall.post("/board/alert", &office, OURS, &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it is closed already, and that is said");
}

#[tokio::test]
async fn the_manager_says_something_to_the_hall_from_the_board() {
    let hall = Hall::open();
    let (office, desk) = (hall.cookie(Role::Office, &[]), hall.cookie(Role::Desk, &[WINDOW]));
    let board = hall.get("/board", &office).await;
    for words in ["广播", "紧急", "全厅", "A区"] {
        assert!(board.text.contains(words), "{words}");
    }
    let mut steps = hall.app.engine.subscribe();
    let form =
        "text=%E8%AF%B7%E4%BB%8E%E4%B8%9C%E9%97%A8%E7%A6%BB%E5%BC%80&zone=A&urgent=on&again=1";
    for _ in 0..2 {
        let said = hall.post("/board/announce", &office, OURS, form).await;
        assert_eq!(said.status, StatusCode::SEE_OTHER);
    }
    let told = steps.try_recv().unwrap().events.clone();
    let fact = Fact::Announced {
        text: "请从东门离开".to_owned(),
        urgent: true,
        zone: Some("A".parse().unwrap()),
    };
    assert_eq!(told.iter().map(|event| &event.fact).collect::<Vec<_>>(), [&fact]);
    assert!(steps.try_recv().is_err(), "a form that is sent twice is one asking");
    let empty = hall.post("/board/announce", &office, OURS, "text=+&again=2").await;
    assert_eq!(empty.status, StatusCode::CONFLICT);
    assert!(empty.text.contains("请先写上"), "{}", empty.text);
    let elsewhere = hall.post("/board/announce", &office, "https://other.example", form).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let other = "text=%E8%AF%B7&again=3";
    let clerk = hall.post("/board/announce", &desk, OURS, other).await;
    assert_ne!(clerk.to(), "/board", "a clerk is led to their own pages");
    assert!(steps.try_recv().is_err(), "and does not speak to the hall");
}

#[tokio::test]
async fn what_somebody_added_in_own_words_stands_on_the_office_and_in_the_ledger() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    assert!(!hall.get("/office", &office).await.text.contains("补充的话"));
    hall.somebody_is_not_satisfied().await;
    let page = hall.get("/office", &office).await;
    for words in ["补充的话", "3号窗口排了两次", "不满意"] {
        assert!(page.text.contains(words), "{words}");
    }
    let kept = hall.app.read(|hall| hall.matters().next().unwrap().text.clone());
    assert_eq!(kept, "3号窗口排了两次");
}

#[tokio::test]
async fn who_only_reads_sees_the_board_and_is_offered_nothing_that_acts() {
    let hall = Hall::open();
    hall.somebody_is_not_satisfied().await;
    let reader = hall.cookie(Role::Supervisor, &[]);
    let office = hall.cookie_of("9007", Role::Office);
    for (path, forms) in [("/board", true), ("/office/task?id=1", true), ("/office", false)] {
        // The head of every page has its own two: the language and signing out.
        let acts = |text: &str| text.matches("method=\"post\" action=\"/").count() > 2;
        let seen = hall.get(path, &office).await;
        assert_eq!((seen.status, acts(&seen.text)), (StatusCode::OK, forms), "{path}, the office");
        let seen = hall.get(path, &reader).await;
        assert_eq!((seen.status, acts(&seen.text)), (StatusCode::OK, false), "{path}, 监察");
    }
    let id = hall.alert_of(hall::words::alert::AlertKind::Negative);
    let orders = [
        ("/board/alert", format!("id={id}&does=close&note=x&outcome=explained")),
        ("/board/announce", "text=x&again=1".to_owned()),
        ("/office/matters", "id=1&outcome=explained&note=x".to_owned()),
        ("/office/task", "id=1&does=close&value=explained&note=x".to_owned()),
    ];
    for (path, form) in orders {
        let answer = hall.post(path, &reader, OURS, &form).await;
        assert_eq!((answer.status, answer.to()), (StatusCode::SEE_OTHER, "/board"), "{path}");
    }
    assert_eq!(hall.open_matters(), 1, "nothing was closed");
    let operator = hall.cookie_of("9008", Role::Operator);
    assert_eq!(hall.get("/room", &operator).await.status, StatusCode::OK);
    for path in ["/board", "/office", "/office/report", "/office/accuracy.csv", "/guide", "/desk"] {
        assert_eq!(hall.get(path, &operator).await.to(), "/room", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_tried_shows_its_effect_and_one_touch_does_it_once() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    for each in 0..6 {
        hall.issue(&format!("take {each}")).await;
    }
    let page = hall.get("/board/act?queue=M&does=lend&window=18&minutes=60", &office).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["18 号窗口借办 M，60 分钟", "一小时内最长等候", "就这样办"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let form = "does=lend&of=M&queues=M&window=18&minutes=60&again=1";
    let done = hall.post("/board/act", &office, OURS, form).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/board/act?queue=M&said=lend"));
    let events = hall.app.sequence();
    hall.post("/board/act", &office, OURS, form).await;
    assert_eq!(hall.app.sequence(), events, "the same form pressed again does nothing more");
    let page = hall.led(&done, &office).await;
    assert!(page.text.contains("已借办。") && page.text.contains("18 号窗口借办 M，到"));
    let end = hall.post("/board/act", &office, OURS, "does=end-lend&of=M&queues=M&window=18").await;
    assert_eq!(end.status, StatusCode::SEE_OTHER, "{}", end.text);
    let lists = |hall: &hall::Hall| hall.serves_now("18".parse().unwrap(), "M".parse().unwrap());
    assert!(!hall.app.read(lists), "the queue went back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_shows_whom_it_turns_away_wants_a_reason_and_is_ended_on_the_same_page() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let gives = |hall: &hall::Hall| {
        let queue = hall.setup().queue("M".parse().unwrap()).unwrap();
        hall.may_issue(queue, hall.session().unwrap().opens).is_ok()
    };
    let page = hall.get("/board/act?queue=M&does=stop&more=0&minutes=60", &office).await;
    for words in ["M 暂停取号 60 分钟", "这段时间取不到号", "理由"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let capped = hall.get("/board/act?queue=M&does=stop&more=999&minutes=60", &office).await;
    assert!(capped.text.contains("只再放 999 个号"), "{}", capped.text);
    let card = capped.text.split("<section").find(|card| card.contains("name=\"more\" type"));
    assert!(!card.unwrap().contains("取不到号"), "enough numbers turn nobody away");
    let blank = "does=stop&of=M&queues=M&minutes=60&more=0&reason=+&again=1";
    let refused = hall.post("/board/act", &office, OURS, blank).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    let form = "does=stop&of=M&queues=M&minutes=60&more=1&reason=repair&again=2";
    let done = hall.post("/board/act", &office, OURS, form).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/board/act?queue=M&said=stop"));
    hall.issue("the last one").await;
    assert!(!hall.app.read(gives), "the one number is taken");
    let page = hall.led(&done, &office).await;
    assert!(page.text.contains("M 暂停取号，到") && page.text.contains("repair"), "{}", page.text);
    let end = "does=end-stop&of=M&queues=M&again=3";
    hall.post("/board/act", &office, OURS, end).await;
    assert!(hall.app.read(gives), "numbers are given again");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_end_says_who_would_still_wait_before_it_is_done() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    for each in 0..40 {
        hall.issue(&format!("take {each}")).await;
    }
    let page = hall.get("/board/act?issue=0&close=30", &office).await;
    let effect = "09:00 停止取号、09:30 关门： 到时约";
    assert!(page.text.contains(effect), "{}", page.text);
    assert!(!page.text.contains("到时约 0 人还在等"), "nobody serves them: {}", page.text);
    assert!(!page.text.contains("约 0 人来了取不到号"), "{}", page.text);
    let field = |name: &str| {
        let at = page.text.find(&format!("name=\"{name}\" value=\"")).unwrap();
        page.text[at..].split('"').nth(3).unwrap().to_owned()
    };
    let ends = format!("issue_until={}&closes={}", field("issue_until"), field("closes"));
    let form = format!("does=close&{ends}&why=power&again=1");
    let done = hall.post("/board/act", &office, OURS, &form).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/board/act?said=close"));
    let session = hall.app.read(hall::Hall::session).unwrap();
    assert_eq!(session.closes.0.to_string(), field("closes"));
    let later = hall.get("/board/act?issue=30&close=60", &office).await;
    assert!(later.text.contains("不比现定的时间早"), "{}", later.text);
    let forged = hall.post("/board/act", &office, OURS, "does=close&closes=1&why=nothing").await;
    assert_eq!(forged.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_to_the_front_is_shown_first_and_the_reason_is_in_no_address() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    hall.issue("one").await;
    let second = hall.issue("two").await;
    let page = hall.get("/board/act?no=m002", &office).await;
    assert!(page.text.contains("M002 前面还有 1 人"), "{}", page.text);
    let form = format!("does=expedite&ticket={}&reason=urgent+matter&again=2", second.0);
    let done = hall.post("/board/act", &office, OURS, &form).await;
    assert_eq!((done.status, done.to()), (StatusCode::SEE_OTHER, "/board/act?said=expedite"));
    let page = hall.get("/board/act?no=M002", &office).await;
    assert!(page.text.contains("M002 已经排在最前"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_reads_sees_effects_and_can_do_nothing() {
    let hall = Hall::open();
    let reader = hall.cookie(Role::Supervisor, &[]);
    let page = hall.get("/board/act?queue=M&does=lend&window=18&minutes=60", &reader).await;
    assert!(page.text.contains("18 号窗口借办 M") && !page.text.contains("就这样办"));
    let form = "does=lend&of=M&queues=M&window=18&minutes=60";
    let done = hall.post("/board/act", &reader, OURS, form).await;
    assert_eq!(done.to(), "/board", "led to what they may read");
    let office = hall.cookie_of("9002", Role::Office);
    let foreign = hall.post("/board/act", &office, "https://elsewhere.example", form).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn today_stands_beside_the_usual_day_once_there_are_three() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let keep = |hall: &Hall, tickets: u32, day: &str| {
        let closed = tokio::task::block_in_place(|| a_day_with(tickets, &format!("{day} 08:30")));
        hall.app.store.keep(&closed, &testing::clock_at(&format!("{day} 23:00"))).unwrap();
    };
    // A Tuesday says nothing of Mondays.
    for (tickets, day) in [(4, "2026-11-02"), (6, "2026-11-09"), (9, "2026-11-17")] {
        keep(&hall, tickets, day);
    }
    let early = hall.get("/board", &office).await;
    assert!(!early.text.contains("b-usual"), "two Mondays are no custom");
    let later = Hall::open();
    let office = later.cookie(Role::Office, &[]);
    for (tickets, day) in [(4, "2026-11-02"), (6, "2026-11-09"), (5, "2026-11-16")] {
        keep(&later, tickets, day);
    }
    later.issue("one").await;
    let page = later.get("/board", &office).await;
    let card = &page.text[page.text.find("id=\"b-usual\"").unwrap()..];
    let card = card.split("</section>").next().unwrap();
    for words in
        ["与平常的星期一比", "最近 3 个星期一", "<td class=\"r\">3</td>", "2~4", "<polygon"]
    {
        assert!(card.contains(words), "{words}: {card}");
    }
}
