//! 忙时: an hour of a county hall in a minute, with plugs pulled: 24 windows on four lines, two kiosks'
//! printers, a broker that is killed twice. At the end every strip is right and every grade that an
//! evaluator saw acknowledged is counted once.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    time::{Duration, Instant},
};

use paper::job::{self, Outcome};
use serde_json::{Value, json};
use tests::{
    api::Api, bridge::Bridge, mosquitto::Mosquitto, printer::Printer, server::Server, wait_until,
};
use wire::{
    device::Picture,
    http::SlipBody,
    texts::{Language, Texts},
};

/// How long the hour takes.
const HOUR: Duration = Duration::from_secs(60);

/// Windows on each line.
const LINES: [Range<u8>; 4] = [1..7, 7..13, 13..19, 19..25];

/// A clerk does not press faster: equal keys within a second are one press.
const BETWEEN_KEYS: Duration = Duration::from_millis(1_200);

/// What is pulled when, in seconds: the first of each pair out, the second in again.
const LINE_AWAY: [(u64, u64, usize); 2] = [(10, 13, 0), (46, 49, 2)];
const BROKER_AWAY: [(u64, u64); 2] = [(18, 21), (38, 40)];
const DEVICES_AWAY: (u64, u64) = (28, 31);
const PAPER_AWAY: u64 = 24;

/// A citizen at a window, as the devices show it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Call,
    Finish,
    Grade { presses: u8 },
}

struct Window {
    name: u8,
    phase: Phase,
    next: Instant,
}

#[test]
fn a_busy_hour_with_every_plug_pulled_once_ends_with_the_truth() {
    let mut server = Server::prepared(&[]);
    let users = [("server", "server secret"), ("bridge-1", "bridge secret")];
    let Some(mut broker) = Mosquitto::start(server.folder(), &users) else { return };
    std::fs::write(server.folder().join("server.password"), "server secret").unwrap();
    server.configure(&format!(
        "[broker]\nhost = \"127.0.0.1\"\nport = {}\nuser = \"server\"\npassword_file = \
         \"server.password\"\n",
        broker.port
    ));
    server.start();
    let bridge = Bridge::start_lines(server.folder(), &server.mqtt, "bridge secret", &LINES);
    let (desk, office) = (server.api("desk", "desks"), server.api("office", "office-1"));
    (1..25).for_each(|window| desk.sign_on(&window.to_string()));
    let kiosks = ["kiosk-1", "kiosk-2"].map(|name| (server.api("kiosk", name), Printer::start()));
    let (over, printed) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for (kiosk, printer) in &kiosks {
            scope.spawn(|| people_come(kiosk, printer, &over, &printed));
        }
        hour(&bridge, &mut broker);
        over.store(true, Ordering::Relaxed);
    });
    assert!(printed.load(Ordering::Relaxed) > 40, "{printed:?} slips");
    let lost = server.log().matches("ERROR").count();
    assert_eq!(lost, 0, "{}", server.log());

    wait_until("every strip is right", Duration::from_secs(12), || wrong_strip(&desk, &bridge));
    let acknowledged: u64 =
        (1..25).map(|window| bridge.acknowledged(&format!("evaluator-{window}"))).sum();
    assert!(acknowledged > 60, "{acknowledged} grades");
    wait_until("every grade is counted once", Duration::from_secs(12), || {
        let (_, tally) = office.get("/tally")?;
        let counts = tally["evaluations"].as_array().cloned().unwrap_or_default();
        let counted: u64 = counts.iter().filter_map(Value::as_u64).sum();
        if counted == acknowledged { Ok(()) } else { Err(format!("{counted} of {acknowledged}")) }
    });
    // What others do on the machine adds to one look, not to each of six.
    let looks = std::iter::repeat_with(|| bridge.processor_share(Duration::from_secs(10)));
    let idle = looks.take(5).find(|share| *share < 0.01);
    let idle = idle.unwrap_or_else(|| bridge.processor_share(Duration::from_secs(10)));
    assert!(idle < 0.01, "the idle bridge takes {:.2} % of a processor", idle * 100.0);
}

/// Clerks call, finish and have citizens evaluate, while plugs are pulled.
fn hour(bridge: &Bridge, broker: &mut Mosquitto) {
    let begun = Instant::now();
    let window = |name: u8| Window {
        name,
        phase: Phase::Call,
        next: begun + Duration::from_millis(50) * name.into(),
    };
    let mut windows: Vec<Window> = (1..25).map(window).collect();
    let mut pulled = BTreeMap::new();
    while begun.elapsed() < HOUR {
        pull(bridge, broker, begun.elapsed().as_secs(), &mut pulled);
        for window in windows.iter_mut().filter(|window| window.next <= Instant::now()) {
            step(bridge, window, begun.elapsed().as_secs());
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
    // What was just asked is still answered.
    let end = Instant::now() + Duration::from_secs(4);
    while Instant::now() < end {
        for window in windows.iter_mut().filter(|window| window.phase != Phase::Call) {
            if window.next <= Instant::now() {
                step(bridge, window, HOUR.as_secs());
            }
        }
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

fn step(bridge: &Bridge, window: &mut Window, second: u64) {
    let (pad, evaluator) = (format!("pad-{}", window.name), format!("evaluator-{}", window.name));
    let mut rest = BETWEEN_KEYS;
    window.phase = match window.phase {
        Phase::Call => {
            bridge.press(&pad, "call");
            Phase::Finish
        }
        Phase::Finish => {
            bridge.press(&pad, "finish");
            Phase::Grade { presses: 0 }
        }
        // A device that comes back asks again although it was answered; nobody presses then.
        Phase::Grade { .. } if is_shaken(second) => Phase::Call,
        Phase::Grade { presses } => match bridge.twins().picture(evaluator.parse().unwrap()) {
            Some(Picture::Evaluator { asking: true, .. }) => {
                bridge.press(&evaluator, ["5", "4", "5", "3", "1"][usize::from(window.name) % 5]);
                Phase::Call
            }
            _ if presses < 20 => {
                rest = Duration::from_millis(100);
                Phase::Grade { presses: presses + 1 }
            }
            _ => Phase::Call,
        },
    };
    window.next = Instant::now() + rest;
}

/// A line or a device is away, or has just come back.
fn is_shaken(second: u64) -> bool {
    let lines = LINE_AWAY.iter().map(|(out, back, _)| (*out, *back));
    lines.chain([DEVICES_AWAY]).any(|(out, back)| (out - 2..back + 4).contains(&second))
}

/// Pulls and plugs in what is due, each once.
fn pull(bridge: &Bridge, broker: &mut Mosquitto, second: u64, done: &mut BTreeMap<String, ()>) {
    let mut once = |what: String, at: u64| second >= at && done.insert(what, ()).is_none();
    for (out, back, line) in LINE_AWAY {
        if once(format!("line {line} out"), out) {
            bridge.twins().lines()[line].unplug();
        }
        if once(format!("line {line} back"), back) {
            bridge.twins().lines()[line].replug().unwrap();
        }
    }
    for (out, back) in BROKER_AWAY {
        if once(format!("broker out {out}"), out) {
            broker.kill();
        }
        if once(format!("broker back {back}"), back) {
            broker.begin();
        }
    }
    let (out, back) = DEVICES_AWAY;
    for (at, on) in [(out, false), (back, true)] {
        if once(format!("devices {on}"), at) {
            ["strip-8", "pad-9", "evaluator-10"].iter().for_each(|id| bridge.power(id, on));
        }
    }
}

/// Takes tickets with paper until the hour is over; in the middle the paper ends, and a new roll is
/// put in.
fn people_come(kiosk: &Api, printer: &Printer, over: &AtomicBool, printed: &AtomicU32) {
    let begun = Instant::now();
    let mut empty = false;
    for taken in 0.. {
        if over.load(Ordering::Relaxed) {
            return;
        }
        if begun.elapsed().as_secs() >= PAPER_AWAY && !std::mem::replace(&mut empty, true) {
            printer.paper_ends_after(100);
        }
        let queue = ["A", "B", "C", "F", "G", "H", "L", "M", "N", "P"][taken % 10];
        let body = json!({ "queue": queue, "request_id": format!("tap-{taken}"), "paper": true });
        let Ok((201, answer)) = kiosk.post("/tickets", &body) else { continue };
        let id = answer["ticket"]["id"].as_u64().unwrap();
        let slip: SlipBody = serde_json::from_value(answer["slip"].clone()).unwrap();
        let slip = kiosk::slip::set(&slip, Texts::of(Language::Chinese));
        let bytes = paper::encode::encode(&slip, &printer.profile, &printer.faces).unwrap();
        let place = printer.place().parse().unwrap();
        let mut way = paper::transport::transport(&place, &printer.profile, &printer.faces);
        let patience = job::Patience::default();
        while !matches!(
            job::print(&mut *way, &printer.profile, &bytes, &patience),
            Outcome::Printed { .. }
        ) {
            std::thread::park_timeout(Duration::from_secs(1));
            printer.new_roll();
        }
        let done = json!({ "request_id": format!("printed-{taken}") });
        let (status, answer) = kiosk.post(&format!("/tickets/{id}/printed"), &done).unwrap();
        assert_eq!(status, 200, "{answer}");
        printed.fetch_add(1, Ordering::Relaxed);
        std::thread::park_timeout(Duration::from_millis(250));
    }
}

/// Compares what each strip's bytes made of it with the board.
fn wrong_strip(desk: &Api, bridge: &Bridge) -> Result<(), String> {
    let (_, board) = desk.get("/board")?;
    let windows = board["windows"].as_array().cloned().unwrap_or_default();
    for window in windows {
        let name = window["id"].as_str().unwrap_or_default().to_owned();
        let Ok(number) = name.parse::<u8>() else { continue };
        if !(1..25).contains(&number) {
            continue;
        }
        let must = window["no"].as_str().unwrap_or("热情为您服务");
        match bridge.twins().picture(format!("strip-{name}").parse().unwrap()) {
            Some(picture) if picture.text().is_some_and(|text| text.contains(must)) => {}
            seen => return Err(format!("window {name} must show {must}: {seen:?}")),
        }
    }
    Ok(())
}
