//! 上门服务 as guide desk, office, 监察 and the visited person's telephone meet it.

use axum::http::StatusCode;
use hall::{command::Command, ids::VisitId, time::Millis};

use super::{Hall, OURS, THEIRS};
use crate::{access::Role, contacts, engine::ClosedDay};

const ASKED: &str = "again=first&reason=ill&item=&who=%E7%8E%8B%E5%A5%B6%E5%A5%B6&phone=13800001111\
    &place=%E7%A5%A0%E5%A0%82%E5%90%8E&wished=2026-11-25";

async fn asked() -> (Hall, String) {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let taken = hall.post("/guide/visit", &guide, OURS, ASKED).await;
    assert_eq!(taken.to(), "/guide?do=visit&visit=1&print=first", "{}", taken.text);
    (hall, guide)
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_cannot_come_is_taken_down_and_the_slip_does_not_say_who() {
    let (hall, guide) = asked().await;
    // Sent twice it is one visit.
    let again = hall.post("/guide/visit", &guide, OURS, ASKED).await;
    assert!(again.to().contains("visit=1"), "{}", again.text);
    let page = hall.get("/guide?do=visit&visit=1&print=first", &guide).await.text;
    for words in ["上门 1 号", "上门服务登记单", "卧病或行动不便", "2026-11-25", "data-print-now"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    for words in ["王奶奶", "13800001111", "祠堂"] {
        assert!(!page.contains(words), "{words}");
    }
    let theirs = hall.post("/guide/visit", &guide, THEIRS, ASKED).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    for (form, says) in [
        ("again=2&who=w&place=p", "请选上门事由"),
        ("again=3&reason=ill&who=w", "怎么称呼和上门地点"),
        ("again=4&reason=ill&who=w&place=p&phone=none", "电话只能是数字"),
        ("again=5&reason=ill&who=w&place=p&item=Z99", "没有"),
        ("again=6&reason=ill&who=w&place=p&wished=2026-11-20", "过"),
    ] {
        let no = hall.post("/guide/visit", &guide, OURS, form).await;
        assert!(no.status.is_client_error() && no.text.contains(says), "{form}: {}", no.text);
    }
    let unknown = hall.get("/guide?do=visit&visit=99", &guide).await.text;
    assert!(unknown.contains("没有这次上门服务"), "{unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_sends_somebody_and_says_what_came_of_it_and_the_telephone_evaluates() {
    let (hall, _) = asked().await;
    let office = hall.cookie(Role::Office, &[]);
    let list = hall.get("/office/visits", &office).await.text;
    for words in ["未办 1 件，待安排 1 件，逾期 0 件", "王奶奶", "138****1111", "祠堂后"]
    {
        assert!(list.contains(words), "{words}: {list}");
    }
    assert!(!list.contains("13800001111"), "the list hides the middle of a telephone");
    let sheet = hall.get("/office/visit?id=1", &office).await.text;
    assert!(sheet.contains("13800001111") && sheet.contains("群众签字"), "{sheet}");
    // 监察 reads how it goes and needs to find nobody; it is offered nothing that changes something.
    let supervisor = hall.cookie_of("9007", Role::Supervisor);
    for path in ["/office/visits", "/office/visit?id=1"] {
        let page = hall.get(path, &supervisor).await.text;
        assert!(page.contains("上门 1 号") && !page.contains("王奶奶"), "{path}: {page}");
        assert!(!page.contains("action=\"/office/visit\""), "{path}");
    }
    let clerk = hall.clerk();
    let order = |form: String| {
        let (hall, office) = (&hall, &office);
        async move { hall.post("/office/visit", office, OURS, &form).await }
    };
    let nobody = order("id=1&does=assign&staff=none&day=2026-11-24".into()).await;
    assert_eq!(nobody.status, StatusCode::CONFLICT);
    assert!(nobody.text.contains("id=\"refused\""), "{}", nobody.text);
    let assigned = order(format!("id=1&does=assign&staff={clerk}&day=2026-11-24&again=a")).await;
    assert_eq!(assigned.to(), "/office/visit?id=1", "{}", assigned.text);
    let token = hall.app.read(|hall| hall.visit(VisitId(1)).unwrap().token.to_string());
    let phone = hall.get(&format!("/t/{token}"), "").await.text;
    assert!(phone.contains("工作人员将于 2026-11-24 上门") && !phone.contains("王奶奶"), "{phone}");
    order("id=1&does=begin&again=b".into()).await;
    let done = order("id=1&does=finish&case=on_the_spot&item=&copies=&again=c".into()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let phone = hall.get(&format!("/t/{token}"), "").await.text;
    assert!(phone.contains("请对这次上门服务作出评价"), "{phone}");
    let said = hall.post(&format!("/t/{token}/evaluate"), "", OURS, "rating=very_satisfied").await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
    let evaluations = hall.get("/office/evaluations", &office).await.text;
    assert!(evaluations.contains("上门 1 号") && evaluations.contains("非常满意"), "{evaluations}");
    let ledger = hall.get("/office/ledgers.csv?kind=visits", &office).await.text;
    let rows: Vec<&str> = ledger.lines().skip(1).collect();
    assert_eq!(rows.len(), 1, "{ledger}");
    assert!(
        rows[0].starts_with("上门 1 号,") && rows[0].contains(&format!(",{clerk},")),
        "{ledger}"
    );
    assert!(rows[0].contains("已办结") && !ledger.contains("王奶奶"), "{ledger}");
    let report = hall.get("/office/report.csv?period=day", &office).await.text;
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let (heads, sums) = report.split_once('\n').unwrap();
    let at = cells(heads).iter().position(|head| head == "上门服务（办结）").unwrap();
    assert_eq!(cells(sums.lines().next().unwrap())[at], rows.len().to_string(), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_goes_seven_days_after_the_visit_and_at_a_word_of_the_office() {
    let (hall, _) = asked().await;
    let (visit, office) = (VisitId(1), hall.cookie(Role::Office, &[]));
    let (kept, now) = (hall.app.contacts.kept(), hall.app.now());
    let due = |at| hall.app.read(|hall| contacts::due(hall, &kept, at));
    let later = |days| now + Millis::from_days(days);
    assert!(due(later(30)).is_empty(), "a visit that is not over is still to be found");
    let withdrawn = hall.post("/office/visit", &office, OURS, "id=1&does=withdraw&again=a").await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER);
    assert!(due(later(6)).is_empty());
    assert_eq!(due(later(8)), [visit]);
    assert!(hall.app.contacts.of(visit).is_some());
    hall.post("/office/visit", &office, OURS, "id=1&does=erase").await;
    assert!(hall.app.contacts.of(visit).is_none());
    let sheet = hall.get("/office/visit?id=1", &office).await.text;
    assert!(sheet.contains("没有留，或已清除"), "{sheet}");
    // A day that closed keeps the line, without who and where.
    hall.happens("night", Command::CloseDay).await;
    let copy = hall.app.read(Clone::clone);
    let closed = ClosedDay { day: "2026-11-23".parse().unwrap(), sequence: 1, hall: copy };
    hall.app.store.keep(&closed, &hall.app.clock).unwrap();
    let ledger = hall.get("/office/ledgers.csv?kind=visits&period=month", &office).await.text;
    assert!(ledger.contains("已撤回") && !ledger.contains("王奶奶"), "{ledger}");
}
