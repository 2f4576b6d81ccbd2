//! 换岗申请 over the interface: who asked does not agree, and the list says what became of it.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_asked_for_by_one_and_decided_by_another() {
    let hall = Hall::open();
    let (one, two) = (hall.token(Role::Office, None), hall.token(Role::Office, None));
    let wish = json!({
        "request_id": "a", "staff": "1018", "window": "20",
        "from": "2026-11-23", "until": "2026-11-27", "reason": "leave\nof absence",
    });
    let (status, answer) = hall.post(&one, "/post-changes", wish.clone()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let (_, again) = hall.post(&one, "/post-changes", wish.clone()).await;
    assert_eq!(again, answer, "asked twice, it is asked for once");
    let list = hall.get(&one, "/post-changes").await.1;
    assert_eq!(list["changes"].as_array().map(Vec::len), Some(1));
    let first = &list["changes"][0];
    assert_eq!((&first["number"], &first["decided"]), (&json!(1), &Value::Null));
    assert_eq!(first["reason"], "leave of absence");
    let decide = |id: &str, outcome: &str| json!({ "request_id": id, "outcome": outcome });
    let (status, no) = hall.post(&one, "/post-changes/1/decide", decide("b", "granted")).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("own_request")));
    let (status, _) = hall.post(&two, "/post-changes/1/decide", decide("c", "granted")).await;
    assert_eq!(status, StatusCode::OK);
    let list = hall.get(&two, "/post-changes").await.1;
    assert_eq!(list["changes"][0]["decided"]["outcome"], "granted");
    let far = json!({
        "request_id": "f", "staff": "1018", "window": "19",
        "from": "2026-11-23", "until": "2027-11-24", "reason": "x",
    });
    let (status, no) = hall.post(&one, "/post-changes", far).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("too_far_ahead")));
    let (status, _) = hall.post(&two, "/post-changes/9/decide", decide("d", "granted")).await;
    assert_eq!(status, StatusCode::CONFLICT);
}
