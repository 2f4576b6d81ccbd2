//! The order of announcements: urgent ones first, the others as they are numbered, none skipped, none
//! twice. While one waits for its second time, the next is said its first. No clock, no sound.

use std::collections::VecDeque;

use wire::device::{Job, Work};

/// From so many waiting on, each sentence is said once: all are heard sooner, and none is skipped.
const HURRY_FROM: usize = 3;

/// Announcements that may wait: each takes some ten seconds, so the last would be said ten minutes
/// late, and its expiry is shorter than that.
pub const WAITING_MAX: usize = 64;

/// Urgent ones that find a place beside them.
const URGENT_MAX: usize = 8;

/// Second times that may be owed: within a gap of six seconds no more than two others are said.
const OWED_MAX: usize = 8;

/// Which job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobKey {
    /// The boot of the server that numbered it.
    pub boot: u64,
    /// Its number in that boot.
    pub id: u64,
}

impl JobKey {
    /// The key of a job.
    #[must_use]
    pub const fn of(job: &Job) -> Self {
        Self { boot: job.boot, id: job.id }
    }
}

/// What became of a job that arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It waits for its turn.
    Waits,
    /// It came before; the broker delivers at least once.
    Repeated,
    /// It waits in the place of an older call to the same window, which nobody needs any more.
    Supersedes(JobKey),
    /// It waits, and an older call to the same window, said once, is not said again.
    Cuts(JobKey),
    /// Too many wait.
    Full,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Do this, once; then [`Announcements::handle_done`].
    Do(Turn),
    /// Its time has passed before it was said; it is only to be reported.
    Expired(JobKey),
    /// It was said, and is not said again because many wait.
    Enough(JobKey),
}

/// One time of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The job.
    pub job: Job,
    /// So many times are left after this one.
    left: u8,
}

/// A job in line: when it was not worth doing any more, or for which moment it is owed.
type At = (Turn, u64);

/// Announcements that wait.
#[derive(Debug, Default)]
pub struct Announcements {
    waiting: VecDeque<At>,
    owed: VecDeque<At>,
    last: Option<JobKey>,
    missed: u64,
}

impl Announcements {
    /// A job arrived at this moment (milliseconds); its expiry counts from now.
    pub fn handle_job(&mut self, job: Job, now: u64) -> Taken {
        let key = JobKey::of(&job);
        if let Some(last) = self.last.filter(|last| last.boot == key.boot) {
            if key.id <= last.id {
                return Taken::Repeated;
            }
            self.missed += key.id - last.id - 1;
        }
        self.last = Some(key);
        let until = now.saturating_add(job.expires_in_millis);
        let same = |(older, _): &At| calls_to_the_same(&older.job, &job);
        if let Some(place) = self.waiting.iter().position(same) {
            let superseded = JobKey::of(&self.waiting[place].0.job);
            self.waiting[place] = (Turn::first(job), until);
            return Taken::Supersedes(superseded);
        }
        let places = WAITING_MAX + if is_urgent(&job) { URGENT_MAX } else { 0 };
        if self.waiting.len() >= places {
            return Taken::Full;
        }
        let cut = self.owed.iter().position(same).and_then(|place| self.owed.remove(place));
        self.waiting.push_back((Turn::first(job), until));
        cut.map_or(Taken::Waits, |(older, _)| Taken::Cuts(JobKey::of(&older.job)))
    }

    /// What is due now; nothing while all that is left waits for its second time.
    pub fn poll_next(&mut self, now: u64) -> Option<Next> {
        let urgent = self.waiting.iter().position(|(turn, _)| is_urgent(&turn.job));
        let owed = self.owed.iter().position(|(_, due)| *due <= now);
        if urgent.is_none()
            && let Some((turn, _)) = owed.and_then(|place| self.owed.remove(place))
        {
            let many = self.waiting.len() >= HURRY_FROM && !is_urgent(&turn.job);
            let key = JobKey::of(&turn.job);
            return Some(if many { Next::Enough(key) } else { Next::Do(turn) });
        }
        let (mut turn, until) = self.waiting.remove(urgent.unwrap_or(0))?;
        if self.waiting.len() >= HURRY_FROM && !is_urgent(&turn.job) {
            turn.left = 0;
        }
        Some(if now < until { Next::Do(turn) } else { Next::Expired(JobKey::of(&turn.job)) })
    }

    /// A turn ended at this moment. True if the job is done with it; else another time is owed.
    pub fn handle_done(&mut self, turn: Turn, now: u64) -> bool {
        if turn.left == 0 || self.owed.len() >= OWED_MAX {
            return true;
        }
        let gap = match &turn.job.work {
            Work::Say { how, .. } => how.gap_millis,
            Work::Beep | Work::Feedback { .. } | Work::Test { .. } | Work::Print(_) => 0,
        };
        let turn = Turn { left: turn.left - 1, ..turn };
        self.owed.push_back((turn, now.saturating_add(gap.into())));
        false
    }

    /// When the next owed time is due, if any.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        self.owed.iter().map(|(_, due)| *due).min()
    }

    /// How many numbers never arrived.
    #[must_use]
    pub const fn missed(&self) -> u64 {
        self.missed
    }
}

impl Turn {
    /// The first time of a job. What is only shown stands there once.
    fn first(job: Job) -> Self {
        let times = match &job.work {
            Work::Say { times, how, .. } if how.volume_percent > 0 => *times,
            Work::Say { .. }
            | Work::Beep
            | Work::Feedback { .. }
            | Work::Test { .. }
            | Work::Print(_) => 1,
        };
        Self { job, left: times.saturating_sub(1) }
    }
}

fn is_urgent(job: &Job) -> bool {
    matches!(&job.work, Work::Say { how, .. } if how.urgent)
}

/// A window has one caller and one person called.
fn calls_to_the_same(older: &Job, newer: &Job) -> bool {
    match (&older.work, &newer.work) {
        (Work::Say { window: Some(older), .. }, Work::Say { window: Some(newer), .. }) => {
            older == newer
        }
        (
            Work::Say { .. }
            | Work::Beep
            | Work::Feedback { .. }
            | Work::Test { .. }
            | Work::Print(_),
            _,
        ) => false,
    }
}

#[cfg(test)]
mod tests;
