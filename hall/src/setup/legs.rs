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
    /// 统一出件: the queue in which results are fetched by case number; none: nobody asks for a number.
    pub pick_up: Option<QueueId>,
    /// 联办转号: 办结 sends on whoever has legs to come; false: only the clerk's key does.
    pub next_leg_on_finish: bool,
    /// Whoever can be served here with the next leg too stays at the window.
    pub stay_at_window: bool,
    /// 一次多办: items that one ticket takes.
    pub items_max: u8,
    /// 挂起时限: a held ticket whose person has not come back by then is passed over.
    pub hold_minutes: u32,
    /// Tickets that one window may hold at once.
    pub held_max: u8,
}

impl Default for LegRules {
    fn default() -> Self {
        Self {
            cashier: None,
            pick_up: None,
            next_leg_on_finish: true,
            stay_at_window: true,
            items_max: 3,
            hold_minutes: 30,
            held_max: 8,
        }
    }
}

impl LegRules {
    pub(crate) fn hold(&self) -> Millis {
        Millis::from_minutes(self.hold_minutes.into())
    }

    pub(super) fn ranges(&self) -> [Range; 3] {
        [
            ("legs.items_max", self.items_max.into(), 1, 8),
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

    /// 统一出件: where results are fetched by case number.
    #[must_use]
    pub fn pick_up(&self) -> Option<QueueId> {
        self.rules().legs.pick_up.filter(|id| self.queue(*id).is_some_and(|queue| queue.issued))
    }
}
