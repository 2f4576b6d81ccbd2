//! What a day leaves behind for the forecast to learn from: times, and nobody's name.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::learned::Occasion;
use crate::{
    Hall,
    ids::{ItemId, QueueId, StaffNo, WindowId},
    state::ticket::{Leg, Ticket},
    time::{Day, Millis, Timestamp},
    words::{
        PauseReason, PriorityClass, QueueList, TicketState,
        legs::Via,
        people::{BookingState, DayKind},
    },
};

/// A day that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLog {
    /// The day.
    pub day: Day,
    /// Its place in the week; 0 is Monday.
    pub weekday: u8,
    /// What kind of day it was.
    pub kind: DayKind,
    /// Its local midnight.
    pub midnight: Timestamp,
    /// Legs that were called, and what became of them.
    pub legs: Vec<LegLog>,
    /// Everybody who took a ticket without a booking.
    pub arrivals: Vec<Arrival>,
    /// Bookings that ended.
    pub bookings: Vec<BookingLog>,
    /// How long those had waited who gave their number back before they were called.
    pub gave_up: Vec<Millis>,
    /// Pauses by reason: how often, and how long together.
    pub pauses: [(u32, Millis); PauseReason::ALL.len()],
    /// Time with a clerk, of all windows.
    pub signed: Millis,
}

/// A leg that was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegLog {
    /// The queue.
    pub queue: QueueId,
    /// What was done, if that is known.
    pub item: Option<ItemId>,
    /// The window.
    pub window: WindowId,
    /// Who worked there.
    pub staff: Option<StaffNo>,
    /// A clerk called it by hand.
    pub by_hand: bool,
    /// It began with a ticket that was taken without a booking.
    pub walked_in: bool,
    /// Since when it waited.
    pub entered: Timestamp,
    /// The first call.
    pub called: Timestamp,
    /// The call to which somebody came, or nobody.
    pub summoned: Timestamp,
    /// The end at the window; none if nobody came, or it was not over.
    pub ended: Option<Timestamp>,
    /// How long the person was away meanwhile.
    pub held: Millis,
    /// Nobody came to the first call, and how long the window waited.
    pub absent: Option<Millis>,
    /// Came back after that.
    pub came_back: bool,
    /// Where the ticket went on to, and what for, if that was known there.
    pub onward: Option<(QueueId, Option<ItemId>)>,
}

/// Somebody who took a ticket without a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// When.
    pub at: Timestamp,
    /// For which queue.
    pub queue: QueueId,
    /// For what, if it was said.
    pub item: Option<ItemId>,
    /// In which class.
    pub class: PriorityClass,
}

/// A booking that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingLog {
    /// Its slot began.
    pub slot: Timestamp,
    /// When the person came, if that happened.
    pub came: Option<Timestamp>,
}

impl DayLog {
    /// What a day has left behind: the open one so far, or the one that was open last; none if none
    /// ever was.
    #[must_use]
    pub fn of(hall: &Hall, weekday: u8, midnight: Timestamp) -> Option<Self> {
        let day = hall.last_day()?;
        let called = hall.tickets().flat_map(|ticket| {
            (0..ticket.legs.len()).filter_map(|at| leg_log(ticket, at)).collect::<Vec<_>>()
        });
        let walked_in = hall.tickets().filter(|ticket| ticket.check_in.is_none());
        let arrivals = walked_in.map(|ticket| Arrival {
            at: ticket.issued,
            queue: ticket.legs[0].queue,
            item: if ticket.legs.len() == 1 { ticket.item } else { ticket.legs[0].item },
            class: ticket.taken_as,
        });
        let of_day = hall.bookings().filter(|each| each.booked.slot.day == day);
        let bookings = of_day.filter_map(|booking| {
            let came = booking.ticket.and_then(|id| hall.ticket(id)).map(|ticket| ticket.issued);
            let slot = booking.booked.slot.from;
            match booking.state {
                BookingState::Kept => came.map(|came| BookingLog { slot, came: Some(came) }),
                BookingState::Missed | BookingState::Released => {
                    Some(BookingLog { slot, came: None })
                }
                BookingState::Booked | BookingState::Cancelled => None,
            }
        });
        let mut pauses = [(0, Millis(0)); PauseReason::ALL.len()];
        let mut signed = Millis(0);
        for window in hall.state.windows.values() {
            signed.0 += window.signed.0;
            for (sum, one) in pauses.iter_mut().zip(&window.pauses) {
                sum.0 += one.0;
                sum.1.0 += one.1.0;
            }
        }
        Some(Self {
            day,
            weekday,
            kind: hall.session_plan().kind,
            midnight,
            legs: called.collect(),
            arrivals: arrivals.collect(),
            bookings: bookings.collect(),
            gave_up: hall.tickets().filter_map(gave_up).collect(),
            pauses,
            signed,
        })
    }
}

impl DayLog {
    /// What was special about it for those who came.
    #[must_use]
    pub fn occasion(&self) -> Occasion {
        Occasion::of(self.day, self.weekday, self.kind)
    }
}

/// How long somebody had waited who gave the number back before a call.
fn gave_up(ticket: &Ticket) -> Option<Millis> {
    let leg = ticket.leg();
    let uncalled = ticket.state == TicketState::Cancelled && leg.called_first.is_none();
    Some(ticket.ended.filter(|_| uncalled)?.since(leg.entered))
}

/// A leg of a ticket as it is remembered; none if it was never called, or the same window went on
/// with it without a call.
pub(crate) fn leg_log(ticket: &Ticket, at: usize) -> Option<LegLog> {
    let leg: &Leg = &ticket.legs[at];
    let item_of = |at: usize| {
        let leg = &ticket.legs[at];
        let last = at + 1 == ticket.legs.len();
        if last && leg.item.is_none() { ticket.item } else { leg.item }
    };
    let (window, called) = (leg.window?, leg.called_first?);
    let absent = leg.no_show.filter(|_| leg.no_shows > 0).map(|end| end.since(called));
    Some(LegLog {
        queue: leg.queue,
        item: item_of(at),
        window,
        staff: leg.staff,
        by_hand: leg.why.is_some_and(|why| why.list == QueueList::Chosen),
        walked_in: at == 0 && ticket.check_in.is_none(),
        entered: leg.entered,
        called,
        summoned: leg.summoned.unwrap_or(called),
        ended: leg.finished.or(leg.sent),
        held: leg.held,
        absent,
        came_back: leg.no_shows > 0 && ticket.reactivated.is_some(),
        onward: ticket
            .legs
            .get(at + 1)
            .filter(|next| next.via != Via::Issued)
            .map(|next| (next.queue, item_of(at + 1))),
    })
}
