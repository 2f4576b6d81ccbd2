//! Several devices on one line.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use wire::device::{Face, Happening, Health, Tone, Wanted};

use super::{Away, Line, LineEvent, LineOrder};
use crate::{
    bus::Echo,
    dialects::{a090, ff68},
    session::Session,
    shelf::Shelf,
};

mod laws;

fn line() -> (Line, Instant) {
    let shelf = Shelf::built_in();
    let session = |id: &str, profile: &str, address| {
        Session::new(id.parse().unwrap(), address, Arc::clone(&shelf.get(profile).unwrap()))
    };
    let sessions = vec![
        session("strip-1", "strip-a090", 1),
        session("strip-2", "strip-a090", 2),
        session("pad-1", "pad-s11", 1),
        session("evaluator-1", "evaluator-5key", 129),
    ];
    let now = Instant::now();
    (Line::new(9_600, Echo::Auto, sessions, now), now)
}

fn happened(line: &mut Line) -> Vec<(String, Happening)> {
    std::iter::from_fn(|| line.poll_event())
        .filter_map(|event| match event {
            LineEvent::Happened(id, what) => Some((id.to_string(), what)),
            LineEvent::State(..) | LineEvent::Forgot(_) => None,
        })
        .collect()
}

fn wanted(id: &str, revision: u64, text: &str) -> LineOrder {
    let face = Face::Strip { text: text.to_owned(), tone: Tone::Steady };
    LineOrder::Wanted(id.parse().unwrap(), Box::new(Wanted { revision, face }))
}

#[test]
fn one_speaks_after_the_other_and_an_acknowledgement_goes_first() {
    let (mut line, mut now) = line();
    line.handle_open(now);
    line.handle_order(wanted("strip-1", 1, "一"), now);
    line.handle_order(wanted("strip-2", 1, "二"), now);
    let first = line.poll_transmit(now).unwrap();
    assert_eq!(first[2], 1);
    assert_eq!(line.poll_transmit(now), None);
    let call = ff68::frame(1, ff68::FUNC_KEY, &[0x0C]);
    now += Duration::from_millis(30);
    line.handle_bytes(&call, now);
    now += Duration::from_millis(5);
    assert_eq!(line.poll_transmit(now), Some(call), "the pad's frame comes back at once");
    now += Duration::from_millis(20);
    line.handle_bytes(&a090::answer(1), now);
    now += Duration::from_millis(5);
    assert_eq!(line.poll_transmit(now).unwrap()[2], 2);
    assert_eq!(happened(&mut line).len(), 2);
}

#[test]
fn a_line_is_never_due_in_the_past_while_it_waits() {
    let (mut line, start) = line();
    let mut now = start;
    line.handle_open(now);
    line.handle_order(wanted("strip-1", 1, "请A001号"), now);
    line.handle_order(wanted("strip-2", 1, "请A002号"), now);
    let mut turns = 0;
    while now < start + Duration::from_secs(20) {
        while line.poll_transmit(now).is_some() {}
        let due = line.poll_timeout(now).unwrap_or(now + Duration::from_secs(1));
        now = due.max(now + Duration::from_millis(1));
        line.handle_timeout(now);
        turns += 1;
    }
    assert!(turns < 300, "{turns} turns in 20 s with two strips that do not answer");
}

#[test]
fn states_say_what_is_wrong_with_port_device_and_bytes() {
    let (mut line, now) = line();
    line.handle_away(Away::PortBusy, now);
    let mut states = std::collections::BTreeMap::new();
    let mut read = |line: &mut Line| {
        while let Some(event) = line.poll_event() {
            if let LineEvent::State(id, state) = event {
                states.insert(id.to_string(), (state.health, state.why));
            }
        }
        states.clone()
    };
    assert_eq!(read(&mut line)["pad-1"], (Health::Offline, "port_busy".to_owned()));
    line.handle_open(now);
    let found = read(&mut line);
    assert_eq!(found["pad-1"], (Health::Online, String::new()));
    assert_eq!(found["strip-1"], (Health::Offline, "no_answer".to_owned()));
    line.handle_bytes(&[0x55; 100], now);
    line.handle_timeout(now + Duration::from_secs(11));
    let found = read(&mut line);
    for device in ["pad-1", "strip-1"] {
        assert_eq!(found[device], (Health::Ill, "rubbish".to_owned()), "{device}");
    }
    line.handle_timeout(now + Duration::from_secs(22));
    let found = read(&mut line);
    assert_eq!(found["pad-1"], (Health::Online, String::new()));
    assert_eq!(found["strip-1"], (Health::Offline, "no_answer".to_owned()));
}

#[test]
fn a_little_rubbish_is_much_only_where_nothing_else_is_understood() {
    for (bytes, and_a_frame, much) in [(30, false, true), (30, true, false), (10, false, false)] {
        let (mut line, now) = line();
        line.handle_open(now);
        line.handle_bytes(&vec![0x55; bytes], now);
        if and_a_frame {
            line.handle_bytes(&ff68::frame(1, ff68::FUNC_KEY, &[0x0C]), now);
        }
        line.handle_timeout(now + Duration::from_secs(11));
        let told = std::iter::from_fn(|| line.poll_event())
            .any(|event| matches!(event, LineEvent::State(_, state) if state.why == "rubbish"));
        assert_eq!(told, much, "{bytes} bytes, and a frame: {and_a_frame}");
    }
}

/// Lets an overloaded line speak for so long: twelve pads that must be asked, and two strips that
/// are told something new all the time. Says how often each address was asked, and how many frames
/// the strips got.
fn overloaded(time: Duration) -> (BTreeMap<u8, usize>, usize) {
    let shelf = Shelf::built_in();
    let mut profile = (*shelf.get("pad-qm").unwrap()).clone();
    profile.poll_millis = 100;
    let (pad, strip) = (Arc::new(profile), shelf.get("strip-a090").unwrap());
    let named = |name: String, address, profile: &Arc<_>| {
        Session::new(name.parse().unwrap(), address, Arc::clone(profile))
    };
    let pads = (1..=12).map(|n| named(format!("pad-{n}"), n, &pad));
    let strips = (1..=2).map(|n| named(format!("strip-{n}"), n, &strip));
    let start = Instant::now();
    let mut line = Line::new(9_600, Echo::No, pads.chain(strips).collect(), start);
    line.handle_open(start);
    let (mut now, mut asked, mut frames, mut revision) = (start, BTreeMap::new(), 0, 0);
    while now < start + time {
        revision += 1;
        for n in 1..=2 {
            line.handle_order(wanted(&format!("strip-{n}"), revision, "请 A001 号"), now);
        }
        while let Some(bytes) = line.poll_transmit(now) {
            match bytes[..] {
                [first] => *asked.entry(u8::MAX - first).or_default() += 1,
                _ => {
                    frames += 1;
                    line.handle_bytes(&a090::answer(bytes[2]), now + Duration::from_millis(60));
                }
            }
        }
        now += Duration::from_millis(5);
        line.handle_timeout(now);
    }
    (asked, frames)
}

#[test]
fn on_an_overloaded_line_pads_and_strips_take_turns_and_no_pad_is_asked_more_than_another() {
    let (asked, frames) = overloaded(Duration::from_secs(10));
    let (least, most) = (asked.values().min().unwrap(), asked.values().max().unwrap());
    assert_eq!(asked.len(), 12, "{asked:?}");
    assert!(most - least <= 1, "{asked:?}");
    let polls: usize = asked.values().sum();
    assert!(frames * 3 > polls && polls * 3 > frames, "{frames} frames, {polls} askings");
}
