//! When a port is opened, and opened again after it went away. No IO; time comes in as a
//! value.

use std::time::{Duration, Instant};

use crate::line::Away;

/// Opening is tried again after a growing pause, short enough for a strip to be right within ten
/// seconds of being plugged in.
const PAUSE_MIN: Duration = Duration::from_millis(200);
const PAUSE_MAX: Duration = Duration::from_secs(3);

/// A port: open, or tried again after a while.
#[derive(Debug)]
pub struct Plug {
    /// None while it is open.
    try_at: Option<Instant>,
    pause: Duration,
    said: Option<Away>,
}

impl Plug {
    /// A port to be opened at once.
    #[must_use]
    pub const fn new(now: Instant) -> Self {
        Self { try_at: Some(now), pause: PAUSE_MIN, said: None }
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

    /// It was opened.
    pub const fn opened(&mut self) {
        (self.try_at, self.pause, self.said) = (None, PAUSE_MIN, None);
    }

    /// It could not be opened; true if that is news.
    pub fn not_opened(&mut self, away: Away, now: Instant) -> bool {
        self.try_at = Some(now + self.pause);
        self.pause = (self.pause * 2).min(PAUSE_MAX);
        self.said.replace(away) != Some(away)
    }

    /// It is opened again at once, in another manner.
    pub const fn again(&mut self, now: Instant) {
        self.try_at = Some(now);
    }

    /// It went away while it was open.
    pub fn gone(&mut self, now: Instant) {
        let away = Some(Away::PortMissing);
        (self.try_at, self.pause, self.said) = (Some(now + PAUSE_MIN), PAUSE_MIN, away);
    }
}
