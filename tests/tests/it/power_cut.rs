//! 断电: the server is killed under load, again and again. `ROUNDS=200` for more.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use serde_json::Value;
use tests::{
    api::{Answer, Api},
    server::Server,
};

const KIOSKS: usize = 4;
const WINDOWS: [&str; 6] = ["1", "2", "3", "4", "7", "8"];
const QUEUES: [&str; 4] = ["A", "B", "C", "E"];

/// What people were told.
#[derive(Default)]
struct Told {
    /// Number by ticket.
    tickets: BTreeMap<u64, String>,
    /// Window by ticket.
    calls: BTreeMap<u64, String>,
}

#[test]
fn no_answered_ticket_is_lost_doubled_or_called_twice() {
    let rounds = std::env::var("ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let mut server = Server::county();
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    WINDOWS.iter().for_each(|window| desk.sign_on(window));
    let told = Arc::new(Mutex::new(Told::default()));
    let mut open: Vec<Asking> = Vec::new();
    for round in 0..rounds {
        let (kiosk, desk) = (kiosk.moved(&server.http), desk.moved(&server.http));
        // Who got no answer asks again with the same id, as kiosks and desks do.
        open.drain(..).for_each(|asking| {
            assert!(asking.ask(&kiosk, &desk, &told), "no answer after the restart: {asking:?}");
        });
        settle(&desk, round);
        check(&desk, &told);
        let stop = Arc::new(AtomicBool::new(false));
        let people = people(round, &kiosk, &desk, &told, &stop);
        thread::sleep(Duration::from_millis(60 + (round * 37) % 240));
        server.kill();
        stop.store(true, SeqCst);
        open.extend(people.into_iter().filter_map(|person| person.join().unwrap()));
        server.start();
    }
    check(&desk.moved(&server.http), &told);
    let told = told.lock().unwrap();
    let (tickets, calls) = (told.tickets.len(), told.calls.len());
    println!("{rounds} cuts, {tickets} tickets answered, {calls} calls answered");
    assert!(tickets > rounds as usize, "the load was too light to prove anything");
    server.kill();
    let verified = server.command(&["journal", "verify"]);
    assert!(!verified.is_empty());
}

/// Something that was asked and may not have been answered.
#[derive(Debug, Clone)]
enum Asking {
    Ticket { queue: &'static str, request: String },
    Call { window: &'static str, request: String },
}

impl Asking {
    /// Asks; false if there was no answer.
    fn ask(&self, kiosk: &Api, desk: &Api, told: &Mutex<Told>) -> bool {
        let answer: Answer = match self {
            Self::Ticket { queue, request } => kiosk.issue(queue, request),
            Self::Call { window, request } => desk.window(window, "call-next", request),
        };
        let Ok((status, answer)) = answer else { return false };
        if status == 409 || status == 503 {
            return status == 409;
        }
        let (id, no) = (answer["ticket"]["id"].as_u64(), answer["ticket"]["no"].as_str());
        let (id, no) = (id.unwrap(), no.unwrap().to_owned());
        let mut told = told.lock().unwrap();
        match self {
            Self::Ticket { .. } => {
                let doubled =
                    told.tickets.iter().find(|(other, number)| **other != id && **number == no);
                assert!(doubled.is_none(), "{no} was given twice: {doubled:?} and {id}");
                let before = told.tickets.insert(id, no.clone());
                assert!(before.is_none_or(|before| before == no), "ticket {id} changed its number");
            }
            Self::Call { window, .. } => {
                let before = told.calls.insert(id, (*window).to_owned());
                // A second key within a second is the same press and gives the same call again.
                let same = before.as_deref().is_none_or(|before| before == *window);
                assert!(same, "{no} was called at {before:?} and again at {window}");
            }
        }
        true
    }
}

/// Kiosks and clerks who work until there is no answer; they bring back what was not answered.
fn people(
    round: u64,
    kiosk: &Api,
    desk: &Api,
    told: &Arc<Mutex<Told>>,
    stop: &Arc<AtomicBool>,
) -> Vec<thread::JoinHandle<Option<Asking>>> {
    let kiosks = (0..KIOSKS).map(|at| (at, QUEUES[at % QUEUES.len()], None));
    let clerks = WINDOWS.iter().enumerate().map(|(at, window)| (at, "", Some(*window)));
    let one = |(at, queue, window): (usize, &'static str, Option<&'static str>)| {
        let (kiosk, desk, told, stop) = (kiosk.clone(), desk.clone(), told.clone(), stop.clone());
        thread::spawn(move || {
            let mut step = 0_u64;
            while !stop.load(SeqCst) {
                step += 1;
                let asking = match window {
                    None => Asking::Ticket { queue, request: format!("t{round}-{at}-{step}") },
                    Some(window) => {
                        Asking::Call { window, request: format!("c{round}-{window}-{step}") }
                    }
                };
                if !asking.ask(&kiosk, &desk, &told) {
                    return Some(asking);
                }
                if let Some(window) = window {
                    finish(&desk, window, &format!("{round}-{step}"));
                }
            }
            None
        })
    };
    kiosks.chain(clerks).map(one).collect()
}

fn finish(desk: &Api, window: &str, step: &str) {
    // Without an answer the next round finishes what stands at the window.
    desk.window(window, "start", &format!("s-{window}-{step}")).ok();
    desk.window(window, "finish", &format!("f-{window}-{step}")).ok();
}

/// After a cut somebody may stand at a window; a clerk finishes first.
fn settle(desk: &Api, round: u64) {
    WINDOWS.iter().for_each(|window| finish(desk, window, &format!("settle-{round}")));
}

/// Everything that was answered is there.
fn check(desk: &Api, told: &Mutex<Told>) {
    let told = told.lock().unwrap();
    for (id, no) in &told.tickets {
        let (status, answer) = desk.get(&format!("/tickets/{id}")).unwrap();
        assert_eq!(status, 200, "ticket {id} ({no}) was answered and lost: {answer}");
        assert_eq!(answer["ticket"]["no"], Value::String(no.clone()));
    }
    for (id, window) in &told.calls {
        let (_, answer) = desk.get(&format!("/tickets/{id}")).unwrap();
        assert_eq!(answer["ticket"]["window"], Value::String(window.clone()), "{answer}");
        assert_eq!(answer["ticket"]["calls"], 1, "called once: {answer}");
    }
}
