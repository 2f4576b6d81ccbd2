//! What is special about a session: whose day it is, which items, and how many numbers of each queue.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ItemId, QueueId},
    limits::SEGMENTS_PER_QUEUE_MAX,
    time::Timestamp,
    words::people::{DayKind, EarlyReason},
};

/// What is special about a session; nothing, if it is left out.
///
/// It stands in events: fields are only added, with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionPlan {
    /// 日期类型.
    #[serde(skip_serializing_if = "is_ordinary")]
    pub kind: DayKind,
    /// 取号时段: when a queue gives numbers, and how many. A queue without any follows the session.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub segments: BTreeMap<QueueId, Vec<Segment>>,
    /// 当日事项: the only items of this session; none: all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<BTreeSet<ItemId>>,
}

/// 取号时段 of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Issuing begins.
    pub from: Timestamp,
    /// Issuing ends.
    pub until: Timestamp,
    /// 限号: numbers to be taken in it; those of bookings do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
}

/// 提前闭厅: the session ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloseEarly {
    /// Issuing ends; now, if that is past.
    pub issue_until: Timestamp,
    /// Windows close; now, if that is past.
    pub closes: Timestamp,
    /// Why.
    pub reason: EarlyReason,
    /// True: no session opens any more today.
    pub for_the_day: bool,
}

/// 限号: a queue gives only so many more numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitIssue {
    /// The queue.
    pub queue: QueueId,
    /// So many more; 0: none.
    pub more: u32,
    /// Until then, and no longer than the session; none: as long as it.
    pub until: Option<Timestamp>,
    /// Why; kept for ever.
    pub reason: String,
}

impl Default for SessionPlan {
    fn default() -> Self {
        Self { kind: DayKind::Ordinary, segments: BTreeMap::new(), items: None }
    }
}

impl SessionPlan {
    /// True if nothing is special.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// True if every queue's segments follow one another and are not too many.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.segments.values().all(|segments| {
            let ordered = segments.windows(2).all(|pair| pair[0].until <= pair[1].from);
            let spans = segments.iter().all(|segment| segment.from < segment.until);
            (1..=SEGMENTS_PER_QUEUE_MAX).contains(&segments.len()) && ordered && spans
        })
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_ordinary(kind: &DayKind) -> bool {
    *kind == DayKind::Ordinary
}
