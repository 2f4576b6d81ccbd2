//! `[rules.evaluation]`: how long somebody may still say what they think.

use serde::{Deserialize, Serialize};

use super::check::Range;
use crate::time::Millis;

/// The settings of 评价.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluationRules {
    /// Natural days after the service in which a slip's code still evaluates.
    pub open_days: u32,
}

impl Default for EvaluationRules {
    fn default() -> Self {
        Self { open_days: 7 }
    }
}

impl EvaluationRules {
    pub(crate) fn open(&self) -> Millis {
        Millis::from_minutes(u64::from(self.open_days) * 24 * 60)
    }

    pub(super) fn ranges(&self) -> [Range; 1] {
        [("evaluation.open_days", self.open_days, 0, 31)]
    }
}
