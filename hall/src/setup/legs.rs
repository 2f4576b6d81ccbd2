//! `[rules.legs]`: how a ticket goes on from one window to the next, and how long it may be held.

use serde::{Deserialize, Serialize};

use super::{Setup, check::Range};
use crate::{ids::QueueId, time::Millis};

/// The settings of legs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LegRules {
    /// 收费队列; none: the first queue that gives no tickets.
    pub cashier: Option<QueueId>,
    /// 挂起时限: a held ticket whose person has not come back by then is passed over.
    pub hold_minutes: u32,
    /// Tickets that one window may hold at once.
    pub held_max: u8,
}

impl Default for LegRules {
    fn default() -> Self {
        Self { cashier: None, hold_minutes: 30, held_max: 8 }
    }
}

impl LegRules {
    pub(crate) fn hold(&self) -> Millis {
        Millis::from_minutes(self.hold_minutes.into())
    }

    pub(super) fn ranges(&self) -> [Range; 2] {
        [
            ("legs.hold_minutes", self.hold_minutes, 1, 600),
            ("legs.held_max", self.held_max.into(), 1, 50),
        ]
    }
}

impl Setup {
    /// 收费队列: where people go to pay.
    #[must_use]
    pub fn cashier(&self) -> Option<QueueId> {
        let not_issued = || self.queues().iter().find(|queue| !queue.issued).map(|queue| queue.id);
        let named = self.rules().legs.cashier.filter(|id| self.queue(*id).is_some());
        named.or_else(not_issued)
    }
}
