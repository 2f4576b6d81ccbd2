//! 取消: the visitor gives the number back.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact, hall::Hall, ids::TicketId, refusal::Refusal, state::State, time::Timestamp,
    words::TicketState,
};

pub(super) fn decide(hall: &Hall, id: TicketId) -> Result<Facts, Refusal> {
    let state = hall.known_ticket(id)?.state;
    match state {
        TicketState::Reserved | TicketState::Waiting | TicketState::Called | TicketState::Held => {
            Ok(Vec::from([Fact::Cancelled { ticket: id }]))
        }
        TicketState::Serving
        | TicketState::Done
        | TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => Err(Refusal::WrongState { state }),
    }
}

pub(super) fn apply(state: &mut State, at: Timestamp, id: TicketId) {
    state.end(id, at, TicketState::Cancelled);
}
