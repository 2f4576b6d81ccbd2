//! What little was seen says little, what much was seen says all; empty presses and forgotten
//! finishes say nothing they should not.

use alloc::{string::String, vec::Vec};

use super::{Learned, Occasion};
use crate::{
    forecast::{
        chance::Chance,
        log::{Arrival, DayLog, LegLog},
    },
    ids::{ItemId, QueueId, StaffNo},
    rules_tests::small_hall,
    setup::Setup,
    time::{Day, Millis, Timestamp},
    words::{PauseReason, PriorityClass, people::DayKind},
};

const MINUTE: u64 = 60_000;

fn setup() -> Setup {
    Setup::clone(small_hall(|_| {}).setup())
}

fn a() -> (QueueId, Option<ItemId>) {
    ("A".parse().unwrap(), Some("A01".parse().unwrap()))
}

/// A day on which so many services of A01 took so long in the mean.
fn day(number: u8, services: usize, minutes: f64, staff: &str) -> DayLog {
    let midnight = Timestamp(i64::from(number) * 86_400_000);
    let (queue, item) = a();
    let staff: StaffNo = staff.parse().unwrap();
    let mut chance = Chance::new(u64::from(number));
    let mut now = midnight + Millis(9 * 60 * MINUTE);
    let mut legs = Vec::new();
    let mut arrivals = Vec::new();
    for _ in 0..services {
        let millis = chance.lognormal((minutes * MINUTE as f64).ln() - 0.125, 0.5);
        let ended = now + Millis(millis as u64);
        arrivals.push(Arrival { at: now, queue, item, class: PriorityClass::Ordinary });
        legs.push(LegLog {
            queue,
            item,
            window: "1".parse().unwrap(),
            staff: Some(staff),
            walked_in: true,
            by_hand: false,
            entered: now,
            called: now,
            summoned: now,
            ended: Some(ended),
            held: Millis(0),
            absent: None,
            came_back: false,
            onward: None,
        });
        now = ended;
    }
    DayLog {
        day: Day { year: 1970, month: 1, day: number },
        weekday: number % 5,
        kind: DayKind::Ordinary,
        midnight,
        legs,
        arrivals,
        bookings: Vec::new(),
        gave_up: Vec::new(),
        pauses: [(0, Millis(0)); PauseReason::ALL.len()],
        signed: Millis(8 * 60 * MINUTE),
    }
}

/// The mean of A01 in minutes, by somebody of whom nothing is known.
fn mean(learned: &Learned) -> f64 {
    let (queue, item) = a();
    let (mean, variance) = learned.service(&setup(), queue, item);
    (mean + variance / 2.0).exp() / MINUTE as f64
}

#[test]
fn the_profile_speaks_first_and_what_was_seen_takes_over() {
    // Nothing, two services, thirty, two thousand.
    let means = [(0, 0), (1, 2), (1, 30), (20, 100)].map(|(days, services)| {
        let logs: Vec<DayLog> = (1..=days).map(|it| day(it, services, 20.0, "s")).collect();
        mean(&Learned::of(&setup(), &logs))
    });
    assert!((means[0] - 10.0).abs() < 0.1, "{means:?}");
    assert!(means[0] < means[1] && means[1] < means[2] && means[2] < means[3], "{means:?}");
    assert!((means[3] - 20.0).abs() < 1.5, "{means:?}");
}

#[test]
fn who_is_slow_is_not_taken_for_a_long_matter() {
    let mut logs: Vec<DayLog> = (1..=20).map(|number| day(number, 40, 10.0, "quick")).collect();
    logs.extend((1..=20).map(|number| day(number, 40, 20.0, "slow")));
    let learned = Learned::of(&setup(), &logs);
    let of = |name: &str| learned.staff[&name.parse::<StaffNo>().unwrap()].log;
    let apart = (of("slow") - of("quick")).exp();
    assert!((1.8..2.2).contains(&apart), "{apart}");
    assert!((12.0..17.0).contains(&mean(&learned)), "{}", mean(&learned));
}

#[test]
fn an_empty_press_and_a_forgotten_finish_change_little() {
    let plain: Vec<DayLog> = (1..=10).map(|number| day(number, 30, 10.0, "s")).collect();
    let mut odd = plain.clone();
    for log in &mut odd {
        let mut leg = log.legs[0];
        leg.ended = Some(leg.summoned + Millis::from_secs(3));
        log.legs.push(leg);
        leg.ended = Some(leg.summoned + Millis(300 * MINUTE));
        log.legs.push(leg);
    }
    let (plain, odd) = (Learned::of(&setup(), &plain), Learned::of(&setup(), &odd));
    assert_eq!((odd.counts.empty, plain.counts.empty), (10, 0));
    assert!(odd.counts.cut >= 10, "{:?}", odd.counts);
    let apart = mean(&odd) / mean(&plain);
    assert!((0.99..1.2).contains(&apart), "{apart}");
}

#[test]
fn people_of_a_half_hour_are_counted_by_the_day() {
    let logs: Vec<DayLog> = (1..=10).map(|number| day(number, 30, 10.0, "s")).collect();
    let learned = Learned::of(&setup(), &logs);
    let queue = a().0;
    let day: f64 =
        (0..48).map(|place| learned.arrivals.in_half_hour(queue, Occasion::plain(2), place)).sum();
    assert!((28.0..32.0).contains(&day), "{day}");
    assert!(
        learned.arrivals.in_half_hour(queue, Occasion::plain(2), 3) < 0.01,
        "nobody comes at night"
    );
}

#[test]
fn the_first_days_of_a_month_and_market_days_are_told_apart() {
    // Twenty a day, thirty-four on the first five days; sixty when there is a market.
    let logs: Vec<DayLog> = (1..=28)
        .flat_map(|number| {
            let market = number % 10 == 3 && number > 5;
            let people = if market {
                60
            } else if number <= 5 {
                34
            } else {
                20
            };
            let kind = if market { DayKind::Market } else { DayKind::Ordinary };
            let log = DayLog { kind, ..day(number, people, 10.0, "s") };
            [log.clone(), log]
        })
        .collect();
    let learned = Learned::of(&setup(), &logs);
    let queue = a().0;
    let of = |occasion| -> f64 {
        (0..48).map(|place| learned.arrivals.in_half_hour(queue, occasion, place)).sum()
    };
    let usual = of(Occasion::plain(2));
    let start = of(Occasion { month_start: true, ..Occasion::plain(2) }) / usual;
    let market = of(Occasion { market: true, ..Occasion::plain(2) }) / usual;
    assert!((1.15..1.7).contains(&start) && (1.5..2.6).contains(&market), "{start} {market}");
}

#[test]
fn what_was_learned_is_kept_as_text_and_read_again() {
    let logs: Vec<DayLog> = (1..=3).map(|number| day(number, 30, 10.0, "s")).collect();
    let learned = Learned::of(&setup(), &logs);
    let text: String = serde_json::to_string(&learned).unwrap();
    let again: Learned = serde_json::from_str(&text).unwrap();
    assert_eq!(again.counts, learned.counts);
    assert!((mean(&again) - mean(&learned)).abs() < 1e-9);
    assert_eq!(again.through, Some(Day { year: 1970, month: 1, day: 3 }));
    let older: Learned = serde_json::from_str("{}").unwrap();
    assert_eq!(older, Learned::default());
}
