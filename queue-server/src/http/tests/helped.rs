//! 帮办 over HTTP: noted at the guide desk and at the window, and taken back.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Hall, clerk_of};
use crate::access::Role;

#[tokio::test]
async fn who_goes_along_is_noted_at_the_guide_desk_and_by_the_clerk_of_the_window() {
    let hall = Hall::open();
    let (kiosk, guide) = (hall.token(Role::Kiosk, None), hall.token(Role::Guide, None));
    let order = json!({ "queue": "M", "request_id": "t" });
    let (_, taken) = hall.post(&kiosk, "/tickets", order).await;
    let path = format!("/tickets/{}/helper", taken["ticket"]["id"]);
    let clerk = clerk_of(&hall, "20");
    let by = || {
        let helped = hall.app.read(|hall| hall.ticket_by_no("M001".parse().unwrap())?.helped);
        helped.map(|now| now.by.to_string())
    };
    let says = |request: &str, helper: Value| json!({ "request_id": request, "helper": helper });
    let (status, told) = hall.post(&guide, &path, says("a", json!(clerk))).await;
    assert_eq!((status, by()), (StatusCode::OK, Some(clerk.clone())), "{told}");
    let (status, no) = hall.post(&guide, &path, says("b", json!("7777"))).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("unknown_staff")), "{no}");
    assert_eq!(hall.post(&guide, &path, says("c", Value::Null)).await.0, StatusCode::OK);
    assert_eq!(by(), None);
    let (status, no) = hall.post(&guide, &path, says("d", Value::Null)).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::CONFLICT, &json!("nothing_to_take_back")),
        "{no}"
    );
    assert_eq!(hall.post(&kiosk, &path, says("e", json!(clerk))).await.0, StatusCode::FORBIDDEN);

    let desk = hall.desk("20", &clerk).await;
    let here = |request: &str, helped: bool| json!({ "request_id": request, "helped": helped });
    let (status, no) = hall.post(&desk, "/windows/20/helper", here("f", true)).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("nothing_called")), "{no}");
    hall.post(&desk, "/windows/20/call-next", json!({ "request_id": "call" })).await;
    // Pressed twice it is noted once.
    for request in ["g", "h"] {
        let (status, told) = hall.post(&desk, "/windows/20/helper", here(request, true)).await;
        assert_eq!((status, by()), (StatusCode::OK, Some(clerk.clone())), "{told}");
    }
    assert_eq!(hall.post(&desk, "/windows/20/helper", here("i", false)).await.0, StatusCode::OK);
    assert_eq!(by(), None);
    hall.post(&desk, "/windows/20/finish", json!({ "request_id": "end" })).await;
    let (status, no) = hall.post(&guide, &path, says("j", json!(clerk))).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("wrong_state")), "{no}");
    assert!(no["title"].as_str().is_some_and(|title| !title.is_empty()), "{no}");
}
