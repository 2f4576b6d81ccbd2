//! 取号: what is remembered of a new ticket. The law of `event.rs` holds here too.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    offline::Offline,
    people::{CheckedIn, Grounds, is_zero},
    skipped::is_false,
    stop::Stop,
    wait_range::{Estimate, WaitRange},
};
use crate::{
    ids::{CaseNo, ItemId, PipelineId, QueueId, StaffNo, TicketId, Token, person::PersonMark},
    number::TicketNo,
    time::Timestamp,
    words::{Channel, Printing, PriorityClass},
};

/// 取号: what is remembered of a new ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its identity.
    pub ticket: TicketId,
    /// Its number.
    pub no: TicketNo,
    /// Its secret.
    pub token: Token,
    /// The queue of its first leg.
    pub queue: QueueId,
    /// The item, if one was chosen.
    pub item: Option<ItemId>,
    /// How it was taken.
    pub channel: Channel,
    /// Its class.
    pub class: PriorityClass,
    /// What is known of its slip: `Without` waits at once, `Pending` is reserved.
    pub printing: Printing,
    /// People ahead when it was issued.
    pub ahead: u32,
    /// The estimate given, so that it can be judged later.
    pub wait: Option<WaitRange>,
    /// What that was rounded from, if it was run forward or reckoned by the shell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// Who, under the key of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonMark>,
    /// 代办员 who took it for somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<StaffNo>,
    /// The booking it was taken for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<CheckedIn>,
    /// Waiting counts from here, if not from now: the slot of a booking begins later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_from: Option<Timestamp>,
    /// The version of the catalogue it was taken under.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub catalogue: u32,
    /// 后续环节: what comes after the first leg, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stop>,
    /// The 流水线 it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<PipelineId>,
    /// 领证取件: the case whose result is fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picks_up: Option<CaseNo>,
    /// 优先事由: why it was given its class.
    #[serde(default, skip_serializing_if = "Grounds::is_empty")]
    pub grounds: Grounds,
    /// 离线: a kiosk gave it out alone, before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline: Option<Offline>,
    /// 无声叫号: it is called without the voice.
    #[serde(default, skip_serializing_if = "is_false")]
    pub silent: bool,
}

/// 限号 by whoever caused the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limited {
    /// From now on only so many numbers of a queue are given.
    Set {
        /// The queue.
        queue: QueueId,
        /// So many more; 0: none.
        more: u32,
        /// Until then.
        until: Timestamp,
        /// Why.
        reason: String,
    },
    /// Numbers are given as ever.
    Ended {
        /// The queue.
        queue: QueueId,
    },
}
