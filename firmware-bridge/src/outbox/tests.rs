//! Reports that wait for the broker.

use wire::{
    device::{Happening, PadKey, Report},
    ids::DeviceId,
};

use super::{DiskKeep, MemoryKeep, NotKept, Outbox, REPORTS_MAX};

/// When the letters of these tests are taken.
const TAKEN: u64 = 1_800_000_000_000;

fn pad() -> DeviceId {
    "pad-1".parse().unwrap()
}

fn press(count: u64) -> Report {
    Report { boot: 1, count, age_millis: 0, what: Happening::Pressed(PadKey::CallNext) }
}

fn send_all(outbox: &mut Outbox) -> Vec<u64> {
    let mut sent = Vec::new();
    while let Some(letter) = outbox.next() {
        let place = letter.place;
        sent.push(letter.report.count);
        outbox.left(place);
    }
    sent
}

#[test]
fn what_was_not_acknowledged_is_sent_again_in_order() {
    let mut outbox = Outbox::open(Box::new(MemoryKeep::default())).unwrap();
    for count in 1..=4 {
        outbox.put(pad(), press(count), TAKEN).unwrap();
    }
    assert_eq!(send_all(&mut outbox), [1, 2, 3, 4]);
    outbox.arrived(2);
    outbox.lost();
    assert_eq!(send_all(&mut outbox), [1, 3, 4]);
    for place in [1, 3, 4] {
        outbox.arrived(place);
    }
    assert!(outbox.is_empty());
}

#[test]
fn what_a_person_did_outlives_the_program_until_it_has_arrived() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Outbox::open(Box::new(DiskKeep::open(folder.path()).unwrap())).unwrap();
    let mut outbox = open();
    outbox.put(pad(), press(1), TAKEN).unwrap();
    let shown = Report { boot: 1, count: 2, age_millis: 0, what: Happening::Shown { revision: 3 } };
    outbox.put(pad(), shown, TAKEN).unwrap();
    outbox.put(pad(), press(3), TAKEN).unwrap();
    drop(outbox);
    let mut outbox = open();
    assert_eq!(send_all(&mut outbox), [1, 3]);
    outbox.arrived(1);
    outbox.put(pad(), press(4), TAKEN).unwrap();
    drop(outbox);
    assert_eq!(send_all(&mut open()), [3, 4]);
}

#[test]
fn a_second_bridge_does_not_get_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _first = DiskKeep::open(folder.path()).unwrap();
    assert!(DiskKeep::open(folder.path()).is_err());
}

#[test]
fn a_full_outbox_says_so_and_loses_nothing_it_has() {
    let mut outbox = Outbox::open(Box::new(MemoryKeep::default())).unwrap();
    for count in 1..=REPORTS_MAX as u64 {
        outbox.put(pad(), press(count), TAKEN).unwrap();
    }
    assert!(matches!(outbox.put(pad(), press(0), TAKEN), Err(NotKept::Full)));
    assert_eq!(outbox.len(), REPORTS_MAX);
}

#[test]
fn a_report_says_how_old_it_is_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Outbox::open(Box::new(DiskKeep::open(folder.path()).unwrap())).unwrap();
    open().put(pad(), press(1), TAKEN).unwrap();
    let outbox = open();
    let letter = outbox.next().unwrap();
    assert_eq!(letter.leaving(TAKEN).age_millis, 0);
    assert_eq!(letter.leaving(TAKEN + 3_600_000).age_millis, 3_600_000);
    assert_eq!(letter.leaving(TAKEN - 5_000).age_millis, 0, "the clock was set back");
}
