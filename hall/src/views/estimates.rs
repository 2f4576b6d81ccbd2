//! 预计准确度: what people were told when they took their tickets, beside when they were called. Both
//! stand in the record; this puts them side by side, by queue and hour.

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Hall,
    event::wait_range::{Estimate, WaitRange},
    ids::QueueId,
    state::ticket::Ticket,
    time::{Millis, Timestamp},
    words::EstimatedBy,
};

/// How good the word was that was given to some people.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Accuracy {
    /// People for whom a wait was reckoned and who were called.
    pub count: u32,
    /// Of these, people who were told nothing, because the queue's forecast was wrong too often.
    pub untold: u32,
    /// Of these, people whose wait was reckoned by the queue's length.
    pub by_length: u32,
    /// The mean distance of the middle from the wait that came, in minutes.
    pub mean_error_minutes: f64,
    /// The same with its sign: more than nothing was told too much.
    pub bias_minutes: f64,
    /// The share for whom the middle was right to five minutes.
    pub within_five: f64,
    /// The share who were called within the range as it is told, rounded outwards.
    pub covered: f64,
    /// That range's mean width.
    pub width_minutes: f64,
    /// The share who were called between the tenths from which the range is rounded …
    pub interval_covered: f64,
    /// … and the mean width between them.
    pub interval_minutes: f64,
}

/// Right to so many minutes is right enough.
const NEAR_MINUTES: f64 = 5.0;

/// A clerk's hand takes so long, and no forecast knows it.
const HAND_MINUTES: f64 = 0.5;

/// What was said of a ticket, and the wait that came, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// What was reckoned.
    pub estimate: Estimate,
    /// The range that it makes, told or not.
    pub range: WaitRange,
    /// From the ticket to the first call.
    pub waited: Millis,
}

impl Outcome {
    /// What came of what was told; none if nothing was reckoned, or nobody called yet.
    #[must_use]
    pub fn of(ticket: &Ticket) -> Option<Self> {
        let waited = ticket.legs[0].called_first?.since(ticket.issued);
        let (estimate, range) = match (ticket.estimate, ticket.wait) {
            (Some(estimate), range) => {
                (estimate, range.unwrap_or_else(|| estimate.range(ticket.ahead > 0)))
            }
            (None, range) => (by_range(range?), range?),
        };
        Some(Self { estimate, range, waited })
    }
}

/// Where only the range is known, it is all that was reckoned.
#[must_use]
pub fn by_range(range: WaitRange) -> Estimate {
    let (low, high) = (u32::from(range.low_minutes) * 60, u32::from(range.high_minutes) * 60);
    let by = EstimatedBy::QueueLength;
    Estimate { low_secs: low, mid_secs: low.midpoint(high), high_secs: high, by, untold: false }
}

/// Every queue and hour of a day with this midnight in which something was reckoned for somebody who
/// was called since. The hour is that of the ticket.
#[must_use]
pub fn by_queue_and_hour(hall: &Hall, midnight: Timestamp) -> BTreeMap<(QueueId, u8), Accuracy> {
    let mut found: BTreeMap<(QueueId, u8), Accuracy> = BTreeMap::new();
    for ticket in hall.tickets() {
        let Some(outcome) = Outcome::of(ticket) else { continue };
        let hour = ticket.issued.since(midnight).0 / Millis::from_minutes(60).0;
        let key = (ticket.legs[0].queue, u8::try_from(hour).unwrap_or(u8::MAX));
        found.entry(key).or_default().note(outcome);
    }
    found
}

impl Accuracy {
    /// Everybody of several together.
    #[must_use]
    pub fn together<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        parts.into_iter().fold(Self::default(), |all, one| all.with(one))
    }

    fn note(&mut self, outcome: Outcome) {
        let Outcome { estimate, range, waited } = outcome;
        let wait = waited.0 as f64 / 60_000.0;
        let minutes = |secs: u32| f64::from(secs) / 60.0;
        let (low, high) = (f64::from(range.low_minutes), f64::from(range.high_minutes));
        let (tenth, ninth) = (minutes(estimate.low_secs), minutes(estimate.high_secs));
        let error = minutes(estimate.mid_secs) - wait;
        let share = |is: bool| f64::from(u8::from(is));
        let within = tenth - HAND_MINUTES <= wait && wait <= ninth + HAND_MINUTES;
        *self = self.with(&Self {
            count: 1,
            untold: estimate.untold.into(),
            by_length: (estimate.by == EstimatedBy::QueueLength).into(),
            mean_error_minutes: error.abs(),
            bias_minutes: error,
            within_five: share(error.abs() <= NEAR_MINUTES),
            covered: share((low..=high).contains(&wait)),
            width_minutes: high - low,
            interval_covered: share(within),
            interval_minutes: ninth - tenth,
        });
    }

    fn with(&self, other: &Self) -> Self {
        let count = self.count + other.count;
        let mean = |of: fn(&Self) -> f64| {
            let sum = of(self) * f64::from(self.count) + of(other) * f64::from(other.count);
            sum / f64::from(count.max(1))
        };
        Self {
            count,
            untold: self.untold + other.untold,
            by_length: self.by_length + other.by_length,
            mean_error_minutes: mean(|it| it.mean_error_minutes),
            bias_minutes: mean(|it| it.bias_minutes),
            within_five: mean(|it| it.within_five),
            covered: mean(|it| it.covered),
            width_minutes: mean(|it| it.width_minutes),
            interval_covered: mean(|it| it.interval_covered),
            interval_minutes: mean(|it| it.interval_minutes),
        }
    }
}

#[cfg(test)]
mod tests;
