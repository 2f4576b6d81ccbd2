//! A citizen's telephone, without any script.

use axum::http::StatusCode;
use hall::{
    command::{Command, Issue, Purpose},
    words::{Channel, PriorityClass, TicketState},
};

use super::{Hall, OURS, WINDOW};

/// A ticket of queue M: where its page is.
async fn taken(hall: &Hall, request: &str) -> String {
    let ticket = hall.issue(request).await;
    hall.app.read(|hall| format!("/t/{}", hall.ticket(ticket).unwrap().token))
}

async fn served(hall: &Hall) {
    let window = WINDOW.parse().unwrap();
    let staff = hall.clerk().parse().unwrap();
    hall.happens("on", Command::SignOn { window, staff }).await;
    hall.happens("call", Command::CallNext { window, finish_current: false }).await;
    hall.happens("start", Command::Start { window }).await;
    hall.happens("finish", Command::Finish { window, case: None, item: None, copies: None }).await;
}

fn evaluations(hall: &Hall) -> [u32; 5] {
    hall.app.tally().evaluations
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_level_asks_for_a_reason_and_counts_once() {
    let hall = Hall::open();
    let page = taken(&hall, "one").await;
    let waiting = hall.get(&page, "").await;
    assert_eq!(waiting.status, StatusCode::OK);
    assert!(waiting.text.contains("?sure=1") && !waiting.text.contains("/evaluate"));
    assert!(waiting.text.contains("http-equiv=\"refresh\""), "without script it reloads itself");
    served(&hall).await;
    let done = hall.get(&page, "").await;
    assert!(done.text.contains("/evaluate") && !done.text.contains("sure=1"));
    let evaluate = format!("{page}/evaluate");
    let asked = hall.post(&evaluate, "", OURS, "rating=dissatisfied").await;
    assert_eq!(asked.to(), format!("{page}?why=dissatisfied"));
    assert_eq!(evaluations(&hall), [0; 5]);
    let why = hall.led(&asked, "").await;
    assert!(why.text.contains("type=\"checkbox\" name=\"long_wait\""));
    let given = hall.post(&evaluate, "", OURS, "rating=dissatisfied&long_wait=1").await;
    assert_eq!(given.to(), page);
    assert_eq!(evaluations(&hall), [0, 1, 0, 0, 0]);
    let again = hall.post(&evaluate, "", OURS, "rating=very_satisfied").await;
    assert!(again.to().contains("?said="), "{}", again.to());
    assert!(hall.led(&again, "").await.text.contains("role=\"alert\""));
    assert_eq!(evaluations(&hall), [0, 1, 0, 0, 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn not_to_evaluate_is_as_easy_and_counts_nothing() {
    let hall = Hall::open();
    let page = taken(&hall, "one").await;
    served(&hall).await;
    let skipped = hall.get(&format!("{page}?skip=1"), "").await;
    assert!(!skipped.text.contains("/evaluate"));
    assert_eq!(evaluations(&hall), [0; 5]);
    assert!(hall.get(&page, "").await.text.contains("/evaluate"), "one may come back");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_reasons_there_is_a_way_back_to_the_five_levels() {
    let hall = Hall::open();
    let page = taken(&hall, "one").await;
    served(&hall).await;
    let reasons = hall.get(&format!("{page}?why=dissatisfied"), "").await;
    assert!(reasons.text.contains("name=\"long_wait\""), "{}", reasons.text);
    assert!(reasons.text.contains(&format!("href=\"{page}\"")), "{}", reasons.text);
    let levels = hall.get(&page, "").await;
    assert_eq!(levels.text.matches("name=\"rating\"").count(), 5);
    assert_eq!(evaluations(&hall), [0; 5], "nothing was given on the way");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_may_give_the_number_back_and_who_is_served_may_not() {
    let hall = Hall::open();
    let (first, second) = (taken(&hall, "one").await, taken(&hall, "two").await);
    served(&hall).await;
    let asked = hall.get(&format!("{second}?sure=1"), "").await;
    assert!(asked.text.contains("/cancel"), "a number is not lost by one tap");
    assert!(!hall.get(&second, "").await.text.contains("/cancel"));
    assert!(!hall.get(&format!("{first}?sure=1"), "").await.text.contains("/cancel"));
    for page in [&first, &second] {
        assert_eq!(hall.post(&format!("{page}/cancel"), "", OURS, "").await.to(), page.as_str());
    }
    let state = |page: &str| {
        let token = page.trim_start_matches("/t/").parse().unwrap();
        hall.app.read(|hall| hall.ticket_by_token(token).unwrap().state)
    };
    assert_eq!(state(&first), TicketState::Done);
    assert_eq!(state(&second), TicketState::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_of_yesterday_can_still_be_evaluated_with_its_reasons() {
    let hall = Hall::open();
    let page = taken(&hall, "one").await;
    served(&hall).await;
    hall.happens("close", Command::CloseDay).await;
    let day = hall.app.read(|hall| hall.last_day()).unwrap();
    let next = hall::time::Day { day: day.day + 1, ..day };
    hall.happens("open", Command::OpenDay { day: next, working_days: Vec::new() }).await;
    let old = hall.get(&page, "").await;
    assert_eq!(old.status, StatusCode::OK, "{}", old.text);
    assert!(old.text.contains("/evaluate") && old.text.contains("2026-11-23"), "{}", old.text);
    let evaluate = format!("{page}/evaluate");
    let asked = hall.post(&evaluate, "", OURS, "rating=dissatisfied").await;
    assert_eq!(asked.to(), format!("{page}?why=dissatisfied"));
    let given = hall.post(&evaluate, "", OURS, "rating=dissatisfied&long_wait=1").await;
    assert_eq!(given.to(), page);
    let thanks = hall.get(&page, "").await;
    assert!(!thanks.text.contains("/evaluate"), "once for each leg");
    let tally = hall.app.tally();
    assert_eq!(tally.evaluations, [0, 1, 0, 0, 0], "it counts when it is said");
    assert_eq!(tally.evaluated.part, 0.0, "it is no part of the new day's services");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_where_the_same_number_goes_next() {
    let hall = Hall::open();
    let issue = Command::Issue(Issue {
        queue: "M".parse().unwrap(),
        item: Some("M01".parse().unwrap()),
        channel: Channel::Kiosk,
        class: PriorityClass::Ordinary,
        grounds: hall::event::people::Grounds::default(),
        paper: false,
        person: None,
        agent: None,
        purpose: Purpose::Several(vec!["C01".parse().unwrap()]),
        silent: false,
        estimate: None,
    });
    let hall::answer::Answer::Issued(ticket) = hall.happens("several", issue).await else {
        panic!("no ticket was issued");
    };
    let address = hall.app.read(|hall| format!("/t/{}", hall.ticket(ticket).unwrap().token));
    let page = hall.get(&address, "").await;
    assert!(page.text.contains("接着到"), "{}", page.text);
    assert!(page.text.contains("纳税申报(现场)（4、5 号窗口）"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_next_reads_that_nobody_is_ahead() {
    let hall = Hall::open();
    let page = taken(&hall, "one").await;
    assert!(hall.get(&page, "").await.text.contains("没有人</b>"));
    let second = taken(&hall, "two").await;
    assert!(!hall.get(&second, "").await.text.contains("没有人</b>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_says_so_and_shows_nothing_of_what_was_asked() {
    let hall = Hall::open();
    for path in ["/t/nothing", "/t/%3Cscript%3E", "/t/none?why=%3Cscript%3E&said=%3Cscript%3E"] {
        let page = hall.get(path, "").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.text.contains("<script>"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_to_bring_are_told_until_the_service_is_done() {
    let hall = Hall::open();
    let items = hall.app.profile.setup.items_of("M".parse().unwrap());
    let item = items.filter(|item| !item.bring.is_empty()).map(|item| item.id).next();
    let Command::Issue(issue) = crate::testing::issue_command() else { panic!("no issue") };
    let wish = crate::testing::wish("kiosk-1", "one", Command::Issue(Issue { item, ..issue }));
    let ticket = crate::testing::ticket_of(hall.app.engine.ask(wish).await.unwrap());
    let page = hall.app.read(|hall| format!("/t/{}", hall.ticket(ticket).unwrap().token));
    assert!(hall.get(&page, "").await.text.contains("请带好"));
    served(&hall).await;
    assert!(!hall.get(&page, "").await.text.contains("请带好"));
}
