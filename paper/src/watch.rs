//! 巡查: when to look at a printer between slips, so that somebody brings paper before it is out.
//!
//! No IO and no clock: time comes in as a value. A look costs a printer four bytes; a well one is
//! looked at seldom, an ill one often, so that it is green again soon after the cover is closed,
//! and one that is away more and more seldom.

use std::time::{Duration, Instant};

use crate::condition::Condition;

/// How often a printer that can print is looked at.
pub const WELL_EVERY: Duration = Duration::from_secs(15);
/// How often one that somebody is just mending is looked at.
pub const ILL_EVERY: Duration = Duration::from_secs(3);
/// How seldom one that is away is looked at in the end.
pub const AWAY_EVERY_MAX: Duration = Duration::from_secs(60);
/// Looks in which a low roll must be told before it is believed anew: the sensor rattles while
/// paper runs over it.
const TURNS: u8 = 2;

/// When to look next at one printer, and what is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    due: Instant,
    told: Option<Condition>,
    away: u32,
    better: u8,
}

impl Watch {
    /// Looks at once.
    pub fn new(now: Instant) -> Self {
        Self { due: now, told: None, away: 0, better: 0 }
    }

    /// Says when the next look is due.
    pub fn due(&self) -> Instant {
        self.due
    }

    /// Says how the printer is as far as it was told.
    pub fn told(&self) -> Option<Condition> {
        self.told
    }

    /// Takes what a look or a slip found; answers it if that is news.
    ///
    /// Paper that was low and seems enough again is believed at the second look.
    pub fn note(&mut self, found: Condition, now: Instant) -> Option<Condition> {
        self.away = if found.is_there() { 0 } else { self.away.saturating_add(1) };
        self.due = now + self.pause(found);
        if self.told == Some(Condition::PaperLow) && found == Condition::Ready {
            self.better += 1;
            if self.better < TURNS {
                return None;
            }
        }
        self.better = 0;
        if self.told == Some(found) {
            return None;
        }
        self.told = Some(found);
        Some(found)
    }

    fn pause(&self, found: Condition) -> Duration {
        if found.prints() {
            WELL_EVERY
        } else if found.is_there() {
            ILL_EVERY
        } else {
            let doubled = 1_u32 << self.away.saturating_sub(1).min(8);
            (ILL_EVERY * doubled).min(AWAY_EVERY_MAX)
        }
    }
}

#[cfg(test)]
mod tests;
