//! A moment as the bridge counts it: a steady clock for waiting, the machine's for telling ages.

use std::{
    ops::Add,
    time::{Duration, Instant, SystemTime},
};

/// A moment of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Never jumps.
    pub steady: Instant,
    /// Milliseconds since 1970; somebody may set it.
    pub unix_millis: u64,
}

impl Moment {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let unix_millis = since.map_or(0, |since| since.as_millis() as u64);
        Self { steady: Instant::now(), unix_millis }
    }
}

impl Add<Duration> for Moment {
    type Output = Self;
    fn add(self, span: Duration) -> Self {
        let unix_millis = self.unix_millis.saturating_add(span.as_millis() as u64);
        Self { steady: self.steady + span, unix_millis }
    }
}
