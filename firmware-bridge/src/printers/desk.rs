//! One printer's counter: takes papers in turn, prints each once and none too late, and tells what
//! came out and how the printer is. Time comes in as a value.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Instant,
};

use paper::{condition::Condition, slip::Slip, watch::Watch};
use wire::{
    device::{DeviceState, Happening, Health, Job, Work},
    ids::DeviceId,
    papers::{PaperKind, SlipOutcome},
};

use super::{
    ledger::{Book, Entry, JobKey, Left},
    model::{Came, Printer},
    set,
};
use crate::{line::LineEvent, moment::Moment};

/// Jobs of which it is remembered that they were taken: more than a broker brings twice.
const SEEN_MAX: usize = 256;

/// A printer's counter.
pub struct Desk<P, B> {
    id: DeviceId,
    printer: P,
    book: B,
    watch: Watch,
    seen: VecDeque<JobKey>,
    counters: BTreeMap<&'static str, u64>,
    book_broken: bool,
    told: Option<DeviceState>,
    events: Vec<LineEvent>,
}

impl<P: Printer, B: Book> Desk<P, B> {
    /// A counter with what an earlier run left: what was sent then may be out, the rest is not.
    pub fn new(id: DeviceId, printer: P, book: B, left: &Left, now: Instant) -> Self {
        let mut desk = Self {
            id,
            printer,
            book,
            watch: Watch::new(now),
            seen: left.last.into_iter().collect(),
            counters: BTreeMap::new(),
            book_broken: false,
            told: None,
            events: Vec::new(),
        };
        for (job, sent) in &left.open {
            let outcome = if *sent { SlipOutcome::Unknown } else { SlipOutcome::Failed };
            desk.came(*job, outcome, "bridge_restarted");
        }
        desk
    }

    /// When the printer is to be looked at next.
    pub fn due(&self) -> Instant {
        self.watch.due()
    }

    /// Looks at the printer if that is due.
    pub fn look(&mut self, now: Moment) {
        if now.steady >= self.watch.due() {
            let condition = self.printer.look();
            self.note(condition, Instant::now().max(now.steady));
        }
    }

    /// Does a job, unless it comes again or too late.
    pub fn take(&mut self, job: &Job, expires: Instant, now: Moment) {
        let key = JobKey { boot: job.boot, id: job.id };
        if self.seen.contains(&key) {
            tracing::info!(device = %self.id, ?key, "a paper came again and is not printed again");
            return;
        }
        self.seen.push_back(key);
        if self.seen.len() > SEEN_MAX {
            self.seen.pop_front();
        }
        let (slip, kind, again) = match &job.work {
            Work::Print(paper) if paper.is_bounded() => {
                (set::set(paper), Some(paper.kind), paper.again)
            }
            Work::Print(_) => {
                tracing::error!(device = %self.id, "a paper is longer than any paper");
                return self.refuse(key, SlipOutcome::Failed, "too_long");
            }
            Work::Test { .. } => (set::test(self.id.as_str(), &self.printer.about()), None, false),
            Work::Say { .. } | Work::Beep | Work::Feedback { .. } => {
                let (id, boot) = (job.id, job.boot);
                let undone = Happening::job_done(id, boot, false);
                self.events.push(LineEvent::Happened(self.id, undone));
                return;
            }
        };
        if expires <= now.steady {
            // The person has gone, and the clerk was told that nothing came.
            return self.refuse(key, SlipOutcome::Expired, "expired");
        }
        if !self.queue(key, kind, again, now.unix_millis) {
            return self.refuse(key, SlipOutcome::Failed, "record_fault");
        }
        self.print(key, &slip, again);
    }

    /// What happened since the last call.
    pub fn events(&mut self) -> Vec<LineEvent> {
        std::mem::take(&mut self.events)
    }

    /// Another paper could not even wait.
    pub fn note_dropped(&mut self, dropped: u64) {
        self.counters.insert("dropped", dropped);
        self.tell();
    }

    /// True if the paper may be printed: its steps can be remembered.
    fn queue(&mut self, job: JobKey, kind: Option<PaperKind>, again: bool, at: u64) -> bool {
        let queued = match kind {
            Some(kind) if again => Entry::Reprinted { job, at, kind },
            kind => Entry::Queued { job, at, kind },
        };
        // What cannot be remembered as sent would be a ghost after a crash.
        [queued, Entry::Sent { job }].iter().all(|entry| self.write(entry))
    }

    fn print(&mut self, key: JobKey, slip: &Slip, again: bool) {
        let Came { outcome, condition } = self.printer.print(slip);
        if again && matches!(outcome, SlipOutcome::Printed | SlipOutcome::Taken) {
            self.count("reprinted");
        }
        let good = matches!(outcome, SlipOutcome::Printed | SlipOutcome::Taken);
        self.came(key, outcome, if good { "" } else { condition.why() });
        self.note(condition, Instant::now());
    }

    /// A job that is not begun is remembered by its end alone.
    fn refuse(&mut self, job: JobKey, outcome: SlipOutcome, why: &'static str) {
        self.came(job, outcome, why);
        self.tell();
    }

    fn came(&mut self, job: JobKey, outcome: SlipOutcome, why: &'static str) {
        self.write(&Entry::Came { job, outcome, why: why.to_owned() });
        self.count(match outcome {
            SlipOutcome::Printed | SlipOutcome::Taken => "printed",
            SlipOutcome::Failed => "failed",
            SlipOutcome::Unknown => "unknown",
            SlipOutcome::Expired => "expired",
        });
        let JobKey { boot, id } = job;
        let what = Happening::SlipCame { id, boot, outcome, why: why.to_owned() };
        self.events.push(LineEvent::Happened(self.id, what));
    }

    fn write(&mut self, entry: &Entry) -> bool {
        let written = self.book.write(entry);
        if let Err(fault) = &written
            && !self.book_broken
        {
            tracing::error!(device = %self.id, %fault, "papers are not printed");
        }
        self.book_broken = written.is_err();
        written.is_ok()
    }

    fn count(&mut self, what: &'static str) {
        *self.counters.entry(what).or_default() += 1;
    }

    fn note(&mut self, condition: Condition, now: Instant) {
        if let Some(news) = self.watch.note(condition, now) {
            tracing::info!(device = %self.id, why = news.why(), "a printer is otherwise");
        }
        self.tell();
    }

    /// Tells how the printer is, if that is news.
    fn tell(&mut self) {
        let Some(condition) = self.watch.told() else { return };
        let (health, why) = match condition {
            Condition::Ready if self.book_broken => (Health::Ill, "record_fault"),
            Condition::Ready => (Health::Online, ""),
            Condition::NoAnswer | Condition::NotReached => (Health::Offline, condition.why()),
            Condition::PaperLow
            | Condition::PaperOut
            | Condition::CoverOpen
            | Condition::Jam
            | Condition::Offline
            | Condition::Fault
            | Condition::Stranger => (Health::Ill, condition.why()),
        };
        let counters = self.counters.iter().map(|(name, count)| ((*name).to_owned(), *count));
        let state = DeviceState {
            health,
            why: why.to_owned(),
            shown: None,
            about: self.printer.about(),
            counters: counters.collect(),
        };
        if self.told.as_ref() != Some(&state) {
            self.told = Some(state.clone());
            self.events.push(LineEvent::State(self.id, state));
        }
    }
}

#[cfg(test)]
mod tests;
