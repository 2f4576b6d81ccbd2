//! 广播 and 无声叫号 over HTTP: who may say what, and what is told of it.

use axum::http::StatusCode;
use serde_json::json;

use super::{Hall, clerk_of};
use crate::access::Role;

#[tokio::test]
async fn the_office_says_something_to_the_hall_and_nobody_else_does() {
    let hall = Hall::open();
    let (office, desk) = (hall.token(Role::Office, None), hall.token(Role::Desk, None));
    let say = |request: &str, text: &str, zone: Option<&str>| json!({ "request_id": request, "text": text, "urgent": true, "zone": zone });
    let text = "请三号车主移车";
    let (status, no) = hall.post(&desk, "/announcements", say("1", text, None)).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")));
    assert_eq!(hall.post(&office, "/announcements", say("2", text, None)).await.0, StatusCode::OK);
    let again = hall.post(&office, "/announcements", say("2", text, None)).await;
    assert_eq!(again.0, StatusCode::OK, "asked twice");
    let (status, no) = hall.post(&office, "/announcements", say("3", " ", Some("A"))).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("text_needed")), "{no}");
    let (status, no) = hall.post(&office, "/announcements", say("4", text, Some("ZZ"))).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("no_such_zone")), "{no}");
    let long = "请".repeat(201);
    let (status, no) = hall.post(&office, "/announcements", say("5", &long, None)).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("too_much")), "{no}");
}

#[tokio::test]
async fn a_ticket_is_flagged_at_its_issue_at_the_guide_desk_and_at_the_window() {
    let hall = Hall::open();
    let (kiosk, office) = (hall.token(Role::Kiosk, None), hall.token(Role::Office, None));
    let order = json!({ "queue": "M", "request_id": "t", "silent": true });
    let (status, taken) = hall.post(&kiosk, "/tickets", order).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    let is_silent =
        || hall.app.read(|hall| hall.ticket_by_no("M001".parse().unwrap()).unwrap().silent);
    assert!(is_silent());
    let path = format!("/tickets/{}/silent", taken["ticket"]["id"]);
    let aloud = json!({ "request_id": "a", "silent": false });
    let (status, told) = hall.post(&office, &path, aloud).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert!(!is_silent());
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let (status, no) = hall.post(&desk, "/windows/20/silent", json!({ "request_id": "n" })).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("nothing_called")), "{no}");
    hall.post(&desk, "/windows/20/call-next", json!({ "request_id": "c" })).await;
    let (status, _) = hall.post(&desk, "/windows/20/silent", json!({ "request_id": "s" })).await;
    assert_eq!(status, StatusCode::OK);
    assert!(is_silent());
}
