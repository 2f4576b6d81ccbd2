//! The order of announcements: as they are numbered, none skipped, none twice. No clock, no sound.

use std::collections::VecDeque;

use wire::device::{Job, Work};

/// From so many waiting on, each sentence is said once: all are heard sooner, and none is skipped.
const HURRY_FROM: usize = 3;

/// Announcements that may wait: each takes some ten seconds, so the last would be said ten minutes
/// late, and its expiry is shorter than that.
pub const WAITING_MAX: usize = 64;

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
    /// Too many wait.
    Full,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Do this.
    Do(Job),
    /// Its time has passed; it is only to be reported.
    Expired(JobKey),
}

/// Announcements that wait.
#[derive(Debug, Default)]
pub struct Announcements {
    waiting: VecDeque<(Job, u64)>,
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
        let older = self.waiting.iter_mut().find(|(older, _)| calls_to_the_same(older, &job));
        if let Some(older) = older {
            let superseded = JobKey::of(&older.0);
            *older = (job, until);
            return Taken::Supersedes(superseded);
        }
        if self.waiting.len() >= WAITING_MAX {
            return Taken::Full;
        }
        self.waiting.push_back((job, until));
        Taken::Waits
    }

    /// The next job, or word of one that came too late.
    pub fn poll_next(&mut self, now: u64) -> Option<Next> {
        let (mut job, until) = self.waiting.pop_front()?;
        if let Work::Say { times, .. } = &mut job.work
            && self.waiting.len() >= HURRY_FROM
        {
            *times = 1;
        }
        Some(if now < until { Next::Do(job) } else { Next::Expired(JobKey::of(&job)) })
    }

    /// How many numbers never arrived.
    #[must_use]
    pub const fn missed(&self) -> u64 {
        self.missed
    }
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
