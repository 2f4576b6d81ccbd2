//! 开始办理: the person has come.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    refusal::Refusal,
    state::State,
    time::Timestamp,
    words::TicketState,
};

pub(super) fn decide(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    let leg = hall.called_at(window)?.leg_id();
    Ok(Vec::from([Fact::Started { leg, window, since: at, presumed: false }]))
}

pub(super) fn apply(
    state: &mut State,
    leg_id: LegId,
    window: WindowId,
    since: Timestamp,
    presumed: bool,
    extended: bool,
) {
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Serving;
    let leg = ticket.leg_mut();
    leg.started = Some(since);
    leg.presumed = presumed;
    leg.extended = extended;
    state.window_mut(window).since = Some(since);
}
