//! What was told is put beside what came.

use super::{Accuracy, Outcome, by_queue_and_hour, by_range};
use crate::{
    command::{Command, Input},
    event::{
        Fact,
        wait_range::{Estimate, WaitRange},
    },
    rules_tests::{issue_of, policies::a_busy_hall},
    time::{Millis, Timestamp},
    words::{Actor, EstimatedBy},
};

fn outcome(low_minutes: u16, high_minutes: u16, minutes: u64) -> Outcome {
    let range = WaitRange { low_minutes, high_minutes };
    Outcome { estimate: by_range(range), range, waited: Millis::from_minutes(minutes) }
}

fn estimate(low_secs: u32, mid_secs: u32, high_secs: u32) -> Estimate {
    let by = EstimatedBy::Forward;
    Estimate { low_secs, mid_secs, high_secs, by, untold: false }
}

#[test]
fn the_middle_is_judged_to_five_minutes_and_the_range_by_who_came_within_it() {
    let mut told = Accuracy::default();
    told.note(outcome(10, 20, 12));
    told.note(outcome(10, 20, 29));
    assert_eq!((told.count, told.mean_error_minutes, told.bias_minutes), (2, 8.5, -5.5));
    assert_eq!((told.within_five, told.covered, told.width_minutes), (0.5, 0.5, 10.0));
    let mut other = Accuracy::default();
    other.note(outcome(0, 5, 0));
    let all = Accuracy::together([&told, &other]);
    assert_eq!((all.count, all.covered), (3, 2.0 / 3.0));
}

#[test]
fn the_tenths_are_judged_beside_the_range_that_is_rounded_outwards() {
    let (estimate, waited) = (estimate(700, 800, 900), Millis::from_minutes(19));
    let mut told = Accuracy::default();
    told.note(Outcome { estimate, range: estimate.range(true), waited });
    assert_eq!((told.covered, told.width_minutes), (0.0, 5.0));
    told.note(Outcome { estimate, range: estimate.range(true), waited: Millis::from_minutes(11) });
    assert_eq!((told.covered, told.interval_covered), (0.5, 0.0));
    told.note(Outcome { waited: Millis::from_secs(925), range: estimate.range(true), estimate });
    assert_eq!((told.count, told.by_length, told.untold), (3, 0, 0));
    assert_eq!(told.interval_covered, 1.0 / 3.0, "half a minute is the clerk's hand");
}

#[test]
fn only_who_was_called_counts_in_the_hour_of_the_ticket() {
    let (hall, now) = a_busy_hall(6);
    let midnight = Timestamp(now.0 - 3_600_000 * 10 - 600_000);
    let found = by_queue_and_hour(&hall, midnight);
    assert_eq!(found.values().map(|it| it.count).sum::<u32>(), 2);
    assert!(found.keys().all(|(_, hour)| *hour == 10), "{found:?}");
}

/// What is remembered of a ticket for which this was reckoned.
fn issued(estimate: Option<Estimate>) -> (Option<WaitRange>, Option<Estimate>) {
    let (hall, at) = a_busy_hall(6);
    let issue = crate::command::Issue { estimate, ..issue_of(hall.setup().queues()[0].id) };
    let command = Command::Issue(issue);
    let input = Input { at, luck: 9, by: Actor::Hall, request: None, command };
    let events = hall.decide(&input).unwrap();
    let Fact::Issued(issued) = &events[0].fact else { panic!("{events:?}") };
    (issued.wait, issued.estimate)
}

#[test]
fn what_the_shell_reckoned_is_told_rounded_outwards_and_remembered_as_it_was() {
    let reckoned = estimate(601, 700, 1_201);
    let range = WaitRange { low_minutes: 10, high_minutes: 25 };
    assert_eq!(issued(Some(reckoned)), (Some(range), Some(reckoned)));
    let untold = Estimate { untold: true, ..reckoned };
    assert_eq!(issued(Some(untold)), (None, Some(untold)), "remembered, and told to nobody");
}

#[test]
fn what_is_not_sound_is_not_told_and_the_queue_s_length_answers() {
    let by_length = issued(None);
    assert!(by_length.0.is_some());
    for unsound in [estimate(60, 30, 90), estimate(60, 90, 80), estimate(0, 0, 90_000)] {
        assert_eq!(issued(Some(unsound)), by_length);
    }
}
