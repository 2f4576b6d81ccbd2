//! 办不成事 and 没有找到要办的事项: what was told survives the server's sudden end.

use serde_json::{Value, json};
use tests::{api::Api, server::Server};

fn post(api: &Api, path: &str, body: &Value) -> Value {
    let (status, answer) = api.post(path, body).unwrap();
    assert!((200..300).contains(&status), "{path}: {status} {answer}");
    answer
}

#[test]
fn a_receipt_tells_the_same_after_the_plug_was_pulled() {
    let mut server = Server::prepared(&[]);
    server.start();
    let (kiosk, office) = (server.api("kiosk", "kiosk-1"), server.api("office", "office"));
    let tell = json!({ "request_id": "tell", "reasons": ["sent_around"] });
    let told = post(&kiosk, "/matters", &tell);
    post(&kiosk, "/unfound", &json!({ "request_id": "unfound", "words": "BU TIE" }));
    server.kill();
    server.start();
    let (kiosk, office) = (kiosk.moved(&server.http), office.moved(&server.http));
    assert_eq!(post(&kiosk, "/matters", &tell), told, "asking again tells nothing twice");
    let find = json!({ "receipt": told["receipt"] });
    assert_eq!(post(&kiosk, "/matters/find", &find), told);
    let (_, matters) = office.get("/matters").unwrap();
    assert_eq!(matters["open"].as_array().unwrap().len(), 1, "{matters}");
    let grade = json!({ "request_id": "grade", "step": { "grade": { "grade": "simple" } } });
    post(&office, &format!("/matters/{}/steps", matters["open"][0]["id"]), &grade);
    let close = json!({ "request_id": "close", "outcome": "rectified", "note": "done" });
    post(&office, &format!("/matters/{}/close", matters["open"][0]["id"]), &close);
    server.kill();
    server.start();
    let found = post(&kiosk.moved(&server.http), "/matters/find", &find);
    assert_eq!(found["outcome"], "rectified", "{found}");
}
