//! What a report asks of the hall.

use hall::{
    answer::Answer,
    command::Command,
    ids::{LegId, LegNo, StaffNo, TicketId, WindowId},
    words::Reason,
};
use wire::device::{Happening, PadKey, Report};

use super::{KEY_AGE_MILLIS_MAX, wish};
use crate::{profile::Device, testing};

fn device(id: &str) -> Device {
    let id = id.parse().unwrap();
    testing::county().devices.into_iter().find(|device| device.id == id).unwrap()
}

fn asked(device_id: &str, age_millis: u64, what: Happening) -> Option<Command> {
    let hall = hall::Hall::new(testing::county().setup);
    let report = Report { boot: 1, count: 1, age_millis, what };
    wish(&hall, &device(device_id), &report).map(|wish| wish.command)
}

#[test]
fn a_key_that_waited_for_the_broker_calls_nobody() {
    let press = || Happening::Pressed(PadKey::CallNext);
    assert!(matches!(asked("pad-1", 0, press()), Some(Command::CallNext { .. })));
    assert!(asked("pad-1", KEY_AGE_MILLIS_MAX, press()).is_some());
    assert_eq!(asked("pad-1", KEY_AGE_MILLIS_MAX + 1, press()), None);
}

#[test]
fn a_grade_that_names_its_leg_is_never_too_late() {
    let leg = LegId { ticket: TicketId(7), leg: LegNo(0) };
    let graded = |leg| Happening::Graded {
        level: 5,
        scale: 5,
        leg,
        reasons: Vec::new(),
        text: String::new(),
    };
    let an_hour = 3_600_000;
    assert!(matches!(asked("evaluator-1", an_hour, graded(Some(leg))), Some(Command::Evaluate(_))));
    assert_eq!(asked("evaluator-1", an_hour, graded(None)), None, "it would fall on somebody else");
}

#[test]
fn an_evaluator_grades_nobody_at_another_window() {
    let engine = testing::open_engine(testing::MemoryJournal::default());
    let (window, staff): (WindowId, StaffNo) = ("20".parse().unwrap(), "9001".parse().unwrap());
    let ask = |name, command| engine.ask_blocking(testing::wish("test", name, command)).unwrap();
    ask("on", Command::SignOn { window, staff });
    ask("one", testing::issue_command());
    let called = ask("call", Command::CallNext { window, finish_current: true });
    let Answer::Called { leg, .. } = called.answer else { panic!("{called:?}") };
    let hall = engine.hall();
    let graded = Happening::Graded {
        level: 1,
        scale: 5,
        leg: Some(leg),
        reasons: Vec::new(),
        text: String::new(),
    };
    let by = |id: &str| {
        let report = Report { boot: 1, count: 1, age_millis: 0, what: graded.clone() };
        wish(&hall, &device(id), &report)
    };
    assert!(by("evaluator-20").is_some());
    let reasons = ["long_wait", "a_newer_reason", "other"].map(str::to_owned).to_vec();
    let text = format!("A018\n{}", "长".repeat(200));
    let said = Happening::Graded { level: 1, scale: 5, leg: Some(leg), reasons, text };
    let tablet = Device { window: Some(window), ..device("tablet-1") };
    let report = Report { boot: 1, count: 1, age_millis: 0, what: said };
    let wish = wish(&hall, &tablet, &report).expect("a tablet rates like a device with keys");
    let Command::Evaluate(asked) = wish.command else { panic!("{wish:?}") };
    assert!(asked.text.starts_with("A018 长") && asked.text.chars().count() == 100, "{asked:?}");
    assert_eq!(asked.reasons, [Reason::LongWait, Reason::Other]);
    assert!(by("evaluator-1").is_none(), "a stolen evaluator spoils nobody else's figures");
}

#[test]
fn an_evaluator_presses_no_keys_of_a_clerk_and_a_pad_grades_nothing() {
    assert_eq!(asked("evaluator-1", 0, Happening::Pressed(PadKey::CallNext)), None);
    assert_eq!(asked("strip-1", 0, Happening::Pressed(PadKey::Finish)), None);
    let graded = Happening::Graded {
        level: 5,
        scale: 5,
        leg: None,
        reasons: Vec::new(),
        text: String::new(),
    };
    assert!(asked("evaluator-1", 0, graded.clone()).is_some());
    assert_eq!(asked("pad-1", 0, graded), None);
}

#[test]
fn a_pad_holds_sends_on_and_back_and_signs_on_by_digits() {
    let asks = |key| asked("pad-1", 0, Happening::Pressed(key));
    assert!(matches!(asks(PadKey::Hold), Some(Command::Hold { .. })));
    assert!(matches!(asks(PadKey::Return), Some(Command::Return { .. })));
    let sent = asks(PadKey::Transfer("07".to_owned()));
    let Some(Command::Transfer { to, .. }) = sent else { panic!("{sent:?}") };
    assert_eq!(to.window, "7".parse().ok());
    assert_eq!(asks(PadKey::Transfer("99".to_owned())), None, "there is no such window");
    let signs = asks(PadKey::SignOn("1001".to_owned()));
    assert!(matches!(signs, Some(Command::SignOn { staff, .. }) if staff.to_string() == "1001"));
    assert_eq!(asks(PadKey::Unhold), None, "nobody is held");
}
