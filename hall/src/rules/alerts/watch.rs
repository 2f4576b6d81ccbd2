//! From when on something is yellow or red as things stand, and how long it stays so.

use crate::{
    time::{Millis, Timestamp},
    words::alert::AlertLevel,
};

/// For what holds already, whenever it began.
pub(super) const ALWAYS: Timestamp = Timestamp(i64::MIN);

/// What is known of one thing as long as nothing happens. It only gets worse until it ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Watch {
    yellow: Option<Timestamp>,
    red: Option<Timestamp>,
    /// What stands yellow stays so from then on: the limit and a margin, so that nothing flickers.
    keep_yellow: Option<Timestamp>,
    keep_red: Option<Timestamp>,
    /// From then on there is nothing.
    until: Option<Timestamp>,
}

impl Watch {
    /// Yellow and red from these moments on.
    pub fn new(yellow: Option<Timestamp>, red: Option<Timestamp>) -> Self {
        Self { yellow, red, ..Self::default() }
    }

    /// Yellow and red so long after a moment.
    pub fn after(since: Timestamp, yellow: Millis, red: Millis) -> Self {
        Self::new(Some(since + yellow), Some(since + red))
    }

    /// What stands stays as it stands from these moments on.
    pub fn keeping(self, yellow: Option<Timestamp>, red: Option<Timestamp>) -> Self {
        Self { keep_yellow: yellow, keep_red: red, ..self }
    }

    /// What stands stays as it stands.
    pub fn staying(self) -> Self {
        self.keeping(Some(ALWAYS), Some(ALWAYS))
    }

    pub fn until(self, until: Timestamp) -> Self {
        Self { until: Some(until), ..self }
    }

    /// The next change of what stands so, seen from a moment: when, and to what.
    pub fn change(
        &self,
        standing: Option<AlertLevel>,
        from: Timestamp,
    ) -> Option<(Timestamp, Option<AlertLevel>)> {
        if self.becomes(standing, from) != standing {
            return Some((from, self.becomes(standing, from)));
        }
        let rises = [(self.yellow, AlertLevel::Yellow), (self.red, AlertLevel::Red)];
        let rises = rises.into_iter().filter(|(_, level)| Some(*level) > standing);
        let rises = rises.filter_map(|(moment, _)| moment).filter(|moment| !self.is_over(*moment));
        let ends = self.until.filter(|_| standing.is_some());
        let next = rises.chain(ends).filter(|moment| *moment > from).min()?;
        Some((next, self.becomes(standing, next)))
    }

    /// What stands so is this at a moment.
    pub fn becomes(&self, standing: Option<AlertLevel>, at: Timestamp) -> Option<AlertLevel> {
        if self.is_over(at) {
            return None;
        }
        let level = |yellow: Option<Timestamp>, red: Option<Timestamp>| {
            let reached = |moment: Option<Timestamp>| moment.is_some_and(|moment| moment <= at);
            if reached(red) {
                Some(AlertLevel::Red)
            } else if reached(yellow) {
                Some(AlertLevel::Yellow)
            } else {
                None
            }
        };
        level(self.yellow, self.red).max(standing.min(level(self.keep_yellow, self.keep_red)))
    }

    fn is_over(&self, at: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= at)
    }
}
