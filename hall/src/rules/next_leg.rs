//! 联办转号: when a leg is done, its ticket goes on to the next of its stops with the same number,
//! and stays where it is if the window serves that too.

use alloc::vec::Vec;

use super::{
    Facts,
    finish::{self, Handled},
    send_on::{self, Destination},
};
use crate::{
    event::{Fact, stop::Stop},
    hall::Hall,
    ids::{LegId, PipelineId, WindowId},
    limits::LEGS_PER_TICKET_MAX,
    refusal::Refusal,
    state::{State, ticket::Ticket},
    time::{Millis, Timestamp},
    words::{CaseKind, QueueList, Why, WhyRule, desk::Press, legs::Via},
};

/// 办结, and on to what is still to come, if the hall does that by itself.
pub(super) fn finish(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    window: WindowId,
    handled: Handled,
) -> Result<Facts, Refusal> {
    let mut facts = finish::decide(hall, (at, luck), window, handled)?;
    let Some(ticket) = hall.ticket_at(window) else { return Ok(facts) };
    if ends_pipeline(ticket, handled.case) {
        facts.insert(0, changed(ticket, window, None, Vec::new()));
    } else if hall.setup().rules().legs.next_leg_on_finish {
        let next = ticket.stops.first().filter(|_| ticket.legs.len() < LEGS_PER_TICKET_MAX);
        facts.extend(next.into_iter().flat_map(|next| on_to(hall, at, ticket, window, *next)));
    }
    Ok(facts)
}

/// 联办转号 by the clerk's key; with a 流水线 the ticket is put on it first.
pub(super) fn decide(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    window: WindowId,
    pipeline: Option<PipelineId>,
) -> Result<Facts, Refusal> {
    let ticket = send_on::sendable(hall, window)?;
    let stops = match pipeline {
        None => ticket.stops.clone(),
        Some(id) => {
            let pipeline = hall.setup().pipeline(id).ok_or(Refusal::NoSuchPipeline)?;
            pipeline.after(ticket.queue(), ticket.item).to_vec()
        }
    };
    let next = *stops.first().ok_or(Refusal::NoNextLeg)?;
    let mut facts = finish::decide(hall, (at, luck), window, Handled::default())?;
    if pipeline.is_some() {
        facts.insert(0, changed(ticket, window, pipeline, stops));
    }
    facts.extend(on_to(hall, at, ticket, window, next));
    Ok(facts)
}

/// The person wants nothing more after this leg.
pub(super) fn drop_stops(hall: &Hall, window: WindowId) -> Result<Facts, Refusal> {
    hall.open_window(window)?;
    let ticket = hall.ticket_at(window).ok_or(Refusal::NothingServed)?;
    if ticket.stops.is_empty() {
        return Err(Refusal::NoNextLeg);
    }
    Ok(Vec::from([changed(ticket, window, None, Vec::new())]))
}

/// True if these facts leave the person at the window with the next leg.
pub(super) fn stays(facts: &[Fact]) -> bool {
    facts.iter().any(|fact| matches!(fact, Fact::Called { .. }))
}

/// 不予受理, 退回件 and 补办件 end a pipeline: without its first step the others make no sense. Items of
/// one number have nothing to do with one another.
fn ends_pipeline(ticket: &Ticket, case: Option<CaseKind>) -> bool {
    let came_through = ticket.leg().desk.declined.is_empty()
        && !matches!(case, Some(CaseKind::Returned | CaseKind::Supplement));
    ticket.pipeline.is_some() && !ticket.stops.is_empty() && !came_through
}

fn changed(
    ticket: &Ticket,
    window: WindowId,
    pipeline: Option<PipelineId>,
    stops: Vec<Stop>,
) -> Fact {
    Fact::StopsChanged { leg: ticket.leg_id(), window, pipeline, stops }
}

/// The new leg; if the person stays, it is called and begun at once.
fn on_to(
    hall: &Hall,
    at: Timestamp,
    ticket: &Ticket,
    window: WindowId,
    next: Stop,
) -> impl Iterator<Item = Fact> {
    let Stop { queue, item } = next;
    let destination = Destination { queue, to: None, item };
    let on = send_on::fact(ticket, at, window, Via::NextLeg, None, destination);
    let class = send_on::class(ticket);
    let here = hall.setup().rules().legs.stay_at_window
        && hall.lists_of(window).is_some_and(|lists| lists.has(queue))
        && hall.server_at(window).may_serve(class, queue, item);
    let here = here.then(|| {
        let leg = LegId { leg: crate::ids::LegNo(ticket.legs.len() as u8), ..ticket.leg_id() };
        let (list, rule) = (QueueList::Chosen, WhyRule::NextLeg);
        let why = Why { list, rule, class, waited: Millis(0), candidates: 1 };
        let started = Fact::Started { leg, window, since: at, presumed: false, by_itself: false };
        [Fact::Called { leg, window, why }, started]
    });
    core::iter::once(on).chain(here.into_iter().flatten())
}

pub(super) fn apply(
    state: &mut State,
    at: Timestamp,
    (leg, window): (LegId, WindowId),
    pipeline: Option<PipelineId>,
    stops: &[Stop],
) {
    state.pressed(at, leg, window, Press::DropStops);
    let ticket = state.ticket_mut(leg.ticket);
    ticket.pipeline = pipeline;
    ticket.stops = stops.to_vec();
}
