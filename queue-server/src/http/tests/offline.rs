//! 离线取号 over HTTP: numbers in hand, and the tickets given out with them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Hall;
use crate::access::Role;

const BOOK: &str = "0000000000001";

async fn numbers(hall: &Hall, kiosk: &str, low: &[&str]) -> Value {
    let request = format!("numbers-{}", low.len());
    let body = json!({ "request_id": request, "book": BOOK, "low": low });
    let (status, answer) = hall.post(kiosk, "/kiosk/numbers", body).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer
}

fn ticket(hall: &Hall, no: &str, request: &str) -> Value {
    let now = hall.app.now().0;
    json!({
        "request_id": request, "day": "2026-11-23", "no": no, "token": "00000000000ab",
        "queue": "A", "taken": now, "slip": "printed",
    })
}

#[tokio::test]
async fn a_kiosk_gets_numbers_and_hands_in_what_it_gave_out() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let told = numbers(&hall, &kiosk, &[]).await;
    let of = |letter: &str| {
        let blocks = told["blocks"].as_array().unwrap().iter();
        blocks.filter(|block| block["letter"] == letter).cloned().collect::<Vec<_>>()
    };
    assert_eq!(of("A"), [json!({ "letter": "A", "first": 801, "last": 825 })]);
    assert_eq!(told["day"], "2026-11-23");
    assert!(!told["hours"].as_array().unwrap().is_empty(), "{told}");
    assert_eq!(numbers(&hall, &kiosk, &[]).await["blocks"], told["blocks"]);

    let (status, answer) =
        hall.post(&kiosk, "/tickets/handed-in", ticket(&hall, "A801", "h")).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    assert_eq!(
        (&answer["ticket"]["no"], &answer["ticket"]["state"]),
        (&json!("A801"), &json!("waiting"))
    );
    let (status, again) = hall.post(&kiosk, "/tickets/handed-in", ticket(&hall, "A801", "h")).await;
    assert_eq!((status, &again["ticket"]["id"]), (StatusCode::CREATED, &answer["ticket"]["id"]));
    let (status, twice) = hall.post(&kiosk, "/tickets/handed-in", ticket(&hall, "A801", "i")).await;
    assert_eq!((status, &twice["code"]), (StatusCode::CONFLICT, &json!("number_taken")));
    assert_eq!(twice["title"], "A801 已经补录过了。");
}

#[tokio::test]
async fn numbers_of_another_and_of_another_day_are_not_taken() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    numbers(&hall, &kiosk, &[]).await;
    let refused = async |body: Value| {
        let (status, answer) = hall.post(&kiosk, "/tickets/handed-in", body).await;
        assert_eq!(status, StatusCode::CONFLICT, "{answer}");
        answer["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused(ticket(&hall, "A826", "1")).await, "number_not_reserved");
    assert_eq!(refused(ticket(&hall, "A001", "2")).await, "number_not_reserved");
    let mut yesterday = ticket(&hall, "A802", "3");
    yesterday["day"] = json!("2026-11-20");
    assert_eq!(refused(yesterday).await, "not_of_today");
    let mut tomorrow = ticket(&hall, "A802", "4");
    tomorrow["day"] = json!("2026-11-24");
    assert_eq!(refused(tomorrow).await, "hall_closed");
    let mut special = ticket(&hall, "A802", "5");
    special["priority"] = json!("special");
    assert_eq!(refused(special).await, "class_not_granted");
}

#[tokio::test]
async fn only_kiosks_hold_numbers() {
    let hall = Hall::open();
    for role in [Role::Desk, Role::Office, Role::Admin] {
        let who = hall.token(role, None);
        let body = json!({ "request_id": "n", "book": BOOK });
        assert_eq!(hall.post(&who, "/kiosk/numbers", body).await.0, StatusCode::FORBIDDEN);
        let body = ticket(&hall, "A801", "h");
        assert_eq!(hall.post(&who, "/tickets/handed-in", body).await.0, StatusCode::FORBIDDEN);
    }
}
