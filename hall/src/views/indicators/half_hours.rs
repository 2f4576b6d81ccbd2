//! 时段: what came and what was called, by half hour of the day.

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::{Millis, Timestamp};

/// Half an hour of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HalfHour {
    /// Tickets taken in it.
    #[serde(rename = "i")]
    pub issued: u32,
    /// Tickets called first in it.
    #[serde(rename = "c")]
    pub called: u32,
    /// The waits of those, together.
    #[serde(rename = "w")]
    pub waited: Millis,
    /// The most people who waited at once in it.
    #[serde(rename = "m")]
    pub waiting_most: u32,
}

/// By half hours since midnight; a day that goes on after midnight has more than 48.
pub type HalfHours = BTreeMap<u8, HalfHour>;

/// The half hour of a moment, in a day that began at `midnight`; moments before it are in the first.
#[must_use]
pub fn place(midnight: Timestamp, at: Timestamp) -> u8 {
    u8::try_from(at.since(midnight).0 / 1_800_000).unwrap_or(u8::MAX)
}

impl HalfHour {
    /// Those of another day too; the most who waited at once is the greater.
    pub fn merge(&mut self, other: &Self) {
        self.issued += other.issued;
        self.called += other.called;
        self.waited.0 += other.waited.0;
        self.waiting_most = self.waiting_most.max(other.waiting_most);
    }
}
