//! `[rules.cases]`: how long a case number is remembered.

use serde::{Deserialize, Serialize};

use super::check::Range;
use crate::time::Millis;

/// The settings of cases at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseRules {
    /// Natural days after its last visit in which a case number is still known.
    pub known_days: u32,
}

impl Default for CaseRules {
    fn default() -> Self {
        Self { known_days: 60 }
    }
}

impl CaseRules {
    pub(crate) fn known(&self) -> Millis {
        Millis::from_minutes(u64::from(self.known_days) * 24 * 60)
    }

    pub(super) fn ranges(&self) -> [Range; 1] {
        [("cases.known_days", self.known_days, 0, 366)]
    }
}
