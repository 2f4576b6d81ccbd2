//! 叫号 and 选呼: the next by rule, or a chosen number; every call says why this one.

use alloc::vec::Vec;

use super::{
    Facts,
    finish::{self, Handled},
    next_leg,
};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, WindowId},
    number::TicketNo,
    order,
    refusal::Refusal,
    state::{State, window::LastCall},
    time::{Millis, Timestamp},
    words::{QueueList, TicketState, Why, WhyRule, desk::Press},
};

/// 叫号. With `finish_current` the ticket in service is finished first, also if nobody waits.
pub(super) fn next(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    id: WindowId,
    finish_current: bool,
) -> Result<Facts, Refusal> {
    let window = hall.open_window(id)?;
    let rules = hall.setup().rules();
    let within = Millis(rules.same_press_within_millis.into());
    if let Some(last) = window.last_call.filter(|last| window.current == Some(last.leg))
        && at.since(last.at) <= within
    {
        return Ok(Vec::from([Fact::SamePress { leg: last.leg, window: id, why: last.why }]));
    }
    let mut facts = Facts::new();
    if finish_current && finish::has_been_served(hall, at, id) {
        facts.extend(next_leg::finish(hall, (at, luck), id, Handled::default())?);
        if next_leg::stays(&facts) {
            return Ok(facts);
        }
    } else {
        hall.settled(id)?;
    }
    match order::pick(hall, id, at) {
        Some(pick) => facts.push(Fact::Called { leg: pick.leg, window: id, why: pick.why }),
        None if facts.is_empty() => return Err(Refusal::QueueEmpty),
        None => {}
    }
    Ok(facts)
}

/// 选呼: a number that waits for one of the window's queues.
pub(super) fn chosen(
    hall: &Hall,
    at: Timestamp,
    id: WindowId,
    no: TicketNo,
) -> Result<Facts, Refusal> {
    hall.free_window(id)?;
    let ticket = hall.ticket_by_no(no).ok_or(Refusal::NoSuchTicket)?;
    if ticket.state != TicketState::Waiting {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    let (lists, server) = (hall.lists_of(id).ok_or(Refusal::NoSuchWindow)?, hall.server_at(id));
    let sent = ticket.leg().to;
    if sent.map_or(!lists.has(ticket.queue()), |to| to != id) {
        return Err(Refusal::OtherWindow);
    }
    if !server.may_handle(ticket.queue(), ticket.item) {
        return Err(Refusal::NotAuthorised);
    }
    if !server.may_serve(ticket.class, ticket.queue(), ticket.item) {
        return Err(Refusal::OtherWindow);
    }
    let why = Why {
        list: QueueList::Chosen,
        rule: WhyRule::Chosen,
        class: ticket.class,
        waited: at.since(ticket.leg().entered),
        candidates: lists.queues().map(|queue| hall.waiting_for(id, queue)).sum(),
    };
    Ok(Vec::from([Fact::Called { leg: ticket.leg_id(), window: id, why }]))
}

pub(super) fn apply(state: &mut State, at: Timestamp, leg_id: LegId, id: WindowId, why: Why) {
    if why.rule == WhyRule::NextLeg {
        state.window_mut(id).last_press = None;
    } else {
        state.pressed(at, leg_id, id, Press::Call);
    }
    state.leave(leg_id.ticket);
    state.note_free(at, id);
    let staff = state.window_mut(id).staff();
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Called;
    let leg = ticket.leg_mut();
    leg.called_first.get_or_insert(at);
    leg.summoned = Some(at);
    leg.called_last = Some(at);
    leg.calls = 1;
    leg.window = Some(id);
    leg.staff = staff;
    leg.why = Some(why);
    leg.start_by_hand = false;
    let queue = leg.queue;
    state.queue_mut(queue).called += 1;
    let window = state.window_mut(id);
    window.current = Some(leg_id);
    window.last_call = Some(LastCall { at, leg: leg_id, why });
    window.since = Some(at);
    window.note_call(queue);
    if why.rule == WhyRule::NextLeg {
        // Who goes on with the next matter sits here: nobody is passed over, and nobody is called out.
        return;
    }
    window.turns = window.turns.after(why.class, why.rule);
    state.announce(at, leg_id, id, 1);
}
