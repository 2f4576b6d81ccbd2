//! When a port is opened, and opened again after it went away. No IO; time comes in as a
//! value.

use std::time::{Duration, Instant};

use crate::line::Away;

/// Opening is tried again after a growing pause, short enough for a strip to be right within ten
/// seconds of being plugged in.
const PAUSE_MIN: Duration = Duration::from_millis(200);
const PAUSE_MAX: Duration = Duration::from_secs(3);

/// A port that has been open for so long is well; one that was not is opened ever more seldom.
const STOOD: Duration = Duration::from_secs(10);

/// A port: open, or tried again after a while.
#[derive(Debug)]
pub struct Plug {
    /// None while it is open.
    try_at: Option<Instant>,
    pause: Duration,
    /// Since when it is open.
    since: Option<Instant>,
    /// So often in a row it went away soon after it was opened.
    short_lives: u32,
    said: Said,
}

/// What was told of a port last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Open,
    Away(Away),
}

impl Plug {
    /// A port to be opened at once.
    #[must_use]
    pub const fn new(now: Instant) -> Self {
        let (since, short_lives, said) = (None, 0, Said::Nothing);
        Self { try_at: Some(now), pause: PAUSE_MIN, since, short_lives, said }
    }

    /// True if it is to be opened now.
    #[must_use]
    pub fn wants_opening(&self, now: Instant) -> bool {
        self.try_at.is_some_and(|at| at <= now)
    }

    /// When it is to be opened; never while it is open.
    #[must_use]
    pub const fn poll_timeout(&self) -> Option<Instant> {
        self.try_at
    }

    /// It was opened; true if that is news. Of one that comes and goes it is none.
    pub fn opened(&mut self, now: Instant) -> bool {
        self.try_at = None;
        self.since.get_or_insert(now);
        self.short_lives == 0 && self.tells(Said::Open)
    }

    /// True once, when one that came and went has been open for a good while.
    pub fn stood(&mut self, now: Instant) -> bool {
        if self.short_lives == 0 || !self.has_stood(now) {
            return false;
        }
        (self.short_lives, self.pause) = (0, PAUSE_MIN);
        self.tells(Said::Open)
    }

    /// It could not be opened; true if that is news.
    pub fn not_opened(&mut self, away: Away, now: Instant) -> bool {
        self.since = None;
        self.rest(now);
        self.tells(Said::Away(away))
    }

    /// It is opened again at once, in another manner.
    pub const fn again(&mut self, now: Instant) {
        self.try_at = Some(now);
    }

    /// It went away while it was open; true if that is news.
    pub fn gone(&mut self, now: Instant) -> bool {
        if self.has_stood(now) {
            (self.short_lives, self.pause) = (0, PAUSE_MIN);
        } else {
            self.short_lives = self.short_lives.saturating_add(1);
        }
        self.since = None;
        self.rest(now);
        self.tells(Said::Away(Away::PortMissing))
    }

    fn has_stood(&self, now: Instant) -> bool {
        self.since.is_some_and(|since| now.saturating_duration_since(since) >= STOOD)
    }

    fn rest(&mut self, now: Instant) {
        self.try_at = Some(now + self.pause);
        self.pause = (self.pause * 2).min(PAUSE_MAX);
    }

    fn tells(&mut self, what: Said) -> bool {
        std::mem::replace(&mut self.said, what) != what
    }
}

#[cfg(test)]
mod tests;
