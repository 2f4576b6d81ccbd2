//! The order of announcements: as they are numbered, none skipped, none twice. No clock, no sound.

use std::collections::VecDeque;

use wire::device::Job;

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
        if self.waiting.len() >= WAITING_MAX {
            return Taken::Full;
        }
        let until = now.saturating_add(job.expires_in_millis);
        self.waiting.push_back((job, until));
        Taken::Waits
    }

    /// The next job, or word of one that came too late.
    pub fn poll_next(&mut self, now: u64) -> Option<Next> {
        let (job, until) = self.waiting.pop_front()?;
        Some(if now < until { Next::Do(job) } else { Next::Expired(JobKey::of(&job)) })
    }

    /// How many numbers never arrived.
    #[must_use]
    pub const fn missed(&self) -> u64 {
        self.missed
    }
}
