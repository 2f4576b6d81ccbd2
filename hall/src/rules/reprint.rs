//! 补打: a lost slip comes once more, with the same number.

use alloc::vec::Vec;

use super::Facts;
use crate::{event::Fact, hall::Hall, ids::TicketId, refusal::Refusal, state::State};

pub(super) fn decide(hall: &Hall, id: TicketId) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    if !ticket.is_live() {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    if ticket.reprints >= hall.setup().rules().people.reprints_max {
        return Err(Refusal::ReprintLimit);
    }
    Ok(Vec::from([Fact::Reprinted { ticket: id }]))
}

pub(super) fn apply(state: &mut State, id: TicketId) {
    let ticket = state.ticket_mut(id);
    ticket.reprints = ticket.reprints.saturating_add(1);
}
