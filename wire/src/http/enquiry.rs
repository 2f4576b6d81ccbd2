//! Bodies of 排队查询: where a person's tickets stand, and what may still be done with them.

use hall::{
    ids::{QueueId, TicketId, WindowId},
    number::TicketNo,
    words::TicketState,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::booking::DocumentText;
use crate::board::Wait;

/// `POST /tickets/find`; exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindRequest {
    /// The number that everybody sees: it tells where the ticket stands and proves nothing…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub no: Option<TicketNo>,
    /// …or the secret of the slip…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// …or the 证件号码 with which tickets were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub document: Option<DocumentText>,
}

/// The answer to `POST /tickets/find`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FindAnswer {
    /// Tickets of today, those that still hold a place first, the newest before older ones; at most
    /// [`FOUND_MAX`].
    pub tickets: Vec<FoundTicket>,
}

/// Tickets that one asking finds at most; nobody holds more in a day.
pub const FOUND_MAX: usize = 8;

/// A ticket as a screen in the hall may show it: why it goes before others is not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundTicket {
    /// Which, for what may be done with it; only for whom it was shown that it is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub ticket: Option<TicketId>,
    /// The number.
    #[schema(value_type = String)]
    pub no: TicketNo,
    /// The queue of the present leg.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// Its name.
    pub queue_name: String,
    /// The item, if one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_name: Option<String>,
    /// Where it stands.
    #[schema(value_type = String)]
    pub state: TicketState,
    /// The window that called or serves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub window: Option<WindowId>,
    /// Windows that may call it.
    #[schema(value_type = Vec<String>)]
    pub windows: Vec<WindowId>,
    /// Where to wait.
    pub place: String,
    /// People ahead, while it waits.
    pub ahead: u32,
    /// The estimate, while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// 过号激活 is possible: behind so many others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reactivates_behind: Option<u8>,
    /// 补打 is possible.
    pub reprints: bool,
    /// 无声叫号.
    #[serde(default)]
    pub silent: bool,
}
