//! 过号激活: once, soon enough, behind a few others.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::TicketId,
    refusal::Refusal,
    state::{State, queue::Waiter},
    time::{Millis, Timestamp},
    words::TicketState,
};

pub(super) fn decide(hall: &Hall, at: Timestamp, id: TicketId) -> Result<Facts, Refusal> {
    let rules = hall.setup().rules();
    let ticket = hall.known_ticket(id)?;
    if !rules.reactivation {
        return Err(Refusal::NoReactivation);
    }
    if ticket.state != TicketState::NoShow {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    if ticket.reactivated.is_some() {
        return Err(Refusal::ReactivatedBefore);
    }
    let passed = ticket.leg().no_show.expect("a passed ticket knows when it was passed");
    if at > passed + Millis::from_minutes(rules.reactivate_within_minutes.into()) {
        return Err(Refusal::ReactivationTooLate);
    }
    // Who took a new number meanwhile does not get the old one back beside it.
    if ticket.agent.is_none() {
        hall.one_ticket(ticket.person, None, ticket.queue(), Some(id))?;
    }
    Ok(Vec::from([Fact::Reactivated { ticket: id, behind: rules.reactivate_behind }]))
}

pub(super) fn apply(state: &mut State, at: Timestamp, id: TicketId, behind: u8) {
    let ticket = state.ticket_mut(id);
    ticket.state = TicketState::Waiting;
    ticket.reactivated = Some(at);
    ticket.ended = None;
    let leg = ticket.leg_mut();
    leg.calls = 0;
    leg.summoned = None;
    leg.to = None;
    let (queue, waiter) = (ticket.queue(), Waiter::of(ticket));
    state.queue_mut(queue).join_behind(waiter, behind);
}
