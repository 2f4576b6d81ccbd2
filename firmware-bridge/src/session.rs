//! One device's conversation: acknowledgements, retries, timeouts, debouncing, blinking. No IO;
//! time comes in as a value.
//!
//! A face is level-triggered: a newer wish replaces what was on its way, and a device that was
//! lost gets the whole face again. A job is edge-triggered: once, or not at all after its expiry.

mod jobs;
mod steps;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use wire::{
    device::{Face, Happening, Health, Job, Wanted},
    ids::{DeviceId, LegId},
};

use crate::{
    dialects::{Frame, Order, ff68},
    profile::{Ack, Kind, Profile, Said},
};
use steps::Step;

/// A lost device is tried again this often, so that it is right within ten seconds.
const TRY_AGAIN: Duration = Duration::from_secs(3);

/// One device.
#[derive(Debug)]
pub struct Session {
    id: DeviceId,
    address: u8,
    profile: Arc<Profile>,
    up: bool,
    met: bool,
    wanted: Option<Wanted>,
    shown: Option<u64>,
    steps: VecDeque<Step>,
    waiting: Option<Waiting>,
    tries: u8,
    paint_at: Option<Instant>,
    heard: Option<(Frame, Instant)>,
    asking: Option<(LegId, Instant)>,
    jobs: VecDeque<(Job, Instant)>,
    last_job: Option<(u64, u64)>,
    happenings: VecDeque<Happening>,
    counters: BTreeMap<&'static str, u64>,
}

/// A frame whose answer is awaited.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    until: Instant,
    /// The first step is the one that was sent; a newer face may have replaced it.
    is_first_step: bool,
}

/// A frame to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmit {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// It belongs to a job and not to the face.
    pub is_job: bool,
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
    /// A device that nothing is known of yet.
    #[must_use]
    pub const fn new(id: DeviceId, address: u8, profile: Arc<Profile>) -> Self {
        Self {
            id,
            address,
            profile,
            up: false,
            met: false,
            wanted: None,
            shown: None,
            steps: VecDeque::new(),
            waiting: None,
            tries: 0,
            paint_at: None,
            heard: None,
            asking: None,
            jobs: VecDeque::new(),
            last_job: None,
            happenings: VecDeque::new(),
            counters: BTreeMap::new(),
        }
    }

    /// Its id.
    #[must_use]
    pub const fn id(&self) -> DeviceId {
        self.id
    }

    /// Its address on the line.
    #[must_use]
    pub const fn address(&self) -> u8 {
        self.address
    }

    /// Its profile.
    #[must_use]
    pub fn profile(&self) -> &Arc<Profile> {
        &self.profile
    }

    /// The revision confirmed last.
    #[must_use]
    pub const fn shown(&self) -> Option<u64> {
        self.shown
    }

    /// The line opened or went away.
    pub fn handle_line(&mut self, up: bool, now: Instant) {
        self.up = up;
        self.met = false;
        self.waiting = None;
        self.tries = 0;
        self.steps.clear();
        self.paint_at = (up && self.wanted.is_some()).then_some(now);
        if !up {
            while let Some((job, _)) = self.jobs.pop_front() {
                self.job_done(&job, false);
            }
        }
    }

    /// A face is wanted; one that is not newer than the last changes nothing.
    pub fn handle_wanted(&mut self, wanted: Wanted, now: Instant) {
        if self.wanted.as_ref().is_some_and(|held| held.revision >= wanted.revision) {
            return;
        }
        self.asking = match &wanted.face {
            Face::Evaluator { ask: Some(ask) } => {
                Some((ask.leg, now + Duration::from_millis(ask.lasts_millis)))
            }
            Face::Evaluator { ask: None }
            | Face::Strip { .. }
            | Face::Pad { .. }
            | Face::HallScreen(_) => None,
        };
        self.wanted = Some(wanted);
        if self.up && self.is_there() {
            self.paint(true, now);
        } else if self.up && self.paint_at.is_none() {
            self.paint_at = Some(now);
        }
    }

    /// A frame with this device's address came; gives back the acknowledgement to send at once.
    pub fn handle_frame(&mut self, frame: &Frame, now: Instant) -> Option<Vec<u8>> {
        let said = self.profile.meaning(frame);
        if said == Said::Answer {
            self.answered(now);
            return None;
        }
        if !self.speaks(frame) {
            return None;
        }
        self.met = true;
        let again = self.heard.as_ref().is_some_and(|(last, at)| {
            last == frame && now.saturating_duration_since(*at) < self.profile.debounce()
        });
        self.heard = Some((frame.clone(), now));
        if again {
            self.count("repeats");
        } else {
            self.hear(said, now);
        }
        if self.profile.ack == Ack::None {
            return None;
        }
        self.encode(&Order::Ack(frame.clone()))
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Instant) {
        let Some(waiting) = self.waiting.filter(|waiting| waiting.until <= now) else { return };
        self.waiting = None;
        self.count("timeouts");
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
            self.tries = 0;
            self.steps.clear();
            self.paint_at = Some(now + TRY_AGAIN);
        }
    }

    /// Whether it wants the line now.
    #[must_use]
    pub fn wish(&self, now: Instant) -> Option<Wish> {
        if !self.up || self.waiting.is_some() {
            return None;
        }
        let step = self.steps.front().filter(|step| step.due <= now).map(|step| step.wish);
        let job = (!self.jobs.is_empty()).then_some(Wish::Fresh);
        let unseen = self.wanted.as_ref().is_some_and(|face| self.shown != Some(face.revision));
        let again = if unseen { Wish::Fresh } else { Wish::Again };
        let paint = self.paint_at.filter(|at| *at <= now && self.steps.is_empty()).map(|_| again);
        [step, job, paint].into_iter().flatten().min()
    }

    /// The frame to send now.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Transmit> {
        if !self.up || self.waiting.is_some() {
            return None;
        }
        if let Some(bytes) = self.next_job(now) {
            return Some(Transmit { bytes, is_job: true });
        }
        if self.steps.is_empty() && self.paint_at.is_some_and(|at| at <= now) {
            self.paint(false, now);
        }
        while let Some(step) = self.steps.front().filter(|step| step.due <= now) {
            let order = step.order.clone();
            if let Some(bytes) = self.encode(&order) {
                return Some(Transmit { bytes, is_job: false });
            }
            self.steps.pop_front();
        }
        None
    }

    /// The frame given last is on its way and will have left at `leaves`; says until when nobody
    /// else should speak, because this device answers.
    pub fn handle_sent(&mut self, leaves: Instant, is_job: bool) -> Option<Instant> {
        if self.profile.answers {
            let until = leaves + Duration::from_millis(self.profile.answer_millis);
            self.waiting = Some(Waiting { until, is_first_step: !is_job });
            return Some(until);
        }
        if !is_job {
            self.step_done(leaves);
        }
        None
    }

    /// What the device did.
    pub fn poll_happening(&mut self) -> Option<Happening> {
        self.happenings.pop_front()
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
        let step = self.steps.front().map(|step| step.due);
        step.or(self.paint_at)
    }

    /// How the device is, and why; the line's own trouble comes first.
    #[must_use]
    pub fn health(&self) -> (Health, &'static str) {
        if self.up && self.is_there() {
            (Health::Online, "")
        } else {
            (Health::Offline, "no_answer")
        }
    }

    /// Its counters.
    #[must_use]
    pub const fn counters(&self) -> &BTreeMap<&'static str, u64> {
        &self.counters
    }

    /// True if its answer is awaited.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// A device that answers is there once it has; one that only speaks unasked counts as there.
    fn is_there(&self) -> bool {
        self.met || !self.profile.answers
    }

    fn speaks(&self, frame: &Frame) -> bool {
        match self.profile.kind {
            Kind::Pad => {
                frame.func == ff68::FUNC_KEY && self.profile.meaning(frame) != Said::Nothing
            }
            Kind::Evaluator => frame.func == ff68::FUNC_RESULT && !frame.bare,
            Kind::Strip => false,
        }
    }

    fn hear(&mut self, said: Said, now: Instant) {
        match said {
            Said::Key(key) => {
                self.count("presses");
                self.happenings.push_back(Happening::Pressed(key));
            }
            Said::Grade { level, scale } => {
                self.count("presses");
                let leg = self.asking.filter(|(_, until)| *until > now).map(|(leg, _)| leg);
                self.happenings.push_back(Happening::Graded { level, scale, leg });
            }
            Said::Answer | Said::Nothing => self.count("unknown"),
        }
    }

    fn answered(&mut self, now: Instant) {
        let Some(waiting) = self.waiting.take() else {
            self.count("stray_answers");
            return;
        };
        self.count("answers");
        self.met = true;
        self.tries = 0;
        if waiting.is_first_step {
            self.step_done(now);
        }
    }

    fn step_done(&mut self, now: Instant) {
        if let Some(step) = self.steps.pop_front() {
            if let Some(next) = self.steps.front_mut() {
                next.due = next.due.max(now + next.after);
            }
            if let Some(revision) = step.shows.filter(|revision| self.shown != Some(*revision)) {
                self.shown = Some(revision);
                self.happenings.push_back(Happening::Shown { revision });
            }
        }
        if self.steps.is_empty() {
            let again = Duration::from_secs(self.profile.refresh_secs);
            self.paint_at = (!again.is_zero()).then_some(now + again);
        }
    }

    /// Puts the whole face on its way.
    fn paint(&mut self, fresh: bool, now: Instant) {
        self.paint_at = None;
        if let Some(waiting) = &mut self.waiting {
            waiting.is_first_step = false;
        }
        let Some(wanted) = &self.wanted else { return };
        let asks = self.asking.is_some_and(|(_, until)| until > now);
        let fresh = fresh || self.shown != Some(wanted.revision);
        self.steps = steps::of(wanted, &self.profile, fresh, asks, now);
        if self.steps.is_empty() && fresh {
            self.shown = Some(wanted.revision);
            self.happenings.push_back(Happening::Shown { revision: wanted.revision });
        }
    }

    fn encode(&self, order: &Order) -> Option<Vec<u8>> {
        self.profile.dialect.encode(self.address, order, &self.profile).ok()
    }

    fn count(&mut self, what: &'static str) {
        *self.counters.entry(what).or_default() += 1;
    }
}

#[cfg(test)]
mod tests;
