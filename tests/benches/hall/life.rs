//! Tickets that live a whole life over HTTP: issued, called, started, finished, evaluated.

use serde_json::json;

use crate::serving::Serving;

/// Lets so many tickets live, one after the other, at the windows in turn.
///
/// # Panics
/// If the hall refuses.
pub fn live(
    server: &Serving,
    tickets: usize,
    queues: &[&str],
    window: impl Fn(usize) -> String,
    windows: usize,
) {
    let (kiosk, desk) = (server.kiosk(), server.desk());
    for turn in 0..tickets {
        let name = |what: &str| format!("{what}-{}-{turn}", server.pid());
        let good = |answer: tests::api::Answer| {
            let (status, answer) = answer.expect("the server answers");
            assert!((200..300).contains(&status), "{answer}");
        };
        good(kiosk.issue(queues[turn % queues.len()], &name("issue")));
        let window = window(turn % windows);
        for order in ["call-next", "start", "finish"] {
            good(desk.window(&window, order, &name(order)));
        }
        let evaluation =
            json!({ "window": window, "rating": "very_satisfied", "request_id": name("evaluate") });
        if turn.is_multiple_of(3) {
            good(kiosk.post("/evaluations", &evaluation));
        }
    }
}
