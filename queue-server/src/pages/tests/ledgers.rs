//! 台账 of a day and of a month.

use axum::http::StatusCode;
use hall::{
    command::Command,
    words::{Channel, desk::Material},
};

use super::{Hall, WINDOW, testing};
use crate::{access::Role, engine::ClosedDay};

#[tokio::test(flavor = "multi_thread")]
async fn every_ledger_has_what_happened_and_a_month_is_the_sum_of_its_days() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    let Command::Issue(mut issue) = testing::issue_command() else { panic!("no issue") };
    issue.channel = Channel::GuideDesk;
    hall.happens("helped", Command::Issue(issue)).await;
    let leaves = hall.issue("leaves").await;
    hall.happens("call", Command::CallNext { window, finish_current: false }).await;
    hall.happens("start", Command::Start { window }).await;
    let missing = vec![Material::Named("birth".to_owned()), Material::Named("photo".to_owned())];
    let notice = Command::Notice { window, case: None, item: None, missing };
    hall.happens("notice", notice).await;
    hall.happens("end", Command::Finish { window, case: None, item: None, copies: None }).await;
    hall.happens("cancel", Command::Cancel { ticket: leaves }).await;
    let lines = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let file = |kind: &str, rest: &str| {
        let path = format!("/office/ledgers.csv?kind={kind}{rest}");
        let (hall, office) = (&hall, &office);
        async move { lines(&hall.get(&path, office).await.text) }
    };
    let clerk = hall.clerk();
    let notices = file("notices", "").await;
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(notices[0].contains(&format!(",M001,20,{clerk},")), "{notices:?}");
    assert!(notices[0].ends_with("birth、photo"), "{notices:?}");
    let gone = file("gone", "").await;
    assert!(
        gone.len() == 1 && gone[0].contains(",M002,") && gone[0].ends_with("已取消"),
        "{gone:?}"
    );
    assert_eq!(file("assisted", "").await.len(), 1);
    for kind in ["extended", "days_off", "agents", "stand_ins"] {
        assert!(file(kind, "").await.is_empty(), "{kind}");
    }
    let page = hall.get("/office/ledgers?kind=notices", &office).await.text;
    assert!(page.contains("一次性告知台账") && page.contains("birth、photo"), "{page}");
    hall.happens("night", Command::CloseDay).await;
    for day in ["2026-11-02", "2026-11-03"] {
        let copy = hall.app.read(Clone::clone);
        let closed = ClosedDay { day: day.parse().unwrap(), sequence: 1, hall: copy };
        hall.app.store.keep(&closed, &hall.app.clock).unwrap();
    }
    let month = file("notices", "&period=month&day=2026-11-09").await;
    let day = file("notices", "&period=day&day=2026-11-02").await;
    assert_eq!((month.len(), day.len()), (2, 1), "{month:?}");
    let desk = hall.cookie_of("9006", Role::Desk);
    assert_eq!(hall.get("/office/ledgers", &desk).await.status, StatusCode::SEE_OTHER);
}
