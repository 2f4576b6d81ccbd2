//! The hour ahead, and what would help: told to those who may know, and nothing is done by asking.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Hall;
use crate::access::Role;

/// A hall in which fourteen wait for the one window of queue M, and L's is free.
async fn busy() -> (Hall, String) {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    for (window, staff) in [("20", "1020"), ("18", "1018")] {
        hall.desk(window, staff).await;
    }
    for number in 0..14 {
        let body = json!({ "queue": "M", "request_id": format!("m{number}") });
        assert_eq!(hall.post(&kiosk, "/tickets", body).await.0, StatusCode::CREATED);
    }
    let office = hall.token(Role::Office, None);
    (hall, office)
}

/// What is told of a queue.
fn of_queue<'a>(list: &'a Value, id: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|each| each["queue"] == id).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_help_is_told_to_the_office_and_not_done() {
    let (hall, office) = busy().await;
    let ask = json!({ "queue": "M" });
    let (status, told) = hall.post(&office, "/whatif", ask.clone()).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert!(told["nothing"]["mean_secs"].as_u64().unwrap() > 30 * 60, "{told}");
    assert_eq!(told["nothing"]["red"]["share"], json!(1.0), "{told}");
    let first = &told["remedies"][0];
    assert!(first["saved_secs"].as_i64().unwrap() > 0, "{told}");
    let [before, after] =
        [0, 1].map(|at| of_queue(&first["effects"], "M")["mean_secs"][at].as_u64().unwrap());
    assert!(after < before, "{told}");
    let kinds: Vec<&str> = told["remedies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["remedy"]["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"open_tide") && kinds.contains(&"lend"), "{kinds:?}");
    // Asking changes nothing: nobody was called, and 18 serves M no more than before.
    let board = hall.get(&office, "/board").await.1;
    assert_eq!(
        board["queues"].as_array().unwrap().iter().find(|it| it["id"] == "M").unwrap()["waiting"],
        14
    );
    let lend = json!({ "kind": "lend", "queue": "M", "window": "18", "minutes": 60 });
    let (status, tried) = hall.post(&office, "/whatif", json!({ "remedy": lend })).await;
    assert_eq!(status, StatusCode::OK, "{tried}");
    assert_eq!(tried["remedies"][0]["remedy"], lend, "{tried}");
    // What the rules refuse, and whom it is not told.
    let mine = json!({ "kind": "lend", "queue": "M", "window": "20", "minutes": 60 });
    for (token, body, status, code) in [
        (&office, json!({ "remedy": mine }), StatusCode::CONFLICT, "not_possible"),
        (&office, json!({}), StatusCode::UNPROCESSABLE_ENTITY, "incomplete"),
        (
            &office,
            json!({ "queue": "M", "remedy": lend }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "incomplete",
        ),
        (
            &office,
            json!({ "queue": "M", "span_minutes": 5 }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad_body",
        ),
        (&hall.token(Role::Kiosk, None), ask.clone(), StatusCode::FORBIDDEN, "not_allowed"),
        (&hall.token(Role::Desk, None), ask.clone(), StatusCode::FORBIDDEN, "not_allowed"),
    ] {
        let (found, no) = hall.post(token, "/whatif", body).await;
        assert_eq!((found, &no["code"]), (status, &json!(code)), "{no}");
    }
    // Whoever asks while another is being answered is told so.
    let turn = hall.app.forecasts.try_turn().unwrap();
    let (status, no) = hall.post(&office, "/whatif", ask.clone()).await;
    assert_eq!((status, &no["code"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("busy")), "{no}");
    drop(turn);
    assert_eq!(hall.post(&office, "/whatif", ask).await.0, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hour_ahead_is_told_to_every_role() {
    let (hall, _) = busy().await;
    hall.app.forecast_now();
    let display = hall.token(Role::Display, None);
    let (status, told) = hall.get(&display, "/forecast").await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert!(told["runs"].as_u64().unwrap() > 0 && told["days"] == 0, "{told}");
    let hour = &of_queue(&told["queues"], "M")["hour"];
    assert!(hour["people"].as_f64().unwrap() >= 14.0, "{told}");
    assert!(hour["red"]["share"].as_f64().unwrap() > 0.9, "{told}");
    assert!(of_queue(&told["queues"], "M")["wait"]["high"].as_u64().unwrap() > 30, "{told}");
}
