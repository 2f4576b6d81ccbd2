//! 特事特办: a supervisor's word puts a waiting ticket in front; why is kept, and who is the event's.

use alloc::{string::String, vec::Vec};

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::TicketId,
    limits::NOTE_CHARS_MAX,
    refusal::Refusal,
    state::State,
    words::{PriorityClass, TicketState},
};

pub(super) fn decide(hall: &Hall, id: TicketId, reason: &str) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    if reason.chars().count() > NOTE_CHARS_MAX {
        return Err(Refusal::TooMuch);
    }
    if ticket.state != TicketState::Waiting {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    Ok(Vec::from([Fact::Expedited { ticket: id, reason: String::from(reason) }]))
}

pub(super) fn apply(state: &mut State, id: TicketId, reason: &str) {
    state.leave(id);
    let ticket = state.ticket_mut(id);
    ticket.class = PriorityClass::Special;
    ticket.expedited = Some(String::from(reason));
    state.join(id);
}
