//! What is due by a working day: promised cases, and what somebody was not satisfied with.

use axum::http::StatusCode;
use hall::command::Command;
use serde_json::{Value, json};

use super::{Hall, clerk_of};
use crate::{access::Role, clock::HallClock, day::Daybook, testing};

/// The hall closes its day and opens another one, with the working days of its calendar.
async fn day(hall: &Hall, date: &str) {
    let clock = HallClock::real(480);
    let working_days =
        Daybook::new(hall.app.profile.calendar.clone(), clock).working_days(date.parse().unwrap());
    let day = date.parse().unwrap();
    for command in [Command::CloseDay, Command::OpenDay { day, working_days }] {
        let wish = testing::wish("hall", &format!("{date} {command:?}"), command);
        hall.app.engine.ask(wish).await.unwrap();
    }
}

/// The level and the sentence of an alert, once the hall's own tick has told it as it shall be.
async fn told(hall: &Hall, office: &str, kind: &str, level: Option<&str>) -> String {
    let mut last = Value::Null;
    for _ in 0..100 {
        last = hall.get(office, "/board").await.1["alerts"].clone();
        let alert = last.as_array().unwrap().iter().find(|alert| alert["kind"] == kind);
        if alert.and_then(|alert| alert["level"].as_str()) == level {
            return alert.map_or_else(String::new, |alert| alert["text"].as_str().unwrap().into());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{kind} is not {level:?}: {last}");
}

/// Serves a ticket of an item at a window; the window's token, and the secret of the slip.
async fn served(hall: &Hall, window: &str, item: &str) -> (String, String) {
    let kiosk = hall.token(Role::Kiosk, None);
    let body = json!({ "item": item, "request_id": "tap" });
    let (_, taken) = hall.post(&kiosk, "/tickets", body).await;
    let url = taken["slip"]["follow_url"].as_str().unwrap();
    let secret = url.strip_prefix("https://hall.example/t/").unwrap().to_owned();
    let desk = hall.desk(window, &clerk_of(hall, window)).await;
    for what in ["call-next", "start"] {
        let body = json!({ "request_id": what });
        let (status, answer) = hall.post(&desk, &format!("/windows/{window}/{what}"), body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    (desk, secret)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_yellow_two_working_days_before_and_red_past_its_day_until_it_is_kept() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let (desk, _) = served(&hall, "20", "M01").await;
    let body = json!({ "request_id": "a", "case": "M1" });
    let (_, accepted) = hall.post(&desk, "/windows/20/accept", body).await;
    assert_eq!(accepted["due"], "2026-12-02", "{accepted}");
    day(&hall, "2026-11-27").await;
    assert_eq!(told(&hall, &office, "case_due", None).await, "");
    day(&hall, "2026-11-30").await;
    let text = told(&hall, &office, "case_due", Some("yellow")).await;
    assert!(text.ends_with("承诺件 M1 应于 2026-12-02 前办结"), "{text}");
    day(&hall, "2026-12-03").await;
    let text = told(&hall, &office, "case_due", Some("red")).await;
    assert!(text.starts_with("公安局") && text.contains("M1 已逾期"), "{text}");

    let kiosk = hall.token(Role::Kiosk, None);
    let close = |case: &str, request: &str| {
        (format!("/cases/{case}/close"), json!({ "request_id": request }))
    };
    for (token, (path, body), expected, code) in [
        (&kiosk, close("M1", "c0"), StatusCode::FORBIDDEN, "not_allowed"),
        (&desk, close("M2", "c1"), StatusCode::NOT_FOUND, "no_such_case"),
    ] {
        let (status, no) = hall.post(token, &path, body).await;
        assert_eq!((status, &no["code"]), (expected, &json!(code)), "{no}");
    }
    let (path, body) = close("M1", "c2");
    assert_eq!(hall.post(&desk, &path, body.clone()).await.0, StatusCode::OK);
    assert_eq!(hall.post(&desk, &path, body).await.0, StatusCode::OK, "asked twice");
    let (path, body) = close("M1", "c3");
    let (status, no) = hall.post(&office, &path, body).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("case_closed")), "{no}");
    told(&hall, &office, "case_due", None).await;
    let (_, tally) = hall.get(&office, "/tally").await;
    assert_eq!(tally["cases_in_time"], json!({ "part": 0.0, "whole": 1.0 }), "{tally}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_negative_review_is_a_matter_with_a_limit_until_somebody_says_what_came_of_it() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let (desk, secret) = served(&hall, "20", "M01").await;
    let finish = json!({ "request_id": "f", "case": "on_the_spot" });
    assert_eq!(hall.post(&desk, "/windows/20/finish", finish).await.0, StatusCode::OK);
    let said = json!({
        "token": secret, "rating": "dissatisfied", "reasons": ["manner"], "request_id": "e",
    });
    assert_eq!(hall.send(super::post("/evaluations", said).body_of()).await.0, StatusCode::CREATED);
    let (status, matters) = hall.get(&office, "/matters").await;
    let matter = &matters["open"][0];
    assert_eq!((status, &matter["due"]), (StatusCode::OK, &json!("2026-11-30")), "{matters}");
    assert_eq!(matter["reasons"], json!(["manner"]));
    assert_eq!((&matter["kind"], &matter["level"]), (&json!("negative"), &Value::Null));
    assert_eq!((&matter["window"], &matter["no"]), (&json!("20"), &json!("M001")));
    assert_eq!(hall.get(&desk, "/matters").await.0, StatusCode::FORBIDDEN);

    day(&hall, "2026-11-24").await;
    let text = told(&hall, &office, "negative", Some("red")).await;
    assert_eq!(text, "20 号窗口 M001 收到差评", "nobody has seen it, and it is told again");
    day(&hall, "2026-11-27").await;
    let text = told(&hall, &office, "matter_due", Some("red")).await;
    assert!(text.ends_with("还没有核实，应于 2026-11-24 前核实（1020）"), "{text}");
    let steps = format!("/matters/{}/steps", matter["id"]);
    let verify = json!({ "request_id": "v", "step": { "verify": { "finding": "complex" } } });
    assert_eq!(hall.post(&desk, &steps, verify.clone()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(hall.post(&office, &steps, verify).await.0, StatusCode::OK);
    let odd = json!({ "request_id": "g", "step": { "grade": { "grade": "simple" } } });
    let (status, no) = hall.post(&office, &steps, odd).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::CONFLICT, &json!("not_for_this_matter")),
        "{no}"
    );
    assert_eq!(hall.get(&office, "/matters").await.1["open"][0]["finding"], "complex");
    let text = told(&hall, &office, "matter_due", Some("yellow")).await;
    assert!(text.starts_with("20 号窗口 M001 的差评应于 2026-11-30 前办结"), "{text}");
    day(&hall, "2026-12-01").await;
    told(&hall, &office, "matter_due", Some("red")).await;
    assert_eq!(hall.get(&office, "/matters").await.1["open"][0]["level"], "red");

    let path = format!("/matters/{}/close", matter["id"]);
    let close = |request: &str, note: &str| json!({ "request_id": request, "outcome": "rectified", "note": note });
    assert_eq!(hall.post(&desk, &path, close("m0", "已道歉")).await.0, StatusCode::FORBIDDEN);
    let (status, no) = hall.post(&office, &path, close("m1", " ")).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("note_needed")), "{no}");
    assert_eq!(hall.post(&office, &path, close("m2", "已道歉")).await.0, StatusCode::OK);
    let (status, no) = hall.post(&office, &path, close("m3", "已道歉")).await;
    assert_eq!((status, &no["code"]), (StatusCode::NOT_FOUND, &json!("no_such_matter")), "{no}");
    told(&hall, &office, "matter_due", None).await;
    told(&hall, &office, "negative", None).await;
    let (_, matters) = hall.get(&office, "/matters").await;
    assert_eq!(matters["open"], json!([]));
    assert_eq!(matters["closed"][0]["outcome"], "rectified");
    assert_eq!(matters["closed"][0]["note"], "已道歉");
}
