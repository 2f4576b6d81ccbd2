//! Bodies of bookings: 预约, 取消预约, 预约取号; and of what else concerns a person.

use std::fmt;

use hall::{
    ids::{ItemId, QueueId, StaffNo, TicketId, person::BookingNo},
    time::{Day, TimeOfDay},
    words::{
        Channel, PriorityClass,
        people::{BookingState, CheckInTime, GrantReason},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroize;

use super::{SlipBody, TicketBody};
use crate::board::Wait;

/// A document: 证件号码 as it was typed (6 to 24 letters and digits; blanks and dashes do not matter),
/// or `card:` and the 32 hexadecimal digits of the mark that a card reader made of the number
/// ([`CARD_PREFIX`](crate::reader::CARD_PREFIX)). Both are one person; anything else is
/// `bad_document`. It is made a mark and forgotten; nothing prints it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct DocumentText(pub String);

impl Drop for DocumentText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DocumentText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentText(…)")
    }
}

/// `GET /slots`: for which item or queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SlotsQuery {
    /// The item; its queue follows.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// The queue, if no item is named.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub queue: Option<QueueId>,
}

/// The answer to `GET /slots`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotsAnswer {
    /// The days that can be booked now, by date.
    pub days: Vec<SlotsDay>,
}

/// The slots of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotsDay {
    /// "2026-11-24".
    #[schema(value_type = String)]
    pub day: Day,
    /// By time; full ones too.
    pub slots: Vec<SlotBody>,
}

/// A slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotBody {
    /// "09:30".
    #[schema(value_type = String)]
    pub from: TimeOfDay,
    /// "10:00".
    #[schema(value_type = String)]
    pub until: TimeOfDay,
    /// People it takes.
    pub capacity: u16,
    /// Places left.
    pub left: u16,
}

/// `POST /bookings`: 预约.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookRequest {
    /// Names the asking.
    pub request_id: String,
    /// The item; its queue follows.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// The queue, if no item is named.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    /// The day to come.
    #[schema(value_type = String)]
    pub day: Day,
    /// When the slot begins: "09:30".
    #[schema(value_type = String)]
    pub from: TimeOfDay,
    /// Whose booking it is; asked of everybody who books from outside the hall.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub document: Option<DocumentText>,
    /// 代办员 who books for somebody else.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub agent: Option<StaffNo>,
    /// How it is booked.
    #[schema(value_type = String)]
    pub channel: Channel,
}

/// A booking, and what to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookingAnswer {
    /// The booking.
    pub booking: BookingBody,
    /// "您预约的 … 时段，预约成功。"
    pub said: String,
}

/// A booking. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookingBody {
    /// 预约号, twelve digits.
    #[schema(value_type = String)]
    pub no: BookingNo,
    /// The queue.
    #[schema(value_type = String)]
    pub queue: QueueId,
    /// Its name.
    pub queue_name: String,
    /// The item, if one was chosen.
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Its name.
    pub item_name: Option<String>,
    /// The day.
    #[schema(value_type = String)]
    pub day: Day,
    /// The slot begins: "09:30".
    pub from: String,
    /// The slot ends: "10:00".
    pub until: String,
    /// What became of it.
    #[schema(value_type = String)]
    pub state: BookingState,
    /// The ticket taken for it.
    #[schema(value_type = Option<u64>)]
    pub ticket: Option<TicketId>,
}

/// `POST /bookings/find`; exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FindBookingRequest {
    /// Which, by its number…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub booking: Option<BookingNo>,
    /// …or whose; then the earliest of today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub document: Option<DocumentText>,
}

/// The answer to `POST /bookings/find`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BookingFound {
    /// The booking.
    pub booking: BookingBody,
    /// Whether a ticket can be had for it now.
    pub when: When,
    /// The same in words: the slot, when to come, or that it is over.
    pub said: String,
}

/// Whether a ticket can be had for a booking now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// 未到时间: not yet.
    Early,
    /// 按时.
    InTime,
    /// 迟到: an ordinary one, if the person wants it.
    Late,
    /// 爽约, or kept, or cancelled: none.
    Over,
}

/// `POST /check-ins`: 预约取号.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckInRequest {
    /// Names the asking.
    pub request_id: String,
    /// Which booking, by its number…
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub booking: Option<BookingNo>,
    /// …or whose; then the earliest of today. With both, the booking must be that person's.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub document: Option<DocumentText>,
    /// How the ticket is taken.
    #[schema(value_type = String)]
    pub channel: Channel,
    /// A class before 预约 that the person asks for.
    #[serde(default = "super::ordinary")]
    #[schema(value_type = String)]
    pub priority: PriorityClass,
    /// 优先事由, as at `POST /tickets`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub priority_reason: Option<GrantReason>,
    /// The same in words.
    #[serde(default)]
    pub priority_note: Option<String>,
    /// True: reserved until `…/printed`; false: waits at once.
    #[serde(default)]
    pub paper: bool,
    /// 迟到: takes an ordinary ticket instead of being told so.
    #[serde(default)]
    pub late_as_walk_in: bool,
}

/// The answer to `POST /check-ins`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckInAnswer {
    /// The ticket.
    pub ticket: TicketBody,
    /// People ahead.
    pub ahead: u32,
    /// The estimate, if one can be given.
    pub wait: Option<Wait>,
    /// What the slip says.
    pub slip: SlipBody,
    /// In time or late.
    #[schema(value_type = String)]
    pub time: CheckInTime,
    /// "您预约的 … 时段，取号成功。"
    pub said: String,
}

/// `POST /erasures`: 清除 whatever could identify a person; exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseRequest {
    /// Names the asking.
    pub request_id: String,
    /// Of one ticket, and of the booking it was taken for.
    #[serde(default)]
    #[schema(value_type = Option<u64>)]
    pub ticket: Option<TicketId>,
    /// Of one booking, and of the ticket taken for it.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub booking: Option<BookingNo>,
    /// Of everything of one person.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub document: Option<DocumentText>,
}
