//! A morning at one window, as its screen and its tablet say it.

use hall::{
    command::{
        Command,
        staffing::{ApproveStandIn, Staffing},
    },
    ids::WindowId,
    words::PauseReason,
};
use wire::{
    device::Face,
    plates::Plate,
    texts::{Language, Texts},
};

use crate::{
    engine::Engine,
    faces::{View, say_the_same},
    profile::Device,
    testing::{self, MemoryJournal},
};

struct Morning {
    engine: Engine,
    said: u32,
}

impl Morning {
    fn begin() -> Self {
        Self { engine: testing::open_engine(MemoryJournal::default()), said: 0 }
    }

    fn ask(&mut self, command: Command) {
        self.said += 1;
        let wish = testing::wish("test", &self.said.to_string(), command);
        self.engine.ask_blocking(wish).unwrap();
    }

    /// The face of such a device at this window.
    fn face(&self, device: (&str, &str)) -> Face {
        let (profile, hall) = (testing::county(), self.engine.hall());
        let clock = testing::clock_at("2026-11-23 09:00");
        let (texts, now) = (Texts::of(Language::Chinese), clock.now());
        let view = View { hall: &hall, profile: &profile, clock, texts, now, forecasts: None };
        let (device, window) = device;
        let found = profile.devices.iter().find(|found| found.id.as_str() == device).unwrap();
        let device = Device { window: Some(window.parse().unwrap()), ..found.clone() };
        view.face(&device).unwrap()
    }

    /// The screen of window 20, and who works there.
    fn screen(&self) -> (String, Option<Plate>) {
        let Face::WindowScreen(face) = self.face(("window-screen-9", "20")) else {
            panic!("no screen")
        };
        let no = face.no.map_or("-".to_owned(), |no| no.to_string());
        let pause = face.pause.map_or("-", PauseReason::as_str);
        let state = face.state.as_str();
        (
            format!("{state} {no} call {} pause {pause} waiting {}", face.call, face.waiting),
            face.plate,
        )
    }
}

#[test]
fn a_window_screen_says_who_is_called_why_it_pauses_and_who_works_there() {
    let window: WindowId = "20".parse().unwrap();
    let mut morning = Morning::begin();
    assert_eq!(morning.screen(), ("closed - call 0 pause - waiting 0".to_owned(), None));
    morning.ask(Command::SignOn { window, staff: "1020".parse().unwrap() });
    morning.ask(testing::issue_command());
    morning.ask(testing::issue_command());
    let (said, plate) = morning.screen();
    assert_eq!(said, "free - call 0 pause - waiting 2");
    let plate = plate.expect("somebody works there");
    assert_eq!((plate.no.as_str(), plate.name.as_str()), ("1020", "20号窗口工作人员"));
    assert!(plate.department.is_some() && !plate.stands_in, "{plate:?}");
    morning.ask(Command::CallNext { window, finish_current: true });
    assert_eq!(morning.screen().0, "calling M001 call 1 pause - waiting 1");
    morning.ask(Command::Start { window });
    assert_eq!(morning.screen().0, "serving M001 call 1 pause - waiting 1");
    morning.ask(Command::Finish { window, case: None, item: None, copies: None });
    morning.ask(Command::Pause { window, reason: PauseReason::Meal, whereabouts: None });
    assert_eq!(morning.screen().0, "paused - call 0 pause meal waiting 1");
}

#[test]
fn a_stand_in_is_named_as_one() {
    let window: WindowId = "1".parse().unwrap();
    let mut morning = Morning::begin();
    morning.ask(Command::SignOn { window, staff: "1002".parse().unwrap() });
    let Face::WindowScreen(face) = morning.face(("window-screen-1", "1")) else {
        panic!("no screen")
    };
    let plate = face.plate.unwrap();
    assert!(plate.stands_in && plate.name == "2号窗口工作人员", "{plate:?}");
    assert!(!face.items.is_empty() && face.sign.business == "企业开办");
}

#[test]
fn who_was_approved_without_a_post_is_named_as_a_stand_in_too() {
    let window: WindowId = "1".parse().unwrap();
    let mut morning = Morning::begin();
    let (staff, reason) = ("1018".parse().unwrap(), String::new());
    let wish = ApproveStandIn { window, staff, until: None, reason };
    morning.ask(Command::Staffing(Staffing::ApproveStandIn(wish)));
    morning.ask(Command::SignOn { window, staff });
    let Face::WindowScreen(face) = morning.face(("window-screen-1", "1")) else {
        panic!("no screen")
    };
    assert!(face.plate.unwrap().stands_in);
}

#[test]
fn a_tablet_asks_about_whoever_served() {
    let window: WindowId = "1".parse().unwrap();
    let mut morning = Morning::begin();
    let asks = |morning: &Morning| {
        let Face::Tablet(face) = morning.face(("tablet-1", "1")) else { panic!("no tablet") };
        (face.ask.map(|ask| ask.no.to_string()), face.plate.map(|plate| plate.no.to_string()))
    };
    assert_eq!(asks(&morning), (None, None));
    morning.ask(Command::SignOn { window, staff: "1001".parse().unwrap() });
    let idle = morning.face(("tablet-1", "1"));
    let Command::Issue(issue) = testing::issue_command() else { panic!("it issues") };
    morning.ask(Command::Issue(hall::command::Issue { queue: "A".parse().unwrap(), ..issue }));
    morning.ask(Command::CallNext { window, finish_current: true });
    morning.ask(Command::Start { window });
    morning.ask(Command::Finish { window, case: None, item: None, copies: None });
    morning.ask(Command::SignOff { window });
    let asked = (Some("A001".to_owned()), Some("1001".to_owned()));
    assert_eq!(asks(&morning), asked, "the clerk has gone, and was the one who served");
    assert!(!say_the_same(&idle, &morning.face(("tablet-1", "1"))));
}
