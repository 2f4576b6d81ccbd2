//! Legs: every one but the last is over, and who waits for one window can be called there.

use alloc::{format, string::String};

use crate::{hall::Hall, limits::PIPELINE_LEGS_MAX, words::TicketState};

pub(super) fn check(hall: &Hall) -> Result<(), String> {
    for ticket in hall.tickets() {
        let last = ticket.legs.len() - 1;
        for (place, leg) in ticket.legs.iter().enumerate() {
            if leg.finished.is_some() && leg.sent.is_some() {
                return Err(format!("leg {place} of {} ended twice", ticket.no));
            }
            if place < last && !leg.is_over() {
                return Err(format!("{} went on from leg {place}, which is not over", ticket.no));
            }
            if leg.place > leg.entered {
                return Err(format!("leg {place} of {} stands before it came", ticket.no));
            }
        }
        let held = ticket.leg().held_since.is_some();
        if held != (ticket.state == TicketState::Held || ended_while_held(hall, ticket.id)) {
            return Err(format!("{} is {} and held {held}", ticket.no, ticket.state));
        }
        if ticket.stops.len() > PIPELINE_LEGS_MAX {
            return Err(format!("{} has {} legs to come", ticket.no, ticket.stops.len()));
        }
        sent_can_be_called(hall, ticket)?;
    }
    Ok(())
}

/// Swept or cancelled while the person was away.
fn ended_while_held(hall: &Hall, id: crate::ids::TicketId) -> bool {
    hall.ticket(id).is_some_and(|ticket| {
        matches!(ticket.state, TicketState::Swept | TicketState::Cancelled)
            && ticket.leg().held_since.is_some()
    })
}

fn sent_can_be_called(hall: &Hall, ticket: &crate::state::ticket::Ticket) -> Result<(), String> {
    let to = ticket.leg().to.filter(|_| ticket.state == TicketState::Waiting);
    let queue = hall.state.queues.get(&ticket.queue());
    let kept = queue.and_then(|now| now.sent().find(|(id, _)| *id == ticket.id));
    if kept.map(|(_, window)| window) != to {
        return Err(format!("{} is sent to {to:?}, its queue says {kept:?}", ticket.no));
    }
    match to {
        Some(to) if !hall.window(to).is_some_and(|now| now.is_open()) => {
            Err(format!("{} waits for window {to}, which is not open", ticket.no))
        }
        Some(_) | None => Ok(()),
    }
}
