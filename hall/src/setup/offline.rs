//! `[rules.offline]`: numbers set aside, so that a kiosk goes on when the server does not answer.

use serde::{Deserialize, Serialize};

use super::check::Range;
use crate::limits::NUMBER_MAX;

/// The settings of 离线取号. Numbers from `first` to `last` of every letter are given by kiosks
/// only; the server goes on behind them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OfflineRules {
    /// 离线号段: how many numbers of a letter a kiosk has in hand; 0: kiosks do not go on alone.
    pub block: u16,
    /// The first number set aside.
    pub first: u16,
    /// The last number set aside.
    pub last: u16,
}

impl Default for OfflineRules {
    fn default() -> Self {
        Self { block: 25, first: 801, last: 999 }
    }
}

impl OfflineRules {
    /// True if this number is set aside.
    pub(crate) const fn sets_aside(&self, number: u16) -> bool {
        self.block > 0 && self.first <= number && number <= self.last
    }

    pub(super) fn ranges(&self) -> [Range; 3] {
        let most = u32::from(NUMBER_MAX);
        [
            ("offline.block", u32::from(self.block), 0, 500),
            ("offline.first", u32::from(self.first), 1, most),
            ("offline.last", u32::from(self.last), u32::from(self.first), most),
        ]
    }
}
