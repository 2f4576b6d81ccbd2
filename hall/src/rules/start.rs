//! 开始办理: the person has come; by the clerk's key, or by itself some time after the call.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    refusal::Refusal,
    state::{State, ticket::Ticket, window::WindowNow},
    time::{Millis, Timestamp},
    words::TicketState,
};

pub(super) fn decide(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    let leg = hall.called_at(window)?.leg_id();
    let started = Fact::Started { leg, window, since: at, presumed: false, by_itself: false };
    Ok(Vec::from([started]))
}

/// 自动开始: who was called so long ago is taken to have come.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let windows = hall.state.windows.iter();
    let due = windows.filter_map(move |(window, now)| {
        let (ticket, since) = by_itself(hall, now)?;
        (since <= at).then_some((*window, ticket.leg_id(), since))
    });
    due.map(|(window, leg, since)| Fact::Started {
        leg,
        window,
        since,
        presumed: true,
        by_itself: true,
    })
}

pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    if hall.setup().rules().start_after_secs == 0 {
        return None;
    }
    hall.state.windows.values().filter_map(|now| Some(by_itself(hall, now)?.1)).min()
}

/// Who will be taken to have come to a window, and when; nobody once the clerk has said that nobody
/// was there.
pub(crate) fn by_itself<'h>(hall: &'h Hall, now: &WindowNow) -> Option<(&'h Ticket, Timestamp)> {
    let after = hall.setup().rules().start_after_secs;
    let ticket = hall.ticket(now.current?.ticket).filter(|_| after > 0)?;
    let leg = ticket.leg();
    if ticket.state != TicketState::Called || leg.start_by_hand {
        return None;
    }
    Some((ticket, leg.called_last? + Millis::from_secs(after.into())))
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
