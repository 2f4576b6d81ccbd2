//! 爽约: a booked slot ended and nobody had come. It counts against the person only if the hall
//! could have kept the booking.

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::person::BookingNo,
    limits::MISS_NOTICED_WITHIN,
    state::{State, bookings::Booking},
    time::{Day, Timestamp},
};

/// Slots that have ended.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let day = hall.day();
    let due = hall.state.bookings.due().take_while(move |(until, _)| *until <= at);
    due.filter_map(move |(_, booking)| {
        let missed = is_miss(hall, day?, at, hall.state.bookings.known(booking));
        Some(Fact::BookingEnded { booking, missed })
    })
}

/// What the day leaves when it closes: nobody's miss, or the tick would have told it.
pub(super) fn close(hall: &Hall, day: Day) -> Facts {
    let due = hall.state.bookings.due().map(|(_, no)| no);
    let of_day = due.filter(|no| hall.state.bookings.known(*no).booked.slot.day <= day);
    of_day.map(|booking| Fact::BookingEnded { booking, missed: false }).collect()
}

fn is_miss(hall: &Hall, day: Day, at: Timestamp, booking: &Booking) -> bool {
    let (slot, item) = (booking.booked.slot, booking.booked.item);
    let noticed = at.since(slot.until) <= MISS_NOTICED_WITHIN;
    let sessions = hall.sessions_of_day();
    let open = sessions.iter().any(|times| times.opens <= slot.from && slot.until <= times.closes);
    let done_here = item.is_none_or(|item| hall.item(item).is_some());
    slot.day == day && noticed && open && done_here
}

pub(super) fn apply(state: &mut State, booking: BookingNo, missed: bool) {
    state.bookings.end(booking, missed);
}
