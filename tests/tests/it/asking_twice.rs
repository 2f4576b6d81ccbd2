//! A double tap, a retry, a repeated press: one asking acts once.

use std::thread;

use serde_json::{Value, json};
use tests::{api::Api, server::Server};

fn together(
    desk: &Api,
    ask: impl Fn(&Api) -> (u16, Value) + Clone + Send + 'static,
) -> Vec<(u16, Value)> {
    let askers: Vec<_> = (0..8)
        .map(|_| {
            let (desk, ask) = (desk.clone(), ask.clone());
            thread::spawn(move || ask(&desk))
        })
        .collect();
    askers.into_iter().map(|asker| asker.join().unwrap()).collect()
}

#[test]
fn eight_taps_with_one_id_give_one_ticket_and_one_call() {
    let server = Server::county();
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    let taps = together(&kiosk, |kiosk| kiosk.issue("A", "tap").unwrap());
    assert!(taps.iter().all(|(status, _)| *status == 201), "{taps:?}");
    assert!(taps.iter().all(|(_, answer)| answer["ticket"]["no"] == "A001"), "{taps:?}");
    let (_, second) = kiosk.issue("A", "another tap").unwrap();
    assert_eq!(second["ticket"]["no"], "A002", "{second}");

    let calls = together(&desk, |desk| desk.window("1", "call-next", "press").unwrap());
    assert!(calls.iter().all(|(_, answer)| answer["ticket"]["no"] == "A001"), "{calls:?}");
    let (_, board) = desk.get("/board").unwrap();
    assert_eq!(board["waiting"], 1, "{board}");
}

#[test]
fn an_answer_is_the_same_after_a_restart() {
    let mut server = Server::county();
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    let (_, ticket) = kiosk.issue("A", "tap").unwrap();
    let (_, call) = desk.window("1", "call-next", "press").unwrap();
    server.kill();
    server.start();
    let (kiosk, desk) = (kiosk.moved(&server.http), desk.moved(&server.http));
    let (status, again) = kiosk.issue("A", "tap").unwrap();
    assert_eq!((status, &again["ticket"]["id"]), (201, &ticket["ticket"]["id"]));
    let (status, again) = desk.window("1", "call-next", "press").unwrap();
    assert_eq!((status, &again["ticket"]["id"]), (200, &call["ticket"]["id"]));
}

#[test]
fn a_refusal_is_a_problem_document_with_a_code() {
    let server = Server::county();
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    let (status, problem) = desk.window("1", "call-next", "press").unwrap();
    assert_eq!((status, problem["code"].as_str()), (409, Some("queue_empty")), "{problem}");
    let (status, problem) = kiosk.window("1", "call-next", "press").unwrap();
    assert_eq!(status, 403, "{problem}");
    let nobody = Api::new(&server.http, "wrong");
    assert_eq!(nobody.issue("A", "x").unwrap().0, 401);
    let (status, _) =
        kiosk.post("/tickets", &json!({ "queue": "A" })).unwrap_or((400, Value::Null));
    assert!((400..500).contains(&status), "a request id is needed: {status}");
}
