//! `[rules.booking]`: which slots there are, and what halls argue about bookings.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ItemId, QueueId},
    time::TimeOfDay,
};

/// 预约: the rules of bookings; each default is `domain.md` 3.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BookingRules {
    /// The nearest working day that can be booked, counted from today; the shell's calendar makes
    /// the list of days by it.
    pub working_days_ahead_min: u8,
    /// The farthest one.
    pub working_days_ahead_max: u8,
    /// Bookings of one person and day.
    pub per_person_and_day: u8,
    /// 取消: so long before the slot begins at the latest.
    pub cancel_before_minutes: u32,
    /// 签到: so long before the slot begins at the earliest.
    pub check_in_before_minutes: u32,
    /// 签到 in time: so long after the slot began at the latest; then an ordinary ticket.
    pub check_in_after_minutes: u32,
    /// 爽约: so many within the span below restrict a person; 0 never does.
    pub misses_max: u8,
    /// The span.
    pub misses_within_days: u16,
    /// No booking from outside the hall for so long; a ticket in the hall is always given.
    pub restricted_days: u16,
    /// The slots; none: nothing can be booked.
    pub slots: Vec<Slots>,
}

/// 预约时段: slots of equal length, one after the other, of a queue or of one of its items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slots {
    /// The queue.
    pub queue: QueueId,
    /// These places are for this item only; then it has no share in the queue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// The first slot begins.
    pub from: TimeOfDay,
    /// The last slot ends.
    pub until: TimeOfDay,
    /// The length of a slot.
    pub each_minutes: u16,
    /// People in a slot.
    pub capacity: u16,
}

impl Slots {
    /// The slots: from, until.
    pub fn each(&self) -> impl Iterator<Item = (TimeOfDay, TimeOfDay)> {
        let step = self.each_minutes.max(1);
        let count = self.until.0.saturating_sub(self.from.0) / step;
        let from = self.from.0;
        (0..count).map(move |at| (TimeOfDay(from + at * step), TimeOfDay(from + at * step + step)))
    }
}

impl Default for BookingRules {
    fn default() -> Self {
        Self {
            working_days_ahead_min: 1,
            working_days_ahead_max: 5,
            per_person_and_day: 1,
            cancel_before_minutes: 120,
            check_in_before_minutes: 30,
            check_in_after_minutes: 15,
            misses_max: 3,
            misses_within_days: 90,
            restricted_days: 30,
            slots: Vec::new(),
        }
    }
}

impl BookingRules {
    /// The rules that have a range: name, value, least, most.
    pub(super) fn ranges(&self) -> [(&'static str, u32, u32, u32); 9] {
        const DAY_MINUTES: u32 = 24 * 60;
        [
            ("booking.working_days_ahead_min", self.working_days_ahead_min.into(), 0, 30),
            (
                "booking.working_days_ahead_max",
                self.working_days_ahead_max.into(),
                self.working_days_ahead_min.into(),
                30,
            ),
            ("booking.per_person_and_day", self.per_person_and_day.into(), 1, 10),
            ("booking.cancel_before_minutes", self.cancel_before_minutes, 0, 7 * DAY_MINUTES),
            ("booking.check_in_before_minutes", self.check_in_before_minutes, 0, DAY_MINUTES),
            ("booking.check_in_after_minutes", self.check_in_after_minutes, 0, DAY_MINUTES),
            ("booking.misses_max", self.misses_max.into(), 0, 8),
            ("booking.misses_within_days", self.misses_within_days.into(), 1, 366),
            ("booking.restricted_days", self.restricted_days.into(), 0, 366),
        ]
    }
}
