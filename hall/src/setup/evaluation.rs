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
    /// 核实期限: working days in which somebody has looked into a 差评; 0: nobody is held to one.
    pub verify_working_days: u32,
    /// 延期: the working days, counted from the opening, past which no extension goes.
    pub extend_working_days: u32,
    /// 一般: working days in which 办不成事 of this grade is closed.
    pub ordinary_working_days: u32,
    /// 复杂: the same of this one; 简单 is closed at once.
    pub complex_working_days: u32,
}

impl Default for EvaluationRules {
    fn default() -> Self {
        Self {
            open_days: 7,
            rectify_working_days: 5,
            verify_working_days: 1,
            extend_working_days: 15,
            ordinary_working_days: 5,
            complex_working_days: 10,
        }
    }
}

impl EvaluationRules {
    pub(crate) fn open(&self) -> Millis {
        Millis::from_minutes(u64::from(self.open_days) * 24 * 60)
    }

    pub(super) fn ranges(&self) -> [Range; 6] {
        const WORKING_DAYS: u32 = WORKING_DAYS_TOLD as u32;
        [
            ("evaluation.open_days", self.open_days, 0, 31),
            ("evaluation.rectify_working_days", self.rectify_working_days, 1, WORKING_DAYS),
            ("evaluation.verify_working_days", self.verify_working_days, 0, WORKING_DAYS),
            ("evaluation.extend_working_days", self.extend_working_days, 1, WORKING_DAYS),
            ("evaluation.ordinary_working_days", self.ordinary_working_days, 1, WORKING_DAYS),
            ("evaluation.complex_working_days", self.complex_working_days, 1, WORKING_DAYS),
        ]
    }
}
