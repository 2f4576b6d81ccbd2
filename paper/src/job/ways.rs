//! The same printer over every way: what it says of itself is heard on each, in time.

use super::*;
use crate::condition::Condition;
use crate::encode::encode;
use crate::testing::{faces, profile, ticket};
use crate::transport::{Place, transport};
use crate::twin::{LineTwin, Printer, PrinterTwin, TwinPaper, TwinState};
use std::ops::Deref;

const PATIENCE: Patience = Patience {
    reach: Duration::from_secs(2),
    answer: Duration::from_millis(400),
    send: Duration::from_secs(5),
    done: Duration::from_secs(2),
};

fn fine() -> TwinState {
    TwinState::default()
}

/// What a printer goes through, and what must be known of it.
fn troubles() -> [(TwinState, Condition); 7] {
    [
        (fine(), Condition::Ready),
        (TwinState { paper: TwinPaper::NearEnd, ..fine() }, Condition::PaperLow),
        (TwinState { paper: TwinPaper::Out, ..fine() }, Condition::PaperOut),
        (TwinState { cover_open: true, ..fine() }, Condition::CoverOpen),
        (TwinState { error: Some(HeadError::Cutter), ..fine() }, Condition::Jam),
        (TwinState { error: Some(HeadError::Unrecoverable), ..fine() }, Condition::Fault),
        (TwinState { offline: true, ..fine() }, Condition::Offline),
    ]
}

/// Runs the same story on a way: each trouble is known at a look, then a slip comes out and is
/// confirmed.
fn story(model: &str, twin: &Printer, place: &str) {
    let profile = profile(model);
    let place: Place = place.parse().expect("a place");
    let mut way = transport(&place, &profile, &faces());
    for (state, expected) in troubles() {
        twin.set(state);
        let begun = Instant::now();
        let found = Condition::of_look(&ask_status(&mut *way, &profile, &PATIENCE));
        assert_eq!(found, expected, "{model} at {place}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{model} at {place}: {expected:?}");
    }
    twin.set(fine());
    let slip = encode(&ticket(), &profile, &faces()).expect("bytes");
    let outcome = print(&mut *way, &profile, &slip, &PATIENCE);
    let confirmed = matches!(outcome, Outcome::Printed { confirmed: true, .. });
    assert!(confirmed, "{model} at {place}: {outcome:?}");
    let jobs = twin.jobs();
    assert!(jobs.len() == 1 && jobs[0].bytes == slip, "{model} at {place}: the slip alone");
    twin.set(TwinState { silent: true, ..fine() });
    let begun = Instant::now();
    let found = Condition::of_look(&ask_status(&mut *way, &profile, &PATIENCE));
    assert_eq!(found, Condition::NoAnswer, "{model} at {place}");
    assert!(begun.elapsed() < Duration::from_secs(2), "no wait is longer than told");
}

#[test]
fn over_tcp_every_trouble_is_known_by_questions_and_by_reports() {
    for model in ["generic-80", "epson-80"] {
        let twin = PrinterTwin::start(&profile(model), &faces(), "127.0.0.1:0").expect("a twin");
        story(model, &twin, &format!("tcp:{}", twin.address()));
    }
}

#[test]
fn over_a_serial_line_every_trouble_is_known_by_questions_and_by_reports() {
    for model in ["generic-80", "epson-80"] {
        let twin = LineTwin::start(&profile(model), &faces()).expect("a twin");
        story(model, twin.deref(), &format!("serial:{}@115200", twin.path().display()));
    }
}

#[test]
fn over_a_device_file_every_trouble_is_known_by_questions_and_by_reports() {
    for model in ["generic-80", "epson-80"] {
        let twin = LineTwin::start(&profile(model), &faces()).expect("a twin");
        story(model, twin.deref(), &format!("device:{}", twin.path().display()));
    }
}

#[test]
fn a_clone_that_only_reports_is_understood() {
    let model = profile("epson-80");
    let twin = PrinterTwin::start(&model, &faces(), "127.0.0.1:0").expect("a twin");
    let mut way = transport(&Place::Tcp(twin.address().to_string()), &model, &faces());
    let mut look = |state| {
        twin.set(TwinState { no_real_time: true, ..state });
        Condition::of_look(&ask_status(&mut *way, &model, &PATIENCE))
    };
    assert_eq!(look(fine()), Condition::Ready);
    assert_eq!(look(TwinState { paper: TwinPaper::NearEnd, ..fine() }), Condition::PaperLow);
}

#[test]
fn a_model_that_knows_only_gs_r_confirms_its_slips_and_is_silent_in_trouble() {
    let model = profile("tear-80");
    let twin = PrinterTwin::start(&model, &faces(), "127.0.0.1:0").expect("a twin");
    let mut way = transport(&Place::Tcp(twin.address().to_string()), &model, &faces());
    let slip = encode(&ticket(), &model, &faces()).expect("bytes");
    let outcome = print(&mut *way, &model, &slip, &PATIENCE);
    assert!(matches!(outcome, Outcome::Printed { confirmed: true, .. }), "{outcome:?}");
    twin.set(TwinState { paper: TwinPaper::Out, ..fine() });
    let outcome = print(&mut *way, &model, &slip, &PATIENCE);
    assert!(matches!(outcome, Outcome::Failed(Trouble::Silent { .. })), "{outcome:?}");
    assert_eq!(twin.count(), 1, "nothing is sent to a printer that does not answer");
}
