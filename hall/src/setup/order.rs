//! `[rules.order]`: who is called next.

use serde::{Deserialize, Serialize};

use super::check::Range;
use crate::{
    time::Millis,
    words::{
        PriorityClass,
        order::{ClassOrder, ListOrder},
    },
};

/// The settings of the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderRules {
    /// How a window goes through its queues.
    pub lists: ListOrder,
    /// How the classes go.
    pub classes: ClassOrder,
    /// `ratio`: priority calls of one round …
    pub ratio_priority: u8,
    /// … and ordinary ones.
    pub ratio_ordinary: u8,
    /// `weights`: what 军人依法优先 is worth in minutes of waiting.
    pub weight_military_minutes: u32,
    /// The same of 绿色通道.
    pub weight_vulnerable_minutes: u32,
    /// The same of 转办.
    pub weight_transferred_minutes: u32,
    /// The same of 预约 in its slot.
    pub weight_booked_minutes: u32,
    /// 最长等候上限: who has waited longer goes before everybody but 特事特办, oldest first.
    pub wait_hard_max_minutes: u32,
}

impl Default for OrderRules {
    fn default() -> Self {
        Self {
            lists: ListOrder::PrimaryFirst,
            classes: ClassOrder::Guarded,
            ratio_priority: 2,
            ratio_ordinary: 1,
            weight_military_minutes: 20,
            weight_vulnerable_minutes: 15,
            weight_transferred_minutes: 10,
            weight_booked_minutes: 5,
            wait_hard_max_minutes: 60,
        }
    }
}

impl OrderRules {
    /// What a class is worth in waiting; 特事特办 is not weighed.
    pub(crate) fn weight(&self, class: PriorityClass) -> Millis {
        Millis::from_minutes(u64::from(match class {
            PriorityClass::Special | PriorityClass::Ordinary => 0,
            PriorityClass::Military => self.weight_military_minutes,
            PriorityClass::Vulnerable => self.weight_vulnerable_minutes,
            PriorityClass::Transferred => self.weight_transferred_minutes,
            PriorityClass::Booked => self.weight_booked_minutes,
        }))
    }

    pub(crate) fn hard_max(&self) -> Millis {
        Millis::from_minutes(self.wait_hard_max_minutes.into())
    }

    pub(super) fn ranges(&self) -> [Range; 7] {
        const WEIGHT_MAX: u32 = 600;
        [
            ("order.ratio_priority", self.ratio_priority.into(), 1, 20),
            ("order.ratio_ordinary", self.ratio_ordinary.into(), 1, 20),
            ("order.weight_military_minutes", self.weight_military_minutes, 0, WEIGHT_MAX),
            ("order.weight_vulnerable_minutes", self.weight_vulnerable_minutes, 0, WEIGHT_MAX),
            ("order.weight_transferred_minutes", self.weight_transferred_minutes, 0, WEIGHT_MAX),
            ("order.weight_booked_minutes", self.weight_booked_minutes, 0, WEIGHT_MAX),
            ("order.wait_hard_max_minutes", self.wait_hard_max_minutes, 1, 24 * 60),
        ]
    }
}
