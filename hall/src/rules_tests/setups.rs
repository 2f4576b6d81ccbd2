//! Another setup in the open day: nothing that today uses is lost, and replay equals live.

use alloc::{string::ToString, sync::Arc, vec::Vec};

use crate::{
    Hall,
    command::{Command, Input, SendTo, SessionTimes, plan::SessionPlan},
    event::Event,
    refusal::Refusal,
    setup::{Parts, Setup},
    time::{Day, Millis, Timestamp},
    words::{Actor, legs::TransferReason},
};

use super::{issue_of, parts};

const EIGHT: Timestamp = Timestamp(1_700_006_400_000);

fn named(version: &str, change: impl Fn(&mut Parts)) -> Arc<Setup> {
    let mut parts = parts();
    change(&mut parts);
    Arc::new(Setup::new(parts).unwrap().named(version.parse().unwrap()))
}

/// The small hall without queue B and window 2, as far as it can be.
fn without_b(parts: &mut Parts) {
    parts.queues.retain(|queue| queue.id.as_str() != "B");
    parts.items.retain(|item| item.id.as_str() != "B01");
    for window in &mut parts.windows {
        window.primary.retain(|queue| queue.as_str() != "B");
        window.secondary.retain(|queue| queue.as_str() != "B");
    }
}

struct Day1 {
    hall: Hall,
    events: Vec<Event>,
}

impl Day1 {
    fn open() -> Self {
        let mut day = Self { hall: Hall::new(named("one", |_| {})), events: Vec::new() };
        day.ask(Command::OpenDay {
            day: Day { year: 2023, month: 11, day: 15 },
            working_days: Vec::new(),
        })
        .unwrap();
        let until = EIGHT + Millis::from_minutes(240);
        let session =
            SessionTimes { issue_from: EIGHT, opens: EIGHT, issue_until: until, closes: until };
        day.ask(Command::OpenSession { session, plan: SessionPlan::default() }).unwrap();
        day
    }

    fn ask(&mut self, command: Command) -> Result<(), Refusal> {
        let at = EIGHT + Millis::from_secs(self.events.len() as u64);
        let input = Input { at, luck: 7, by: Actor::Hall, request: None, command };
        for event in self.hall.decide(&input)? {
            self.hall.apply(&event);
            crate::invariants::check(&self.hall).unwrap();
            self.events.push(event);
        }
        Ok(())
    }

    fn issue(&mut self, queue: &str) {
        let issue = issue_of(queue.parse().unwrap());
        self.ask(Command::Issue(issue)).unwrap();
    }

    /// Hands a setup and asks for it.
    fn change(&mut self, to: &Arc<Setup>) -> Result<(), Refusal> {
        self.hall.hand(to.clone());
        self.ask(Command::ChangeSetup { to: to.version().unwrap() })
    }

    fn in_its_way(&self, to: &Setup) -> Vec<(&'static str, alloc::string::String)> {
        let told = self.hall.obstacles(to).into_iter();
        told.map(|each| (each.code(), each.subject().unwrap_or("").to_string())).collect()
    }
}

#[test]
fn who_waits_is_called_by_the_new_setup_and_replay_says_the_same() {
    let (one, two) = (named("one", |_| {}), named("two", without_b));
    let mut day = Day1::open();
    day.issue("A");
    day.ask(Command::SignOn { window: "1".parse().unwrap(), staff: "z3".parse().unwrap() })
        .unwrap();
    day.change(&two).unwrap();
    assert_eq!(day.hall.setup().version(), two.version());
    assert!(day.hall.setup().queue("B".parse().unwrap()).is_none());
    day.ask(Command::CallNext { window: "1".parse().unwrap(), finish_current: false }).unwrap();
    let called = day.hall.ticket_at("1".parse().unwrap()).unwrap();
    assert_eq!(called.no.to_string(), "A001");
    // Who replays begins with whatever stands on the disk, and is handed what the record names.
    let mut again = Hall::new(two.clone());
    for event in &day.events {
        if again.setup().version() == two.version() {
            again.hand(one.clone());
        } else {
            again.hand(two.clone());
        }
        again.apply(event);
    }
    assert!(again == day.hall);
}

#[test]
fn other_items_are_another_version_of_the_catalogue_and_other_means_too() {
    let mut day = Day1::open();
    let same = named("same", |parts| parts.rules.recalls_max = 5);
    let less = named("less", without_b);
    let slower = named("slower", |parts| {
        without_b(parts);
        parts.items[0].mean_service = Millis::from_minutes(50);
    });
    let after = |day: &mut Day1, to: &Arc<Setup>| {
        day.change(to).unwrap();
        day.hall.catalogue_version()
    };
    assert_eq!(after(&mut day, &same), 0);
    assert_eq!(after(&mut day, &less), 1);
    day.issue("A");
    let ticket = day.hall.tickets().next().unwrap();
    assert_eq!(ticket.catalogue, 1);
    assert_eq!(after(&mut day, &slower), 2);
    assert_eq!(day.hall.tickets().next().unwrap().catalogue, 1, "it keeps the one it has");
}

#[test]
fn what_today_uses_keeps_a_setup_without_it_waiting() {
    let two = named("two", without_b);
    let mut day = Day1::open();
    assert_eq!(day.in_its_way(&two), []);
    day.issue("B");
    assert_eq!(day.in_its_way(&two), [("queue_in_use", "B".to_string())]);
    assert_eq!(day.change(&two), Err(Refusal::SetupMustWait));
    assert_eq!(day.hall.setup().version(), named("one", |_| {}).version());
    day.ask(Command::CloseDay).unwrap();
    assert_eq!(day.in_its_way(&two), []);
    day.change(&two).unwrap();
    day.ask(Command::OpenDay {
        day: Day { year: 2023, month: 11, day: 16 },
        working_days: Vec::new(),
    })
    .unwrap();
    assert_eq!(day.hall.setup().version(), two.version());
}

#[test]
fn a_window_a_person_and_an_item_of_today_are_each_named() {
    let mut day = Day1::open();
    let two = named("two", |parts| {
        parts.windows.retain(|window| window.id.as_str() != "2");
        parts.windows[0].primary.push("B".parse().unwrap());
        parts.windows[0].primary.push("S".parse().unwrap());
        parts.windows[0].secondary.clear();
        parts.items.retain(|item| item.id.as_str() != "A02");
    });
    day.issue("A");
    let (one, other) = ("1".parse().unwrap(), "2".parse().unwrap());
    day.ask(Command::SignOn { window: one, staff: "z3".parse().unwrap() }).unwrap();
    day.ask(Command::SignOn { window: other, staff: "z4".parse().unwrap() }).unwrap();
    day.ask(Command::CallNext { window: one, finish_current: false }).unwrap();
    day.ask(Command::Start { window: one }).unwrap();
    let to = SendTo { queue: None, window: Some(other), item: Some("A02".parse().unwrap()) };
    day.ask(Command::Transfer { window: one, to, reason: TransferReason::ALL[0] }).unwrap();
    day.ask(Command::OpenTide {
        window: one,
        queues: Vec::from(["S".parse().unwrap()]),
        minutes: None,
    })
    .unwrap();
    let expected = [("window_in_use", "2".to_string()), ("item_in_use", "A02".to_string())];
    assert_eq!(day.in_its_way(&two), expected);
    // A tide goes on by the lists of the new setup.
    let three = named("three", |parts| parts.windows[0].secondary.clear());
    day.change(&three).unwrap();
    let lists = day.hall.lists_of(one).unwrap();
    assert_eq!(lists.queues().map(|id| id.to_string()).collect::<Vec<_>>(), ["A", "S"]);
}

#[test]
fn only_what_is_at_hand_can_be_asked_for() {
    let mut day = Day1::open();
    let unknown = Command::ChangeSetup { to: "two".parse().unwrap() };
    assert_eq!(day.ask(unknown), Err(Refusal::NoSuchSetup));
    // The one in force is no change.
    let events = day.events.len();
    day.ask(Command::ChangeSetup { to: "one".parse().unwrap() }).unwrap();
    assert_eq!(day.events.len(), events);
}
