//! 办结: the service at the window is over, and the evaluation device asks.

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{ItemId, LegId, WindowId},
    limits::EMPTY_PRESS,
    refusal::Refusal,
    setup::Setup,
    state::{State, ticket::Ticket},
    time::{Millis, Timestamp},
    words::{CaseKind, TicketState},
};

/// Finishes who is served; who was only called is presumed to have come soon after the call.
pub(super) fn decide(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    case: Option<CaseKind>,
    item: Option<ItemId>,
) -> Result<Facts, Refusal> {
    hall.open_window(window)?;
    if let Some(item) = item {
        hall.setup().item(item).ok_or(Refusal::NoSuchItem)?;
    }
    let ticket = hall.ticket_at(window).ok_or(Refusal::NothingServed)?;
    let mut facts = Facts::new();
    if ticket.state == TicketState::Called {
        let since = presumed_start(hall, ticket).min(at);
        facts.push(Fact::Started { leg: ticket.leg_id(), window, since, presumed: true });
    }
    facts.push(fact(ticket, window, case, item));
    Ok(facts)
}

pub(super) fn fact(
    ticket: &Ticket,
    window: WindowId,
    case: Option<CaseKind>,
    item: Option<ItemId>,
) -> Fact {
    Fact::Finished { leg: ticket.leg_id(), window, case, item }
}

/// True if the ticket at the window is served, or was called long enough ago to have been.
pub(super) fn has_been_served(hall: &Hall, at: Timestamp, window: WindowId) -> bool {
    hall.ticket_at(window).is_some_and(|ticket| {
        ticket.state == TicketState::Serving || presumed_start(hall, ticket) < at
    })
}

fn presumed_start(hall: &Hall, ticket: &Ticket) -> Timestamp {
    let last = ticket.leg().called_last.expect("a called leg knows its last call");
    last + Millis::from_secs(hall.setup().rules().presume_start_after_secs.into())
}

pub(super) fn apply(
    state: &mut State,
    setup: &Setup,
    at: Timestamp,
    leg_id: LegId,
    window: WindowId,
    (case, item): (Option<CaseKind>, Option<ItemId>),
) {
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Done;
    ticket.ended = Some(at);
    let taken_for = ticket.item;
    let leg = ticket.leg_mut();
    leg.finished = Some(at);
    leg.case = case;
    leg.item = item;
    let queue = leg.queue;
    let service = leg.service().expect("a finished leg was started");
    state.queue_mut(queue).served += 1;
    if service >= EMPTY_PRESS {
        state.queue_mut(queue).pace.note(service);
        let handled = item.or(taken_for).filter(|item| setup.item(*item).is_some());
        if let Some(item) = handled {
            state.item_paces.entry(item).or_default().note(service);
        }
    }
    let window = state.window_mut(window);
    window.current = None;
    window.since = Some(at);
    window.asked = Some((leg_id, at));
    window.finished_last = Some(leg_id);
    window.served += 1;
    window.serving.0 += service.0;
}
