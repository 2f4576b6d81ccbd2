//! What is in the audit trail, what is not, and what happens while it cannot be written.

use super::*;
use crate::{
    audit::{Act, Kind, Outcome, Who},
    http::{
        rights::{RIGHTS, Who as May},
        watched,
    },
    testing::wait_until,
};

fn acts(hall: &Hall) -> Vec<Act> {
    let today = hall.app.clock.date(hall.app.now());
    let found = hall.app.audit.of_days((today, today), 1_000, |_| true);
    found.acts.into_iter().map(|each| each.act).collect()
}

#[test]
fn what_only_the_management_may_do_is_watched_and_the_list_names_routes_that_are_there() {
    let known = |path: &str| RIGHTS.iter().any(|(_, place, _)| *place == path);
    for (path, _) in watched::INTERFACE {
        assert!(known(path), "{path} is no route");
    }
    for path in watched::ORDINARY {
        assert!(known(path), "{path} is no route");
        assert!(watched::INTERFACE.iter().all(|(each, _)| each != path), "{path} stands twice");
    }
    for (method, path, who) in RIGHTS {
        let people: &[Role] = &[Role::Kiosk, Role::Desk, Role::Guide];
        let is_everyday = people.iter().any(|role| who.includes(*role)) || *who == May::Anybody;
        let is_watched = watched::of(method, &format!("/api/v1{path}")).is_some();
        let only_reads = method.is_safe() || *path == "/whatif";
        assert!(is_everyday || is_watched || only_reads, "{method} {path} is not watched");
    }
    assert_eq!(watched::of(&Method::POST, "/api/v1/something/new"), Some(Kind::Other));
    assert_eq!(watched::of(&Method::POST, "/board/alert"), Some(Kind::Alert));
    assert_eq!(watched::of(&Method::POST, "/board/tide"), Some(Kind::Hall));
    assert_eq!(watched::of(&Method::POST, "/t/{token}/cancel"), None);
    assert_eq!(watched::of(&Method::GET, "/office/report.csv"), Some(Kind::Export));
    assert_eq!(watched::of(&Method::GET, "/office/visit"), Some(Kind::Personal));
    assert_eq!(watched::of(&Method::GET, "/office/report"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_of_the_management_is_in_the_trail_when_it_is_answered() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let body = json!({ "request_id": "1", "text": "call 13800138000" });
    let (status, _) = hall.post(&office, "/announcements", body).await;
    assert_eq!(status, StatusCode::OK);
    let body = json!({ "request_id": "2", "reason": "event" });
    hall.post(&office, "/session/close-early", body).await;
    let told: Vec<_> = acts(&hall).into_iter().map(|act| (act.kind, act.about, act.why)).collect();
    let about = |about: &str, why: &str| (Kind::Hall, about.to_owned(), why.to_owned());
    let first = about("POST /announcements text=call 138****8000", "");
    assert_eq!(told, [about("POST /session/close-early", "event"), first]);
    let act = acts(&hall).remove(0);
    assert!(matches!(act.by, Who::Device { role: Role::Office, .. }), "{act:?}");
    assert_eq!(act.outcome, Outcome::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_in_the_trail_with_its_code() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let body = json!({ "request_id": "1", "reason": "x" });
    let (status, _) = hall.post(&office, "/tickets/77/expedite", body).await;
    assert!(status.is_client_error());
    let act = acts(&hall).remove(0);
    assert_eq!((act.kind, &*act.about), (Kind::Priority, "POST /tickets/77/expedite"));
    assert!(matches!(&act.outcome, Outcome::Refused(code) if !code.is_empty()), "{act:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ordinary_calls_are_not_written_twice_and_a_denied_asker_is_told_of_once() {
    let hall = Hall::open();
    let desk = hall.token(Role::Desk, Some("20"));
    for id in ["1", "2", "3"] {
        hall.post(&desk, "/windows/20/call-next", json!({ "request_id": id })).await;
        hall.post(&desk, "/matters/1/close", json!({ "request_id": id })).await;
    }
    hall.post(&desk, "/windows/20/sign-off", json!({ "request_id": "4" })).await;
    wait_until("the sign-off is written", || acts(&hall).iter().any(|act| act.kind == Kind::Post));
    let told = acts(&hall);
    assert!(told.iter().all(|act| !act.about.contains("call-next")), "{told:?}");
    let of_matters = told.iter().filter(|act| act.about.contains("/matters/1/close"));
    assert_eq!(of_matters.count(), 3, "it is a watched route, so each asking is an act: {told:?}");
    let display = hall.token(Role::Display, None);
    for id in ["1", "2", "3"] {
        hall.post(&display, "/windows/20/call-next", json!({ "request_id": id })).await;
    }
    wait_until("the denied one is written", || {
        acts(&hall).iter().any(|act| act.kind == Kind::Denied)
    });
    let denied = acts(&hall).into_iter().filter(|act| act.kind == Kind::Denied).count();
    assert_eq!(denied, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nothing_can_be_written_the_management_rests_and_the_windows_go_on() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let desk = hall.token(Role::Desk, Some("20"));
    hall.app.audit.stick();
    let body = json!({ "request_id": "1", "reason": "event", "for_the_day": true });
    let (status, problem) = hall.post(&office, "/session/close-early", body).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("not_on_record"))
    );
    assert!(hall.app.read(hall::Hall::session).is_some(), "nothing was done");
    let body = json!({ "request_id": "1", "staff": "1020" });
    let (status, _) = hall.post(&desk, "/windows/20/sign-on", body).await;
    assert_ne!(status, StatusCode::SERVICE_UNAVAILABLE);
}
