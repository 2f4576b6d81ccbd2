//! 练习: a class signs on, people come to its windows, and rate who served them.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{demo::Demo, wait_until};

#[test]
fn people_come_to_whoever_signs_on_and_rate_what_was_done() {
    let demo = Demo::open(&["--training"]);
    let (no, password) = demo.sign_in("desk");
    let cookie = demo.let_in(&no, &password);
    let page = demo.get("/desk", &cookie);
    assert!(page.contains("练习·云溪县政务服务中心") && page.contains("id=\"script\""), "{page}");
    let window = page.split("data-window=\"").nth(1).and_then(|rest| rest.split('"').next());
    let window = window.expect("the clerk's window");
    let order = |what: &str, more: Value| {
        let mut body = json!({ "request_id": format!("class {what}") });
        body.as_object_mut()
            .expect("an object")
            .extend(more.as_object().cloned().unwrap_or_default());
        let path = format!("/api/v1/windows/{window}/{what}");
        demo.post(&path).header("cookie", &cookie).send_json(body).expect("an answer")
    };
    order("sign-on", json!({}));
    let board = || -> Value {
        serde_json::from_str(&demo.get("/api/v1/board", &cookie)).expect("the board")
    };
    wait_until("somebody waits", Duration::from_secs(30), || {
        let board = board();
        if board["waiting"].as_u64() > Some(0) { Ok(()) } else { Err(board.to_string()) }
    });
    order("call-next", json!({ "finish_current": false }));
    order("start", json!({}));
    // Long enough that the next look of the people around sees it.
    std::thread::sleep(Duration::from_secs(5));
    order("finish", json!({ "case": "on_the_spot" }));
    let (no, password) = demo.sign_in("board");
    let manager = demo.let_in(&no, &password);
    wait_until("it is rated", Duration::from_secs(30), || {
        let tally: Value = serde_json::from_str(&demo.get("/api/v1/tally", &manager)).unwrap();
        let counts = tally["evaluations"].as_array().cloned().unwrap_or_default();
        let all: u64 = counts.iter().filter_map(Value::as_u64).sum();
        if all == 1 { Ok(()) } else { Err(tally.to_string()) }
    });
    // Everybody of the hall is let in with the one password, the manager too.
    assert!(demo.get("/board", &demo.let_in("9001", &password)).contains("一切都不算数"));
}
