//! A range is rounded outwards.

use super::{Forecast, Source};
use crate::{event::wait_range::WaitRange, time::Millis};

#[test]
fn a_range_is_rounded_outwards_to_five_minutes() {
    let told = |low: u64, high: u64, ahead: bool| {
        let (low, high) = (Millis::from_secs(low), Millis::from_secs(high));
        let (source, runs, doubtful) = (Source::Forward, 200, false);
        let WaitRange { low_minutes, high_minutes } =
            Forecast { low, mid: low, high, source, runs, doubtful }.range(ahead);
        (low_minutes, high_minutes)
    };
    assert_eq!(told(11 * 60, 19 * 60, true), (10, 20));
    assert_eq!(told(10 * 60, 20 * 60, true), (10, 20));
    assert_eq!(told(20, 90, true), (5, 10));
    assert_eq!(told(0, 0, false), (0, 5));
    assert_eq!(told(14 * 60, 15 * 60 + 1, true), (10, 20));
}
