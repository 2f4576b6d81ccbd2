//! Small halls in which one can say beforehand what helps.

use alloc::{string::String, vec::Vec};

use super::{Advice, Effort, Remedy, Scene, Tried};
use crate::{
    Hall,
    command::{Command, Input, Issue, SessionTimes, plan::SessionPlan},
    forecast::{
        ask::Forecaster,
        learned::Learned,
        outlook::{Outlook, Shut},
        pace::Today,
    },
    ids::{QueueId, WindowId},
    rules_tests::{hall_of, issue_of, parts},
    setup::{
        Department, Parts,
        staff::{Post, Staff},
    },
    time::{Day, Millis, Timestamp},
    words::{Actor, PauseReason, WindowKind, post::PostRole},
};

const MINUTE: u64 = 60_000;
const NOW: Timestamp = Timestamp(1_000_080_000_000);

fn queue(id: &str) -> QueueId {
    id.parse().unwrap()
}

fn window(id: &str) -> WindowId {
    id.parse().unwrap()
}

/// A at window 1, B at window 2, both of one department; S at window 3, of another; window 9 is
/// temporary. Services take ten minutes with little chance, and nobody comes any more.
fn plain() -> Parts {
    let mut parts = parts();
    let mut spare = parts.windows[0].clone();
    (spare.id, spare.kind) = (window("9"), WindowKind::Temporary);
    spare.primary.clear();
    spare.secondary.clear();
    let mut third = parts.windows[0].clone();
    (third.id, third.primary) = (window("3"), Vec::from([queue("S")]));
    third.secondary.clear();
    parts.windows.truncate(2);
    parts.windows[1].primary = Vec::from([queue("B")]);
    parts.windows.iter_mut().for_each(|each| each.secondary.clear());
    parts.windows.extend([third, spare]);
    parts.departments.push(Department { id: "e".parse().unwrap(), name: String::from("e") });
    parts.queues[2].department = "e".parse().unwrap();
    for item in &mut parts.items {
        (item.mean_service, item.sd_service, item.per_day) =
            (Millis(10 * MINUTE), Millis(MINUTE), 0);
    }
    parts.staff = ["1", "2", "3", "9"].map(|no| person(no, no, PostRole::Primary)).into();
    parts
}

fn person(no: &str, at: &str, role: PostRole) -> Staff {
    let posts = Vec::from([Post { window: window(at), role }]);
    Staff { no: no.parse().unwrap(), posts, agent: false, grants: Vec::new() }
}

struct Scenery {
    hall: Hall,
    learned: Learned,
    outlook: Outlook,
}

impl Scenery {
    /// Clerks sit at 1, 2 and 3, and so many people wait for A and B.
    fn new(parts: Parts, (a, b): (usize, usize)) -> Self {
        let mut scenery = Self {
            learned: Learned::of_profile(hall_of(parts.clone()).setup()),
            hall: hall_of(parts),
            outlook: Outlook::plain(Timestamp(NOW.0 - NOW.0 % 86_400_000), 0),
        };
        scenery.ask(Command::OpenDay {
            day: Day { year: 2_026, month: 1, day: 5 },
            working_days: Vec::new(),
        });
        let late = NOW + Millis::from_minutes(480);
        let session = SessionTimes { issue_from: NOW, opens: NOW, issue_until: late, closes: late };
        scenery.ask(Command::OpenSession { session, plan: SessionPlan::default() });
        for no in ["1", "2", "3"] {
            scenery.ask(Command::SignOn { window: window(no), staff: no.parse().unwrap() });
        }
        for (id, item, people) in [("A", "A01", a), ("B", "B01", b)] {
            for _ in 0..people {
                let item = Some(item.parse().unwrap());
                scenery.ask(Command::Issue(Issue { item, ..issue_of(queue(id)) }));
            }
        }
        scenery
    }

    fn ask(&mut self, command: Command) {
        let input = Input { at: NOW, luck: 1, by: Actor::Hall, request: None, command };
        let events = self.hall.decide(&input).unwrap();
        events.iter().for_each(|event| self.hall.apply(event));
    }

    fn scene(&self) -> Scene<'_> {
        let (hall, learned, outlook) = (&self.hall, &self.learned, &self.outlook);
        Scene { hall, now: NOW, learned, today: Today::USUAL, outlook }
    }

    fn advice(&self) -> Advice {
        let effort = Effort::default();
        self.scene().advise(&mut Forecaster::new(), queue("A"), 3, effort).unwrap()
    }

    fn what_if(&self, remedy: &Remedy) -> Tried {
        let effort = Effort::default();
        self.scene().what_if(&mut Forecaster::new(), remedy, 3, effort).unwrap()
    }
}

fn minutes(span: Millis) -> f64 {
    span.0 as f64 / MINUTE as f64
}

/// The mean wait of a queue's people, without and with the remedy.
fn mean(tried: &Tried, id: &str) -> [f64; 2] {
    let effect = tried.effects.iter().find(|effect| effect.queue == queue(id)).unwrap();
    effect.mean.map(minutes)
}

#[test]
fn a_second_window_halves_the_wait_of_a_line_that_nobody_joins() {
    let scenery = Scenery::new(plain(), (12, 0));
    let advice = scenery.advice();
    // One window, ten minutes each: 0, 10, … 110 minutes, and the turnaround.
    let alone = advice.nothing.queues[0];
    assert!((50.0..62.0).contains(&minutes(alone.mean)), "{alone:?}");
    assert!((96.0..122.0).contains(&minutes(alone.longest.mid)), "{alone:?}");
    assert!(alone.is_in_trouble() && alone.red.unwrap().share > 0.99);
    // Somebody waits thirty minutes at ten past and so on: the red limit passes after half an hour.
    let passed = alone.red.unwrap().at.since(NOW);
    assert_eq!(minutes(passed), 30.0, "{alone:?}");
    // 2 serves B, of the same department: with nobody there it halves the line at once.
    let best = &advice.remedies[0];
    let lend = Remedy::Lend { queue: queue("A"), window: window("2"), minutes: 60 };
    let tide = |minutes, clerk| Remedy::OpenTide {
        window: window("9"),
        queues: Vec::from([queue("A")]),
        minutes,
        clerk,
    };
    let of = |remedy: &Remedy| advice.remedies.iter().find(|it| it.remedy == *remedy).unwrap();
    let [without, with] = mean(of(&lend), "A");
    assert!((0.45..0.62).contains(&(with / without)), "{with} beside {without}");
    assert_eq!((of(&lend).price, of(&lend).better), (0, 1.0));
    // Two hours of a tide help as much; half an hour helps less than an hour.
    let clerk = Some("9".parse().unwrap());
    let [short, hour, long] = [30, 60, 120].map(|it| scenery.what_if(&tide(it, clerk)).saved);
    assert!(short < hour && hour <= long, "{short} {hour} {long}");
    // One act is told once, for the shortest span that is nearly as good as the longest.
    let is_tide = |it: &&Tried| matches!(it.remedy, Remedy::OpenTide { .. });
    let told: Vec<&Tried> = advice.remedies.iter().filter(is_tide).collect();
    let span = if hour * 100 >= long * super::NEARLY_PERCENT { 60 } else { 120 };
    assert_eq!(told.iter().map(|it| &it.remedy).collect::<Vec<_>>(), [&tide(span, clerk)]);
    assert!([of(&lend).saved, told[0].saved].contains(&best.saved), "{best:?}");
    // What turns people away comes last, and with nobody to come it does nothing.
    let stops = advice.remedies.iter().any(|it| matches!(it.remedy, Remedy::StopIssue { .. }));
    assert!(!stops);
}

#[test]
fn whom_a_loan_costs_something_is_told_and_the_untouched_are_not() {
    let mut parts = plain();
    parts.items[2].per_day = 60;
    let scenery = Scenery::new(parts, (8, 0));
    let lend = Remedy::Lend { queue: queue("A"), window: window("2"), minutes: 60 };
    let tried = scenery.what_if(&lend);
    let told: Vec<QueueId> = tried.effects.iter().map(|effect| effect.queue).collect();
    assert_eq!(told, [queue("A"), queue("B")], "S goes its own way, to the millisecond");
    let [before, after] = mean(&tried, "B");
    assert!(after > before && tried.price > 0, "{before} then {after}");
    let [before, after] = mean(&tried, "A");
    assert!(after < before, "{before} then {after}");
}

#[test]
fn a_window_of_another_department_and_a_clerk_at_work_are_not_offered() {
    let scenery = Scenery::new(plain(), (8, 0));
    let remedies = scenery.scene().remedies(queue("A"));
    let lent = |id: &str| {
        let is = |it: &Remedy| matches!(it, Remedy::Lend { window: to, .. } if *to == window(id));
        remedies.iter().any(is)
    };
    assert!(lent("2") && !lent("3"), "{remedies:?}");
    let mut parts = plain();
    parts.staff.pop();
    parts.staff[2].posts.push(Post { window: window("9"), role: PostRole::Primary });
    let scenery = Scenery::new(parts, (8, 0));
    let remedies = scenery.scene().remedies(queue("A"));
    assert!(!remedies.iter().any(|it| matches!(it, Remedy::OpenTide { .. })), "{remedies:?}");
    // Asked all the same, who works elsewhere leaves there; with somebody at the window the rules say no.
    let mut scenery = scenery;
    let finish_current = false;
    scenery.ask(Command::CallNext { window: window("1"), finish_current });
    let comes =
        |staff: &str| Remedy::StandIn { window: window("9"), staff: staff.parse().unwrap() };
    let tried = |remedy| {
        let effort = Effort::default();
        scenery.scene().what_if(&mut Forecaster::new(), &remedy, 3, effort).is_some()
    };
    assert!(tried(comes("3")));
    assert!(!tried(comes("1")));
}

#[test]
fn a_break_that_begins_an_hour_later_shortens_the_line_before_it() {
    let mut scenery = Scenery::new(plain(), (5, 0));
    let (from, until) = (NOW + Millis(15 * MINUTE), NOW + Millis(75 * MINUTE));
    scenery.outlook.shut.push(Shut { window: window("1"), from, until });
    let later = Remedy::ShiftBreak { window: window("1"), from, minutes: 60 };
    let tried = scenery.what_if(&later);
    // Two are called before the break, three behind it; without one the last waits forty minutes.
    let [before, after] = tried.effects[0].longest.map(minutes);
    assert!((90.0..105.0).contains(&before), "{before}");
    assert!((36.0..48.0).contains(&after), "{after}");
    assert!(scenery.scene().remedies(queue("A")).contains(&later));
    let gone = Remedy::ShiftBreak { window: window("1"), from: NOW, minutes: 60 };
    assert_eq!(scenery.scene().with(&gone).map(|_| ()), None, "no such break is planned");
}

#[test]
fn who_stands_in_takes_a_window_that_pauses() {
    let mut parts = plain();
    parts.staff.push(person("b", "1", PostRole::StandIn));
    let mut scenery = Scenery::new(parts, (6, 0));
    let reason = PauseReason::Meal;
    scenery.ask(Command::Pause { window: window("1"), reason, whereabouts: None });
    let advice = scenery.advice();
    let stand_in = Remedy::StandIn { window: window("1"), staff: "b".parse().unwrap() };
    let tried = advice.remedies.iter().find(|it| it.remedy == stand_in).unwrap();
    // Nobody is served for three quarters of an hour, or somebody comes after five minutes.
    let [before, after] = mean(tried, "A");
    assert!((30.0..50.0).contains(&(before - after)), "{before} then {after}");
}

#[test]
fn no_more_numbers_are_the_last_thing_and_say_who_came_in_vain() {
    let mut parts = plain();
    parts.items[0].per_day = 90;
    parts.items[1].per_day = 90;
    parts.items[2].per_day = 60;
    let scenery = Scenery::new(parts, (10, 2));
    let advice = scenery.advice();
    let (last, others) = advice.remedies.split_last().unwrap();
    assert!(matches!(last.remedy, Remedy::StopIssue { .. }), "{:?}", last.remedy);
    // 180 a day, eight hours: some twenty-two in the hour.
    assert!((18.0..27.0).contains(&last.turned_away), "{last:?}");
    // B's people come and go to the millisecond as they would have.
    assert!(last.effects.iter().all(|effect| effect.queue == queue("A")), "{last:?}");
    assert!(!others.is_empty() && others.iter().all(|it| it.turned_away == 0.0));
}

#[test]
fn the_same_moment_gets_the_same_advice() {
    let scenery = Scenery::new(plain(), (12, 3));
    assert_eq!(scenery.advice(), scenery.advice());
}
