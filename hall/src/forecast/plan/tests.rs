//! What a plan says where one can reckon it by hand.

use alloc::{sync::Arc, vec::Vec};

use super::{Hours, Plan, PlannedDay, Wanted, plan};
use crate::{
    forecast::learned::{Learned, Occasion},
    rules_tests::{hall_of, parts},
    setup::Setup,
    time::{Millis, TimeOfDay},
};

fn hours(from: u16, until: u16) -> Hours {
    let of = TimeOfDay;
    Hours { issue_from: of(from), issue_until: of(until), opens: of(from), closes: of(until) }
}

/// Two items of A, ten minutes each, nobody for B; eight hours.
fn setup(per_day: u16) -> Arc<Setup> {
    let mut parts = parts();
    for item in &mut parts.items {
        item.per_day = if item.queue.as_str() == "A" { per_day / 2 } else { 0 };
    }
    hall_of(parts).setup().clone()
}

fn planned(setup: &Setup, learned: &Learned, hours: Hours, wait: u64) -> Plan {
    let occasion = Occasion::plain(2);
    let day = PlannedDay { day: None, occasion, sessions: Vec::from([hours]) };
    plan(setup, learned, day, Wanted { wait: Millis::from_minutes(wait), seed: 3 })
}

fn windows(plan: &Plan) -> Vec<u32> {
    plan.queues[0].half_hours.iter().map(|it| it.windows).collect()
}

#[test]
fn so_many_windows_as_the_work_and_a_little_chance_need() {
    let setup = setup(144);
    let learned = Learned::of_profile(&setup);
    let plan = planned(&setup, &learned, hours(540, 1_020), 10);
    assert_eq!(plan.queues.len(), 1, "nobody comes to B");
    let queue = &plan.queues[0];
    assert_eq!((queue.half_hours.len(), plan.half_hours().len()), (16, 16));
    // Nine in a half hour, ten minutes each: the work of three windows.
    for half_hour in &queue.half_hours {
        assert!((8.99..9.01).contains(&half_hour.people), "{half_hour:?}");
        assert!((2.8..3.2).contains(&half_hour.work), "{half_hour:?}");
        assert!(half_hour.wait <= Millis::from_minutes(10), "{half_hour:?}");
        assert!(half_hour.wait <= half_hour.wait_ninth);
    }
    assert!(windows(&plan).iter().all(|it| (2..=5).contains(it)), "{:?}", windows(&plan));
    let of_day: u32 = windows(&plan).iter().sum();
    assert!((16 * 3..=16 * 4 + 4).contains(&of_day), "{:?}", windows(&plan));
    // A window that was opened is not closed and opened again at once.
    let turns = windows(&plan).windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(turns <= 5, "{:?}", windows(&plan));
    // Whoever wants shorter waits needs more, whoever bears longer ones fewer.
    let strict: u32 = windows(&planned(&setup, &learned, hours(540, 1_020), 1)).iter().sum();
    let patient: u32 = windows(&planned(&setup, &learned, hours(540, 1_020), 40)).iter().sum();
    assert!(strict > of_day && of_day > patient, "{strict} {of_day} {patient}");
}

#[test]
fn who_stands_before_the_door_belongs_to_the_first_half_hour() {
    let setup = setup(96);
    let learned = Learned::of_profile(&setup);
    let early = Hours { issue_from: TimeOfDay(480), ..hours(540, 960) };
    let plan = planned(&setup, &learned, early, 10);
    let first = plan.queues[0].half_hours[0];
    // An hour of twelve and half an hour of six have come by half past nine.
    assert_eq!((first.from, first.people.round()), (TimeOfDay(540), 18.0));
    let all = windows(&plan);
    assert!(all[0] > all[8], "the first need more: {all:?}");
}

#[test]
fn a_window_more_is_told_for_the_month_s_first_days_and_the_same_seed_says_the_same() {
    let setup = setup(144);
    let mut learned = Learned::of_profile(&setup);
    learned.counts.days = 20;
    let queue = setup.queues()[0].id;
    let course = |place: usize| if (18..34).contains(&place) { 9.0 } else { 0.0 };
    learned.arrivals.by_half_hour.insert(queue, (0..48).map(course).collect());
    learned.arrivals.month_start.insert(queue, 1.5);
    let of = |month_start| {
        let occasion = Occasion { month_start, ..Occasion::plain(2) };
        let sessions = Vec::from([hours(540, 1_020)]);
        let day = PlannedDay { day: None, occasion, sessions };
        plan(&setup, &learned, day, Wanted { wait: Millis::from_minutes(10), seed: 3 })
    };
    let (usual, start) = (of(false), of(true));
    assert_eq!((usual.all(TimeOfDay(540)).1 * 1.5).round(), start.all(TimeOfDay(540)).1.round());
    let sum = |plan: &Plan| windows(plan).iter().sum::<u32>();
    assert!(sum(&start) > sum(&usual) + 12, "{} beside {}", sum(&start), sum(&usual));
    assert_eq!((of(true), usual.rests_on.days), (start, 20));
}
