//! 测试 and 一键自检: what the device room asks of a device, and what became of it.
//!
//! A trial is bounded: a device that says nothing within [`ANSWER_WITHIN`] of being asked has not
//! answered. A key trial takes one key of a pad or an evaluator, shows it, and does nothing else
//! with it.

use std::{collections::BTreeMap, time::Duration};

use hall::{
    ids::{DeviceId, WindowId},
    time::Timestamp,
};
use wire::{
    device::{DeviceKind, Happening, Health, UNSEEN, Work},
    http::PrintOutcome,
    papers::SlipOutcome,
};

use super::{Fleet, Inner, Known, PressFault};

/// How long a device may take to say that it did what it was asked.
pub const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// How long a key is waited for: whoever asked walks to the window.
pub const KEY_WITHIN: Duration = Duration::from_secs(60);

/// The longest code that says why.
const WHY_CHARS_MAX: usize = 40;

/// What a device can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// A test text, a test call, a test slip; a pad beeps and shows its address, an evaluator asks.
    Test,
    /// 蜂鸣.
    Beep,
    /// 试键: one key is shown and does nothing.
    Key,
    /// 读卡: a card is laid down, and nothing of it is told but that it was read.
    Card,
}

impl Tried {
    /// What can be tried with a device. A kiosk prints a slip on its own printer.
    #[must_use]
    pub const fn of(known: &Known) -> &'static [Self] {
        match known.device.kind {
            DeviceKind::Printer if known.bridge.is_none() => &[],
            DeviceKind::Strip
            | DeviceKind::HallScreen
            | DeviceKind::WindowScreen
            | DeviceKind::Tablet
            | DeviceKind::Voice
            | DeviceKind::Printer => &[Self::Test],
            DeviceKind::Pad => &[Self::Test, Self::Beep, Self::Key],
            DeviceKind::Evaluator => &[Self::Test, Self::Key],
            DeviceKind::Reader => &[Self::Card],
            DeviceKind::Kiosk => &[Self::Test],
        }
    }

    /// What 一键自检 asks of a device: nothing for which somebody must stand there.
    #[must_use]
    pub fn in_checkup(known: &Known) -> Option<Self> {
        let alone = |tried: &Self| match tried {
            Self::Test | Self::Beep => true,
            Self::Key | Self::Card => false,
        };
        Self::of(known).iter().copied().find(alone)
    }

    /// The word in forms and texts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Beep => "beep",
            Self::Key => "key",
            Self::Card => "card",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Test, Self::Beep, Self::Key, Self::Card]
            .into_iter()
            .find(|tried| tried.as_str() == text)
    }

    const fn work(self, window: Option<WindowId>) -> Option<Work> {
        match self {
            Self::Test | Self::Card => Some(Work::Test { window }),
            Self::Beep => Some(Work::Beep),
            Self::Key => None,
        }
    }

    const fn within(self) -> Duration {
        match self {
            Self::Test | Self::Beep | Self::Card => ANSWER_WITHIN,
            Self::Key => KEY_WITHIN,
        }
    }
}

/// What became of a trial.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is not known yet.
    Waits,
    /// 通过.
    Done,
    /// It was told, and cannot say whether it did it: somebody must look.
    Sent,
    /// It said that it could not, and why, in a code for the texts; empty if it did not say.
    Undone(String),
    /// It said nothing in time.
    NoAnswer,
    /// It was not there to be asked.
    Away,
    /// This key was pressed.
    Key(Happening),
}

impl Outcome {
    /// What a device told of a job.
    #[must_use]
    pub fn of_job(done: bool, why: &str) -> Self {
        match (done, why) {
            (true, UNSEEN) => Self::Sent,
            (true, _) => Self::Done,
            (false, why) => Self::Undone(why.chars().take(WHY_CHARS_MAX).collect()),
        }
    }

    /// What a kiosk told of its test slip.
    #[must_use]
    pub fn of_print(outcome: PrintOutcome) -> Self {
        match outcome {
            PrintOutcome::Printed => Self::Done,
            PrintOutcome::Unknown => Self::Sent,
            PrintOutcome::Failed => Self::Undone(String::new()),
        }
    }

    /// What a printer told of a slip.
    #[must_use]
    pub fn of_slip(outcome: SlipOutcome) -> Self {
        match outcome {
            SlipOutcome::Printed => Self::Done,
            SlipOutcome::Taken | SlipOutcome::Unknown => Self::Sent,
            SlipOutcome::Failed | SlipOutcome::Expired => Self::Undone(String::new()),
        }
    }
}

/// A trial of a device.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// What was tried.
    pub tried: Tried,
    /// When it was asked for.
    pub at: Timestamp,
    /// Since it left.
    age: Duration,
    job: Option<u64>,
    outcome: Outcome,
}

impl Trial {
    /// A trial that begins now.
    #[must_use]
    pub const fn new(tried: Tried, at: Timestamp) -> Self {
        Self { tried, at, age: Duration::ZERO, job: None, outcome: Outcome::Waits }
    }

    /// What became of it by now.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match &self.outcome {
            Outcome::Waits if self.age >= self.tried.within() => Outcome::NoAnswer,
            known @ (Outcome::Waits
            | Outcome::Done
            | Outcome::Sent
            | Outcome::Undone(_)
            | Outcome::NoAnswer
            | Outcome::Away
            | Outcome::Key(_)) => known.clone(),
        }
    }

    fn takes(&self, key: &Happening) -> bool {
        match (self.tried, key) {
            (Tried::Key, _) => self.waits(),
            (Tried::Test, Happening::Graded { leg: None, .. }) => {
                self.age < KEY_WITHIN && !matches!(self.outcome, Outcome::Key(_))
            }
            (Tried::Test | Tried::Beep | Tried::Card, _) => false,
        }
    }

    fn waits(&self) -> bool {
        self.outcome() == Outcome::Waits
    }
}

/// 一键自检: every device asked once.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkup {
    /// When it began.
    pub at: Timestamp,
    /// What became of each device.
    pub trials: BTreeMap<DeviceId, Trial>,
}

impl Checkup {
    /// True once nobody is waited for any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.trials.values().all(|trial| !trial.waits())
    }
}

/// Everything tried since the server began: the last trial of each device, and the last checkup.
#[derive(Debug, Default)]
pub(super) struct Trials {
    last: BTreeMap<DeviceId, Trial>,
    checkup: Option<Checkup>,
}

impl Trials {
    fn each(&mut self, id: DeviceId, mut change: impl FnMut(&mut Trial)) {
        let checked = self.checkup.as_mut().and_then(|checkup| checkup.trials.get_mut(&id));
        self.last.get_mut(&id).into_iter().chain(checked).for_each(&mut change);
    }

    pub(super) fn handle_time(&mut self, passed: Duration) -> bool {
        let checked = self.checkup.iter_mut().flat_map(|checkup| checkup.trials.values_mut());
        let mut ended = false;
        for trial in self.last.values_mut().chain(checked) {
            let waited = trial.waits();
            trial.age = trial.age.saturating_add(passed);
            ended |= waited && !trial.waits();
        }
        ended
    }
}

impl Fleet {
    /// Asks a device to do something, to be seen in the room.
    ///
    /// # Errors
    /// If there is no such device, it cannot be asked that, or too much is asked at once.
    pub fn try_out(&self, id: DeviceId, tried: Tried, now: Timestamp) -> Result<(), PressFault> {
        let mut inner = self.lock();
        let known = inner.known.get(&id).ok_or(PressFault::NoSuchDevice)?;
        if !Tried::of(known).contains(&tried) {
            return Err(PressFault::NotAsked);
        }
        if let Some(work) = tried.work(known.device.window) {
            self.asks.try_send((id, work)).map_err(|_| PressFault::Busy)?;
        }
        inner.trials.last.insert(id, Trial::new(tried, now));
        Ok(())
    }

    /// 一键自检: asks every device that can be asked, and notes how the others are.
    pub fn check_all(&self, now: Timestamp) {
        let devices = self.devices();
        let trials = devices.iter().map(|known| (known.device.id, self.check(known, now)));
        let trials: BTreeMap<DeviceId, Trial> = trials.collect();
        let mut inner = self.lock();
        inner.trials.last.extend(trials.iter().map(|(id, trial)| (*id, trial.clone())));
        inner.trials.checkup = Some(Checkup { at: now, trials });
    }

    fn check(&self, known: &Known, now: Timestamp) -> Trial {
        let id = known.device.id;
        let told = |outcome| Trial { outcome, ..Trial::new(Tried::Test, now) };
        match (Tried::in_checkup(known), self.health(id)) {
            (_, Health::Offline) => told(Outcome::Away),
            (Some(tried), Health::Online | Health::Ill) => {
                let sent = tried
                    .work(known.device.window)
                    .is_some_and(|work| self.asks.try_send((id, work)).is_ok());
                let trial = Trial::new(tried, now);
                let undone = Outcome::Undone(String::new());
                if sent { trial } else { Trial { outcome: undone, ..trial } }
            }
            // A kiosk says every fifteen seconds how it is, a reader is asked every two.
            (None, Health::Online) => told(Outcome::Done),
            (None, Health::Ill) => told(Outcome::Undone(String::new())),
        }
    }

    /// The last trial of a device.
    #[must_use]
    pub fn trial(&self, id: DeviceId) -> Option<Trial> {
        self.lock().trials.last.get(&id).cloned()
    }

    /// The last checkup.
    #[must_use]
    pub fn checkup(&self) -> Option<Checkup> {
        self.lock().trials.checkup.clone()
    }

    /// The test slip that a kiosk is to print; asked for until it has told what became of it.
    #[must_use]
    pub fn slip_wanted_of(&self, kiosk: DeviceId) -> Option<u64> {
        let inner = self.lock();
        let trial = inner.trials.last.get(&kiosk)?;
        trial.job.filter(|_| trial.tried == Tried::Test && trial.waits())
    }

    /// What was asked has left as this job: the waiting begins.
    pub fn note_asked(&self, id: DeviceId, job: u64) {
        self.lock().trials.each(id, |trial| {
            if trial.waits() && trial.job.is_none() && trial.tried != Tried::Key {
                (trial.job, trial.age) = (Some(job), Duration::ZERO);
            }
        });
    }

    /// A device says that it did a job, or could not. True if that was a trial.
    pub fn note_tried(&self, id: DeviceId, job: u64, outcome: Outcome) -> bool {
        let mut is_ours = false;
        self.lock().trials.each(id, |trial| {
            if trial.job == Some(job) && trial.outcome == Outcome::Waits {
                trial.outcome = outcome.clone();
                is_ours = true;
            }
        });
        is_ours
    }

    /// True if a key was waited for, and is shown in the room instead of being done. An evaluator
    /// that was made to ask for a test asks about nobody: what is pressed then is part of the test.
    pub fn takes_key(&self, id: DeviceId, key: &Happening) -> bool {
        let mut inner = self.lock();
        let Inner { trials, .. } = &mut *inner;
        match trials.last.get_mut(&id) {
            Some(trial) if trial.takes(key) => {
                trial.outcome = Outcome::Key(key.clone());
                true
            }
            Some(_) | None => false,
        }
    }
}
