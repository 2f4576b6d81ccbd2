//! What people ask for beside a ticket: bookings, a second slip, and to be forgotten.

use alloc::{collections::BTreeSet, vec::Vec};

use crate::{
    event::{people::Grounds, wait_range::Estimate},
    ids::{
        ItemId, QueueId, StaffNo, TicketId,
        person::{Booker, BookingNo, PersonMark},
    },
    time::{Day, TimeOfDay, Timestamp},
    words::{Channel, PriorityClass},
};

/// 预约: what a person wants to come for, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Who, by marks; asked of everybody who books from outside the hall.
    pub booker: Option<Booker>,
    /// 代办员 who books for somebody else.
    pub agent: Option<StaffNo>,
    /// The queue.
    pub queue: QueueId,
    /// The item, if one was chosen.
    pub item: Option<ItemId>,
    /// The day.
    pub day: Day,
    /// When the slot begins.
    pub from: TimeOfDay,
    /// How it is booked.
    pub channel: Channel,
    /// The days that can be booked now, as the shell's calendar knows them.
    pub days: Vec<BookableDay>,
}

/// A day that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookableDay {
    /// The day.
    pub day: Day,
    /// Its local midnight.
    pub begins: Timestamp,
    /// When windows are open: from, until.
    pub open: Vec<(Timestamp, Timestamp)>,
    /// The items of that day; none: all of them.
    pub items: Option<BTreeSet<ItemId>>,
}

/// Which booking is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingRef {
    /// The one with this number.
    No(BookingNo),
    /// This person's earliest of that day.
    Person {
        /// Who.
        booker: Booker,
        /// The day of the slot.
        day: Day,
    },
}

/// 预约取号: somebody with a booking has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// Which booking.
    pub booking: BookingRef,
    /// Who, if a document was shown: a booking under another person's mark is not given out.
    pub booker: Option<Booker>,
    /// Who, for the one live ticket of a person and queue.
    pub person: Option<PersonMark>,
    /// How the ticket is taken.
    pub channel: Channel,
    /// A class before 预约 that the person asks for; 普通 if none.
    pub class: PriorityClass,
    /// 优先事由: why.
    pub grounds: Grounds,
    /// True: reserved until the printer confirmed; false: waits at once.
    pub paper: bool,
    /// Who comes too late takes an ordinary ticket instead of being told so.
    pub late_as_walk_in: bool,
    /// 预计等候 as the shell reckoned it; none, or one that is not sound: by the queue's length.
    pub estimate: Option<Estimate>,
}

/// 清除: whose traces are removed. The figures stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erase {
    /// Of one ticket, and of the booking it was taken for.
    Ticket(TicketId),
    /// Of one booking, and of the ticket taken for it.
    Booking(BookingNo),
    /// Of everything of one person: tickets of today, bookings, missed bookings.
    Person {
        /// Under the key of the day.
        mark: Option<PersonMark>,
        /// Under the keys that outlive it.
        booker: Option<Booker>,
    },
}
