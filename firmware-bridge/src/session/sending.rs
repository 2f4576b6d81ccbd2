//! What a device is told, and when.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use wire::device::Job;

use super::{
    Session, TRY_AGAIN,
    steps::{self, Step},
};
use crate::dialects::Order;

/// A frame whose answer is awaited.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub until: Instant,
    pub what: What,
    /// The first step is the one that was sent; a newer face may have replaced it.
    pub is_first_step: bool,
}

/// What was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A part of the face.
    Face,
    /// A job.
    Job,
    /// An asking for keys: silence is the usual answer.
    Poll,
    /// The time, how bright, how it is.
    Care,
}

/// A frame to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmit {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What it is for.
    pub what: What,
}

/// How soon a session wants the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    /// Something new.
    Fresh,
    /// The same face again.
    Again,
}

impl Session {
    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Instant) {
        let Some(waiting) = self.waiting.filter(|waiting| waiting.until <= now) else { return };
        self.waiting = None;
        if waiting.what == What::Poll {
            return;
        }
        self.count("timeouts");
        if waiting.what == What::Care {
            self.care_lost();
        }
        if !waiting.is_first_step {
            return;
        }
        self.tries += 1;
        let tries_max = if self.met { self.profile.retries } else { 0 };
        if self.tries > tries_max {
            if self.met {
                self.count("lost");
            }
            self.met = false;
            self.begin_again(now);
        }
    }

    /// Whether it wants the line now, for a face, a job or care.
    #[must_use]
    pub fn wish(&self, now: Instant) -> Option<Wish> {
        if !self.may_send(now) {
            return None;
        }
        let step = self.steps.front().filter(|step| step.due <= now).map(|step| step.wish);
        let job = (!self.jobs.is_empty()).then_some(Wish::Fresh);
        let care = self.wants_care().then_some(Wish::Again);
        let again = if self.is_unseen() { Wish::Fresh } else { Wish::Again };
        let paint = self.paint_at.filter(|at| *at <= now && self.steps.is_empty()).map(|_| again);
        [step, job, paint, care].into_iter().flatten().min()
    }

    /// True if its keys are to be asked for now.
    #[must_use]
    pub fn wants_poll(&self, now: Instant) -> bool {
        self.up && self.waiting.is_none() && self.poll_at.is_some_and(|at| at <= now)
    }

    /// The asking for keys.
    pub fn poll_question(&mut self, now: Instant) -> Option<Transmit> {
        if !self.wants_poll(now) {
            return None;
        }
        self.poll_at = Some(now + Duration::from_millis(self.profile.poll_millis));
        let bytes = self.encode(&Order::Poll)?;
        Some(Transmit { bytes, what: What::Poll })
    }

    /// The frame to send now.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Transmit> {
        if !self.may_send(now) {
            return None;
        }
        if let Some(bytes) = self.next_job(now) {
            return Some(Transmit { bytes, what: What::Job });
        }
        // The same face once more may wait a moment, else there would be no moment for anything else.
        if self.steps.is_empty()
            && !self.is_unseen()
            && let Some(bytes) = self.next_care(now)
        {
            return Some(Transmit { bytes, what: What::Care });
        }
        if self.steps.is_empty() && self.paint_at.is_some_and(|at| at <= now) {
            self.paint(false, now);
        }
        while let Some(step) = self.steps.front().filter(|step| step.due <= now) {
            let order = step.order.clone();
            if let Some(bytes) = self.encode(&order) {
                return Some(Transmit { bytes, what: What::Face });
            }
            // The device has no such frame: what belongs to it is not done.
            let left = self.steps.split_off(1);
            self.change_steps(left);
        }
        self.next_care(now).map(|bytes| Transmit { bytes, what: What::Care })
    }

    /// The frame given last is on its way and will have left at `leaves`; says until when nobody
    /// else should speak, because this device answers.
    pub fn handle_sent(&mut self, leaves: Instant, what: What) -> Option<Instant> {
        if what != What::Poll && self.profile.pace_millis > 0 {
            self.pace_until = Some(leaves + Duration::from_millis(self.profile.pace_millis));
        }
        if self.profile.answers || what == What::Poll {
            let until = leaves + Duration::from_millis(self.profile.answer_millis);
            let is_first_step = what == What::Face;
            self.waiting = Some(Waiting { until, what, is_first_step });
            return Some(until);
        }
        if what == What::Face {
            self.step_done(leaves);
        }
        None
    }

    /// When it is next to be asked.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        if !self.up {
            return None;
        }
        if let Some(waiting) = self.waiting {
            return Some(waiting.until);
        }
        let step = self.steps.front().map(|step| step.due).or(self.paint_at);
        let step = step.map(|step| self.pace_until.map_or(step, |pace| step.max(pace)));
        let care = self.pace_until.filter(|_| self.wants_care());
        [step, care, self.poll_at].into_iter().flatten().min()
    }

    /// True if its answer is awaited.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// One frame of the face is done; the next may follow.
    pub(super) fn step_done(&mut self, now: Instant) {
        if let Some(step) = self.steps.pop_front() {
            if let Some(running) = steps::running(&step) {
                self.running = Some((running.clone(), now));
            }
            if let Some(next) = self.steps.front_mut() {
                next.due = next.due.max(now + next.after);
            }
            for job in &step.tests {
                self.job_done(job, true);
            }
            if let Some(revision) = step.shows {
                self.is_shown(revision, now);
            }
        }
        if self.steps.is_empty() {
            let again = Duration::from_secs(self.profile.refresh_secs);
            let again = (!again.is_zero()).then_some(now + again);
            // A newer face may have come while the first answer of all was awaited.
            self.paint_at = if self.is_unseen() { Some(now) } else { again };
        }
    }

    /// The whole face is tried again after a while.
    pub(super) fn begin_again(&mut self, now: Instant) {
        self.tries = 0;
        // Perhaps its power was cut, or it did not take what was sent.
        self.running = None;
        self.change_steps(VecDeque::new());
        self.paint_at = Some(now + TRY_AGAIN);
    }

    /// Other steps instead of those that are left. A test goes on with the new ones, because what
    /// they bring is seen just as well; without any it has failed.
    pub(super) fn change_steps(&mut self, steps: VecDeque<Step>) {
        let before = std::mem::replace(&mut self.steps, steps);
        let mut tests: Vec<Job> = before.into_iter().flat_map(|step| step.tests).collect();
        if let Some(first) = self.steps.front_mut() {
            first.tests.append(&mut tests);
        }
        for job in &tests {
            self.job_done(job, false);
        }
    }

    fn may_send(&self, now: Instant) -> bool {
        self.up && self.waiting.is_none() && self.pace_until.is_none_or(|until| until <= now)
    }

    /// A face is wanted that it does not show yet.
    fn is_unseen(&self) -> bool {
        self.wanted.as_ref().is_some_and(|face| self.shown != Some(face.revision))
    }
}
