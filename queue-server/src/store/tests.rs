//! The store keeps closed days, and is made again from the record when it is gone or broken.

use std::sync::Arc;

use hall::{command::Command, time::Day};

use super::{Store, rebuild::Rebuilding};
use crate::{
    engine::fresh,
    testing::{MemoryJournal, clock_at, county, engine, issue, wait_until, wish},
};

/// A day with three tickets, closed; its record and what the engine sent to the store.
fn a_closed_day() -> (Vec<Vec<u8>>, crate::engine::ClosedDay) {
    let journal = MemoryJournal::default();
    let clock = clock_at("2026-11-23 09:00");
    let panic = Arc::new(|fault: &crate::engine::EngineFault| panic!("{fault}"));
    let (engine, closed) = engine(journal.clone(), fresh(county().setup), clock, panic);
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    for number in 0..3 {
        issue(&engine, &number.to_string()).unwrap();
    }
    engine.ask_blocking(wish("admin", "close", Command::CloseDay)).unwrap();
    let closed = closed.recv().unwrap();
    engine.stop();
    (journal.records(), closed)
}

fn day() -> Day {
    "2026-11-23".parse().unwrap()
}

#[test]
fn a_closed_day_is_kept_with_its_figures_and_tickets() {
    let (_, closed) = a_closed_day();
    let data = tempfile::tempdir().unwrap();
    {
        let store = Store::open(data.path()).unwrap();
        store.keep(&closed, &clock_at("2026-11-23 23:00")).unwrap();
    }
    let store = Store::open(data.path()).unwrap();
    assert_eq!(store.days(), [day()]);
    assert_eq!(store.tally(day()).unwrap().issued, 3);
    assert_eq!(store.tally(day()).unwrap().swept, 3);
    assert_eq!(store.tickets(day()).len(), 3);
    assert_eq!(store.kept_up_to(), closed.sequence);
}

#[test]
fn a_lost_store_is_made_again_from_the_record() {
    let (records, closed) = a_closed_day();
    let data = tempfile::tempdir().unwrap();
    let clock = clock_at("2026-11-24 07:00");
    let kept = Store::open(data.path()).unwrap();
    kept.keep(&closed, &clock).unwrap();
    let figures = kept.tally(day()).unwrap();
    drop(kept);
    Store::discard(data.path()).unwrap();
    let store = Store::open(data.path()).unwrap();
    assert_eq!(store.days(), []);
    let mut rebuilding = Rebuilding::new(store.clone(), county().setup, clock);
    (1..).zip(records).for_each(|(sequence, payload)| rebuilding.take(sequence, &payload));
    let rebuilt = rebuilding.finish().unwrap();
    assert_eq!((rebuilt.days, rebuilt.unfit), (1, 0));
    assert_eq!(store.tally(day()), Some(figures));
    assert_eq!(store.tickets(day()).len(), 3);
}

#[test]
fn a_broken_store_is_set_aside_without_asking() {
    let data = tempfile::tempdir().unwrap();
    drop(Store::open(data.path()).unwrap());
    let folder = data.path().join("store");
    for file in std::fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            std::fs::write(path, b"rubbish").unwrap();
        }
    }
    let store = Store::open(data.path()).unwrap();
    assert_eq!(store.days(), []);
}
