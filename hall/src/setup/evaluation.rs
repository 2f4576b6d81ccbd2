//! `[rules.evaluation]`: how long somebody may still say what they think, and how soon
//! it is seen to.

use serde::{Deserialize, Serialize};

use super::check::Range;
use crate::{limits::WORKING_DAYS_TOLD, time::Millis};

/// The settings of 评价.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluationRules {
    /// Natural days after the service in which a slip's code still evaluates.
    pub open_days: u32,
    /// 整改期限: working days in which a 差评 is seen to and closed.
    pub rectify_working_days: u32,
}

impl Default for EvaluationRules {
    fn default() -> Self {
        Self { open_days: 7, rectify_working_days: 5 }
    }
}

impl EvaluationRules {
    pub(crate) fn open(&self) -> Millis {
        Millis::from_minutes(u64::from(self.open_days) * 24 * 60)
    }

    pub(super) fn ranges(&self) -> [Range; 2] {
        const WORKING_DAYS: u32 = WORKING_DAYS_TOLD as u32;
        [
            ("evaluation.open_days", self.open_days, 0, 31),
            ("evaluation.rectify_working_days", self.rectify_working_days, 1, WORKING_DAYS),
        ]
    }
}
