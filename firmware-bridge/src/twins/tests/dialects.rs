//! Every profile on a pseudo-terminal: what is wanted is shown, what is pressed arrives.

use super::*;
use crate::{dialects::qm_pad, profile::Kind, worker::Way};

fn of_kind(kind: Kind) -> Vec<(String, u8)> {
    let shelf = Shelf::built_in();
    let found = shelf.all().filter(|profile| profile.kind == kind);
    found.map(|profile| (profile.name.clone(), profile.addresses[0].max(1))).collect()
}

#[test]
fn every_strip_shows_the_number_with_an_echo_and_without() {
    for (profile, address) in of_kind(Kind::Strip) {
        for echo in [false, true] {
            let mut hall = hall_of(&[("strip-1", &profile, address)], echo);
            hall.wants("strip-1", 1, "请 A023 号", Tone::Steady);
            let shows = |twins: &[Twin], _: &_| {
                let letters = twins[0].strip().unwrap_or_default().iter();
                let text: String = letters.map(|(letter, _)| *letter).collect();
                text.contains("A023") || text.trim() == "23"
            };
            assert!(hall.twins.wait_until(LONG, shows), "{profile}, echo {echo}");
            let shown = ("strip-1".to_owned(), Happening::Shown { revision: 1 });
            assert_eq!(hall.happens(), shown, "{profile}, echo {echo}");
            hall.waits_for_state("strip-1", Health::Online, "");
        }
    }
}

#[test]
fn every_pad_calls_the_next_one_with_an_echo_and_without() {
    for (profile, address) in of_kind(Kind::Pad) {
        for echo in [false, true] {
            let mut hall = hall_of(&[("pad-1", &profile, address)], echo);
            hall.waits_for_state("pad-1", Health::Online, "");
            let face = Face::Pad { no: Some("A023".parse().unwrap()), waiting: 5 };
            let wanted = Wanted { revision: 1, face };
            let order = LineOrder::Wanted(id("pad-1"), Box::new(wanted));
            assert!(hall.worker.as_ref().unwrap().try_order(order).is_ok());
            let shown = ("pad-1".to_owned(), Happening::Shown { revision: 1 });
            assert_eq!(hall.happens(), shown, "{profile}, echo {echo}");
            hall.press("pad-1", "call_next");
            assert_eq!(hall.happens(), pressed(PadKey::CallNext), "{profile}, echo {echo}");
            let shows = |twins: &[Twin], _: &_| matches!(twins[0].picture(), Picture::Pad { digits, .. } if digits.contains("023"));
            assert!(hall.twins.wait_until(LONG, shows), "{profile}, echo {echo}");
        }
    }
}

#[test]
fn every_evaluator_is_asked_and_its_grade_arrives_once() {
    for (profile, address) in of_kind(Kind::Evaluator) {
        let mut hall = hall_of(&[("evaluator-1", &profile, address)], false);
        hall.waits_for_state("evaluator-1", Health::Online, "");
        let leg = wire::ids::LegId { ticket: wire::ids::TicketId(7), leg: wire::ids::LegNo(0) };
        let ask = wire::device::Ask { leg, no: "A023".parse().unwrap(), lasts_millis: 60_000 };
        let wanted = Wanted { revision: 1, face: Face::Evaluator { ask: Some(ask) } };
        let order = LineOrder::Wanted(id("evaluator-1"), Box::new(wanted));
        assert!(hall.worker.as_ref().unwrap().try_order(order).is_ok());
        let asks = |twins: &[Twin], _: &_| {
            matches!(twins[0].picture(), Picture::Evaluator { asking: true, .. })
        };
        assert!(hall.twins.wait_until(LONG, asks), "{profile}");
        while !matches!(hall.happens().1, Happening::Shown { .. }) {}
        hall.twins.with(id("evaluator-1"), |twin| twin.deafen(1));
        hall.press("evaluator-1", "5");
        let (_, graded) = hall.happens();
        assert!(
            matches!(graded, Happening::Graded { level: 5, leg: Some(found), .. } if found == leg)
        );
        let again = |twins: &[Twin], _: &_| twins[0].repeats() == 1;
        assert!(hall.twins.wait_until(LONG, again), "{profile}: it says it again");
        assert!(hall.events.recv_timeout(Duration::from_millis(500)).is_err(), "{profile}: once");
    }
}

#[test]
fn pads_that_must_be_asked_are_asked_equally_often_beside_busy_strips() {
    let names: Vec<(String, &str, u8)> = (1..=6)
        .flat_map(|n| [(format!("pad-{n}"), "pad-qm", n), (format!("strip-{n}"), "strip-a090", n)])
        .collect();
    let devices: Vec<(&str, &str, u8)> =
        names.iter().map(|(name, profile, n)| (&**name, *profile, *n)).collect();
    let mut hall = hall_of(&devices, false);
    hall.waits_for_state("pad-1", Health::Online, "");
    let start = Instant::now();
    let mut revision = 0;
    while start.elapsed() < Duration::from_secs(3) {
        revision += 1;
        for n in 1..=6 {
            let text = format!("请 A{revision:03} 号");
            hall.wants(&format!("strip-{n}"), revision, &text, Tone::Calling);
        }
        std::thread::park_timeout(Duration::from_millis(150));
    }
    let polls = |n: u8| {
        let trace = hall.twins.trace();
        trace.iter().filter(|piece| piece.way == Way::Heard && piece.bytes == [u8::MAX - n]).count()
    };
    let counts: Vec<usize> = (1..=6).map(polls).collect();
    let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
    assert!(*least >= 3 && most - least <= 2, "{counts:?} in three seconds");
    for n in 1..=6 {
        let text = format!("请 A{revision:03} 号");
        let right = |twins: &[Twin], _: &_| {
            let strip = twins.iter().find(|twin| twin.id() == id(&format!("strip-{n}")));
            let letters = strip.and_then(Twin::strip).unwrap_or_default().iter();
            letters.map(|(letter, _)| *letter).collect::<String>() == text
        };
        assert!(hall.twins.wait_until(LONG, right), "strip-{n} shows the newest truth");
    }
}

#[test]
fn a_key_that_was_not_heard_is_said_again_when_the_pad_is_asked_again() {
    let mut hall = hall_of(&[("pad-1", "pad-qm", 3)], false);
    hall.waits_for_state("pad-1", Health::Online, "");
    hall.press("pad-1", "2");
    hall.press("pad-1", "3");
    hall.press("pad-1", "number");
    assert_eq!(hall.happens(), pressed(PadKey::CallNumber(23)));
    let key = qm_pad::key(3, 0xCC, [0, 0]);
    hall.twins.with(id("pad-1"), |twin| twin.bounce(key.clone(), Instant::now()));
    assert_eq!(hall.happens(), pressed(PadKey::CallNext), "a pad may speak late");
}

#[test]
fn calls_that_come_faster_than_a_slow_strip_are_left_out_but_for_the_last() {
    let mut hall = hall_of(&[("strip-1", "strip-qm", 1)], false);
    hall.waits_for_state("strip-1", Health::Online, "");
    for revision in 1..=40 {
        hall.wants("strip-1", revision, &format!("请 A{revision:03} 号"), Tone::Steady);
    }
    while hall.happens() != ("strip-1".to_owned(), Happening::Shown { revision: 40 }) {}
    let frames = hall.twins.trace().iter().filter(|piece| piece.way == Way::Heard).count();
    assert!(frames < 12, "{frames} frames for forty calls");
    let text = |twins: &[Twin], _: &_| {
        let letters = twins[0].strip().unwrap_or_default().iter();
        letters.map(|(letter, _)| *letter).collect::<String>().contains("A040")
    };
    assert!(hall.twins.wait_until(LONG, text));
}
