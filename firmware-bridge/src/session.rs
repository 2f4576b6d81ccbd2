//! One device's conversation: acknowledgements, retries, timeouts, debouncing, blinking. No IO;
//! time comes in as a value.
//!
//! A face is level-triggered: a newer wish replaces what was on its way, and a device that was
//! lost gets the whole face again. A job is edge-triggered: once, or not at all after its expiry.

mod care;
mod hearing;
mod jobs;
mod panel;
mod sending;
mod steps;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

pub use sending::{Transmit, Wish};
use wire::{
    device::{Face, Happening, Health, Job, Wanted},
    ids::{DeviceId, LegId},
};

use crate::{
    bus::Manners,
    dialects::{self, Area, Frame, Order, Tongue},
    profile::Profile,
};
use care::CareList;
use sending::Waiting;
use steps::Step;

/// A lost device is tried again this often, so that it is right within ten seconds.
const TRY_AGAIN: Duration = Duration::from_secs(3);

/// What runs begins anew when it is sent again: it is sent once in so many repaints' time.
const RUNS_EVERY: u32 = 10;

/// One device.
#[derive(Debug, Clone)]
pub struct Session {
    id: DeviceId,
    address: u8,
    profile: Arc<Profile>,
    tongue: Tongue,
    up: bool,
    met: bool,
    wanted: Option<Wanted>,
    wanted_since: Option<Instant>,
    shown: Option<u64>,
    steps: VecDeque<Step>,
    waiting: Option<Waiting>,
    tries: u8,
    paint_at: Option<Instant>,
    /// What runs on the panel, and since when it has been there.
    running: Option<(Area, Instant)>,
    /// Not before: two frames are so far apart.
    pace_until: Option<Instant>,
    poll_at: Option<Instant>,
    care: CareList,
    /// Why it said no to the last face.
    trouble: Option<&'static str>,
    /// What it is, and how it said it is.
    about: String,
    heard: Option<(Frame, Instant)>,
    asking: Option<(LegId, Instant)>,
    jobs: VecDeque<(Job, Instant)>,
    last_job: Option<(u64, u64)>,
    happenings: VecDeque<Happening>,
    counters: BTreeMap<&'static str, u64>,
}

impl Session {
    /// A device that nothing is known of yet.
    #[must_use]
    pub fn new(id: DeviceId, address: u8, profile: Arc<Profile>) -> Self {
        let about = format!("{} @{address}", profile.name);
        Self {
            id,
            address,
            tongue: profile.tongue(),
            profile,
            up: false,
            met: false,
            wanted: None,
            wanted_since: None,
            shown: None,
            steps: VecDeque::new(),
            waiting: None,
            tries: 0,
            paint_at: None,
            running: None,
            pace_until: None,
            poll_at: None,
            care: CareList::default(),
            trouble: None,
            about,
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

    /// What finds its frames.
    #[must_use]
    pub const fn tongue(&self) -> &Tongue {
        &self.tongue
    }

    /// How it wants to be spoken to.
    #[must_use]
    pub fn manners(&self) -> Manners {
        Manners {
            quiet: Duration::from_millis(self.profile.gap_millis),
            answers_alike: self.profile.answers_alike,
        }
    }

    /// The revision confirmed last.
    #[must_use]
    pub const fn shown(&self) -> Option<u64> {
        self.shown
    }

    /// What it is, for the electrician.
    #[must_use]
    pub fn about(&self) -> &str {
        &self.about
    }

    /// The line opened or went away.
    pub fn handle_line(&mut self, up: bool, now: Instant) {
        self.up = up;
        self.met = false;
        self.waiting = None;
        self.tries = 0;
        self.running = None;
        self.change_steps(VecDeque::new());
        self.trouble = None;
        let greets = self.wanted.is_some() || self.is_card();
        self.paint_at = (up && greets).then_some(now);
        self.poll_at = (up && self.profile.poll_millis > 0).then_some(now);
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
            | Face::HallScreen(_)
            | Face::WindowScreen(_)
            | Face::Tablet(_) => None,
        };
        if self.wanted_since.is_some() {
            self.count("coalesced");
        }
        self.wanted = Some(wanted);
        self.wanted_since = Some(now);
        if self.up && self.is_there() {
            self.paint(true, now);
        } else if self.up && self.paint_at.is_none() {
            self.paint_at = Some(now);
        }
    }

    /// What the device did.
    pub fn poll_happening(&mut self) -> Option<Happening> {
        self.happenings.pop_front()
    }

    /// How the device is, and why; the line's own trouble comes first.
    #[must_use]
    pub fn health(&self) -> (Health, &'static str) {
        match self.trouble {
            _ if !self.up || !self.is_there() => (Health::Offline, "no_answer"),
            Some(why) => (Health::Ill, why),
            None => (Health::Online, ""),
        }
    }

    /// Its counters.
    #[must_use]
    pub const fn counters(&self) -> &BTreeMap<&'static str, u64> {
        &self.counters
    }

    /// It answers, and has done so since the line opened.
    #[must_use]
    pub fn has_answered(&self) -> bool {
        self.met
    }

    /// A device that answers is there once it has; one that only speaks unasked counts as there.
    fn is_there(&self) -> bool {
        self.met || !self.profile.answers
    }

    fn is_card(&self) -> bool {
        self.profile.panel.is_some()
    }

    /// Puts the whole face on its way.
    fn paint(&mut self, fresh: bool, now: Instant) {
        self.paint_at = None;
        if let Some(waiting) = &mut self.waiting {
            waiting.is_first_step = false;
        }
        if self.is_card() && !self.met {
            self.change_steps(VecDeque::from([steps::greeting(now)]));
            return;
        }
        let Some(wanted) = &self.wanted else { return };
        let asks = self.asking.is_some_and(|(_, until)| until > now);
        let fresh = fresh || self.shown != Some(wanted.revision);
        let mut steps = steps::of(wanted, &self.profile, fresh, asks, now);
        let revision = wanted.revision;
        let often = Duration::from_secs(self.profile.refresh_secs) * RUNS_EVERY;
        if let Some((running, since)) = &self.running
            && now.saturating_duration_since(*since) < often
        {
            steps.iter_mut().for_each(|step| steps::without_running(step, running));
        }
        self.change_steps(steps);
        if self.steps.is_empty() && fresh {
            self.is_shown(revision, now);
        }
    }

    /// It shows this revision; tells so if that is news.
    fn is_shown(&mut self, revision: u64, now: Instant) {
        self.trouble = None;
        if self.shown == Some(revision) {
            return;
        }
        self.shown = Some(revision);
        self.happenings.push_back(Happening::Shown { revision });
        if let Some(since) = self.wanted_since.take() {
            let late = now.saturating_duration_since(since).as_millis() as u64;
            self.counters.insert("late_millis", late);
            let worst = self.counters.entry("late_millis_max").or_default();
            *worst = (*worst).max(late);
        }
    }

    fn encode(&self, order: &Order) -> Option<Vec<u8>> {
        dialects::encode(self.address, order, &self.profile).ok()
    }

    fn count(&mut self, what: &'static str) {
        *self.counters.entry(what).or_default() += 1;
    }
}

#[cfg(test)]
mod tests;
