//! 24 windows call at the same moment.

use std::{
    collections::BTreeSet,
    sync::{Arc, Barrier},
    thread,
};

use tests::{api::Api, server::Server};

const TICKETS: usize = 1_000;

/// Queues that some window of the sample hall takes, all windows among them.
const QUEUES: [&str; 16] =
    ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "W"];

#[test]
fn windows_that_call_together_call_every_ticket_once() {
    let server = Server::county();
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    let windows: Vec<String> = (1..=25).map(|number| number.to_string()).collect();
    windows.iter().for_each(|window| desk.sign_on(window));
    let issued: BTreeSet<u64> = (0..TICKETS)
        .map(|at| {
            let (status, answer) = kiosk.issue(QUEUES[at % 16], &format!("t{at}")).unwrap();
            assert_eq!(status, 201, "{answer}");
            answer["ticket"]["id"].as_u64().unwrap()
        })
        .collect();
    assert_eq!(issued.len(), TICKETS);
    let together = Arc::new(Barrier::new(windows.len()));
    let callers: Vec<_> = windows
        .into_iter()
        .map(|window| {
            let (desk, together) = (desk.clone(), together.clone());
            thread::spawn(move || call_until_empty(&desk, &window, &together))
        })
        .collect();
    let mut called = BTreeSet::new();
    for caller in callers {
        for ticket in caller.join().unwrap() {
            assert!(called.insert(ticket), "ticket {ticket} was called twice");
        }
    }
    assert_eq!(called, issued, "every ticket is called once");
}

fn call_until_empty(desk: &Api, window: &str, together: &Barrier) -> Vec<u64> {
    let mut called = Vec::new();
    together.wait();
    for step in 0..=TICKETS {
        let (status, answer) =
            desk.window(window, "call-next", &format!("{window}-call-{step}")).unwrap();
        if status == 409 {
            assert_eq!(answer["code"], "queue_empty", "{answer}");
            return called;
        }
        assert_eq!(status, 200, "{answer}");
        assert!(answer["why"].as_str().is_some_and(|why| !why.is_empty()), "{answer}");
        called.push(answer["ticket"]["id"].as_u64().unwrap());
        for order in ["start", "finish"] {
            let request = format!("{window}-{order}-{step}");
            assert_eq!(desk.window(window, order, &request).unwrap().0, 200);
        }
    }
    panic!("window {window} never came to an end");
}
