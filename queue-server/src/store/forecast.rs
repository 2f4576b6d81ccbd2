//! What the forecast learns from, and how good its word was, of each closed day.

use hall::{
    forecast::log::DayLog,
    ids::QueueId,
    time::Day,
    views::estimates::{self, Accuracy},
};
use serde::{Deserialize, Serialize};

use super::{Store, StoreFault};
use crate::{
    clock::{HallClock, date_of},
    engine::ClosedDay,
};

/// Days from which one learns: two and a half months of working days. Older ones tell of another hall.
pub const DAYS: usize = 60;

/// How good the word was that was given in one hour of one queue.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AccuracyRow {
    /// The queue.
    pub queue: QueueId,
    /// The hour of the day in which the tickets were taken.
    pub hour: u8,
    /// How good it was.
    pub accuracy: Accuracy,
}

/// The rows of a day that is open or was closed just now.
#[must_use]
pub fn rows(hall: &hall::Hall, clock: &HallClock, day: Day) -> Vec<AccuracyRow> {
    let Some(date) = date_of(day) else { return Vec::new() };
    let found = estimates::by_queue_and_hour(hall, clock.moment(date, 0));
    found
        .into_iter()
        .map(|((queue, hour), accuracy)| AccuracyRow { queue, hour, accuracy })
        .collect()
}

impl Store {
    pub(super) fn keep_for_forecast(
        &self,
        closed: &ClosedDay,
        clock: &HallClock,
    ) -> Result<(), StoreFault> {
        let ClosedDay { day, hall, .. } = closed;
        let Some(date) = date_of(*day) else { return Ok(()) };
        let weekday = date.weekday().to_monday_zero_offset().unsigned_abs();
        if let Some(log) = DayLog::of(hall, weekday, clock.moment(date, 0)) {
            self.shared.logs.insert(day.to_string(), serde_json::to_vec(&log)?)?;
        }
        let rows = rows(hall, clock, *day);
        self.shared.accuracy.insert(day.to_string(), serde_json::to_vec(&rows)?)?;
        while self.shared.logs.len() > DAYS {
            self.shared.logs.pop_min()?;
        }
        Ok(())
    }

    /// The last closed days, oldest first, as one learns from them.
    #[must_use]
    pub fn day_logs(&self) -> Vec<DayLog> {
        let logs = self.shared.logs.iter().values().flatten();
        logs.filter_map(|bytes| serde_json::from_slice(&bytes).ok()).collect()
    }

    /// The last day that one can learn from.
    #[must_use]
    pub fn last_logged(&self) -> Option<Day> {
        let (key, _) = self.shared.logs.last().ok()??;
        std::str::from_utf8(&key).ok()?.parse().ok()
    }

    /// How good the word was that was given on a closed day.
    #[must_use]
    pub fn accuracy(&self, day: Day) -> Vec<AccuracyRow> {
        let found = self.shared.accuracy.get(day.to_string()).ok().flatten();
        found.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// The last closed days, at most so many, the newest first.
    pub fn last_days(&self, most: usize) -> impl Iterator<Item = Day> {
        let keys = self.shared.days.iter().keys().rev().flatten().take(most);
        keys.filter_map(|key| std::str::from_utf8(&key).ok()?.parse().ok())
    }
}
