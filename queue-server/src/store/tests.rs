//! The store keeps closed days, and is made again from the record when it is gone or broken.

use std::sync::Arc;

use hall::{command::Command, time::Day, words::indicator::Grouping};

use super::{Store, rebuild::Rebuilding};
use crate::{
    engine::fresh,
    testing::{MemoryJournal, clock_at, county, engine, wait_until, wish},
};

/// A day with three tickets, closed; its record and what the engine sent to the store.
fn a_closed_day() -> (Vec<Vec<u8>>, crate::engine::ClosedDay) {
    a_closed_day_with(crate::testing::issue_command)
}

fn a_closed_day_with(asking: impl Fn() -> Command) -> (Vec<Vec<u8>>, crate::engine::ClosedDay) {
    let journal = MemoryJournal::default();
    let clock = clock_at("2026-11-23 09:00");
    let panic = Arc::new(|fault: &crate::engine::EngineFault| panic!("{fault}"));
    let (engine, closed) = engine(journal.clone(), fresh(county().setup), clock, panic);
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    for number in 0..3 {
        engine.ask_blocking(wish("kiosk-1", &number.to_string(), asking())).unwrap();
    }
    engine.ask_blocking(wish("admin", "close", Command::CloseDay)).unwrap();
    let closed = closed.recv().unwrap();
    engine.stop();
    (journal.records(), closed)
}

/// A day on which two of three were served at a window, closed.
pub(crate) fn a_served_day() -> crate::engine::ClosedDay {
    a_day_with(3, "2026-11-23 09:00")
}

/// A day on which so many came at that moment and two of them were served, closed.
pub(crate) fn a_day_with(tickets: u32, moment: &str) -> crate::engine::ClosedDay {
    let clock = clock_at(moment);
    let panic = Arc::new(|fault: &crate::engine::EngineFault| panic!("{fault}"));
    let profile = county();
    let recovered = fresh(profile.setup.clone());
    let (engine, closed) = engine(MemoryJournal::default(), recovered, clock, panic);
    wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
    let ask = |request: &str, command| {
        engine.ask_blocking(wish("admin", request, command)).unwrap();
    };
    let window = profile.setup.windows_serving("M".parse().unwrap()).next().unwrap().id;
    let post = profile.posts.iter().find(|post| post.windows.contains(&window)).unwrap();
    ask("on", Command::SignOn { window, staff: post.no });
    for number in 0..tickets {
        ask(&format!("take {number}"), crate::testing::issue_command());
    }
    for number in 0..2 {
        ask(&format!("call {number}"), Command::CallNext { window, finish_current: false });
        ask(&format!("start {number}"), Command::Start { window });
        let finish = Command::Finish { window, case: None, item: None, copies: None };
        ask(&format!("finish {number}"), finish);
    }
    ask("close", Command::CloseDay);
    let closed = closed.recv().unwrap();
    engine.stop();
    closed
}

#[test]
fn what_the_forecast_learns_from_is_kept_with_a_day_and_so_is_how_good_its_word_was() {
    let (closed, data) = (a_served_day(), tempfile::tempdir().unwrap());
    let store = Store::open(data.path()).unwrap();
    assert_eq!((store.last_logged(), store.last_days(5).count()), (None, 0));
    store.keep(&closed, &clock_at("2026-11-23 23:00")).unwrap();
    let logs = store.day_logs();
    assert_eq!((logs.len(), store.last_logged()), (1, Some(day())));
    let log = &logs[0];
    assert_eq!((log.weekday, log.legs.len(), log.arrivals.len()), (0, 2, 3));
    let rows = store.accuracy(day());
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].hour, rows[0].accuracy.count), (9, 2));
    assert_eq!(store.last_days(5).collect::<Vec<_>>(), [day()]);
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
    let sums = |store: &Store| -> Vec<_> {
        let of = |grouping: &Grouping| store.sums(*grouping, (day(), day())).collect::<Vec<_>>();
        Grouping::ALL.iter().map(of).collect()
    };
    let counted = sums(&kept);
    assert_eq!(counted[Grouping::Hall as usize][0].1.hall().swept, 3);
    assert_eq!(counted[Grouping::Queue as usize][0].1.groups["M"].issued, 3);
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
    assert_eq!(sums(&store), counted);
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

#[test]
fn how_often_items_were_chosen_is_known_after_a_restart_and_a_rebuild() {
    use super::popular::{self, Chosen};
    let chosen = |times: &[(&str, u32)]| -> Chosen {
        times.iter().map(|(item, times)| (item.parse().unwrap(), *times)).collect()
    };
    // Three people for passports, which are issued at queue M.
    let passports = || {
        let Command::Issue(issue) = crate::testing::issue_command() else {
            panic!("a ticket is asked for");
        };
        Command::Issue(hall::command::Issue { item: "M01".parse().ok(), ..issue })
    };
    let (records, closed) = a_closed_day_with(passports);
    let data = tempfile::tempdir().unwrap();
    let clock = clock_at("2026-11-24 07:00");
    Store::open(data.path()).unwrap().keep(&closed, &clock).unwrap();
    let store = Store::open(data.path()).unwrap();
    let counted = store.chosen_since(day());
    assert_eq!(counted, chosen(&[("M01", 3)]));
    assert_eq!(store.chosen_since("2026-11-24".parse().unwrap()), Chosen::new());
    // A store of before items were counted has only the tickets.
    store.shared.items.clear().unwrap();
    assert_eq!(store.chosen_since(day()), counted);
    drop(store);
    Store::discard(data.path()).unwrap();
    let store = Store::open(data.path()).unwrap();
    let mut again = Rebuilding::new(store.clone(), county().setup, clock);
    for (n, record) in records.iter().enumerate() {
        again.take(n as u64 + 1, record);
    }
    again.finish().unwrap();
    assert_eq!(store.chosen_since(day()), counted);

    // What was chosen goes before what is only expected; what nobody expects is left out.
    let setup = county().setup;
    let order = |chosen: &Chosen| {
        let order = popular::order(setup.items().iter(), chosen, 4);
        order.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(&Chosen::new()), "R01 L01 C01 F05");
    assert_eq!(order(&chosen(&[("J02", 9), ("A01", 12)])), "A01 J02 R01 L01");
}

#[test]
fn a_year_is_the_sum_of_its_days_and_months_that_are_over_are_added_up_once() {
    let (_, closed) = a_closed_day();
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(data.path()).unwrap();
    let keep = |day: &str| {
        let hall = closed.hall.clone();
        let closed = crate::engine::ClosedDay { day: day.parse().unwrap(), sequence: 1, hall };
        store.keep(&closed, &clock_at("2026-11-23 23:00")).unwrap();
    };
    let all = ["2025-12-31", "2026-01-05", "2026-01-30", "2026-02-28", "2026-03-02", "2026-03-03"];
    all.iter().for_each(|day| keep(day));
    let span = |from: &str, until: &str| (from.parse().unwrap(), until.parse().unwrap());
    let months = || store.shared.months.len() / Grouping::ALL.len();
    assert_eq!(months(), 3, "December, January and February are over");
    let issued = |from, until| {
        let total = store.total(Grouping::Queue, span(from, until));
        total.groups.get("M").map_or(0, |figures| figures.issued)
    };
    assert_eq!(issued("2026-01-01", "2026-12-31"), 15);
    assert_eq!(issued("2026-01-06", "2026-02-28"), 6, "a part of a month is its days");
    assert_eq!(issued("2026-01-01", "2026-01-29"), 3);
    assert_eq!(issued("2025-01-01", "2025-11-30"), 0);
    for grouping in Grouping::ALL {
        let year = span("2025-01-01", "2026-12-31");
        let mut by_day = super::sums::GroupSums::default();
        store.sums(*grouping, year).for_each(|(_, sums)| by_day.merge(&sums));
        assert_eq!(store.total(*grouping, year), by_day, "{grouping}");
    }
    // A day that is kept late, or again, takes its month's sum back.
    keep("2026-01-07");
    keep("2026-01-07");
    assert_eq!(issued("2026-01-01", "2026-01-31"), 9);
}
