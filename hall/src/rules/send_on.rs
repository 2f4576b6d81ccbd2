//! 转移, 转收费, 回原窗口: a ticket goes on as a new leg and keeps its place.

use super::{
    Facts,
    finish::{self, Handled},
};
use crate::{
    command::SendTo,
    event::Fact,
    hall::Hall,
    ids::{ItemId, LegId, QueueId, TicketId, WindowId},
    limits::LEGS_PER_TICKET_MAX,
    refusal::Refusal,
    state::{
        State,
        desk::AtDesk,
        ticket::{Leg, Ticket},
    },
    time::Timestamp,
    words::{
        PriorityClass, TicketState,
        desk::Press,
        legs::{TransferReason, Via},
    },
};

/// Where a ticket goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Destination {
    pub queue: QueueId,
    pub to: Option<WindowId>,
    pub item: Option<ItemId>,
}

/// 转移. The service here is not finished by it; it goes on elsewhere.
pub(super) fn transfer(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    to: SendTo,
    reason: TransferReason,
) -> Result<Facts, Refusal> {
    let ticket = sendable(hall, window)?;
    let destination = destination(hall, ticket, to)?;
    let mut facts: Facts = finish::presumed(hall, at, ticket, window).into_iter().collect();
    facts.push(fact(ticket, at, window, Via::Transferred, Some(reason), destination));
    Ok(facts)
}

/// 转收费: the service here goes on once the person has paid.
pub(super) fn to_cashier(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    let ticket = sendable(hall, window)?;
    let queue = hall.setup().cashier().ok_or(Refusal::NoCashier)?;
    if queue == ticket.queue() {
        return Err(Refusal::NoCashier);
    }
    let destination = Destination { queue, to: None, item: None };
    let mut facts: Facts = finish::presumed(hall, at, ticket, window).into_iter().collect();
    facts.push(fact(ticket, at, window, Via::Cashier, None, destination));
    Ok(facts)
}

/// 回原窗口: this leg is done. The window before calls the ticket, if somebody works there; if not,
/// any window of that queue.
pub(super) fn back(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    window: WindowId,
) -> Result<Facts, Refusal> {
    let ticket = sendable(hall, window)?;
    let before = ticket.returns_from(window).ok_or(Refusal::NothingToReturn)?;
    let open = |id: &WindowId| hall.open_window(*id).is_ok();
    let destination =
        Destination { queue: before.queue, to: before.window.filter(open), item: before.item };
    let mut facts = finish::decide(hall, (at, luck), window, Handled::default())?;
    facts.push(fact(ticket, at, window, Via::Returned, None, destination));
    Ok(facts)
}

/// The ticket at the window, if it can have one more leg.
pub(super) fn sendable(hall: &Hall, window: WindowId) -> Result<&Ticket, Refusal> {
    hall.open_window(window)?;
    let ticket = hall.ticket_at(window).ok_or(Refusal::NothingServed)?;
    if ticket.legs.len() < LEGS_PER_TICKET_MAX { Ok(ticket) } else { Err(Refusal::TooManyLegs) }
}

/// What was not said follows: the item's queue, or the ticket's own if the window serves it, or the
/// first that the window serves.
fn destination(hall: &Hall, ticket: &Ticket, to: SendTo) -> Result<Destination, Refusal> {
    if let Some(window) = to.window {
        hall.reachable(window, ticket)?;
    }
    let of_item = match to.item {
        Some(item) => Some(hall.item_now(item)?.queue),
        None => None,
    };
    let of_window = || {
        let lists = hall.lists_of(to.window?)?;
        let own = Some(ticket.queue()).filter(|own| lists.has(*own));
        own.or_else(|| lists.queues().next())
    };
    let queue = to.queue.or(of_item).or_else(of_window).ok_or(Refusal::NoDestination)?;
    hall.setup().queue(queue).ok_or(Refusal::NoSuchQueue)?;
    if of_item.is_some_and(|of_item| of_item != queue) {
        return Err(Refusal::NoSuchItem);
    }
    let own = ticket.item.filter(|item| hall.item_ever(*item).is_some_and(|it| it.queue == queue));
    let item = to.item.or(own);
    if let Some(window) = to.window {
        let served = hall.lists_of(window).is_some_and(|lists| lists.has(queue));
        if !served || !hall.server_at(window).may_serve(class(ticket), queue, item) {
            return Err(Refusal::NotServedThere);
        }
    }
    Ok(Destination { queue, to: to.window, item })
}

/// Ahead of ordinary ones and of booked ones, behind the green channel.
pub(super) fn class(ticket: &Ticket) -> PriorityClass {
    ticket.class.min(PriorityClass::Transferred)
}

pub(super) fn fact(
    ticket: &Ticket,
    at: Timestamp,
    window: WindowId,
    via: Via,
    reason: Option<TransferReason>,
    destination: Destination,
) -> Fact {
    let Destination { queue, to, item } = destination;
    // A booked ticket that was called before its slot has no place in the future.
    let (leg, class, place) = (ticket.leg_id(), class(ticket), ticket.leg().place.min(at));
    Fact::SentOn { leg, window, via, reason, queue, to, item, class, place }
}

/// Tickets sent to a window that closes, or whose clerk changes, wait for any window of their queue.
pub(super) fn release(hall: &Hall, window: WindowId) -> impl Iterator<Item = Fact> {
    hall.sent_to(window).map(move |head| Fact::Released { ticket: head.place.1, window })
}

/// The new leg, as the event tells it.
pub(super) struct NewLeg {
    pub via: Via,
    pub reason: Option<TransferReason>,
    pub destination: Destination,
    pub class: PriorityClass,
    pub place: Timestamp,
}

pub(super) fn apply(
    state: &mut State,
    at: Timestamp,
    (leg_id, window): (LegId, WindowId),
    new: &NewLeg,
) {
    let Destination { queue, to, item } = new.destination;
    state.pressed(at, leg_id, window, Press::SendOn);
    let ticket = state.ticket_mut(leg_id.ticket);
    let was = ticket.item;
    // 回原窗口: the clerk there goes on with the case that was named before.
    let before = ticket.came_from().filter(|_| new.via == Via::Returned);
    let desk = AtDesk { case: before.and_then(|leg| leg.desk.case), ..AtDesk::default() };
    if new.via == Via::NextLeg {
        ticket.stops.remove(0);
    }
    let leg = ticket.leg_mut();
    leg.item = leg.item.or(was);
    let unfinished = leg.finished.is_none();
    let served_for = leg.served_until(at);
    if unfinished {
        leg.sent = Some(at);
    }
    ticket.item = item;
    ticket.class = new.class;
    ticket.state = TicketState::Waiting;
    ticket.ended = None;
    let (via, reason, place) = (new.via, new.reason, new.place);
    ticket.legs.push(Leg { via, reason, to, place, desk, ..Leg::new(queue, at) });
    state.calls.retain(|row| row.leg != leg_id);
    state.join(leg_id.ticket);
    if unfinished {
        state.alerts.note_outcome(at, false);
        let window = state.window_mut(window);
        window.current = None;
        window.since = Some(at);
        window.serving.0 += served_for.0;
    }
}

pub(super) fn apply_released(state: &mut State, id: TicketId) {
    let leg = state.ticket_mut(id).leg_mut();
    leg.to = None;
    let queue = leg.queue;
    state.queue_mut(queue).release(id);
}
