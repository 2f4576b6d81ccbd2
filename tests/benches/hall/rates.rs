//! Askings a second: raw group writes, the engine inside this process, and a server over HTTP, one
//! after the other at the same moment of the same round, so that their ratio holds on a busy machine.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    callers::{CALLERS, Watch, Work},
    client,
    inside::Inside,
    options::Options,
    raw,
    serving::{self, Serving},
    stats::{Figures, Found, middle},
};

/// What a cheap disk's sync takes longer.
pub const SLOW_SYNC: Duration = Duration::from_millis(4);

/// Calls that may be made in a second; so many tickets wait before the first.
const CALLS_INSIDE: f64 = 20_000.0;
const CALLS_HTTP: f64 = 10_000.0;
const CALLS_SLOW: f64 = 4_000.0;

/// The measurements with fewer callers together, as part of that with the most.
const FEWER_CALLERS: f64 = 1.3;

/// Records whose bytes are looked at.
const LOOKED_AT: usize = 500;

/// How the askings go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Bare bytes.
    Raw,
    /// The engine inside this process.
    Inside,
    /// A server over HTTP.
    Http,
}

/// Which measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Whether syncs are slow.
    pub slow: bool,
    /// Whether the next is called; otherwise tickets are issued.
    pub calls: bool,
    /// How.
    pub way: Way,
    /// By how many.
    pub callers: usize,
}

/// The figures of every round.
#[derive(Debug, Default)]
pub struct Rates {
    rounds: BTreeMap<Key, Vec<Figures>>,
    /// The mean bytes of a record on the disk: of an issue, and of a call with its finish.
    pub bytes: BTreeMap<bool, usize>,
    /// Resident memory of a server after its flood of tickets.
    pub flooded_mib: Vec<f64>,
}

impl Rates {
    /// The middle of the rounds.
    #[must_use]
    pub fn of(&self, key: Key) -> Option<Figures> {
        middle(self.rounds.get(&key)?)
    }

    /// A measurement beside the raw writes of the same rounds, asking for asking; a call is two
    /// with its finish.
    #[must_use]
    pub fn to_raw(&self, key: Key) -> Option<f64> {
        let raw = self.rounds.get(&Key { way: Way::Raw, ..key })?;
        let records = if key.calls { 2.0 } else { 1.0 };
        let pairs = self.rounds.get(&key)?.iter().zip(raw);
        crate::stats::median(pairs.map(|(found, raw)| found.rate * records / raw.rate))
    }

    fn note(&mut self, key: Key, found: &Found) {
        let figures = found.figures().expect("a server that answers, answers within the span");
        println!(
            "  {:<6} {:<6} {:>2} callers: {:>7.0}/s  p50 {:>6.2} ms  p99 {:>6.2} ms",
            format!("{:?}", key.way),
            if key.calls { "calls" } else { "issues" },
            key.callers,
            figures.rate,
            figures.p50,
            figures.p99
        );
        self.rounds.entry(key).or_default().push(figures);
    }
}

/// Measures all rates.
#[must_use]
pub fn measure(options: &Options, hall: &Path) -> Rates {
    let mut rates = Rates::default();
    for round in 1..=options.rounds() {
        for slow in [false, true] {
            for work in [Work::Issue, Work::CallNext] {
                println!("rates, round {round}{}", if slow { ", 4 ms a sync" } else { "" });
                one_round(options, hall, slow, work, &mut rates);
            }
        }
    }
    rates
}

fn one_round(options: &Options, hall: &Path, slow: bool, work: Work, rates: &mut Rates) {
    let each_sync = if slow { SLOW_SYNC } else { Duration::ZERO };
    let (calls, files) = (work == Work::CallNext, serving::files(each_sync));
    let bytes = rates.bytes.get(&calls).copied();
    let bytes = bytes.unwrap_or_else(|| bytes_of(options, hall, work));
    rates.bytes.insert(calls, bytes);
    let inside = Inside::open(hall, &fresh(options, "inside"), &files);
    let server = Serving::start(hall, &fresh(options, "server"), each_sync);
    server.sign_on();
    if calls {
        let seconds = (options.warm_up() + options.span()).as_secs_f64() * (1.0 + FEWER_CALLERS);
        let tickets = |rate: f64| (rate * seconds) as usize;
        inside.fill(tickets(if slow { CALLS_SLOW } else { CALLS_INSIDE }));
        client::fill(&server.door("fill"), tickets(if slow { CALLS_SLOW } else { CALLS_HTTP }));
    }
    for callers in CALLERS {
        let watch = || Watch::start(options.warm_up(), options.span());
        let key = |way| Key { slow, calls, way, callers };
        let found = raw::measure(&options.folder, &files, bytes, callers, watch());
        rates.note(key(Way::Raw), &found);
        rates.note(key(Way::Inside), &inside.measure(work, callers, watch()));
        let door = server.door(&format!("n{callers}"));
        rates.note(key(Way::Http), &over_http(&server, &door, work, callers, watch()));
    }
    if !slow && !calls {
        rates.flooded_mib.extend(crate::machine::resident_mib(server.pid()));
    }
    inside.end();
}

/// Measures a server with the time of its processor.
#[must_use]
pub fn over_http(
    server: &Serving,
    door: &client::Door,
    work: Work,
    callers: usize,
    watch: Watch,
) -> Found {
    let (begun, before) = (std::time::Instant::now(), crate::machine::cpu(server.pid()));
    let mut found = client::measure(door, work, callers, watch);
    let spent = crate::machine::cpu(server.pid()).zip(before).map(|(after, before)| after - before);
    // The warm-up's part is taken out by its time.
    let part = watch.span().as_secs_f64() / begun.elapsed().as_secs_f64();
    found.cpu = spent.map(|spent| spent.mul_f64(part));
    found
}

/// What a record of this work takes on the disk.
fn bytes_of(options: &Options, hall: &Path, work: Work) -> usize {
    let data = fresh(options, "bytes");
    let inside = Inside::open(hall, &data, &serving::files(Duration::ZERO));
    inside.fill(LOOKED_AT);
    if work == Work::CallNext {
        inside.turns(work, 1, LOOKED_AT);
    }
    let bytes = inside.bytes_of_newest(LOOKED_AT);
    inside.end();
    bytes
}

/// A folder of that name with nothing in it.
#[must_use]
pub fn fresh(options: &Options, name: &str) -> PathBuf {
    let folder = options.folder.join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("the bench's folder can be made");
    folder
}
