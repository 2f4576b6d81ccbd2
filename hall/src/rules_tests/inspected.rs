//! 日巡查: who stood at a window is the hall's to say, and what was noted is bounded.

use std::{vec, vec::Vec};

use alloc::string::String;

use super::small_hall;
use crate::{
    Hall,
    command::{Command, Input},
    event::{
        Fact,
        inspected::{Inspected, WindowInspected},
    },
    invariants,
    limits::{INSPECTIONS_A_DAY_MAX, NOTE_CHARS_MAX},
    refusal::Refusal,
    time::{Day, Timestamp},
    words::{
        Actor,
        inspection::{HallAspect, InspectionRound, WindowAspect},
    },
};

const DAY: Day = Day { year: 2026, month: 11, day: 23 };

fn ask(hall: &mut Hall, command: Command) -> Result<Vec<Fact>, Refusal> {
    let at = Timestamp(1_700_006_400_000);
    let by = Actor::Staff("9001".parse().unwrap());
    let events = hall.decide(&Input { at, luck: 1, by, request: None, command })?;
    for event in &events {
        hall.apply(event);
        invariants::check(hall).unwrap();
    }
    Ok(events.into_iter().map(|event| event.fact).collect())
}

fn window(id: &str, poor: Vec<WindowAspect>) -> WindowInspected {
    // Whoever fills the form says somebody; the hall knows better.
    let staff = Some("liar".parse().unwrap());
    WindowInspected { window: id.parse().unwrap(), staff, poor, note: String::new() }
}

fn round(windows: Vec<WindowInspected>) -> Inspected {
    Inspected { round: InspectionRound::Morning, windows, hall: vec![], note: String::new() }
}

#[test]
fn an_inspection_is_of_windows_that_are_there_and_of_who_stood_there() {
    let mut hall = small_hall(|_| ());
    let looked = || round(vec![window("1", vec![]), window("2", vec![])]);
    assert_eq!(ask(&mut hall, Command::Inspect(looked())), Err(Refusal::HallClosed));
    ask(&mut hall, Command::OpenDay { day: DAY, working_days: Vec::new() }).unwrap();
    let (one, clerk) = ("1".parse().unwrap(), "z3".parse().unwrap());
    ask(&mut hall, Command::SignOn { window: one, staff: clerk }).unwrap();
    let (notices, at_post) = (WindowAspect::Notices, WindowAspect::AtPost);
    let said = Inspected {
        windows: vec![window("1", vec![notices, at_post, notices]), window("2", vec![])],
        hall: vec![HallAspect::Order, HallAspect::Procedure],
        note: String::from("请回电13800138000"),
        ..looked()
    };
    let facts = ask(&mut hall, Command::Inspect(said)).unwrap();
    let [Fact::Inspected(found)] = &facts[..] else { panic!("{facts:?}") };
    assert_eq!(found.windows[0].staff, Some(clerk));
    assert_eq!(found.windows[1].staff, None);
    assert_eq!(found.windows[0].poor, [at_post, notices]);
    assert_eq!(found.hall, [HallAspect::Procedure, HallAspect::Order]);
    assert_eq!(found.note, "请回电***********");
    assert_eq!(hall.inspections().len(), 1);
    for (wrong, refusal) in [
        (round(vec![]), Refusal::NothingInspected),
        (round(vec![window("1", vec![]), window("1", vec![])]), Refusal::NothingInspected),
        (round(vec![window("9", vec![])]), Refusal::NoSuchWindow),
        (Inspected { note: "厅".repeat(NOTE_CHARS_MAX + 1), ..looked() }, Refusal::TooMuch),
    ] {
        assert_eq!(ask(&mut hall, Command::Inspect(wrong)), Err(refusal));
    }
    for _ in 1..INSPECTIONS_A_DAY_MAX {
        ask(&mut hall, Command::Inspect(looked())).unwrap();
    }
    assert_eq!(ask(&mut hall, Command::Inspect(looked())), Err(Refusal::InspectionsFull));
    ask(&mut hall, Command::CloseDay).unwrap();
    let day = Day { day: 24, ..DAY };
    ask(&mut hall, Command::OpenDay { day, working_days: Vec::new() }).unwrap();
    assert!(hall.inspections().is_empty(), "the next day begins anew");
}
