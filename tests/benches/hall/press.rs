//! From a pad's call key to the last byte of the strip's new face, with real programs at 9600 baud:
//! until the hall calls, from there to the strip, and both without the time of the bytes. Once with
//! a line for each device, once with twenty-four devices on one line.

use std::{
    collections::{BTreeMap, VecDeque},
    path::Path,
    time::{Duration, Instant},
};

use firmware_bridge::twins::line::{Trace, TwinLine};
use queue_server::access::Role;
use tests::bridge::Bridge;
use wire::ids::DeviceId;

use crate::{
    ear::Ear,
    options::Options,
    rates,
    serving::{self, Serving},
    stats::{millis, part},
};

/// A byte at 9600 baud, with its start and stop bits.
const BYTE_TIME: Duration = Duration::from_nanos(10 * 1_000_000_000 / 9_600);

/// The queues of the first windows of the sample hall, each window's first.
const QUEUES: [&str; 8] = ["A", "A", "B", "C", "C", "D", "E", "E"];

/// The same key of a pad within a second is one press.
const DEBOUNCED: Duration = Duration::from_millis(1_100);

/// A strip that does not follow for so long never will.
const SOON: Duration = Duration::from_secs(30);

/// How the devices hang on lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Laid {
    /// One window; its strip, its pad and its evaluator have a line each.
    Alone,
    /// Eight windows, all twenty-four devices on one line.
    Together,
}

/// A part of the way, in milliseconds: half took no longer, and all but one in a hundred.
#[derive(Debug, Default, Clone, Copy)]
pub struct Part {
    /// Half.
    pub p50: f64,
    /// All but one in a hundred.
    pub p99: f64,
}

/// What was found.
#[derive(Debug, Default, Clone, Copy)]
pub struct Press {
    /// Presses.
    pub count: usize,
    /// Devices of the line.
    pub devices: usize,
    /// From press to last byte.
    pub whole: Part,
    /// The time of the bytes on the line.
    pub wire: Part,
    /// From press until the hall has called, without the bytes' time.
    pub to_call: Part,
    /// From there to the last byte, without the bytes' time.
    pub to_strip: Part,
    /// Both.
    pub rest: Part,
}

/// One press: both halves of its way, each with the time of its bytes.
struct Measured {
    to_call: Duration,
    to_call_wire: Duration,
    to_strip: Duration,
    to_strip_wire: Duration,
}

impl Laid {
    const fn windows(self) -> u8 {
        match self {
            Self::Alone => 1,
            Self::Together => 8,
        }
    }

    const fn devices(self) -> usize {
        match self {
            Self::Alone => 1,
            Self::Together => 24,
        }
    }
}

/// Presses again and again.
#[must_use]
pub fn measure(options: &Options, hall: &Path, laid: Laid) -> Press {
    let data = rates::fresh(options, "press");
    let password = serving::credential(&data, Role::Bridge);
    let server = Serving::start(hall, &data, Duration::ZERO);
    let windows = usize::from(laid.windows());
    let bridge = match laid {
        Laid::Alone => Bridge::start_alone(&data, &server.mqtt, &password),
        Laid::Together => Bridge::start_for(&data, &server.mqtt, &password, laid.windows()),
    };
    let strips: Vec<DeviceId> = (1..=windows).map(strip).collect();
    let ear = Ear::open(&server.mqtt, &password, &strips);
    // All 114 windows are staffed, so that every face of the hall is computed.
    server.sign_on();
    let mut waiting = take_tickets(&server, windows, options.presses());
    let desk = server.desk();
    (1..=windows).for_each(|window| desk.sign_on(&window.to_string()));
    // A line that was just opened has all its devices to tell.
    for window in 1..=windows {
        shows(&bridge, window, "热情", |text, no| text.contains(no));
    }
    let mut found = Vec::new();
    let mut pressed = vec![Instant::now(); windows];
    for turn in 0..options.presses() {
        let window = turn % windows + 1;
        let no = waiting.get_mut(QUEUES[window - 1]).and_then(VecDeque::pop_front);
        let no = no.expect("so many tickets were taken");
        if let Some(rest) = DEBOUNCED.checked_sub(pressed[window - 1].elapsed()) {
            std::thread::sleep(rest);
        }
        quiet(&bridge);
        pressed[window - 1] = Instant::now();
        found.push(press(&bridge, &ear, window, &no));
        bridge.press(&format!("pad-{window}"), "start");
        shows(&bridge, window, &no, |text, no| text.contains(no) && !text.contains("请"));
    }
    figures(laid, &found)
}

fn take_tickets(
    server: &Serving,
    windows: usize,
    presses: usize,
) -> BTreeMap<&'static str, VecDeque<String>> {
    let kiosk = server.kiosk();
    let mut waiting: BTreeMap<&str, VecDeque<String>> = BTreeMap::new();
    for turn in 0..presses {
        let queue = QUEUES[turn % windows];
        let answer = kiosk.issue(queue, &format!("press-{turn}"));
        let (status, answer) = answer.expect("the server answers");
        assert_eq!(status, 201, "{answer}");
        let no = answer["ticket"]["no"].as_str().unwrap_or_default().to_owned();
        waiting.entry(queue).or_default().push_back(no);
    }
    waiting
}

/// Presses the call key of a window whose next visitor is known.
fn press(bridge: &Bridge, ear: &Ear, window: usize, no: &str) -> Measured {
    let pad = format!("pad-{window}").parse().expect("a device's id");
    let pressed = bridge.twins().press(pad, "call").and_then(Result::ok);
    let pressed = pressed.expect("a pad has this key");
    let called = ear.hears(strip(window), no, SOON).expect("the strip is told the number");
    shows(bridge, window, no, |text, no| text.contains(no));
    let now = Instant::now();
    // What goes over other lines meanwhile holds nothing up.
    let since = |line: &TwinLine| -> Vec<Trace> {
        line.trace().into_iter().filter(|piece| piece.arrived >= pressed).collect()
    };
    let (keys, faces) = (since(bridge.line_of(pad)), since(bridge.line_of(strip(window))));
    let passed = faces.iter().map(|piece| piece.passed).filter(|passed| *passed <= now).max();
    let passed = passed.expect("the strip's frame is in the trace");
    let bytes = |trace: &[Trace], from: Instant, to: Instant| {
        let within = trace.iter().filter(|piece| piece.passed > from && piece.passed <= to);
        let bytes: usize = within.map(|piece| piece.bytes.len()).sum();
        BYTE_TIME * u32::try_from(bytes).unwrap_or(u32::MAX)
    };
    Measured {
        to_call: called - pressed,
        to_call_wire: bytes(&keys, pressed, called),
        to_strip: passed.saturating_duration_since(called),
        to_strip_wire: bytes(&faces, called, passed),
    }
}

fn strip(window: usize) -> DeviceId {
    format!("strip-{window}").parse().expect("a device's id")
}

fn shows(bridge: &Bridge, window: usize, no: &str, is_so: impl Fn(&str, &str) -> bool) {
    let line = bridge.line_of(strip(window));
    let shown = line.wait_until(SOON, |twins, _| {
        let strip = twins.iter().find(|twin| twin.id() == strip(window));
        strip.is_some_and(|strip| strip.picture().text().is_some_and(|text| is_so(text, no)))
    });
    assert!(shown, "strip {window} never showed {no}: {:?}", line.picture(strip(window)));
}

/// Waits until nothing was said on any line for a while: a clerk presses into a quiet hall.
fn quiet(bridge: &Bridge) {
    let pause = Duration::from_millis(50);
    tests::wait_until("the lines are quiet", SOON, || {
        let lines = bridge.twins().lines().iter();
        let last = lines.filter_map(|line| line.trace().last().map(|piece| piece.passed)).max();
        if last.is_none_or(|last| last.elapsed() > pause) {
            Ok(())
        } else {
            Err("bytes".to_owned())
        }
    });
}

fn figures(laid: Laid, found: &[Measured]) -> Press {
    let of = |time: fn(&Measured) -> Duration| {
        let mut all: Vec<Duration> = found.iter().map(time).collect();
        all.sort_unstable();
        let share = |share: f64| millis(part(&all, share).unwrap_or_default());
        Part { p50: share(0.5), p99: share(0.99) }
    };
    let press = Press {
        count: found.len(),
        devices: laid.devices(),
        whole: of(|one| one.to_call + one.to_strip),
        wire: of(|one| one.to_call_wire + one.to_strip_wire),
        to_call: of(|one| one.to_call.saturating_sub(one.to_call_wire)),
        to_strip: of(|one| one.to_strip.saturating_sub(one.to_strip_wire)),
        rest: of(|one| {
            (one.to_call + one.to_strip).saturating_sub(one.to_call_wire + one.to_strip_wire)
        }),
    };
    println!("press to strip: {press:?}");
    press
}
