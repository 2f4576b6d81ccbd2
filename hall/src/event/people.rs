//! What is remembered of bookings, erasures and the catalogue. The law of `event.rs` holds here too.

use alloc::{boxed::Box, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    event::{
        matter::{AnsweredMatter, ClosedMatter, Matter},
        staffing::PostChange,
        unfound::Unfound,
        visit::Visit,
    },
    ids::{
        ItemId, QueueId, StaffNo, TicketId,
        person::{BookingMark, BookingNo},
    },
    setup::Item,
    time::{Day, Timestamp},
    words::{
        Channel,
        people::{ChangeKind, CheckInTime, GrantReason},
    },
};

/// 帮办: who escorts whoever holds a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelperSet {
    /// The ticket.
    pub ticket: TicketId,
    /// Who; none: the mark was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<StaffNo>,
}

/// 预约: what is remembered of a booking; short keys, because thousands stand in a day's opening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// Its number.
    #[serde(rename = "n")]
    pub no: BookingNo,
    /// Whose; none if nobody said, or it was erased.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<BookingMark>,
    /// 代办员 who booked for somebody else.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<StaffNo>,
    /// The queue.
    #[serde(rename = "q")]
    pub queue: QueueId,
    /// The item, if one was chosen.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// True if the item has places of its own, and takes none of the queue's.
    #[serde(rename = "o", default, skip_serializing_if = "core::ops::Not::not")]
    pub own_places: bool,
    /// Its slot.
    #[serde(rename = "s")]
    pub slot: Slot,
    /// How it was booked.
    #[serde(rename = "c")]
    pub channel: Channel,
}

/// 预约时段.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Slot {
    /// The day.
    #[serde(rename = "d")]
    pub day: Day,
    /// It begins.
    #[serde(rename = "f")]
    pub from: Timestamp,
    /// It ends.
    #[serde(rename = "u")]
    pub until: Timestamp,
}

/// 预约取号: which booking a ticket was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedIn {
    /// The booking.
    pub booking: BookingNo,
    /// In time or late.
    pub time: CheckInTime,
}

/// 优先事由: why a ticket was given its class; by whom, the event says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grounds {
    /// To whom or to what it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<GrantReason>,
    /// In words, 1 to 200 characters; 特事特办 always has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Grounds {
    /// True if nothing was said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.reason.is_none() && self.note.is_none()
    }
}

/// 清除: whose traces were removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Tickets of today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tickets: Vec<TicketId>,
    /// Bookings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bookings: Vec<BookingNo>,
    /// Marks whose missed bookings are forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misses_of: Vec<BookingMark>,
}

/// 目录调整: a change of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueChanged {
    /// The how-manieth change that was decided here.
    pub number: u32,
    /// The item.
    pub item: ItemId,
    /// Why.
    pub kind: ChangeKind,
    /// The item as it shall be, if it shall be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Box<Item>>,
    /// From which day on.
    pub effective: Day,
    /// Who approved it.
    pub approver: StaffNo,
}

/// What outlives a day: replay begins at the last opening, so it is told there again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Carried {
    /// Bookings still to come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bookings: Vec<Booked>,
    /// Missed bookings that still count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misses: Vec<Miss>,
    /// Catalogue changes that have taken effect since the beginning.
    #[serde(skip_serializing_if = "is_zero")]
    pub catalogue_version: u32,
    /// Catalogue changes decided since the beginning.
    #[serde(skip_serializing_if = "is_zero")]
    pub catalogue_decided: u32,
    /// Catalogue changes that the profile does not hold yet, those to come included.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub catalogue: Vec<CatalogueChanged>,
    /// 诉求 that are not closed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matters: Vec<Matter>,
    /// 诉求 opened since the beginning.
    #[serde(skip_serializing_if = "is_zero")]
    pub matters_opened: u32,
    /// 诉求 with a receipt that were closed lately.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answered: Vec<AnsweredMatter>,
    /// 诉求 that were closed while no day was open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<ClosedMatter>,
    /// 上门服务 that is not over, or that may still be evaluated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
    /// 上门服务 asked for since the beginning.
    #[serde(skip_serializing_if = "is_zero")]
    pub visits_asked: u32,
    /// 没有找到的事项 of the last weeks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unfound: Vec<Unfound>,
    /// 换岗申请 that wait, count or were over lately.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<PostChange>,
    /// 换岗申请 asked since the beginning.
    #[serde(skip_serializing_if = "is_zero")]
    pub changes_asked: u32,
}

/// 爽约: a missed booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Miss {
    /// Whose.
    #[serde(rename = "m")]
    pub mark: BookingMark,
    /// When the slot ended.
    #[serde(rename = "u")]
    pub at: Timestamp,
}

impl Carried {
    /// True if nothing outlives the day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
pub(super) const fn is_zero(number: &u32) -> bool {
    *number == 0
}
