//! 评价平板: five levels, reasons for the lower two, thanks. Once per leg, never pressed for an
//! answer: whoever says nothing stays 未评价.

use std::collections::BTreeSet;

use wire::{
    device::{Ask, EVALUATION_CHARS_MAX, Happening},
    ids::LegId,
    number::TicketNo,
    words::{Rating, Reason},
};

/// Whoever chose a lower level has so long to name reasons, whatever the asking still had.
const REASONS_MILLIS: u64 = 60_000;

/// Whoever adds words has so long altogether; each touch gives a minute, as far as that reaches.
const WORDS_MILLIS_MAX: u64 = 180_000;

/// Letters and digits that one can type; the phrases come beside them.
const TYPED_MAX: usize = 24;

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
    /// Own words are to be added.
    Words,
    /// A phrase was ticked or taken back; the words themselves.
    Phrase(String),
    /// A key.
    Key(char),
    /// The last letter is taken back.
    Erase,
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
        /// What was added.
        added: Added,
    },
    /// What else?
    Words {
        /// The level.
        rating: Rating,
        /// The codes ticked so far.
        ticked: BTreeSet<String>,
        /// What was added so far.
        added: Added,
    },
    /// Said.
    Thanks {
        /// The broker was away: it is kept and goes out later.
        kept: bool,
    },
}

/// What a person adds in own words: phrases that stood there, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Added {
    /// In the order of ticking.
    pub phrases: Vec<String>,
    /// Letters and digits.
    pub typed: String,
}

impl Added {
    /// Both as one line; empty if there is nothing.
    #[must_use]
    pub fn text(&self) -> String {
        let typed = self.typed.trim();
        let parts =
            self.phrases.iter().map(String::as_str).chain((!typed.is_empty()).then_some(typed));
        parts.collect::<Vec<_>>().join("；")
    }

    /// The same with a phrase more or less.
    fn with_phrase(mut self, phrase: String) -> Self {
        let before = self.phrases.len();
        self.phrases.retain(|each| *each != phrase);
        if self.phrases.len() == before {
            self.phrases.push(phrase);
        }
        if self.text().chars().count() > EVALUATION_CHARS_MAX {
            self.phrases.pop();
        }
        self
    }

    /// The same with a letter more, if there is room.
    fn with_key(mut self, key: char) -> Self {
        self.typed.push(key);
        let is_long = self.typed.chars().count() > TYPED_MAX
            || self.text().chars().count() > EVALUATION_CHARS_MAX;
        if is_long || key.is_control() {
            self.typed.pop();
        }
        self
    }
}

/// What the tablet knows of the asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tablet {
    stage: Stage,
    asked: Option<Ask>,
    /// The stage ends, in milliseconds since the start.
    until: u64,
    /// No touch moves that end beyond this.
    until_max: u64,
    /// Answered or declined.
    done: Option<LegId>,
}

impl Default for Tablet {
    fn default() -> Self {
        Self { stage: Stage::Idle, asked: None, until: 0, until_max: 0, done: None }
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
            Stage::Levels | Stage::Reasons { .. } | Stage::Words { .. } => {
                Some((self.until - now).div_ceil(1_000))
            }
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
                let (ticked, added) = (BTreeSet::new(), Added::default());
                (self.stage, self.until) =
                    (Stage::Reasons { rating, ticked, added }, now + REASONS_MILLIS);
                self.until_max = now + WORDS_MILLIS_MAX;
                None
            }
            (Stage::Levels, Touch::Level(rating)) => {
                self.say(rating, BTreeSet::new(), String::new(), up, now)
            }
            (Stage::Reasons { rating, mut ticked, added }, Touch::Reason(code)) => {
                if !ticked.remove(&code) && ticked.len() < Reason::ALL.len() {
                    ticked.insert(code);
                }
                self.stage = Stage::Reasons { rating, ticked, added };
                None
            }
            (Stage::Reasons { rating, ticked, added }, Touch::Submit) if !ticked.is_empty() => {
                self.say(rating, ticked, added.text(), up, now)
            }
            (Stage::Reasons { rating, ticked, added }, Touch::Words) => {
                self.adds(rating, ticked, added, now)
            }
            (Stage::Words { rating, ticked, added }, Touch::Phrase(phrase)) => {
                self.adds(rating, ticked, added.with_phrase(phrase), now)
            }
            (Stage::Words { rating, ticked, added }, Touch::Key(key)) => {
                self.adds(rating, ticked, added.with_key(key), now)
            }
            (Stage::Words { rating, ticked, mut added }, Touch::Erase) => {
                added.typed.pop();
                self.adds(rating, ticked, added, now)
            }
            (Stage::Words { rating, ticked, added }, Touch::Back) => {
                self.stage = Stage::Reasons { rating, ticked, added };
                self.until = (now + REASONS_MILLIS).min(self.until_max).max(self.until);
                None
            }
            (Stage::Reasons { .. }, Touch::Back) => {
                self.stage = Stage::Levels;
                None
            }
            (Stage::Levels | Stage::Reasons { .. } | Stage::Words { .. }, Touch::Skip) => {
                self.end();
                None
            }
            // A second finger, or one that came too late.
            (
                Stage::Idle
                | Stage::Levels
                | Stage::Reasons { .. }
                | Stage::Words { .. }
                | Stage::Thanks { .. },
                Touch::Level(_)
                | Touch::Reason(_)
                | Touch::Words
                | Touch::Phrase(_)
                | Touch::Key(_)
                | Touch::Erase
                | Touch::Submit
                | Touch::Back
                | Touch::Skip,
            ) => None,
        }
    }

    /// Words are being added; a touch gives more time, up to a bound.
    fn adds(
        &mut self,
        rating: Rating,
        ticked: BTreeSet<String>,
        added: Added,
        now: u64,
    ) -> Option<Happening> {
        self.stage = Stage::Words { rating, ticked, added };
        self.until = (now + REASONS_MILLIS).min(self.until_max).max(self.until);
        None
    }

    fn say(
        &mut self,
        rating: Rating,
        reasons: BTreeSet<String>,
        text: String,
        up: bool,
        now: u64,
    ) -> Option<Happening> {
        let leg = self.leg()?;
        self.end();
        (self.stage, self.until) = (Stage::Thanks { kept: !up }, now + THANKS_MILLIS);
        let (level, reasons) = (rating.level(), reasons.into_iter().collect());
        Some(Happening::Graded { level, scale: LEVELS, leg: Some(leg), reasons, text })
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
