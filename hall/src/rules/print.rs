//! 出票: what became of a reserved ticket's slip. Who may hold a slip is never left standing.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::TicketId,
    refusal::Refusal,
    state::{State, ticket::Ticket},
    time::{Millis, Timestamp},
    words::{Printing, TicketState},
};

/// The printer confirmed, or nobody knows; either way the ticket waits from its issue on.
pub(super) fn confirm(hall: &Hall, id: TicketId, certain: bool) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    let printing = match ticket.printing {
        Printing::Confirmed => Printing::Confirmed,
        Printing::Pending | Printing::Unconfirmed if is_live(ticket) => {
            if certain {
                Printing::Confirmed
            } else {
                Printing::Unconfirmed
            }
        }
        Printing::Pending | Printing::Unconfirmed | Printing::Without | Printing::Failed => {
            return Err(Refusal::WrongState { state: ticket.state });
        }
    };
    Ok(Vec::from([Fact::Printed { ticket: id, printing }]))
}

/// The slip certainly did not come out: the number stays retired. A late word of it still counts
/// while nobody has called the number.
pub(super) fn fail(hall: &Hall, id: TicketId) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    let waits = matches!(ticket.state, TicketState::Reserved | TicketState::Waiting);
    let open = matches!(ticket.printing, Printing::Pending | Printing::Unconfirmed);
    let failed_before = ticket.printing == Printing::Failed;
    if !(failed_before || waits && open) {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    Ok(Vec::from([Fact::Printed { ticket: id, printing: Printing::Failed }]))
}

/// A kiosk that fell silent may have printed: its reserved tickets join their queues.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let within = within(hall);
    let due = hall.state.pending.iter().take_while(move |(issued, _)| *issued + within <= at);
    due.map(|(_, ticket)| Fact::Printed { ticket: *ticket, printing: Printing::Unconfirmed })
}

/// When the next reserved ticket joins its queue by itself.
pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    hall.state.pending.first().map(|(issued, _)| *issued + within(hall))
}

fn within(hall: &Hall) -> Millis {
    Millis::from_secs(hall.setup().rules().confirm_within_secs.into())
}

fn is_live(ticket: &Ticket) -> bool {
    match ticket.state {
        TicketState::Reserved
        | TicketState::Waiting
        | TicketState::Called
        | TicketState::Serving
        | TicketState::Held
        | TicketState::Done
        | TicketState::NoShow => true,
        TicketState::Swept | TicketState::Cancelled | TicketState::NotPrinted => false,
    }
}

pub(super) fn apply(state: &mut State, at: Timestamp, id: TicketId, printing: Printing) {
    let ticket = state.ticket_mut(id);
    let (was, issued) = (ticket.state, ticket.issued);
    let walked_in = ticket.check_in.is_none() && ticket.offline.is_none();
    let booking = ticket.booking;
    let queue = ticket.legs[0].queue;
    ticket.printing = printing;
    if printing == Printing::Failed {
        if was != TicketState::NotPrinted {
            state.end(id, at, TicketState::NotPrinted);
            // The place in the segment, or the booking, was not used after all.
            if walked_in && state.hours.is_of_session(id) {
                state.hours.give_back(queue, issued);
            }
            if let Some(booking) = booking {
                state.bookings.reopen(booking, at);
            }
        }
    } else if was == TicketState::Reserved {
        state.pending.remove(&(issued, id));
        state.join(id);
    }
}
