//! 办不成事 over HTTP: a receipt for whoever tells it, and what came of it for whoever holds one.

use axum::http::StatusCode;
use serde_json::json;

use super::Hall;
use crate::access::Role;

#[tokio::test]
async fn whoever_tells_what_was_not_done_asks_with_the_receipt_what_came_of_it() {
    let hall = Hall::open();
    let (kiosk, office) = (hall.token(Role::Kiosk, None), hall.token(Role::Office, None));
    let department = hall.app.profile.setup.departments()[0].name.clone();
    let body =
        json!({ "request_id": "1", "department": department, "reasons": ["sent_around", "other"] });
    let (status, told) = hall.post(&kiosk, "/matters", body.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    assert_eq!(hall.post(&kiosk, "/matters", body).await.1, told, "asked twice");
    let receipt = told["receipt"].as_str().unwrap();
    assert_eq!(receipt.len(), 12);
    assert!(told["due"].is_string() && told["outcome"].is_null(), "{told}");

    let open = hall.get(&office, "/matters").await.1;
    assert_eq!(open["open"][0]["receipt"], receipt);
    assert_eq!(open["open"][0]["department"], department);
    let grade = json!({ "request_id": "g", "step": { "grade": { "grade": "simple" } } });
    let steps = format!("/matters/{}/steps", open["open"][0]["id"]);
    assert_eq!(hall.post(&office, &steps, grade).await.0, StatusCode::OK);
    let close = json!({ "request_id": "2", "outcome": "explained", "note": "当面说清了" });
    let path = format!("/matters/{}/close", open["open"][0]["id"]);
    assert_eq!(hall.post(&office, &path, close).await.0, StatusCode::OK);
    let ask = json!({ "receipt": receipt });
    let (status, found) = hall.post(&kiosk, "/matters/find", ask.clone()).await;
    assert_eq!((status, &found["outcome"]), (StatusCode::OK, &json!("explained")), "{found}");
    assert!(!found.to_string().contains("当面说清了"), "the note is the office's");
    let stranger = hall.token(Role::Display, None);
    assert_eq!(hall.post(&stranger, "/matters/find", ask).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nothing_is_told_without_a_reason_and_no_receipt_is_found_by_guessing() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    for (body, code) in [
        (json!({ "request_id": "1", "reasons": [] }), "reason_needed"),
        (
            json!({ "request_id": "2", "reasons": ["other"], "department": "没有的部门" }),
            "no_such_department",
        ),
    ] {
        let (status, no) = hall.post(&kiosk, "/matters", body).await;
        assert_eq!((status, &no["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)));
    }
    // Ten wrong ones, old and new, and then no answer at all; the office reads the ledger anyway.
    for at in 0..10_u32 {
        let receipt = if at % 2 == 0 { format!("0000{at:04}") } else { format!("0001{at:08}") };
        let (status, no) = hall.post(&kiosk, "/matters/find", json!({ "receipt": receipt })).await;
        assert_eq!((status, &no["code"]), (StatusCode::NOT_FOUND, &json!("no_such_matter")));
    }
    let wrong = json!({ "receipt": "000100000000" });
    let (status, no) = hall.post(&kiosk, "/matters/find", wrong.clone()).await;
    let too_many = json!("too_many_receipts");
    assert_eq!((status, &no["code"]), (StatusCode::TOO_MANY_REQUESTS, &too_many));
    let office = hall.token(Role::Office, None);
    assert_eq!(hall.post(&office, "/matters/find", wrong).await.0, StatusCode::NOT_FOUND);
}
