//! What a person does at a kiosk after the ticket was taken.

use axum::http::StatusCode;
use hall::words::EvaluationChannel;
use serde_json::{Value, json};

use super::{Hall, clerk_of};
use crate::access::Role;

const WANG: &str = "331023 19500101 1234";
const LI: &str = "33102319550202432x";

/// The secret of the newest ticket.
fn secret(hall: &Hall) -> String {
    hall.app.read(|hall| hall.tickets().last().unwrap().token.to_string())
}

async fn take(hall: &Hall, kiosk: &str, request: &str, document: Option<&str>) -> Value {
    let mut body = json!({ "item": "M01", "request_id": request });
    if let Some(document) = document {
        body["document"] = json!(document);
    }
    let (status, taken) = hall.post(kiosk, "/tickets", body).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    taken["ticket"].clone()
}

#[tokio::test]
async fn an_evaluation_given_at_a_kiosk_is_the_kiosk_s() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    take(&hall, &kiosk, "t", None).await;
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    for what in ["call-next", "start", "finish"] {
        let body = json!({ "request_id": what });
        let (status, answer) = hall.post(&desk, &format!("/windows/20/{what}"), body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let body = json!({ "token": secret(&hall), "rating": "satisfied", "request_id": "e" });
    let (status, answer) = hall.post(&kiosk, "/evaluations", body).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    let given = hall.app.read(|hall| hall.tickets().last().unwrap().leg().evaluation.clone());
    assert_eq!(given.unwrap().channel, EvaluationChannel::Kiosk);
}

#[tokio::test]
async fn a_kiosk_re_activates_for_who_holds_the_slip_or_took_the_ticket() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let first = take(&hall, &kiosk, "t1", Some(WANG)).await["id"].clone();
    let first_secret = secret(&hall);
    take(&hall, &kiosk, "t2", None).await;
    let other_secret = secret(&hall);
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    // Nobody was passed over, so that who may ask is told what stands in the way.
    let may = (StatusCode::CONFLICT, "wrong_state");
    let no = (StatusCode::NOT_FOUND, "no_such_ticket");
    for (who, more, expected) in [
        (&kiosk, json!({}), (StatusCode::UNPROCESSABLE_ENTITY, "incomplete")),
        (&kiosk, json!({ "token": other_secret }), no),
        (&kiosk, json!({ "token": "none" }), no),
        (&kiosk, json!({ "document": LI }), no),
        (&kiosk, json!({ "token": first_secret }), may),
        (&kiosk, json!({ "document": WANG }), may),
        (&desk, json!({}), may),
    ] {
        let mut body = more.clone();
        body["request_id"] = json!("r");
        let (status, answer) = hall.post(who, &format!("/tickets/{first}/reactivate"), body).await;
        assert_eq!((status, &answer["code"]), (expected.0, &json!(expected.1)), "{more}: {answer}");
    }
    // A desk whose windows do not serve the queue does nothing with its numbers.
    let elsewhere = hall.desk("3", &clerk_of(&hall, "3")).await;
    for what in ["reactivate", "reprint", "cancel"] {
        let path = format!("/tickets/{first}/{what}");
        let (status, answer) = hall.post(&elsewhere, &path, json!({ "request_id": what })).await;
        let not_theirs = (StatusCode::FORBIDDEN, &json!("not_your_window"));
        assert_eq!((status, &answer["code"]), not_theirs, "{what}: {answer}");
    }
    let silent = json!({ "request_id": "silent", "silent": true });
    let (status, _) = hall.post(&elsewhere, &format!("/tickets/{first}/silent"), silent).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_number_tells_how_it_stands_and_only_slip_or_document_what_may_be_done() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let first = take(&hall, &kiosk, "t1", Some(WANG)).await;
    let slip = secret(&hall);
    take(&hall, &kiosk, "t2", None).await;
    let find = async |who: &str, body: Value| hall.post(who, "/tickets/find", body).await;
    let (status, told) = find(&kiosk, json!({ "no": first["no"] })).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let told = &told["tickets"][0];
    assert_eq!((&told["state"], &told["ahead"]), (&json!("waiting"), &json!(0)));
    assert_eq!(told["ticket"], Value::Null, "a number proves nothing");
    assert_eq!(told["class"], Value::Null);
    for shown in [json!({ "token": slip }), json!({ "document": WANG })] {
        let (_, told) = find(&kiosk, shown).await;
        assert_eq!(told["tickets"].as_array().unwrap().len(), 1, "{told}");
        let told = &told["tickets"][0];
        assert_eq!((&told["ticket"], &told["reprints"]), (&first["id"], &json!(true)));
    }
    let desk = hall.token(Role::Desk, Some("20"));
    let (_, told) = find(&desk, json!({ "no": first["no"] })).await;
    assert_eq!(told["tickets"][0]["ticket"], first["id"], "a desk sees who stands before it");
    for (body, code) in [
        (json!({ "no": "M999" }), "no_such_ticket"),
        (json!({ "token": "none" }), "no_such_ticket"),
        (json!({ "document": LI }), "no_such_ticket"),
        (json!({}), "incomplete"),
        (json!({ "no": first["no"], "token": slip }), "incomplete"),
    ] {
        let (_, no) = find(&kiosk, body.clone()).await;
        assert_eq!(no["code"], code, "{body}");
    }
    let display = hall.token(Role::Display, None);
    assert_eq!(find(&display, json!({ "no": first["no"] })).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_slip_that_comes_again_says_so_and_how_the_ticket_stands_now() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let first = take(&hall, &kiosk, "t1", None).await;
    take(&hall, &kiosk, "t2", None).await;
    let slip = secret(&hall);
    let second = hall.post(&kiosk, "/tickets/find", json!({ "token": slip })).await.1;
    let second = &second["tickets"][0];
    assert_eq!(second["ahead"], 1);
    let own = json!({ "request_id": "c", "issue_request_id": "t1" });
    let (status, gone) = hall.post(&kiosk, &format!("/tickets/{}/cancel", first["id"]), own).await;
    assert_eq!(status, StatusCode::OK, "{gone}");
    let path = format!("/tickets/{}/reprint", second["ticket"]);
    let (status, again) =
        hall.post(&kiosk, &path, json!({ "request_id": "r", "token": slip })).await;
    assert_eq!(status, StatusCode::OK, "{again}");
    let slip = &again["slip"];
    assert_eq!((&slip["mark"], &slip["ahead"]), (&json!("reprinted"), &json!(0)));
    assert_eq!(slip["no"], second["no"]);
}

#[tokio::test]
async fn a_slip_that_comes_again_while_one_is_called_names_the_window_and_promises_no_wait() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    take(&hall, &kiosk, "t1", None).await;
    let token = secret(&hall);
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let called = hall.post(&desk, "/windows/20/call-next", json!({ "request_id": "c" })).await;
    assert_eq!(called.0, StatusCode::OK, "{}", called.1);
    let found = hall.post(&kiosk, "/tickets/find", json!({ "token": token })).await.1;
    let path = format!("/tickets/{}/reprint", found["tickets"][0]["ticket"]);
    let (status, again) =
        hall.post(&kiosk, &path, json!({ "request_id": "r", "token": token })).await;
    assert_eq!(status, StatusCode::OK, "{again}");
    assert_eq!(again["slip"]["window"], "20", "{again}");
    assert_eq!(again["slip"]["english"]["hall"], "Yunxi Government Services");
}

#[tokio::test]
async fn who_takes_something_for_others_is_a_registered_agent() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let body = json!({ "item": "M01", "request_id": "t", "agent": "invented" });
    let (status, no) = hall.post(&kiosk, "/tickets", body).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("not_an_agent")), "{no}");
}

#[tokio::test]
async fn a_test_slip_is_asked_of_its_kiosk_until_its_end_is_told() {
    use crate::fleet::trials::{Outcome, Tried};
    let hall = Hall::open();
    let id = "kiosk-1".parse().unwrap();
    let kiosk = hall.app.access.add_credential(Role::Kiosk, Some(id), None).unwrap().1;
    let state = |body: Value| hall.post(&kiosk, "/kiosk/state", body);
    let (_, answer) = state(json!({ "why": "" })).await;
    assert_eq!(answer["test"], Value::Null);
    hall.app.fleet.try_out(id, Tried::Test, hall.app.now()).unwrap();
    hall.app.fleet.note_asked(id, 7);
    for _ in 0..2 {
        let (_, answer) = state(json!({ "why": "" })).await;
        assert_eq!(answer["test"], 7);
    }
    let tested = json!({ "why": "", "tested": { "test": 7, "outcome": "printed" } });
    let (_, answer) = state(tested).await;
    assert_eq!(answer["test"], Value::Null);
    assert_eq!(hall.app.fleet.trial(id).unwrap().outcome(), Outcome::Done);
}
