//! Power cuts and full disks on a false disk: every answered ticket is there afterwards, once.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex},
};

use hall::{Hall, ids::TicketId, number::TicketNo};
use journal::{false_files::FalseFiles, files::Files};

use super::{Engine, EngineFault, NotDone, Start, recover};
use crate::{
    day::Daybook,
    record,
    testing::{clock_at, county, issue, ticket_of, wait_until},
};

/// Callers at once, as kiosks of a busy hall.
const CALLERS: usize = 6;

/// Askings of each caller, if the disk lasts so long.
const ASKINGS: usize = 40;

type Told = Arc<Mutex<Option<EngineFault>>>;

/// Opens the hall on this disk.
fn open(disk: &FalseFiles) -> (Engine, Told) {
    let files: Arc<dyn Files> = Arc::new(disk.clone());
    let opened = record::open(Path::new("/data"), &files).unwrap();
    let recovered = recover(county().setup, opened.records()).unwrap();
    assert_eq!(recovered.sequence, opened.last());
    let clock = clock_at("2026-11-23 09:00");
    let told = Told::default();
    let note = told.clone();
    let (engine, _) = Engine::start(Start {
        recovered,
        journal: opened.journal,
        clock,
        daybook: Daybook::new(county().calendar, clock),
        on_fault: Arc::new(move |fault| *note.lock().unwrap() = Some(fault.clone())),
    })
    .unwrap();
    wait_until("a session is open", || {
        engine.read(|hall| hall.session().is_some()) || !engine.is_running()
    });
    (engine, told)
}

/// Takes tickets from many sides until the disk fails or all are taken; what was answered.
fn take_tickets(engine: &Engine, round: u64) -> BTreeMap<String, TicketId> {
    let answered = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let answered = &answered;
            scope.spawn(move || {
                for asking in 0..ASKINGS {
                    let request = format!("{round}-{caller}-{asking}");
                    match issue(engine, &request) {
                        Ok(told) => {
                            answered.lock().unwrap().insert(request, ticket_of(told));
                        }
                        Err(NotDone::Stopped) => return,
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    answered.into_inner().unwrap()
}

/// Chance enough for a coin: xorshift.
fn coin(seed: u64) -> impl FnMut() -> u64 {
    let mut luck = seed * 0x9E37_79B9;
    move || {
        luck ^= luck << 13;
        luck ^= luck >> 7;
        luck ^= luck << 17;
        luck
    }
}

#[track_caller]
fn everybody_is_there(hall: &Hall, answered: &BTreeMap<String, TicketId>) {
    for ticket in answered.values() {
        assert!(hall.ticket(*ticket).is_some(), "an answered ticket is lost");
    }
    let mut numbers: Vec<TicketNo> = hall.tickets().map(|ticket| ticket.no).collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count, "a number was given twice");
}

#[test]
fn after_any_power_cut_every_answered_ticket_is_there_and_asking_again_gives_it() {
    let mut disk = FalseFiles::default();
    let mut answered = BTreeMap::new();
    for round in 1..=20 {
        let (engine, _) = open(&disk);
        engine.read(|hall| everybody_is_there(hall, &answered));
        for (request, ticket) in answered.iter().take(5) {
            assert_eq!(ticket_of(issue(&engine, request).unwrap()), *ticket);
        }
        if round % 2 == 0 {
            disk.fail_sync(round * 7 % 23 + 1);
        } else {
            disk.stop_at(round * 11 % 47 + 1);
        }
        answered.extend(take_tickets(&engine, round));
        engine.stop();
        drop(engine);
        disk = disk.power_cut(&mut coin(round));
    }
    assert!(answered.len() > 100, "only {} tickets were answered", answered.len());
    let (engine, _) = open(&disk);
    engine.read(|hall| everybody_is_there(hall, &answered));
    engine.stop();
}

#[test]
fn a_full_disk_ends_in_a_clear_message_and_loses_no_answered_ticket() {
    for room in [0, 1_500_000] {
        let disk = FalseFiles::default();
        let (engine, told) = open(&disk);
        disk.fill_after(room);
        let mut answered = BTreeMap::new();
        // The journal has some room of its own set aside, so the disk is full a little later.
        for round in 1..=40 {
            answered.extend(take_tickets(&engine, round));
        }
        wait_until("the engine has ended", || !engine.is_running());
        let fault = told.lock().unwrap().clone().unwrap();
        let sentence = fault.to_string();
        assert!(sentence.contains("Make room on the disk"), "{sentence}");
        assert_eq!(fault.exit_code(), super::EXIT_JOURNAL);
        drop(engine);
        disk.make_room();
        let (engine, _) = open(&disk);
        engine.read(|hall| everybody_is_there(hall, &answered));
        for (request, ticket) in answered.iter().rev().take(50) {
            assert_eq!(ticket_of(issue(&engine, request).unwrap()), *ticket);
        }
        engine.stop();
    }
}
