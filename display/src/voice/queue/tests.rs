//! What is said in which order, without a sound.

use wire::device::Delivery;

use super::*;

fn say(id: u64, window: Option<&str>, how: Delivery) -> Job {
    let window = window.map(|window| window.parse().unwrap());
    let work = Work::Say { text: format!("sentence {id}"), times: 2, window, how };
    Job { id, boot: 1, expires_in_millis: 60_000, work }
}

fn job(id: u64, expires_in_millis: u64) -> Job {
    Job { expires_in_millis, ..say(id, None, Delivery::default()) }
}

fn call(id: u64, window: &str) -> Job {
    say(id, Some(window), Delivery::default())
}

fn urgent(id: u64) -> Job {
    say(id, None, Delivery { urgent: true, ..Delivery::default() })
}

/// Says what is due until nothing is left, each sentence so many milliseconds; `second: number`.
fn day(announcements: &mut Announcements, from: u64, long: u64) -> Vec<String> {
    let (mut now, mut told) = (from, Vec::new());
    loop {
        match announcements.poll_next(now) {
            Some(Next::Do(turn)) => {
                told.push(format!("{}: {}", now / 1_000, turn.job.id));
                now += long;
                announcements.handle_done(turn, now);
            }
            Some(Next::Expired(key)) => told.push(format!("{}: {} late", now / 1_000, key.id)),
            Some(Next::Enough(key)) => told.push(format!("{}: {} enough", now / 1_000, key.id)),
            None => match announcements.next_due() {
                Some(due) => now = due,
                None => return told,
            },
        }
    }
}

#[test]
fn a_call_is_said_again_six_seconds_after_it_ended() {
    let mut announcements = Announcements::default();
    announcements.handle_job(job(1, 60_000), 0);
    assert_eq!(day(&mut announcements, 0, 4_000), ["0: 1", "10: 1"]);
}

#[test]
fn while_one_waits_for_its_second_time_the_next_is_said_its_first() {
    let mut announcements = Announcements::default();
    for id in [1, 2] {
        assert_eq!(announcements.handle_job(job(id, 60_000), 0), Taken::Waits);
    }
    assert_eq!(announcements.handle_job(job(2, 60_000), 5), Taken::Repeated);
    assert_eq!(day(&mut announcements, 0, 4_000), ["0: 1", "4: 2", "10: 1", "14: 2"]);
    assert_eq!(announcements.missed(), 0);
}

#[test]
fn what_comes_too_late_is_told_and_the_next_is_still_said() {
    let mut announcements = Announcements::default();
    announcements.handle_job(job(1, 1_000), 0);
    announcements.handle_job(job(2, 60_000), 0);
    assert_eq!(day(&mut announcements, 1_000, 4_000), ["1: 1 late", "1: 2", "11: 2"]);
}

#[test]
fn a_missing_number_is_counted_and_a_new_boot_begins_anew() {
    let mut announcements = Announcements::default();
    announcements.handle_job(job(1, 1_000), 0);
    announcements.handle_job(job(4, 1_000), 0);
    assert_eq!(announcements.missed(), 2);
    let reborn = Job { boot: 2, ..job(1, 1_000) };
    assert_eq!(announcements.handle_job(reborn, 0), Taken::Waits);
    assert_eq!(announcements.missed(), 2);
}

#[test]
fn a_flood_is_bounded_and_what_is_urgent_finds_a_place() {
    let mut announcements = Announcements::default();
    for id in 1..=WAITING_MAX as u64 {
        assert_eq!(announcements.handle_job(job(id, 60_000), 0), Taken::Waits);
    }
    assert_eq!(announcements.handle_job(job(1_000, 60_000), 0), Taken::Full);
    for id in 1..=URGENT_MAX as u64 {
        assert_eq!(announcements.handle_job(urgent(1_000 + id), 0), Taken::Waits);
    }
    assert_eq!(announcements.handle_job(urgent(2_000), 0), Taken::Full);
}

#[test]
fn a_newer_call_to_a_window_takes_the_place_of_one_that_nobody_needs_any_more() {
    let mut announcements = Announcements::default();
    assert_eq!(announcements.handle_job(call(1, "1"), 0), Taken::Waits);
    assert_eq!(announcements.handle_job(call(2, "2"), 0), Taken::Waits);
    let older = JobKey { boot: 1, id: 1 };
    assert_eq!(announcements.handle_job(call(3, "1"), 0), Taken::Supersedes(older));
    assert_eq!(day(&mut announcements, 0, 4_000), ["0: 3", "4: 2", "10: 3", "14: 2"]);
}

#[test]
fn a_newer_call_to_a_window_ends_the_second_time_of_the_one_before() {
    let mut announcements = Announcements::default();
    announcements.handle_job(call(1, "1"), 0);
    let Some(Next::Do(turn)) = announcements.poll_next(0) else { panic!("a call is due") };
    assert!(!announcements.handle_done(turn, 4_000), "its second time is owed");
    let older = JobKey { boot: 1, id: 1 };
    assert_eq!(announcements.handle_job(call(2, "1"), 5_000), Taken::Cuts(older));
    assert_eq!(day(&mut announcements, 5_000, 4_000), ["5: 2", "15: 2"]);
}

#[test]
fn when_many_windows_call_at_once_each_is_said_and_none_is_skipped() {
    let mut announcements = Announcements::default();
    for id in 1..=24 {
        let job = Job { expires_in_millis: 300_000, ..call(id, &id.to_string()) };
        announcements.handle_job(job, 0);
    }
    let told = day(&mut announcements, 0, 4_000);
    let ids = |told: &str| told.split(": ").nth(1).unwrap().parse::<u64>().unwrap();
    let said: Vec<u64> = told.iter().map(|told| ids(told)).collect();
    assert_eq!(said[..24], (1..=24).collect::<Vec<_>>(), "the first times keep their order");
    assert_eq!(said[24..], [22, 23, 24], "the last ones have time for a second: {told:?}");
}

#[test]
fn under_a_sudden_rush_a_second_time_is_left_out_and_told_as_done() {
    let mut announcements = Announcements::default();
    announcements.handle_job(call(1, "1"), 0);
    let Some(Next::Do(turn)) = announcements.poll_next(0) else { panic!("a call is due") };
    announcements.handle_done(turn, 4_000);
    for id in 2..=4 {
        announcements.handle_job(call(id, &id.to_string()), 9_000);
    }
    let key = JobKey { boot: 1, id: 1 };
    assert_eq!(announcements.poll_next(10_000), Some(Next::Enough(key)));
}

#[test]
fn what_is_urgent_goes_before_everything_that_waits_both_times() {
    let mut announcements = Announcements::default();
    for id in 1..=4 {
        announcements.handle_job(call(id, &id.to_string()), 0);
    }
    announcements.handle_job(urgent(5), 0);
    let told = day(&mut announcements, 0, 4_000);
    assert_eq!(told[..4], ["0: 5", "4: 1", "8: 2", "12: 5"], "{told:?}");
}

#[test]
fn what_is_only_shown_is_shown_once() {
    let mut announcements = Announcements::default();
    let how = Delivery { volume_percent: 0, ..Delivery::default() };
    announcements.handle_job(say(1, Some("1"), how), 0);
    assert_eq!(day(&mut announcements, 0, 4_000), ["0: 1"]);
}
