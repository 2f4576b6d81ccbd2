//! The engine under load, cut off, and out of disk: nobody who was answered is lost.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use hall::{
    answer::Answer,
    command::Command,
    event::{Event, Fact},
    ids::{StaffNo, WindowId},
    refusal::Refusal,
    words::alert::AlertKind,
};

use super::{EngineFault, HallOfRecord, NotDone, fresh, recover};
use crate::testing::{
    MemoryJournal, clock_at, county, engine, issue, open_engine, open_engine_with, ticket_of,
    wait_until, wish,
};
use crate::{clock::HallClock, day::Daybook};

fn sign_everybody_on(engine: &super::Engine) -> Vec<WindowId> {
    let profile = county();
    let windows: Vec<WindowId> = profile.setup.windows().iter().map(|window| window.id).collect();
    for (place, window) in windows.iter().enumerate() {
        let staff = format!("9{place:03}").parse().unwrap();
        let command = Command::SignOn { window: *window, staff };
        engine.ask_blocking(wish("admin", &format!("on-{window}"), command)).unwrap();
    }
    windows
}

#[test]
fn twenty_four_windows_that_call_at_once_never_get_the_same_ticket() {
    // A minute a second: a second press of the same key is one only within 17 ms.
    let start = clock_at("2026-11-23 09:00").now();
    let clock = HallClock::scaled(480, start, 60.0);
    let engine = open_engine_with(MemoryJournal::default(), clock);
    let windows = sign_everybody_on(&engine);
    let queues: Vec<_> = county().setup.queues().iter().map(|queue| queue.id).collect();
    for number in 0..1_000 {
        let hall::command::Command::Issue(mut issue) = crate::testing::issue_command() else {
            unreachable!("it is an issue");
        };
        let open: Vec<_> = queues.iter().filter(|id| county_issues(**id)).copied().collect();
        issue.queue = open[number % open.len()];
        let told = engine.ask_blocking(wish("kiosk-1", &number.to_string(), Command::Issue(issue)));
        ticket_of(told.unwrap());
    }
    let called = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for window in &windows {
            let (engine, called) = (&engine, &called);
            scope.spawn(move || {
                for round in 0..1_000 {
                    let command = Command::CallNext { window: *window, finish_current: true };
                    let name = format!("desk-{window}");
                    match engine.ask_blocking(wish(&name, &round.to_string(), command)) {
                        Ok(told) => match told.answer {
                            Answer::Called { leg, .. } => {
                                called.lock().unwrap().insert((leg.ticket, *window));
                            }
                            Answer::Window(_) => return,
                            Answer::Issued(_)
                            | Answer::Ticket(_)
                            | Answer::Evaluated(_)
                            | Answer::Visit(_)
                            | Answer::Booking(_)
                            | Answer::Told(_)
                            | Answer::Done => panic!("{told:?}"),
                        },
                        Err(NotDone::Refused(Refusal::QueueEmpty)) => return,
                        Err(NotDone::Refused(Refusal::CalledNotSettled { .. })) => {
                            let start = Command::Start { window: *window };
                            engine.ask_blocking(wish(&name, &format!("s{round}"), start)).unwrap();
                        }
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    let called = called.into_inner().unwrap();
    let tickets: BTreeSet<_> = called.iter().map(|(ticket, _)| *ticket).collect();
    assert_eq!(tickets.len(), called.len(), "a ticket was called to two windows");
    assert_eq!(called.len() as u64, engine.read(hall::Hall::announcements));
    assert!(called.len() > 900, "only {} of 1,000 were called", called.len());
    engine.stop();
}

fn county_issues(id: hall::ids::QueueId) -> bool {
    thread_local! {
        static COUNTY: crate::profile::Profile = county();
    }
    COUNTY.with(|county| county.setup.queue(id).is_some_and(|queue| queue.issued))
}

#[test]
fn the_same_asking_twice_gives_the_same_ticket_even_at_the_same_moment() {
    let engine = open_engine(MemoryJournal::default());
    let tickets = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| {
                for request in 0..20 {
                    let told = issue(&engine, &format!("tap-{request}")).unwrap();
                    tickets.lock().unwrap().insert((request, ticket_of(told)));
                }
            });
        }
    });
    assert_eq!(tickets.into_inner().unwrap().len(), 20);
    assert_eq!(engine.read(|hall| hall.tickets().count()), 20);
    engine.stop();
}

#[test]
fn a_refusal_changes_nothing_and_is_not_written() {
    let journal = MemoryJournal::default();
    let engine = open_engine(journal.clone());
    let before = journal.records().len();
    let command = Command::Recall { window: "3".parse().unwrap() };
    let refused = engine.ask_blocking(wish("desk-3", "1", command));
    assert_eq!(refused, Err(NotDone::Refused(Refusal::NotSignedOn)));
    assert_eq!(journal.records().len(), before);
    engine.stop();
}

#[test]
fn a_restarted_engine_knows_every_answered_ticket_and_every_request() {
    let journal = MemoryJournal::default();
    let engine_before = open_engine(journal.clone());
    let tickets: Vec<_> = (0..50)
        .map(|number| ticket_of(issue(&engine_before, &number.to_string()).unwrap()))
        .collect();
    engine_before.stop();
    let records = journal.records();
    let numbered = records.iter().zip(1..).map(|(payload, at)| (at, payload.as_slice()));
    let recovered = recover(county().setup, numbered).unwrap();
    let clock = clock_at("2026-11-23 10:00");
    let panic = Arc::new(|fault: &EngineFault| panic!("{fault}"));
    let (again, _) = engine(journal, recovered, clock, panic);
    for (number, ticket) in tickets.iter().enumerate() {
        assert!(again.read(|hall| hall.ticket(*ticket).is_some()));
        assert_eq!(ticket_of(issue(&again, &number.to_string()).unwrap()), *ticket);
    }
    assert_ne!(ticket_of(issue(&again, "new").unwrap()), *tickets.last().unwrap());
    again.stop();
}

#[test]
fn a_tide_that_ran_before_a_restart_goes_on_until_the_calendar_ends_it() {
    let journal = MemoryJournal::default();
    // A Monday: window 24 has two tides, and this is the first.
    open_engine_with(journal.clone(), clock_at("2026-11-23 10:00")).stop();
    let restart = |time: &str| {
        let records = journal.records();
        let numbered = records.iter().zip(1..).map(|(payload, at)| (at, payload.as_slice()));
        let recovered = recover(county().setup, numbered).unwrap();
        let panic = Arc::new(|fault: &EngineFault| panic!("{fault}"));
        let (engine, _) = engine(journal.clone(), recovered, clock_at(time), panic);
        engine.stop();
        let tides = |hall: &hall::Hall| {
            let tides = hall.scheduled_tides();
            tides.map(|(window, queues)| (window.to_string(), queues.len())).collect::<Vec<_>>()
        };
        engine.read(tides)
    };
    assert_eq!(restart("2026-11-23 10:10"), [("24".to_owned(), 5)]);
    assert_eq!(restart("2026-11-23 11:40"), []);
    assert_eq!(restart("2026-11-23 14:40"), [("24".to_owned(), 5)]);
}

#[test]
fn a_restart_does_not_begin_anew_to_count_since_when_somebody_is_missed() {
    let (journal, begin) = (MemoryJournal::default(), clock_at("2026-11-23 10:00"));
    open_engine_with(journal.clone(), begin).stop();
    let records = journal.records();
    let numbered = records.iter().zip(1..).map(|(payload, at)| (at, payload.as_slice()));
    let recovered = recover(county().setup, numbered).unwrap();
    let panic = Arc::new(|fault: &EngineFault| panic!("{fault}"));
    let (engine, _) = engine(journal, recovered, clock_at("2026-11-23 10:07"), panic);
    engine.stop();
    let since = engine.read(hall::Hall::scheduled_from).unwrap();
    let ten = HallClock::read("2026-11-23 10:00", 480).unwrap();
    assert!(since.since(ten) < hall::time::Millis::from_minutes(1), "{since:?}");
}

/// What a server that is off for an hour knows of a device, and how many alerts it has
/// raised for it, when it has begun again; the device was silent from so many minutes before the stop.
fn after_an_hour_away(silent_minutes: i64) -> (bool, usize) {
    let journal = MemoryJournal::default();
    let clock = clock_at("2026-11-23 09:00");
    let engine_before = open_engine_with(journal.clone(), clock);
    let device = "kiosk-2".parse().unwrap();
    let since = hall::time::Timestamp(clock.now().0 - silent_minutes * 60_000);
    let trouble = Some(hall::words::alert::DeviceTrouble::Silent);
    let command = Command::ReportDevice { device, trouble, since };
    engine_before.ask_blocking(wish("kiosk-2", "silent", command)).unwrap();
    engine_before.stop();
    let records = journal.records();
    let numbered = records.iter().zip(1..).map(|(payload, at)| (at, payload.as_slice()));
    let recovered = recover(county().setup, numbered).unwrap();
    let panic = Arc::new(|fault: &EngineFault| panic!("{fault}"));
    let (again, _) = engine(journal, recovered, clock_at("2026-11-23 10:00"), panic);
    // When this is answered, a step has been taken.
    issue(&again, "after").unwrap();
    let told = again.read(|hall| {
        let of_device = hall.alerts().filter(|alert| alert.kind == AlertKind::Device);
        (hall.device_trouble(device).is_some(), of_device.count())
    });
    again.stop();
    told
}

#[test]
fn a_silence_of_which_nothing_was_told_counts_anew_after_a_restart() {
    assert_eq!(after_an_hour_away(0), (false, 0));
    assert_eq!(after_an_hour_away(10), (true, 1), "an alert that stands is not taken back");
}

#[test]
fn a_failed_sync_ends_the_engine_and_nobody_is_answered() {
    let journal = MemoryJournal::default();
    let told = Arc::new(Mutex::new(None));
    let note = told.clone();
    let on_fault = Arc::new(move |fault: &EngineFault| {
        *note.lock().unwrap() = Some(fault.clone());
    });
    let clock = clock_at("2026-11-23 09:00");
    let (engine, _) = engine(journal.clone(), fresh(county().setup), clock, on_fault);
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    ticket_of(issue(&engine, "before").unwrap());
    *journal.fails.lock().unwrap() = true;
    assert_eq!(issue(&engine, "after"), Err(NotDone::Stopped));
    wait_until("the engine has ended", || !engine.is_running());
    let fault = told.lock().unwrap().clone().unwrap();
    assert_eq!(fault.exit_code(), super::EXIT_JOURNAL);
    assert!(fault.to_string().contains("disk"), "{fault}");
    assert_eq!(engine.read(|hall| hall.tickets().count()), 1, "readers see only what is safe");
}

#[test]
fn listeners_hear_of_every_step_in_order() {
    let engine = open_engine(MemoryJournal::default());
    let mut heard = engine.subscribe();
    for number in 0..10 {
        issue(&engine, &number.to_string()).unwrap();
    }
    let mut last = 0;
    let mut tickets = 0;
    while let Ok(batch) = heard.try_recv() {
        assert!(batch.sequence > last);
        last = batch.sequence;
        let issued = |event: &&Event| matches!(event.fact, Fact::Issued(_));
        tickets += batch.events.iter().filter(issued).count();
    }
    assert_eq!((tickets, last), (10, *engine.sequence().borrow()));
    engine.stop();
}

#[test]
fn what_an_asking_makes_due_is_not_slept_over() {
    let (clock, profile) = (clock_at("2026-11-23 08:20"), county());
    let (now, daybook) = (clock.now(), Daybook::new(profile.calendar, clock));
    let journal = Box::new(MemoryJournal::default());
    let mut record = HallOfRecord::new(fresh(profile.setup), journal, daybook);
    let mut luck = || 7;
    record.step::<()>(now, &mut luck, []).unwrap();
    let before = record.next_due(now);
    let Command::Issue(mut issue) = crate::testing::issue_command() else {
        unreachable!("it is an issue");
    };
    issue.paper = true;
    record.step(now, &mut luck, [((), wish("kiosk-1", "1", Command::Issue(issue)))]).unwrap();
    let confirmed_by = record.hall().next_deadline().unwrap();
    assert!(confirmed_by < before, "a slip that nobody confirms is due first");
    assert_eq!(record.next_due(now), confirmed_by);
}

#[test]
fn a_clock_set_back_five_minutes_keeps_no_clerk_from_calling_again() {
    let (clock, profile) = (clock_at("2026-11-23 09:00"), county());
    let (nine, daybook) = (clock.now(), Daybook::new(profile.calendar, clock));
    let after = |secs: i64| hall::time::Timestamp(nine.0 + secs * 1_000);
    let journal = Box::new(MemoryJournal::default());
    let mut record = HallOfRecord::new(fresh(profile.setup), journal, daybook);
    let mut asked = 0;
    let mut ask = |at, command| {
        asked += 1;
        let wishes = [((), wish("desk-1", &asked.to_string(), command))];
        record.step(at, &mut || asked, wishes).unwrap().told.remove(0).1
    };
    let (window, staff): (WindowId, StaffNo) = ("20".parse().unwrap(), "9001".parse().unwrap());
    ask(nine, Command::SignOn { window, staff }).unwrap();
    ask(nine, crate::testing::issue_command()).unwrap();
    let called = ask(after(60), Command::CallNext { window, finish_current: true }).unwrap();
    let soon = ask(after(-240), Command::Recall { window });
    assert!(matches!(soon, Err(NotDone::Refused(Refusal::TooSoon { .. }))), "{soon:?}");
    let again = ask(after(-200), Command::Recall { window }).unwrap();
    assert_eq!(again.at.since(called.at), hall::time::Millis::from_secs(20));
}
