//! The clock reads and writes the hall's own time.

use super::HallClock;

#[test]
fn a_moment_is_read_and_written_in_the_hall_s_own_time() {
    let at = HallClock::read("2026-11-23 09:14", 480).unwrap();
    assert_eq!(at.0, 1_795_396_440_000);
    let clock = HallClock::real(480);
    assert_eq!(clock.written(at), "2026-11-23 09:14");
    assert_eq!(clock.day(at).to_string(), "2026-11-23");
    assert_eq!(clock.moment(clock.date(at), 9 * 60 + 14), at);
    assert!(HallClock::read("tomorrow", 480).is_err());
}

#[test]
fn a_scaled_clock_begins_at_its_start_and_runs_faster() {
    let start = HallClock::read("2026-11-23 08:00", 480).unwrap();
    let clock = HallClock::scaled(480, start, 60.0);
    assert!(clock.now() >= start);
    let minute = hall::time::Millis::from_minutes(1);
    assert_eq!(clock.world_of(minute).unwrap().as_secs(), 1);
}

#[test]
fn midnight_belongs_to_the_day_it_begins() {
    let clock = HallClock::real(480);
    let midnight = HallClock::read("2026-11-24 00:00", 480).unwrap();
    assert_eq!(clock.day(midnight).to_string(), "2026-11-24");
    assert_eq!(clock.day(hall::time::Timestamp(midnight.0 - 1)).to_string(), "2026-11-23");
}

#[test]
fn a_minute_of_the_world_is_twenty_of_a_hall_that_runs_twenty_times_as_fast() {
    let start = hall::time::Timestamp(1_000_000_000);
    let clock = HallClock::scaled(480, start, 20.0);
    let ago = clock.now().0 - clock.ago(std::time::Duration::from_secs(60)).0;
    assert!((ago - 1_200_000).abs() < 20_000, "{ago}");
}
