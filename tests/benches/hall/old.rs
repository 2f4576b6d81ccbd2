//! What a year of tickets costs: start-up, memory, and the rate beside an empty server.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use queue_server::{access::Role, profile::Profile};

use crate::{
    callers::{CALLERS, Watch, Work},
    client, halls,
    history::{self, Shape},
    life, machine,
    options::Options,
    rates,
    serving::{self, Serving},
    stats::{Figures, median, middle},
};

/// Making the store anew from a year of records may take so long.
const REBUILT_WITHIN: Duration = Duration::from_secs(600);

/// Tickets of today that a start must replay: half of a county hall's mean day.
const TICKETS_TODAY: usize = 720;

/// What was found.
#[derive(Debug, Default)]
pub struct Old {
    /// Tickets kept.
    pub tickets: usize,
    /// Bytes of their record.
    pub record_mib: f64,
    /// Seconds from starting the program to the first ticket's answer, nothing kept.
    pub start_empty: Vec<f64>,
    /// The same after a year, in the middle of a day.
    pub start_old: Vec<f64>,
    /// The same at once after the year, while the store is made anew from the record.
    pub start_first: f64,
    /// Seconds until the store was whole then.
    pub rebuilt: f64,
    /// Resident memory after a year, in the middle of a day.
    pub resident_mib: f64,
    /// Rates with a year kept and with nothing, by callers.
    pub pairs: Vec<(usize, Vec<(Figures, Figures)>)>,
}

impl Old {
    /// With a year kept, with nothing, and the ratio of their rates.
    #[must_use]
    pub fn rates(&self, callers: usize) -> Option<(Figures, Figures, f64)> {
        let (_, pairs) = self.pairs.iter().find(|(each, _)| *each == callers)?;
        let (old, empty): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
        let ratio = median(pairs.iter().map(|(old, empty)| old.rate / empty.rate))?;
        Some((middle(&old)?, middle(&empty)?, ratio))
    }
}

/// Writes the year and measures.
#[must_use]
pub fn measure(options: &Options, hall: &Path) -> Old {
    let mut old = Old::default();
    let data = rates::fresh(options, "old");
    let profile = Profile::read(hall).expect("the bench's profile is good");
    println!("old tickets: {} days are written", options.old_days());
    old.tickets = history::write(&profile, &data, options.old_days(), &Shape::county());
    old.record_mib = machine::folder_mib(&data.join("journal"));
    rebuild(&mut old, hall, &data);
    if options.wants("start") {
        for round in 0..options.rounds() {
            let (_, took) = start(hall, &rates::fresh(options, "empty"));
            let (server, again) = start(hall, &data);
            old.start_empty.push(took);
            old.start_old.push(again);
            old.resident_mib = machine::resident_mib(server.pid()).unwrap_or_default();
            println!(
                "  start {round}: {took:.3} s empty, {again:.3} s with {} tickets",
                old.tickets
            );
        }
    }
    if options.wants("old") {
        beside_empty(options, hall, &data, &mut old);
    }
    std::fs::remove_dir_all(data).ok();
    old
}

/// The first start makes the store anew; then half a day of tickets is taken.
fn rebuild(old: &mut Old, hall: &Path, data: &Path) {
    let begun = Instant::now();
    let (server, took) = start(hall, data);
    old.start_first = took;
    wait_for_store(&server);
    old.rebuilt = begun.elapsed().as_secs_f64();
    println!("  the store was whole after {:.1} s", old.rebuilt);
    half_a_day(&server);
}

/// Waits until the store is whole.
///
/// # Panics
/// If that takes very long.
pub fn wait_for_store(server: &Serving) {
    let kiosk = server.kiosk();
    tests::wait_until("the store is whole", REBUILT_WITHIN, || {
        let (_, health) = kiosk.get("/health")?;
        if health["store"] == "ok" { Ok(()) } else { Err(health.to_string()) }
    });
}

/// Clerks sign on, and half a day of tickets is taken and served.
fn half_a_day(server: &Serving) {
    server.sign_on();
    life::live(server, TICKETS_TODAY, &halls::QUEUES, halls::window, halls::windows());
}

/// Starts a server and takes a ticket: the server, and how long that took.
///
/// # Panics
/// If no ticket is given.
#[must_use]
pub fn start(hall: &Path, data: &Path) -> (Serving, f64) {
    let credential = |role| serving::credential(data, role);
    let (kiosk, desk) = (credential(Role::Kiosk), credential(Role::Desk));
    let begun = Instant::now();
    let server = Serving::start_with(hall, data, Duration::ZERO, kiosk, desk);
    let answer = server.kiosk().issue("A", &format!("first-{}", server.pid()));
    let took = begun.elapsed().as_secs_f64();
    let (status, answer) = answer.expect("the first ticket is answered");
    assert_eq!(status, 201, "{answer}");
    (server, took)
}

/// Both servers are up and in the middle of the same day; each round loads one, then the other, and
/// the next round the other way round.
fn beside_empty(options: &Options, hall: &Path, data: &Path, old: &mut Old) {
    let servers = [
        Serving::start(hall, data, Duration::ZERO),
        Serving::start(hall, &rates::fresh(options, "empty"), Duration::ZERO),
    ];
    half_a_day(&servers[1]);
    for callers in CALLERS {
        let mut pairs = Vec::new();
        for round in 0..options.rounds() {
            let mut found = [None, None];
            for turn in 0..servers.len() {
                let which = (round + turn) % servers.len();
                let server = &servers[which];
                let door = server.door(&format!("old-{}-{callers}-{round}", server.pid()));
                let watch = Watch::start(options.warm_up(), options.span());
                found[which] = client::measure(&door, Work::Issue, callers, watch).figures();
            }
            if let [Some(old), Some(empty)] = found {
                println!(
                    "  {callers:>2} callers: {:.0}/s old, {:.0}/s empty",
                    old.rate, empty.rate
                );
                pairs.push((old, empty));
            }
        }
        old.pairs.push((callers, pairs));
    }
}
