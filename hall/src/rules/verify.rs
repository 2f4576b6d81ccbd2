//! 核验证件: a class that asks for a paper is 已核验 at the window or 不符合; who does not fit goes back
//! to the place that an ordinary ticket of the same issue has, and loses nothing else.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    refusal::Refusal,
    state::{State, ticket::Ticket},
    time::{Millis, Timestamp},
    words::{PriorityClass, people::CheckInTime},
};

pub(super) fn decide(hall: &Hall, window: WindowId, fits: bool) -> Result<Facts, Refusal> {
    hall.open_window(window)?;
    let ticket = hall.ticket_at(window).ok_or(Refusal::NothingServed)?;
    if !hall.asks_for_proof(ticket) {
        return Err(Refusal::NothingToVerify);
    }
    let (class, waits) = if fits {
        (ticket.class, false)
    } else {
        (without_priority(ticket), hall.setup().rules().priority.unfit_waits)
    };
    let leg = ticket.leg_id();
    Ok(Vec::from([Fact::Verified { leg, window, fits, class, waits }]))
}

/// The class that the ticket would have without what it could not show.
fn without_priority(ticket: &Ticket) -> PriorityClass {
    if ticket.legs.len() > 1 {
        PriorityClass::Transferred
    } else if ticket.check_in == Some(CheckInTime::InTime) {
        PriorityClass::Booked
    } else {
        PriorityClass::Ordinary
    }
}

pub(super) fn apply(
    state: &mut State,
    at: Timestamp,
    (leg_id, window): (LegId, WindowId),
    fits: bool,
    (class, waits): (PriorityClass, bool),
) {
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.fits = Some(fits);
    ticket.class = class;
    if !waits {
        return;
    }
    // As if it had not been called: the call was for somebody of another class.
    let leg = ticket.leg_mut();
    let served_for = leg.served_until(at);
    (leg.called_first, leg.summoned, leg.called_last, leg.calls) = (None, None, None, 0);
    (leg.window, leg.staff, leg.why) = (None, None, None);
    (leg.started, leg.resumed, leg.presumed) = (None, None, false);
    (leg.extended, leg.held) = (false, Millis(0));
    state.calls.retain(|row| row.leg != leg_id);
    let window = state.window_mut(window);
    window.current = None;
    window.since = Some(at);
    window.serving.0 += served_for.0;
    state.join(leg_id.ticket);
}
