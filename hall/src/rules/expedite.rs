//! 特事特办: a supervisor's word puts a waiting ticket in front; why is kept, and who is the event's.

use alloc::{string::String, vec::Vec};

use super::{Facts, grant};
use crate::{
    event::{Fact, people::Grounds},
    hall::Hall,
    ids::TicketId,
    refusal::Refusal,
    state::{State, ticket::Granted},
    words::{Actor, Channel, PriorityClass, TicketState},
};

pub(super) fn decide(hall: &Hall, id: TicketId, reason: &str) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    let reason = grant::written(reason)?.ok_or(Refusal::ReasonNeeded)?;
    if ticket.state != TicketState::Waiting {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    Ok(Vec::from([Fact::Expedited { ticket: id, reason }]))
}

pub(super) fn apply(state: &mut State, by: &Actor, id: TicketId, reason: &str) {
    state.leave(id);
    let ticket = state.ticket_mut(id);
    let class = PriorityClass::Special;
    ticket.class = class;
    ticket.granted = Some(Granted {
        class,
        grounds: Grounds { reason: None, note: Some(String::from(reason)) },
        // A supervisor's word is the guide desk's, wherever the ticket was taken.
        channel: Channel::GuideDesk,
        by: by.clone(),
    });
    state.join(id);
}
