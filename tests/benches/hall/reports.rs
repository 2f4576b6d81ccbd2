//! A year of the largest sample hall, and how long its reports take to open.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use hall::{
    Hall,
    event::{Event, Fact},
    words::indicator::Grouping,
};
use journal::{Journal, disk::DiskJournal, files::RealFiles, record::Kind};
use queue_server::{
    access::{Access, Person, Role},
    profile::Profile,
    record,
};
use tests::lived::{Keeper, Lived, Shape, World};
use ureq::Agent;

use crate::{
    machine, old,
    options::Options,
    rates,
    report::{short, table},
    serving::{self, Serving},
    stats::{median, millis},
};

/// The heading of what is written down.
pub const HEADING: &str = "Reports of a year";

/// The year before it begins a month earlier, so that there is something to compare with.
const BEGINS: &str = "2025-12-01 00:00";

/// The last day of the year is open, and half of it is over.
const ENDS: &str = "2026-12-31 15:00";

/// A quick look has two weeks.
const BEGINS_QUICK: &str = "2026-12-16 00:00";

/// The sources tell of some thousand people a day.
const SHAPE: Shape = Shape { seed: 114, tickets: (750, 1_300), staffed: 900 };

const NO: &str = "9001";
const PASSWORD: &str = "bench-pass-word-1";

/// A bar: a page opens within this.
const PAGE_MILLIS_MAX: f64 = 1_000.0;

/// A page and what its askings took.
struct Asked {
    path: String,
    millis: Vec<f64>,
    bytes: usize,
}

/// What was found.
pub struct Reports {
    lived: Lived,
    record_mib: f64,
    rebuilt: f64,
    store_mib: f64,
    start: Vec<f64>,
    resident_mib: f64,
    resident_after_mib: f64,
    raw_millis: f64,
    pages: Vec<Asked>,
}

/// Writes each step into a journal, a segment a day.
struct Recorder {
    journal: DiskJournal,
}

impl Keeper for Recorder {
    fn keep(&mut self, _: &Hall, events: &[Event]) {
        let mut kind = Kind::Entry;
        if let Some(Fact::DayOpened { day, .. }) = events.first().map(|event| &event.fact) {
            self.journal.sync().expect("the disk syncs");
            self.journal.roll(&day.to_string()).expect("the disk takes a new segment");
            kind = Kind::Opening;
        }
        let payload = serde_json::to_vec(events).expect("events can be written");
        self.journal.append(kind, &payload).expect("the disk takes records");
    }
}

/// Measures.
///
/// # Panics
/// If the sample hall is not good, or a page does not open.
#[must_use]
pub fn measure(options: &Options) -> Reports {
    let hall = tests::root().join("assets/halls/county-114");
    let profile = Profile::read(&hall).expect("the sample hall is good");
    let data = rates::fresh(options, "reports");
    let lived = live(&profile, &data, if options.quick { BEGINS_QUICK } else { BEGINS });
    println!("reports: {lived:?}");
    let raw_millis = read_raw(&record::folder(&data));
    let begun = Instant::now();
    let server = start(&hall, &data).0;
    old::wait_for_store(&server);
    let rebuilt = begun.elapsed().as_secs_f64();
    println!("reports: the store was whole after {rebuilt:.1} s");
    drop(server);
    let mut reports = Reports {
        lived,
        record_mib: machine::folder_mib(&record::folder(&data)),
        rebuilt,
        store_mib: machine::folder_mib(&data.join("store")),
        start: Vec::new(),
        resident_mib: 0.0,
        resident_after_mib: 0.0,
        raw_millis,
        pages: Vec::new(),
    };
    for _ in 0..options.rounds() {
        reports.start.push(start(&hall, &data).1);
    }
    let (server, took) = start(&hall, &data);
    reports.start.push(took);
    reports.resident_mib = machine::resident_mib(server.pid()).unwrap_or_default();
    reports.pages = ask_pages(options, &server);
    reports.resident_after_mib = machine::resident_mib(server.pid()).unwrap_or_default();
    drop(server);
    fs::remove_dir_all(data).ok();
    reports
}

fn live(profile: &Profile, data: &Path, from: &str) -> Lived {
    let opened = DiskJournal::open(&record::folder(data), Arc::new(RealFiles));
    let (journal, _) = opened.expect("a journal for the bench");
    let mut world = World::new(profile, from, SHAPE, Recorder { journal });
    let lived = world.live_until(ENDS);
    world.end().1.journal.sync().expect("the disk syncs");
    lived
}

/// Reads the whole record as bytes.
fn read_raw(folder: &Path) -> f64 {
    let begun = Instant::now();
    let mut bytes = vec![0; 1 << 20];
    let entries = fs::read_dir(folder).expect("the record is there").flatten();
    let mut sum = 0_u64;
    for entry in entries {
        let mut file = File::open(entry.path()).expect("a segment can be read");
        loop {
            let count = file.read(&mut bytes).expect("a segment can be read");
            if count == 0 {
                break;
            }
            sum = bytes[..count].iter().fold(sum, |sum, byte| sum.wrapping_add(u64::from(*byte)));
        }
    }
    std::hint::black_box(sum);
    millis(begun.elapsed())
}

fn start(hall: &Path, data: &Path) -> (Serving, f64) {
    let credential = |role| serving::credential(data, role);
    let (kiosk, desk) = (credential(Role::Kiosk), credential(Role::Desk));
    let person = Person {
        no: NO.parse().expect("a literal number is valid"),
        name: NO.to_owned(),
        role: Role::Supervisor,
        windows: Vec::new(),
    };
    let access = Access::open(data).expect("the bench's data can be made");
    access.add_person(person, PASSWORD).expect("a person can be added");
    let begun = Instant::now();
    let server = Serving::start_at(hall, data, Duration::ZERO, (kiosk, desk), ENDS);
    let answer = server.kiosk().get("/board").expect("the first question is answered");
    assert_eq!(answer.0, 200, "{}", answer.1);
    (server, begun.elapsed().as_secs_f64())
}

/// The paths that are asked: every period in every cut, then the rest of the office.
fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    for (period, day) in [
        ("day", "2026-12-30"),
        ("week", "2026-12-21"),
        ("month", "2026-12-01"),
        ("quarter", "2026-10-01"),
        ("year", "2026-01-01"),
    ] {
        for by in Grouping::ALL {
            paths.push(format!("/office/report?period={period}&day={day}&by={by}"));
        }
    }
    let files = ["csv", "xlsx"];
    for by in [Grouping::Hall, Grouping::Window, Grouping::Item] {
        let file = |kind| format!("/office/report.{kind}?period=year&day=2026-01-01&by={by}");
        paths.extend(files.map(file));
    }
    for kind in ["notices", "gone", "extended", "days_off", "assisted", "agents", "stand_ins"] {
        paths.push(format!("/office/ledgers?period=year&day=2026-01-01&kind={kind}"));
    }
    for kind in files {
        paths.push(format!("/office/ledgers.{kind}?period=year&day=2026-01-01&kind=gone"));
        paths.push(format!("/office/evaluations.{kind}?period=year&day=2026-01-01"));
        paths.push(format!("/office/evaluations.{kind}?period=month&day=2026-12-01"));
    }
    let others = [
        "/office",
        "/office/evaluations?period=year&day=2026-01-01",
        "/office/tasks?show=closed&month=2026-12",
        "/office/matters?month=2026-12",
        "/office/inspections?month=2026-12",
        "/office/unfound",
        "/office/accuracy?days=250",
        "/office/plan",
        "/board",
    ];
    paths.extend(others.map(str::to_owned));
    paths
}

fn ask_pages(options: &Options, server: &Serving) -> Vec<Asked> {
    let base = format!("http://{}", server.door.address);
    let agent: Agent = Agent::config_builder().max_redirects(0).build().into();
    let signin = agent.post(format!("{base}/signin")).header("sec-fetch-site", "same-origin");
    let answer = signin.send_form([("no", NO), ("password", PASSWORD)]).expect("an answer");
    let cookies: Vec<String> = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| Some(cookie.to_str().ok()?.split(';').next()?.to_owned()))
        .collect();
    let cookies = cookies.join("; ");
    let mut pages = Vec::new();
    for path in paths() {
        let (mut times, mut bytes) = (Vec::new(), 0);
        for _ in 0..options.rounds() * 2 - 1 {
            let begun = Instant::now();
            let request = agent.get(format!("{base}{path}")).header("cookie", &cookies);
            let mut answer = request.call().unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(answer.status(), 200, "{path}");
            let body = answer.body_mut().with_config().limit(1 << 30).read_to_vec();
            bytes = body.expect("a page is sent whole").len();
            times.push(millis(begun.elapsed()));
        }
        let page = Asked { path, millis: times, bytes };
        println!(
            "  {:>8.1} ms worst {:>8.1}  {:>9} bytes  {}",
            page.middle(),
            page.worst(),
            bytes,
            page.path
        );
        pages.push(page);
    }
    pages
}

impl Asked {
    fn is_file(&self) -> bool {
        self.path.contains(".csv") || self.path.contains(".xlsx")
    }

    fn middle(&self) -> f64 {
        median(self.millis.iter().copied()).unwrap_or_default()
    }

    fn worst(&self) -> f64 {
        self.millis.iter().copied().fold(0.0, f64::max)
    }
}

impl Reports {
    /// Its section.
    #[must_use]
    pub fn written(&self) -> String {
        let Lived { days, tickets, events, .. } = self.lived;
        let worst = |files: bool| {
            let asked = self.pages.iter().filter(|page| page.is_file() == files);
            asked.map(Asked::worst).fold(0.0, f64::max)
        };
        let verdict = if worst(false) <= PAGE_MILLIS_MAX { "held" } else { "**missed**" };
        let day = self.pages.first().map_or(1.0, Asked::middle);
        let start = median(self.start.iter().copied()).unwrap_or_default();
        let facts = [
            ("days, tickets, events", format!("{days}, {tickets}, {events}")),
            ("its record", format!("{} MiB", short(self.record_mib))),
            ("the record read as bytes, nothing else", format!("{} ms", short(self.raw_millis))),
            ("a store thrown away is whole again after", format!("{} s", short(self.rebuilt))),
            ("the store", format!("{} MiB", short(self.store_mib))),
            ("start to the first answer, in the middle of a day", format!("{} s", short(start))),
            ("resident memory after the start", format!("{} MiB", short(self.resident_mib))),
            ("… after all of the pages below", format!("{} MiB", short(self.resident_after_mib))),
            (
                "the slowest asking of any page; the bar is one second",
                format!("{} ms, {verdict}", short(worst(false))),
            ),
            (
                "the slowest of any file: every evaluation of the year, line by line",
                format!("{} ms", short(worst(true))),
            ),
        ];
        let facts = facts.map(|(what, value)| format!("| {what} | {value} |"));
        let line = |page: &Asked| {
            format!(
                "| `{}` | {} | {} | {} | {} | {} |",
                page.path,
                short(page.middle()),
                short(page.worst()),
                short(page.middle() / day),
                short(page.middle() / self.raw_millis),
                short(page.bytes as f64 / 1024.0)
            )
        };
        format!(
            "Written by `cargo bench -- --only reports`. A year of *county-114* and a month before it, lived\n\
             by the hall's own rules and calendar from a seed (`tests/src/lived.rs`): people with classes,\n\
             bookings, items and several of them, no-shows who come back, holds, transfers, the cashier,\n\
             notices, cases, evaluations at once and days later, matters, inspections, devices that break.\n\
             Then the real server opens on it, in the middle of the year's last day, and somebody who may\n\
             read the hall asks for its pages over HTTP, one after the other, each several times.\n\n\
             {}\n{}",
            table("| | |", facts),
            table(
                "| page | ms | worst ms | to the day's | to the record read | KiB |",
                self.pages.iter().map(line)
            )
        )
    }
}
