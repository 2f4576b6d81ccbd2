//! 评价平板: five levels, reasons for the lower two, thanks. Once per leg, never pressed for an
//! answer: whoever says nothing stays 未评价.

use std::collections::BTreeSet;

use wire::{
    device::{Ask, Happening},
    ids::LegId,
    number::TicketNo,
    words::{Rating, Reason},
};

/// Whoever chose a lower level has so long to name reasons, whatever the asking still had.
const REASONS_MILLIS: u64 = 60_000;

/// The thanks stand so long.
const THANKS_MILLIS: u64 = 6_000;

/// Levels of the scale.
pub const LEVELS: u8 = 5;

/// What a finger did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touch {
    /// A level was chosen.
    Level(Rating),
    /// A reason was ticked or taken back.
    Reason(String),
    /// The reasons are complete.
    Submit,
    /// Back to the levels.
    Back,
    /// 暂不评价.
    Skip,
}

/// What stands on the tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody is asked.
    Idle,
    /// Which level?
    Levels,
    /// Why so low?
    Reasons {
        /// The level.
        rating: Rating,
        /// The codes ticked so far.
        ticked: BTreeSet<String>,
    },
    /// Said.
    Thanks {
        /// The broker was away: it is kept and goes out later.
        kept: bool,
    },
}

/// What the tablet knows of the asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tablet {
    stage: Stage,
    asked: Option<Ask>,
    /// The stage ends, in milliseconds since the start.
    until: u64,
    /// Answered or declined.
    done: Option<LegId>,
}

impl Default for Tablet {
    fn default() -> Self {
        Self { stage: Stage::Idle, asked: None, until: 0, done: None }
    }
}

impl Tablet {
    /// What stands there now.
    #[must_use]
    pub fn stage(&self, now: u64) -> &Stage {
        if now < self.until { &self.stage } else { &Stage::Idle }
    }

    /// The number of whom it asks.
    #[must_use]
    pub fn number(&self) -> Option<TicketNo> {
        self.asked.map(|ask| ask.no)
    }

    /// Whole seconds until it goes by itself, rounded up; none if nothing is counted.
    #[must_use]
    pub fn seconds(&self, now: u64) -> Option<u64> {
        match self.stage(now) {
            Stage::Levels | Stage::Reasons { .. } => Some((self.until - now).div_ceil(1_000)),
            Stage::Idle | Stage::Thanks { .. } => None,
        }
    }

    /// When the picture changes next by itself.
    #[must_use]
    pub fn changes_at(&self, now: u64) -> Option<u64> {
        let shown = self.stage(now) != &Stage::Idle;
        let next = |seconds: u64| self.until - (seconds - 1) * 1_000;
        shown.then(|| self.seconds(now).map_or(self.until, next))
    }

    /// A face came: a new asking begins, one that was taken back ends unless somebody is choosing
    /// reasons.
    pub fn take(&mut self, ask: Option<Ask>, now: u64) {
        match ask {
            Some(ask) if [self.done, self.leg()].contains(&Some(ask.leg)) => {}
            Some(ask) => {
                self.asked = Some(ask);
                (self.stage, self.until) = (Stage::Levels, now + ask.lasts_millis);
            }
            None if *self.stage(now) == Stage::Levels => self.end(),
            None => {}
        }
    }

    /// A finger came down and up; answers what is to be reported. `up` if the broker answers.
    pub fn touch(&mut self, touch: Touch, up: bool, now: u64) -> Option<Happening> {
        match (self.stage(now).clone(), touch) {
            (Stage::Levels, Touch::Level(rating)) if rating.is_negative() => {
                let ticked = BTreeSet::new();
                (self.stage, self.until) =
                    (Stage::Reasons { rating, ticked }, now + REASONS_MILLIS);
                None
            }
            (Stage::Levels, Touch::Level(rating)) => self.say(rating, BTreeSet::new(), up, now),
            (Stage::Reasons { rating, mut ticked }, Touch::Reason(code)) => {
                if !ticked.remove(&code) && ticked.len() < Reason::ALL.len() {
                    ticked.insert(code);
                }
                self.stage = Stage::Reasons { rating, ticked };
                None
            }
            (Stage::Reasons { rating, ticked }, Touch::Submit) if !ticked.is_empty() => {
                self.say(rating, ticked, up, now)
            }
            (Stage::Reasons { .. }, Touch::Back) => {
                self.stage = Stage::Levels;
                None
            }
            (Stage::Levels | Stage::Reasons { .. }, Touch::Skip) => {
                self.end();
                None
            }
            // A second finger, or one that came too late.
            (
                Stage::Idle | Stage::Levels | Stage::Reasons { .. } | Stage::Thanks { .. },
                Touch::Level(_) | Touch::Reason(_) | Touch::Submit | Touch::Back | Touch::Skip,
            ) => None,
        }
    }

    fn say(
        &mut self,
        rating: Rating,
        reasons: BTreeSet<String>,
        up: bool,
        now: u64,
    ) -> Option<Happening> {
        let leg = self.leg()?;
        self.end();
        (self.stage, self.until) = (Stage::Thanks { kept: !up }, now + THANKS_MILLIS);
        let (level, reasons) = (rating.level(), reasons.into_iter().collect());
        Some(Happening::Graded { level, scale: LEVELS, leg: Some(leg), reasons })
    }

    fn leg(&self) -> Option<LegId> {
        self.asked.map(|ask| ask.leg)
    }

    /// This leg is asked about no more.
    fn end(&mut self) {
        self.done = self.leg().or(self.done);
        self.asked = None;
        (self.stage, self.until) = (Stage::Idle, 0);
    }
}

#[cfg(test)]
mod tests;
