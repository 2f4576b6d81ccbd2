//! From the press of a pad's call key to the last byte of the strip's new face, with real programs
//! and a line of six windows at 9600 baud: the whole, and what is left without the time of bytes.

use std::{
    collections::{BTreeMap, VecDeque},
    path::Path,
    time::{Duration, Instant},
};

use firmware_bridge::twins::line::{Trace, TwinLine};
use queue_server::access::Role;
use tests::bridge::Bridge;
use wire::device::Picture;

use crate::{
    options::Options,
    rates,
    serving::{self, Serving},
    stats::{millis, part},
};

/// A byte at 9600 baud, with its start and stop bits.
const BYTE_TIME: Duration = Duration::from_nanos(10 * 1_000_000_000 / 9_600);

/// Windows of the line.
const WINDOWS: u8 = 6;

/// The queues of those windows in the sample hall, each window's first.
const QUEUES: [&str; 6] = ["A", "A", "B", "C", "C", "D"];

/// A strip that does not follow for so long never will.
const SOON: Duration = Duration::from_secs(30);

/// What was found, in milliseconds.
#[derive(Debug, Default, Clone, Copy)]
pub struct Press {
    /// From press to last byte: half took no longer.
    pub whole_p50: f64,
    /// All but one in a hundred.
    pub whole_p99: f64,
    /// Without the time of the bytes on the line.
    pub rest_p50: f64,
    /// The same, all but one in a hundred.
    pub rest_p99: f64,
    /// The time of the bytes on the line: half took no longer.
    pub wire_p50: f64,
    /// All but one in a hundred.
    pub wire_p99: f64,
    /// Presses.
    pub count: usize,
}

/// Presses again and again.
#[must_use]
pub fn measure(options: &Options, hall: &Path) -> Press {
    let data = rates::fresh(options, "press");
    let password = serving::credential(&data, Role::Bridge);
    let server = Serving::start(hall, &data, Duration::ZERO);
    let bridge = Bridge::start_for(&data, &server.mqtt, &password, WINDOWS);
    // All 114 windows are staffed, so that every face of the hall is computed.
    server.sign_on();
    let mut waiting = take_tickets(&server, options.presses());
    let (desk, line) = (server.desk(), &bridge.twins().lines()[0]);
    for window in 1..=WINDOWS {
        desk.sign_on(&window.to_string());
    }
    // A line that was just opened has eighteen devices to tell.
    for window in 1..=usize::from(WINDOWS) {
        shows(line, window, "热情", |text, no| text.contains(no));
    }
    let mut found = Vec::new();
    for turn in 0..options.presses() {
        let at = turn % QUEUES.len();
        let window = at + 1;
        let no = waiting.get_mut(QUEUES[at]).and_then(VecDeque::pop_front);
        let no = no.expect("so many tickets were taken");
        quiet(line);
        found.push(press(line, window, "call", &no));
        bridge.press(&format!("pad-{window}"), "start");
        shows(line, window, &no, |text, no| text.contains(no) && !text.contains("请"));
    }
    figures(&found)
}

fn take_tickets(server: &Serving, presses: usize) -> BTreeMap<&'static str, VecDeque<String>> {
    let kiosk = server.kiosk();
    let mut waiting: BTreeMap<&str, VecDeque<String>> = BTreeMap::new();
    for turn in 0..presses {
        let queue = QUEUES[turn % QUEUES.len()];
        let answer = kiosk.issue(queue, &format!("press-{turn}"));
        let (status, answer) = answer.expect("the server answers");
        assert_eq!(status, 201, "{answer}");
        let no = answer["ticket"]["no"].as_str().unwrap_or_default().to_owned();
        waiting.entry(queue).or_default().push_back(no);
    }
    waiting
}

/// Presses a key; how long until the strip showed the number, and how much of that were bytes.
fn press(line: &TwinLine, window: usize, key: &str, no: &str) -> (Duration, Duration) {
    let pad = format!("pad-{window}").parse().expect("a device's id");
    let pressed = line.press(pad, key).and_then(Result::ok).expect("a pad has this key");
    shows(line, window, no, |text, no| text.contains(no));
    let now = Instant::now();
    let trace: Vec<Trace> =
        line.trace().into_iter().filter(|piece| piece.arrived >= pressed).collect();
    let passed = trace.iter().map(|piece| piece.passed).filter(|passed| *passed <= now).max();
    let passed = passed.expect("the strip's frame is in the trace");
    let before = trace.iter().filter(|piece| piece.passed <= passed);
    let bytes: usize = before.map(|piece| piece.bytes.len()).sum();
    (passed - pressed, BYTE_TIME * u32::try_from(bytes).unwrap_or(u32::MAX))
}

fn shows(line: &TwinLine, window: usize, no: &str, is_so: impl Fn(&str, &str) -> bool) {
    let strip = format!("strip-{window}").parse().expect("a device's id");
    let shown = line.wait_until(SOON, |twins, _| {
        twins.iter().filter(|twin| twin.id() == strip).any(|twin| match twin.picture() {
            Picture::Strip { text, .. } => is_so(&text, no),
            Picture::Pad { .. } | Picture::Evaluator { .. } | Picture::Slip { .. } => false,
        })
    });
    assert!(shown, "strip {window} never showed {no}: {:?}", line.picture(strip));
}

/// Waits until nothing was said on the line for a while: a clerk presses into a quiet hall.
fn quiet(line: &TwinLine) {
    let pause = Duration::from_millis(50);
    tests::wait_until("the line is quiet", SOON, || {
        let last = line.trace().last().map(|piece| piece.passed);
        if last.is_none_or(|last| last.elapsed() > pause) {
            Ok(())
        } else {
            Err("bytes".to_owned())
        }
    });
}

fn figures(found: &[(Duration, Duration)]) -> Press {
    let sorted = |of: fn(&(Duration, Duration)) -> Duration| {
        let mut all: Vec<Duration> = found.iter().map(of).collect();
        all.sort_unstable();
        move |share: f64| millis(part(&all, share).unwrap_or_default())
    };
    let whole = sorted(|(whole, _)| *whole);
    let rest = sorted(|(whole, wire)| whole.saturating_sub(*wire));
    let wire = sorted(|(_, wire)| *wire);
    let press = Press {
        whole_p50: whole(0.5),
        whole_p99: whole(0.99),
        rest_p50: rest(0.5),
        rest_p99: rest(0.99),
        wire_p50: wire(0.5),
        wire_p99: wire(0.99),
        count: found.len(),
    };
    println!("press to strip: {press:?}");
    press
}
