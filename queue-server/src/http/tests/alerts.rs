//! Alerts are seen to and closed by the office, in words.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Hall;
use crate::access::Role;

async fn help(hall: &Hall, kiosk: &str) -> (String, Value) {
    let office = hall.token(Role::Office, None);
    let body = json!({ "request_id": "h", "place": "1号取号机" });
    assert_eq!(hall.post(kiosk, "/help", body).await.0, StatusCode::NO_CONTENT);
    let alert = asked(hall, &office).await.expect("the call for help stands");
    (office, alert)
}

/// The call for help, once the hall's own tick has told it.
async fn asked(hall: &Hall, office: &str) -> Option<Value> {
    for _ in 0..100 {
        let (_, board) = hall.get(office, "/board").await;
        let alerts = board["alerts"].as_array().unwrap().clone();
        if let Some(alert) = alerts.into_iter().find(|alert| alert["kind"] == "help") {
            return Some(alert);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    None
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_help_is_acknowledged_and_closed_with_a_note() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let (office, alert) = help(&hall, &kiosk).await;
    let path = |what: &str| format!("/alerts/{}/{what}", alert["id"]);
    let desk = hall.token(Role::Desk, None);
    let (status, no) = hall.post(&desk, &path("acknowledge"), json!({ "request_id": "a" })).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")));
    assert_eq!(hall.get(&kiosk, "/help").await.1, json!({ "waits": true }));
    let seen = json!({ "request_id": "a", "note": "马上到" });
    assert_eq!(hall.post(&office, &path("acknowledge"), seen).await.0, StatusCode::OK);
    assert_eq!(hall.get(&kiosk, "/help").await.1, json!({ "waits": false }));
    let empty = json!({ "request_id": "c0", "note": "" });
    let (status, no) = hall.post(&office, &path("close"), empty).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("note_needed")), "{no}");
    let closed = json!({ "request_id": "c", "note": "已到场" });
    assert_eq!(hall.post(&office, &path("close"), closed.clone()).await.0, StatusCode::OK);
    assert_eq!(hall.post(&office, &path("close"), closed).await.0, StatusCode::OK, "asked twice");
    let again = json!({ "request_id": "c2", "note": "已到场" });
    let (status, no) = hall.post(&office, &path("close"), again).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("no_such_alert")), "{no}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_desk_goes_where_help_is_asked_for_and_sees_to_nothing_else() {
    let hall = Hall::open();
    let (kiosk, guide) = (hall.token(Role::Kiosk, None), hall.token(Role::Guide, None));
    let (_, alert) = help(&hall, &kiosk).await;
    let path = |what: &str| format!("/alerts/{}/{what}", alert["id"]);
    let go = json!({ "request_id": "a" });
    assert_eq!(hall.post(&guide, &path("acknowledge"), go).await.0, StatusCode::OK);
    assert_eq!(hall.get(&kiosk, "/help").await.1, json!({ "waits": false }));
    let done = json!({ "request_id": "c", "note": "已到场" });
    assert_eq!(hall.post(&guide, &path("close"), done).await.0, StatusCode::OK);
    let ill = hall::command::Command::ReportDevice {
        device: "printer-1".parse().unwrap(),
        trouble: Some(hall::words::alert::DeviceTrouble::PaperOut),
        since: hall.app.now(),
    };
    let wish = crate::engine::Wish { by: hall::words::Actor::Hall, request: None, command: ill };
    hall.app.engine.ask(wish).await.unwrap();
    let other = (0..100).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        hall.app.read(|hall| {
            let mut alerts = hall.alerts();
            alerts.find(|alert| alert.kind != hall::words::alert::AlertKind::Help).map(|a| a.id.0)
        })
    });
    let path = format!("/alerts/{}/acknowledge", other.expect("a lost printer is an alert"));
    let (status, no) = hall.post(&guide, &path, json!({ "request_id": "b" })).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")), "{no}");
}
