//! Jobs: once, or not at all after their expiry.

use std::time::Instant;

use wire::device::{Happening, Job, UNSEEN, Work};

use super::{Session, steps};
use crate::{dialects::Order, profile::Kind};

/// Jobs that may wait for the line; a beep after eight beeps helps nobody.
const JOBS_MAX: usize = 8;

impl Session {
    /// A job came; the same one a second time changes nothing.
    pub fn handle_job(&mut self, job: Job, expires: Instant) {
        let seen = self.last_job.is_some_and(|(boot, id)| boot == job.boot && id >= job.id);
        if seen {
            return;
        }
        self.last_job = Some((job.boot, job.id));
        if !self.up || self.jobs.len() == JOBS_MAX {
            self.job_done(&job, false);
            return;
        }
        self.jobs.push_back((job, expires));
    }

    /// The frame of the next job that is still worth doing.
    pub(super) fn next_job(&mut self, now: Instant) -> Option<Vec<u8>> {
        while let Some((job, expires)) = self.jobs.pop_front() {
            let order = match (&job.work, self.profile.kind) {
                (Work::Beep, _) => Some(Order::Beep),
                (Work::Feedback { done }, _) => Some(Order::Feedback { done: *done }),
                (Work::Test { .. }, Kind::Evaluator) => Some(Order::Ask),
                (Work::Test { window }, Kind::Strip | Kind::Screen | Kind::Pad) => {
                    if expires <= now {
                        self.job_done(&job, false);
                        continue;
                    }
                    let shown = steps::Tried { window: *window, address: self.address };
                    let mut steps = steps::test(shown, self.wanted.as_ref(), &self.profile, now);
                    match steps.front_mut() {
                        Some(first) => first.tests.push(job),
                        None => self.job_done(&job, false),
                    }
                    self.change_steps(steps);
                    self.paint_at = None;
                    return None;
                }
                (Work::Say { .. } | Work::Print(_), _) => None,
            };
            let bytes = order.filter(|_| expires > now).and_then(|order| self.encode(&order));
            // Whether a key did something is shown where there is a place for it; a device that has
            // none has not failed.
            let is_hint = matches!(job.work, Work::Feedback { .. });
            self.job_done(&job, bytes.is_some() || (is_hint && expires > now));
            if bytes.is_some() {
                return bytes;
            }
        }
        None
    }

    /// Tells that a job was done or could not be.
    pub(super) fn job_done(&mut self, job: &Job, done: bool) {
        let mut told = Happening::job_done(job.id, job.boot, done);
        if let Happening::JobDone { why, .. } = &mut told
            && done
            && !self.profile.answers
        {
            UNSEEN.clone_into(why);
        }
        self.happenings.push_back(told);
    }
}
