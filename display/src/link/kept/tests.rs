//! What was given is there after the tablet was switched off; what arrived is not.

use wire::{
    device::Happening,
    ids::{LegId, LegNo, TicketId},
};

use super::*;

fn graded(boot: u64, count: u64) -> Report {
    let leg = LegId { ticket: TicketId(count), leg: LegNo(0) };
    let reasons = vec!["long_wait".to_owned()];
    let what =
        Happening::Graded { level: 2, scale: 5, leg: Some(leg), reasons, text: String::new() };
    Report { boot, count, age_millis: 0, what }
}

#[test]
fn a_rating_is_there_after_the_tablet_was_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut kept = Kept::open(folder.path()).unwrap();
    for count in 1..=3 {
        kept.keep(&graded(7, count)).unwrap();
    }
    kept.forget(7, 2).unwrap();
    drop(kept);
    let mut kept = Kept::open(folder.path()).unwrap();
    assert_eq!(kept.left(), [graded(7, 1), graded(7, 3)]);
    kept.keep(&graded(8, 1)).unwrap();
    drop(kept);
    let kept = Kept::open(folder.path()).unwrap();
    assert_eq!(kept.left(), [graded(7, 1), graded(7, 3), graded(8, 1)], "in the order of giving");
}

#[test]
fn years_of_ratings_leave_a_small_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut kept = Kept::open(folder.path()).unwrap();
    for count in 1..=RECORDS_MAX as u64 {
        kept.keep(&graded(7, count)).unwrap();
        kept.forget(7, count).unwrap();
    }
    assert!(kept.records <= RECORDS_MAX);
    let bytes: u64 = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!(bytes < 2 * 1024 * 1024, "{bytes} bytes");
}
