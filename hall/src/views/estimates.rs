//! 预计准确度: what people were told when they took their tickets, beside when they were called. Both
//! stand in the record; this puts them side by side, by queue and hour.

use alloc::collections::BTreeMap;

use crate::{
    Hall,
    event::wait_range::WaitRange,
    ids::QueueId,
    time::{Millis, Timestamp},
};

/// How good the word was that was given to some people.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Accuracy {
    /// People who were told a range and were called.
    pub count: u32,
    /// The mean distance of the range's middle from the wait that came, in minutes.
    pub mean_error_minutes: f64,
    /// The same with its sign: more than nothing was told too much.
    pub bias_minutes: f64,
    /// The share for whom the middle was right to five minutes.
    pub within_five: f64,
    /// The share who were called within the range.
    pub covered: f64,
    /// The range's mean width.
    pub width_minutes: f64,
}

/// Right to so many minutes is right enough.
const NEAR_MINUTES: f64 = 5.0;

/// Every queue and hour of a day with this midnight in which somebody was told something and called
/// since. The hour is that of the ticket.
#[must_use]
pub fn by_queue_and_hour(hall: &Hall, midnight: Timestamp) -> BTreeMap<(QueueId, u8), Accuracy> {
    let mut found: BTreeMap<(QueueId, u8), Accuracy> = BTreeMap::new();
    for ticket in hall.tickets() {
        let (Some(range), Some(called)) = (ticket.wait, ticket.legs[0].called_first) else {
            continue;
        };
        let hour = ticket.issued.since(midnight).0 / Millis::from_minutes(60).0;
        let key = (ticket.legs[0].queue, u8::try_from(hour).unwrap_or(u8::MAX));
        let wait = called.since(ticket.issued).0 as f64 / 60_000.0;
        found.entry(key).or_default().note(range, wait);
    }
    found
}

impl Accuracy {
    /// Everybody of several together.
    #[must_use]
    pub fn together<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        parts.into_iter().fold(Self::default(), |all, one| all.with(one))
    }

    fn note(&mut self, range: WaitRange, wait: f64) {
        let (low, high) = (f64::from(range.low_minutes), f64::from(range.high_minutes));
        let error = f64::midpoint(low, high) - wait;
        let share = |is: bool| f64::from(u8::from(is));
        *self = self.with(&Self {
            count: 1,
            mean_error_minutes: error.abs(),
            bias_minutes: error,
            within_five: share(error.abs() <= NEAR_MINUTES),
            covered: share((low..=high).contains(&wait)),
            width_minutes: high - low,
        });
    }

    fn with(&self, other: &Self) -> Self {
        let count = self.count + other.count;
        let mean = |ours: f64, theirs: f64| {
            let sum = ours * f64::from(self.count) + theirs * f64::from(other.count);
            sum / f64::from(count.max(1))
        };
        Self {
            count,
            mean_error_minutes: mean(self.mean_error_minutes, other.mean_error_minutes),
            bias_minutes: mean(self.bias_minutes, other.bias_minutes),
            within_five: mean(self.within_five, other.within_five),
            covered: mean(self.covered, other.covered),
            width_minutes: mean(self.width_minutes, other.width_minutes),
        }
    }
}

#[cfg(test)]
mod tests;
