//! 重呼: the same number once more, not too often and not too soon.

use super::{Facts, take_back};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    refusal::Refusal,
    state::State,
    time::{Millis, Timestamp},
};

pub(super) fn decide(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    let (ticket, unstarted) = take_back::not_come(hall, window)?;
    let (leg, rules) = (ticket.leg(), hall.setup().rules());
    if leg.calls > rules.recalls_max {
        return Err(Refusal::RecallLimit);
    }
    let last = leg.called_last.expect("a called leg knows its last call");
    let until = last + Millis::from_secs(rules.recall_after_secs.into());
    if at < until {
        return Err(Refusal::TooSoon { until });
    }
    let mut facts: Facts = unstarted.into_iter().collect();
    facts.push(Fact::Recalled { leg: ticket.leg_id(), window });
    Ok(facts)
}

pub(super) fn apply(state: &mut State, at: Timestamp, leg_id: LegId, window: WindowId) {
    let leg = state.ticket_mut(leg_id.ticket).leg_mut();
    leg.called_last = Some(at);
    leg.calls = leg.calls.saturating_add(1);
    leg.recalls = leg.recalls.saturating_add(1);
    let call = leg.calls;
    state.announce(at, leg_id, window, call);
}
