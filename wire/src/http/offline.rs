//! 离线取号: numbers that a kiosk has in hand, and the tickets it gave out with them.

pub use hall::event::offline::NumberBlock;
use hall::{
    ids::{ItemId, QueueId, Token},
    number::TicketNo,
    time::Day,
    words::{PriorityClass, people::GrantReason},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ordinary;
use crate::clock::Clock;

/// `POST /kiosk/numbers`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumbersRequest {
    /// Names the asking.
    pub request_id: String,
    /// Names the kiosk's record of what it has given out. A kiosk that lost its record makes a new
    /// name, and gets numbers that the old record has not.
    #[schema(value_type = String)]
    pub book: Token,
    /// Letters of which it has given out most.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub low: Vec<char>,
}

/// 离线号段 of a kiosk, and what it must know to give tickets by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NumbersAnswer {
    /// The day of the numbers; on another day they are nobody's.
    #[schema(value_type = String)]
    pub day: Day,
    /// The hall's clock.
    pub clock: Clock,
    /// The numbers, oldest first.
    #[schema(value_type = Vec<Object>)]
    pub blocks: Vec<NumberBlock>,
    /// When tickets are issued today.
    pub hours: Vec<IssueHours>,
    /// Queues of which nothing is done today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub closed: Vec<QueueId>,
    /// What a slip's code leads to, in front of the ticket's secret; empty if the hall has no
    /// address for telephones.
    pub follow_url: String,
    /// 过号激活 is possible within so many minutes; none: a passed ticket is void.
    pub reactivate_within_minutes: Option<u32>,
}

/// 取号时间: both in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IssueHours {
    /// From then …
    pub from: i64,
    /// … to then.
    pub until: i64,
}

/// What is known of the slip of a ticket that was given out offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OfflineSlip {
    /// The printer confirmed it.
    Printed,
    /// Nobody knows.
    Unknown,
    /// The person went on without paper.
    Without,
}

/// `POST /tickets/handed-in`: a ticket that a kiosk gave out by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandInRequest {
    /// Names the asking.
    pub request_id: String,
    /// The day on which it was given out.
    #[schema(value_type = String)]
    pub day: Day,
    /// Its number, one of the kiosk's own.
    #[schema(value_type = String)]
    pub no: TicketNo,
    /// Its secret, as on the slip.
    #[schema(value_type = String)]
    pub token: Token,
    /// Its queue.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// The item, if one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// The class claimed.
    #[serde(default = "ordinary")]
    #[schema(value_type = String)]
    pub priority: PriorityClass,
    /// 优先事由.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub priority_reason: Option<GrantReason>,
    /// 无声叫号.
    #[serde(default)]
    pub silent: bool,
    /// When it was given out: the hall's time as the kiosk reckoned it, in milliseconds since 1970.
    pub taken: i64,
    /// What is known of its slip.
    pub slip: OfflineSlip,
}
