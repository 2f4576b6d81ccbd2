//! 清号: at closing time, what still waits ends without service.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact, hall::Hall, ids::TicketId, refusal::Refusal, state::State, time::Timestamp,
    words::TicketState,
};

/// Who is being served is not swept.
pub(super) fn decide(hall: &Hall) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let live = hall.tickets().filter(|ticket| match ticket.state {
        TicketState::Reserved | TicketState::Waiting | TicketState::Called | TicketState::Held => {
            true
        }
        TicketState::Serving
        | TicketState::Done
        | TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => false,
    });
    let tickets: Vec<TicketId> = live.map(|ticket| ticket.id).collect();
    Ok(if tickets.is_empty() { Facts::new() } else { Vec::from([Fact::Swept { tickets }]) })
}

pub(super) fn apply(state: &mut State, at: Timestamp, tickets: &[TicketId]) {
    for ticket in tickets {
        state.end(*ticket, at, TicketState::Swept);
    }
}
