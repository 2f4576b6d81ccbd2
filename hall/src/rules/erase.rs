//! 清除: whatever could identify a person goes; tickets keep their places, figures stay figures.

use alloc::{collections::BTreeSet, vec::Vec};

use super::Facts;
use crate::{
    command::people::Erase,
    event::{Fact, people::Erased},
    hall::Hall,
    ids::{
        TicketId,
        person::{Booker, BookingMark, BookingNo, PersonMark},
    },
    refusal::Refusal,
    state::State,
};

#[derive(Default)]
struct Traces {
    tickets: BTreeSet<TicketId>,
    bookings: BTreeSet<BookingNo>,
    misses_of: Vec<BookingMark>,
}

pub(super) fn decide(hall: &Hall, erase: Erase) -> Result<Facts, Refusal> {
    let mut traces = Traces::default();
    match erase {
        Erase::Ticket(id) => {
            let ticket = hall.known_ticket(id)?;
            traces.ticket(hall, id);
            traces.bookings.extend(ticket.booking);
        }
        Erase::Booking(no) => {
            let booking = hall.booking(no).ok_or(Refusal::NoSuchBooking)?;
            traces.booking(hall, no);
            booking.ticket.into_iter().for_each(|id| traces.ticket(hall, id));
        }
        Erase::Person { mark, booker } => traces.person(hall, mark, booker),
    }
    if traces.tickets.is_empty() && traces.bookings.is_empty() && traces.misses_of.is_empty() {
        return Err(Refusal::NothingToErase);
    }
    Ok(Vec::from([Fact::Erased(Erased {
        tickets: traces.tickets.into_iter().collect(),
        bookings: traces.bookings.into_iter().collect(),
        misses_of: traces.misses_of,
    })]))
}

impl Traces {
    fn ticket(&mut self, hall: &Hall, id: TicketId) {
        let ticket = hall.ticket(id);
        if ticket.is_some_and(|ticket| ticket.person.is_some() || ticket.booking.is_some())
            || hall.state.matters.holds_words(id)
        {
            self.tickets.insert(id);
        }
    }

    fn booking(&mut self, hall: &Hall, no: BookingNo) {
        let booking = hall.booking(no);
        if booking.is_some_and(|each| each.booked.mark.is_some() || each.ticket.is_some()) {
            self.bookings.insert(no);
        }
    }

    fn person(&mut self, hall: &Hall, mark: Option<PersonMark>, booker: Option<Booker>) {
        for ticket in mark.into_iter().flat_map(|mark| hall.tickets_of(mark)) {
            self.tickets.insert(ticket.id);
            self.bookings.extend(ticket.booking);
        }
        for booking in booker.into_iter().flat_map(|booker| hall.bookings_of(booker)) {
            self.bookings.insert(booking.booked.no);
            self.tickets.extend(booking.ticket);
        }
        let marks = booker.into_iter().flat_map(|booker| booker.marks().collect::<Vec<_>>());
        let missed = marks.filter(|mark| !hall.state.bookings.misses_of(*mark).is_empty());
        self.misses_of.extend(missed);
    }
}

pub(super) fn apply(state: &mut State, erased: &Erased) {
    for ticket in &erased.tickets {
        state.erase(*ticket);
    }
    for booking in &erased.bookings {
        state.bookings.erase(*booking);
    }
    for mark in &erased.misses_of {
        state.bookings.forget_misses(*mark);
    }
}
