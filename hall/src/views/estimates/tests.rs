//! What was told is put beside what came.

use super::{Accuracy, by_queue_and_hour};
use crate::{event::wait_range::WaitRange, rules_tests::policies::a_busy_hall, time::Timestamp};

fn range(low_minutes: u16, high_minutes: u16) -> WaitRange {
    WaitRange { low_minutes, high_minutes }
}

#[test]
fn the_middle_is_judged_to_five_minutes_and_the_range_by_who_came_within_it() {
    let mut told = Accuracy::default();
    told.note(range(10, 20), 12.0);
    told.note(range(10, 20), 29.0);
    assert_eq!((told.count, told.mean_error_minutes, told.bias_minutes), (2, 8.5, -5.5));
    assert_eq!((told.within_five, told.covered, told.width_minutes), (0.5, 0.5, 10.0));
    let mut other = Accuracy::default();
    other.note(range(0, 5), 0.0);
    let all = Accuracy::together([&told, &other]);
    assert_eq!((all.count, all.covered), (3, 2.0 / 3.0));
}

#[test]
fn only_who_was_called_counts_in_the_hour_of_the_ticket() {
    let (hall, now) = a_busy_hall(6);
    let midnight = Timestamp(now.0 - 3_600_000 * 10 - 600_000);
    let found = by_queue_and_hour(&hall, midnight);
    assert_eq!(found.values().map(|it| it.count).sum::<u32>(), 2);
    assert!(found.keys().all(|(_, hour)| *hour == 10), "{found:?}");
}
