//! The guide desk does what a kiosk does, for others and under its own name, and nothing of a
//! window's or of the office's.

use axum::http::StatusCode;
use hall::words::{Actor, Channel, EvaluationChannel};
use serde_json::{Value, json};

use super::{Hall, clerk_of};
use crate::access::Role;

async fn taken(hall: &Hall, guide: &str, request: &str) -> Value {
    let body = json!({ "queue": "M", "request_id": request, "channel": "kiosk" });
    let (status, taken) = hall.post(guide, "/tickets", body).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    taken
}

#[tokio::test]
async fn what_a_guide_takes_is_on_record_as_taken_at_the_guide_desk() {
    let hall = Hall::open();
    let guide = hall.token(Role::Guide, None);
    let body = json!({ "queue": "M", "request_id": "1", "channel": "kiosk",
        "priority": "vulnerable", "priority_reason": "elderly", "silent": true });
    let (status, ticket) = hall.post(&guide, "/tickets", body).await;
    assert_eq!((status, &ticket["ticket"]["channel"]), (StatusCode::CREATED, &json!("guide_desk")));
    let (granted, silent) = hall.app.read(|hall| {
        let ticket = hall.tickets().next().unwrap();
        (ticket.granted.clone().unwrap(), ticket.silent)
    });
    assert!(silent);
    assert_eq!(granted.channel, Channel::GuideDesk);
    assert!(matches!(granted.by, Actor::Device(_)), "{granted:?}");
    let again = taken(&hall, &guide, "2").await;
    assert_eq!(again["ticket"]["id"], taken(&hall, &guide, "2").await["ticket"]["id"]);
}

#[tokio::test]
async fn a_guide_looks_up_prints_silences_and_gives_up_numbers_without_a_proof() {
    let hall = Hall::open();
    let guide = hall.token(Role::Guide, None);
    let ticket = taken(&hall, &guide, "1").await;
    let id = ticket["ticket"]["id"].as_u64().unwrap();
    let (status, found) =
        hall.post(&guide, "/tickets/find", json!({ "no": ticket["ticket"]["no"] })).await;
    assert_eq!((status, &found["tickets"][0]["ticket"]), (StatusCode::OK, &json!(id)), "{found}");
    for (what, body) in [
        ("reprint", json!({ "request_id": "r" })),
        ("silent", json!({ "request_id": "s", "silent": true })),
        ("cancel", json!({ "request_id": "c" })),
    ] {
        let (status, told) = hall.post(&guide, &format!("/tickets/{id}/{what}"), body).await;
        assert_eq!(status, StatusCode::OK, "{what}: {told}");
    }
    let (_, gone) = hall.get(&guide, &format!("/tickets/{id}")).await;
    assert_eq!(gone["ticket"]["state"], "cancelled", "{gone}");
}

#[tokio::test]
async fn a_guide_calls_nobody_and_reads_no_reports() {
    let hall = Hall::open();
    let guide = hall.token(Role::Guide, None);
    let id = taken(&hall, &guide, "1").await["ticket"]["id"].as_u64().unwrap();
    let plain = |request: &str| json!({ "request_id": request });
    for (path, body) in [
        ("/windows/20/call-next".to_owned(), plain("a")),
        ("/windows/20/finish".to_owned(), plain("b")),
        ("/windows/20/sign-on".to_owned(), plain("c")),
        ("/windows/20/pause".to_owned(), json!({ "request_id": "d", "reason": "meal" })),
        (
            "/windows/20/tide".to_owned(),
            json!({ "request_id": "e", "queues": ["M"], "minutes": 9 }),
        ),
        (format!("/tickets/{id}/expedite"), json!({ "request_id": "f", "reason": "x" })),
        ("/session/close-early".to_owned(), json!({ "request_id": "g", "reason": "event" })),
        ("/announcements".to_owned(), json!({ "request_id": "h", "text": "x" })),
        ("/erasures".to_owned(), json!({ "request_id": "i", "ticket": id })),
    ] {
        let (status, no) = hall.post(&guide, &path, body).await;
        assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")), "{path}");
    }
    for path in ["/tally", "/matters", "/staff", "/catalogue/changes", "/reader-key"] {
        let (status, no) = hall.get(&guide, path).await;
        assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")), "{path}");
    }
    let special = json!({ "queue": "M", "request_id": "s", "priority": "special",
        "priority_note": "x" });
    let (status, no) = hall.post(&guide, "/tickets", special).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("class_not_granted")), "{no}");
}

#[tokio::test]
async fn a_level_told_at_the_guide_desk_is_on_record_as_told_there() {
    let hall = Hall::open();
    let guide = hall.token(Role::Guide, None);
    let ticket = taken(&hall, &guide, "1").await;
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    for what in ["call-next", "start", "finish"] {
        let body = json!({ "request_id": what });
        let (status, no) = hall.post(&desk, &format!("/windows/20/{what}"), body).await;
        assert_eq!(status, StatusCode::OK, "{what}: {no}");
    }
    let url = ticket["slip"]["follow_url"].as_str().unwrap();
    let token = url.rsplit_once('/').unwrap().1;
    let body = json!({ "request_id": "e", "token": token, "rating": "satisfied" });
    let (status, told) = hall.post(&guide, "/evaluations", body).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    let given = hall.app.read(|hall| hall.tickets().next().unwrap().leg().evaluation.clone());
    assert_eq!(given.unwrap().channel, EvaluationChannel::GuideDesk);
}
