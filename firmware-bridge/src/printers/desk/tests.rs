//! The counter without a printer: each paper once, none too late, and every step remembered first.

use std::{cell::RefCell, rc::Rc, time::Duration};

use wire::papers::{Paper, PaperLine};

use super::*;
use crate::printers::ledger::{BookFault, left_of};

/// What happened, in order: entries of the record and slips of the printer.
type Log = Rc<RefCell<Vec<String>>>;

struct FakePrinter {
    log: Log,
    came: Came,
    looks: Condition,
}

impl Printer for FakePrinter {
    fn look(&mut self) -> Condition {
        self.looks
    }
    fn print(&mut self, slip: &Slip) -> Came {
        self.log.borrow_mut().push(format!("paper of {} blocks", slip.blocks.len()));
        self.came
    }
    fn about(&self) -> String {
        "printer of a test".to_owned()
    }
}

struct FakeBook {
    log: Log,
    entries: Vec<Entry>,
    broken: bool,
}

impl Book for FakeBook {
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault> {
        if self.broken {
            return Err(BookFault("the disk is full".to_owned()));
        }
        let word = match entry {
            Entry::Queued { .. } => "queued".to_owned(),
            Entry::Reprinted { .. } => "reprinted".to_owned(),
            Entry::Sent { .. } => "sent".to_owned(),
            Entry::Came { outcome, why, .. } => format!("{} {why}", outcome.as_str()),
        };
        self.log.borrow_mut().push(word.trim_end().to_owned());
        self.entries.push(entry.clone());
        Ok(())
    }
}

struct Bench {
    desk: Desk<FakePrinter, FakeBook>,
    log: Log,
    now: Moment,
}

impl Bench {
    fn new() -> Self {
        Self::after(&Left::default())
    }

    fn after(left: &Left) -> Self {
        let log = Log::default();
        let came = Came { outcome: SlipOutcome::Printed, condition: Condition::Ready };
        let printer = FakePrinter { log: log.clone(), came, looks: Condition::Ready };
        let book = FakeBook { log: log.clone(), entries: Vec::new(), broken: false };
        let now = Moment { steady: Instant::now(), unix_millis: 1_000 };
        let desk = Desk::new("printer-w1".parse().unwrap(), printer, book, left, now.steady);
        Self { desk, log, now }
    }

    fn take(&mut self, id: u64, work: Work, seconds_left: u64) {
        let job = Job { id, boot: 9, expires_in_millis: seconds_left * 1_000, work };
        let expires = self.now.steady + Duration::from_secs(seconds_left);
        self.desk.take(&job, expires, self.now);
    }

    fn log(&self) -> Vec<String> {
        self.log.borrow_mut().drain(..).collect()
    }

    /// Outcomes that were told, with why.
    fn told(&mut self) -> Vec<(u64, SlipOutcome, String)> {
        let events = self.desk.events().into_iter();
        let came = |event| match event {
            LineEvent::Happened(_, Happening::SlipCame { id, outcome, why, .. }) => {
                Some((id, outcome, why))
            }
            LineEvent::Happened(..) | LineEvent::State(..) | LineEvent::Forgot(_) => None,
        };
        events.filter_map(came).collect()
    }

    /// How the printer was told to be last.
    fn state(&mut self) -> Option<DeviceState> {
        let mut states = self.desk.events().into_iter().filter_map(|event| match event {
            LineEvent::State(_, state) => Some(state),
            LineEvent::Happened(..) | LineEvent::Forgot(_) => None,
        });
        states.next_back()
    }
}

fn notice(again: bool) -> Work {
    let lines = vec![PaperLine::Title("一次性告知单".to_owned()), PaperLine::Rule];
    Work::Print(Paper { kind: PaperKind::Notice, again, lines })
}

#[test]
fn a_paper_is_remembered_before_each_step_and_told_at_its_end() {
    let mut bench = Bench::new();
    bench.take(1, notice(false), 20);
    assert_eq!(bench.log(), ["queued", "sent", "paper of 3 blocks", "printed"]);
    assert_eq!(bench.told(), [(1, SlipOutcome::Printed, String::new())]);
}

#[test]
fn one_that_comes_twice_is_printed_once_also_after_a_restart() {
    let mut bench = Bench::new();
    bench.take(1, notice(false), 20);
    bench.take(1, notice(false), 20);
    assert_eq!(bench.log().iter().filter(|line| line.starts_with("paper")).count(), 1);
    let left = left_of(bench.desk.book.entries.clone());
    let mut later = Bench::after(&left);
    later.take(1, notice(false), 20);
    assert_eq!(later.log(), Vec::<String>::new());
    later.take(2, notice(false), 20);
    assert_eq!(later.log().len(), 4);
}

#[test]
fn one_that_comes_too_late_is_dropped_counted_and_told() {
    let mut bench = Bench::new();
    bench.take(1, notice(false), 0);
    assert_eq!(bench.log(), ["expired expired"], "nothing is printed");
    assert_eq!(bench.told(), [(1, SlipOutcome::Expired, "expired".to_owned())]);
    bench.desk.look(bench.now);
    assert_eq!(bench.state().unwrap().counters["expired"], 1);
}

#[test]
fn a_paper_that_did_not_come_out_says_why_and_the_printer_is_ill() {
    let mut bench = Bench::new();
    bench.desk.printer.came = Came { outcome: SlipOutcome::Failed, condition: Condition::PaperOut };
    bench.take(1, notice(false), 20);
    let events = bench.desk.events();
    let out = Happening::SlipCame {
        id: 1,
        boot: 9,
        outcome: SlipOutcome::Failed,
        why: "paper_out".to_owned(),
    };
    assert!(events.contains(&LineEvent::Happened("printer-w1".parse().unwrap(), out)));
    let ill = |event: &LineEvent| matches!(event, LineEvent::State(_, state) if state.health == Health::Ill && state.why == "paper_out" && state.counters["failed"] == 1);
    assert!(events.iter().any(ill), "{events:?}");
}

#[test]
fn a_reprint_is_remembered_as_one() {
    let mut bench = Bench::new();
    bench.take(1, notice(false), 20);
    bench.take(2, notice(true), 20);
    let log = bench.log();
    assert_eq!(log[4], "reprinted");
    assert_eq!(log[6], "paper of 4 blocks", "it says on it that it was printed again");
    let state = bench.state().unwrap();
    assert_eq!((state.counters["printed"], state.counters["reprinted"]), (2, 1));
}

#[test]
fn what_a_crash_left_is_told_and_never_printed_later() {
    let (queued, sent) = (JobKey { boot: 3, id: 7 }, JobKey { boot: 3, id: 6 });
    let kind = Some(PaperKind::Receipt);
    let entries = [
        Entry::Queued { job: sent, at: 1, kind },
        Entry::Sent { job: sent },
        Entry::Queued { job: queued, at: 2, kind },
    ];
    let mut bench = Bench::after(&left_of(entries));
    assert_eq!(bench.log(), ["unknown bridge_restarted", "failed bridge_restarted"]);
    let outcomes: Vec<_> = bench.told().into_iter().map(|(id, outcome, _)| (id, outcome)).collect();
    assert_eq!(outcomes, [(6, SlipOutcome::Unknown), (7, SlipOutcome::Failed)]);
}

#[test]
fn nothing_is_printed_that_cannot_be_remembered() {
    let mut bench = Bench::new();
    bench.desk.book.broken = true;
    bench.take(1, notice(false), 20);
    assert_eq!(bench.log(), Vec::<String>::new());
    assert_eq!(bench.told(), [(1, SlipOutcome::Failed, "record_fault".to_owned())]);
    bench.desk.look(bench.now);
    assert_eq!(bench.state().unwrap().why, "record_fault");
}

#[test]
fn a_paper_longer_than_any_paper_is_refused() {
    let mut bench = Bench::new();
    let lines = vec![PaperLine::Text("长".repeat(501))];
    bench.take(1, Work::Print(Paper { kind: PaperKind::Guide, again: false, lines }), 20);
    assert_eq!(bench.told(), [(1, SlipOutcome::Failed, "too_long".to_owned())]);
}

#[test]
fn a_look_between_papers_tells_low_paper_before_it_is_out() {
    let mut bench = Bench::new();
    for (looks, health, why) in [
        (Condition::Ready, Health::Online, ""),
        (Condition::PaperLow, Health::Ill, "paper_low"),
        (Condition::PaperOut, Health::Ill, "paper_out"),
        (Condition::NotReached, Health::Offline, "printer_missing"),
    ] {
        bench.desk.printer.looks = looks;
        bench.now.steady = bench.desk.due();
        bench.desk.look(bench.now);
        let state = bench.state().unwrap();
        assert_eq!((state.health, state.why.as_str()), (health, why));
    }
    bench.now.steady = bench.desk.due();
    bench.desk.look(bench.now);
    assert_eq!(bench.state(), None, "what did not change is not told again");
}

#[test]
fn a_test_prints_and_a_beep_does_not() {
    let mut bench = Bench::new();
    bench.take(1, Work::Test { window: None }, 20);
    assert_eq!(bench.log()[2], "paper of 12 blocks");
    bench.desk.events();
    bench.take(2, Work::Beep, 20);
    let undone = Happening::job_done(2, 9, false);
    assert_eq!(bench.desk.events(), [LineEvent::Happened("printer-w1".parse().unwrap(), undone)]);
}
