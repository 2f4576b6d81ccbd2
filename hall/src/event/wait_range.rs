//! 预计等候, as it is remembered. The law of `event.rs` holds here too.

use serde::{Deserialize, Serialize};

use super::skipped::is_false;
use crate::{limits::ESTIMATE_MAX, words::EstimatedBy};

/// 预计等候: a range in whole minutes, steps of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitRange {
    /// The lower end.
    pub low_minutes: u16,
    /// The upper end.
    pub high_minutes: u16,
}

/// 预计等候, as the shell reckoned it when the ticket was taken; told is the range of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// One in ten is called sooner, in seconds.
    pub low_secs: u32,
    /// Half are called sooner.
    pub mid_secs: u32,
    /// One in ten is called later.
    pub high_secs: u32,
    /// How it was reckoned.
    pub by: EstimatedBy,
    /// Nobody was told: the forecast of this queue has been wrong too often.
    #[serde(default, skip_serializing_if = "is_false")]
    pub untold: bool,
}

impl Estimate {
    /// True if its points stand in order and within a day. What is not sound is not told.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let in_order = self.low_secs <= self.mid_secs && self.mid_secs <= self.high_secs;
        in_order && u64::from(self.high_secs) <= ESTIMATE_MAX.as_secs()
    }

    /// The range as people are told it: rounded outwards to five minutes, and never less than five
    /// for somebody who has others before.
    #[must_use]
    pub fn range(&self, somebody_ahead: bool) -> WaitRange {
        const STEP: u32 = 5;
        let low = self.low_secs / 60 / STEP * STEP;
        let low = if somebody_ahead { low.max(STEP) } else { low };
        let high = self.high_secs.div_ceil(60 * STEP) * STEP;
        let cap = |minutes: u32| u16::try_from(minutes).unwrap_or(u16::MAX);
        WaitRange { low_minutes: cap(low), high_minutes: cap(high.max(low + STEP)) }
    }
}
