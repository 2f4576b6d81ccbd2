//! 过号: called, did not come.

use super::{Facts, take_back};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    refusal::Refusal,
    state::State,
    time::{Millis, Timestamp},
    words::{TicketState, desk::Press},
};

/// Only after enough calls, and long enough after the first of them.
pub(super) fn decide(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    let (ticket, unstarted) = take_back::not_come(hall, window)?;
    let (leg, rules) = (ticket.leg(), hall.setup().rules());
    let missing = (rules.recalls_max + 1).saturating_sub(leg.calls);
    if missing > 0 {
        return Err(Refusal::TooFewCalls { missing });
    }
    let first = leg.summoned.expect("a called leg knows its first call");
    let until = first + Millis::from_secs(rules.no_show_after_secs.into());
    if at < until {
        return Err(Refusal::TooSoon { until });
    }
    let mut facts: Facts = unstarted.into_iter().collect();
    facts.push(Fact::NoShowed { leg: ticket.leg_id(), window });
    Ok(facts)
}

pub(super) fn apply(state: &mut State, at: Timestamp, leg_id: LegId, window: WindowId) {
    state.pressed(at, leg_id, window, Press::NoShow);
    state.end(leg_id.ticket, at, TicketState::NoShow);
    let leg = state.ticket_mut(leg_id.ticket).leg_mut();
    leg.no_shows = leg.no_shows.saturating_add(1);
    leg.no_show = Some(at);
    state.calls.retain(|row| row.leg != leg_id);
    state.alerts.note_outcome(at, true);
    state.window_mut(window).since = Some(at);
}
