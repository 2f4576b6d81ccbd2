//! 上门服务 over HTTP: taken down for a number and a code, handled by the office, evaluated with the code;
//! and nothing of who and where is ever told again.

use axum::http::StatusCode;
use serde_json::json;

use super::Hall;
use crate::access::Role;

#[tokio::test]
async fn a_visit_is_asked_for_handled_and_evaluated_with_the_code_of_its_slip() {
    let hall = Hall::open();
    let (guide, office) = (hall.token(Role::Guide, None), hall.token(Role::Office, None));
    let item = hall.app.profile.setup.items()[0].id.to_string();
    let staff = hall.app.profile.setup.staff()[0].no.to_string();
    let contact = json!({ "who": "王奶奶", "phone": "13800001111", "place": "石门村祠堂后" });
    let body = json!({
        "request_id": "1", "item": item, "reason": "ill", "wished": "2026-11-25", "contact": contact,
    });
    let (status, asked) = hall.post(&guide, "/visits", body.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{asked}");
    assert_eq!(hall.post(&guide, "/visits", body).await.1, asked, "asked twice");
    assert_eq!(asked["visit"]["stage"], "asked");
    let id = asked["visit"]["id"].as_u64().unwrap();
    let kept = hall.app.contacts.of(hall::ids::VisitId(id as u32)).unwrap();
    assert_eq!((kept.who.as_str(), kept.phone.as_str()), ("王奶奶", "13800001111"));

    let steps = format!("/visits/{id}/steps");
    let step = |no: &str, step: serde_json::Value| {
        let (hall, office, steps) = (&hall, &office, &steps);
        let body = json!({ "request_id": no, "step": step });
        async move { hall.post(office, steps, body).await }
    };
    let (status, no) = step("b", json!({ "begin": {} })).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("visit_not_assigned")));
    let assign = json!({ "assign": { "staff": staff, "day": "2026-11-24" } });
    assert_eq!(step("c", assign).await.0, StatusCode::OK);
    assert_eq!(step("d", json!({ "begin": {} })).await.0, StatusCode::OK);
    let early = json!({ "request_id": "e", "token": asked["code"], "rating": "satisfied" });
    let (status, no) = hall.post(&guide, "/evaluations", early).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("nothing_to_evaluate")));
    let finish = json!({ "finish": { "case": "on_the_spot" } });
    assert_eq!(step("f", finish).await.0, StatusCode::OK);
    let rate = json!({
        "request_id": "g", "token": asked["code"], "rating": "dissatisfied", "reasons": ["manner"],
    });
    assert_eq!(hall.post(&guide, "/evaluations", rate).await.0, StatusCode::CREATED);

    let list = hall.get(&office, "/visits").await.1;
    assert_eq!(list["open"], json!([]), "{list}");
    assert_eq!(list["over"][0]["rating"], "dissatisfied", "{list}");
    let matters = hall.get(&office, "/matters").await.1;
    assert_eq!(matters["open"][0]["staff"], json!(staff), "{matters}");
    let tally = hall.get(&office, "/tally").await.1;
    assert_eq!(tally["evaluations"], json!([0, 1, 0, 0, 0]), "{tally}");
    for told in [&asked, &list, &matters, &tally] {
        for words in ["王奶奶", "13800001111", "祠堂"] {
            assert!(!told.to_string().contains(words), "{words}: {told}");
        }
    }
    let record = hall.app.read(|hall| format!("{hall:?}"));
    assert!(
        !record.contains("王奶奶") && !record.contains("祠堂") && !record.contains("13800001111")
    );
}

#[tokio::test]
async fn what_cannot_be_taken_down_is_said_and_no_kiosk_asks_where_somebody_lives() {
    let hall = Hall::open();
    let guide = hall.token(Role::Guide, None);
    for (body, code) in [
        (json!({ "request_id": "1", "reason": "ill", "wished": "2026-11-22" }), "in_the_past"),
        (json!({ "request_id": "2", "reason": "ill", "wished": "2027-11-22" }), "no_such_day"),
        (json!({ "request_id": "3", "reason": "ill", "wished": "2026-11-31" }), "no_such_day"),
        (json!({ "request_id": "4", "reason": "ill", "item": "Z99" }), "no_such_item"),
        (
            json!({ "request_id": "5", "reason": "ill", "contact": { "phone": "村部" } }),
            "bad_phone",
        ),
        (
            json!({ "request_id": "6", "reason": "ill", "contact": { "place": "远".repeat(81) } }),
            "too_much",
        ),
    ] {
        let (_, no) = hall.post(&guide, "/visits", body).await;
        assert_eq!(no["code"], json!(code), "{no}");
    }
    assert_eq!(hall.app.read(|hall| hall.visits().count()), 0);
    let kiosk = hall.token(Role::Kiosk, None);
    let body = json!({ "request_id": "7", "reason": "ill" });
    assert_eq!(hall.post(&kiosk, "/visits", body).await.0, StatusCode::FORBIDDEN);
}
