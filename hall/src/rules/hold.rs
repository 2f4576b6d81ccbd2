//! 挂起 and 回呼: the person goes away for a moment, the window serves others, and the time away is
//! not time of service.

use alloc::vec::Vec;

use super::{Facts, finish};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    number::TicketNo,
    refusal::Refusal,
    state::{State, held::HeldNow},
    time::{Millis, Timestamp},
    words::TicketState,
};

pub(super) fn hold(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    hall.open_window(window)?;
    let ticket = hall.ticket_at(window).ok_or(Refusal::NothingServed)?;
    let rules = &hall.setup().rules().legs;
    if hall.state.held.at(window) >= usize::from(rules.held_max) {
        return Err(Refusal::HeldEnough { most: rules.held_max });
    }
    let mut facts: Facts = finish::presumed(hall, at, ticket, window).into_iter().collect();
    facts.push(Fact::Held { leg: ticket.leg_id(), window, until: at + rules.hold() });
    Ok(facts)
}

/// The person is called back to the window that held the ticket; once nobody works there, to any
/// window of its queue.
pub(super) fn resume(hall: &Hall, window: WindowId, no: TicketNo) -> Result<Facts, Refusal> {
    hall.free_window(window)?;
    let ticket = hall.ticket_by_no(no).ok_or(Refusal::NoSuchTicket)?;
    let held = hall.state.held.get(ticket.id);
    let held = held.ok_or(Refusal::WrongState { state: ticket.state })?;
    if !hall.may_call_back(window, ticket, held) {
        return Err(Refusal::OtherWindow);
    }
    Ok(Vec::from([Fact::HoldEnded { leg: held.leg, window }]))
}

/// Whose time to come back is over.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let over = hall.state.held.iter().filter(move |(_, held)| held.until <= at);
    over.map(|(_, held)| Fact::HoldExpired { leg: held.leg })
}

pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    hall.state.held.iter().map(|(_, held)| held.until).min()
}

pub(super) fn apply_held(
    state: &mut State,
    at: Timestamp,
    leg_id: LegId,
    window: WindowId,
    until: Timestamp,
) {
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Held;
    let leg = ticket.leg_mut();
    let served_for = leg.served_until(at);
    leg.held_since = Some(at);
    leg.holds = leg.holds.saturating_add(1);
    state.held.insert(leg_id.ticket, HeldNow { leg: leg_id, window, since: at, until });
    state.calls.retain(|row| row.leg != leg_id);
    let window = state.window_mut(window);
    window.last_press = None;
    window.current = None;
    window.since = Some(at);
    window.serving.0 += served_for.0;
}

pub(super) fn apply_ended(state: &mut State, at: Timestamp, leg_id: LegId, id: WindowId) {
    state.held.remove(leg_id.ticket);
    state.note_free(at, id);
    let staff = state.window_mut(id).staff();
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Serving;
    let leg = ticket.leg_mut();
    let since = leg.held_since.take().unwrap_or(at);
    leg.held.0 += at.since(since).0;
    leg.resumed = Some(at);
    leg.window = Some(id);
    leg.staff = staff;
    let window = state.window_mut(id);
    window.last_press = None;
    window.current = Some(leg_id);
    window.since = Some(at);
    state.announce(at, leg_id, id, 1);
}

/// Nobody came back: the service never ended. A re-activated ticket is served anew.
pub(super) fn apply_expired(state: &mut State, at: Timestamp, leg_id: LegId) {
    state.end(leg_id.ticket, at, TicketState::NoShow);
    let leg = state.ticket_mut(leg_id.ticket).leg_mut();
    leg.no_show = Some(at);
    (leg.started, leg.resumed, leg.held_since) = (None, None, None);
    (leg.presumed, leg.extended, leg.held) = (false, false, Millis(0));
}
