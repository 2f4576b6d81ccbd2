//! 撤回: a wrong press is taken back soon after, as long as nothing was built on it. The ticket, the
//! window and the figures are as before; what was spoken and shown meanwhile stays said, so a call
//! that is taken back is spoken of once more.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{LegId, LegNo, WindowId},
    limits::EMPTY_PRESS,
    refusal::Refusal,
    setup::Setup,
    state::{
        State,
        press::{Before, LastPress},
        queue::Waiter,
        ticket::{Leg, Ticket},
    },
    time::{Millis, Timestamp},
    words::{PriorityClass, TicketState, desk::Press},
};

pub(super) fn decide(hall: &Hall, at: Timestamp, window: WindowId) -> Result<Facts, Refusal> {
    hall.open_window(window)?;
    let last = last_press(hall, at, window)?;
    Ok(Vec::from([Fact::TakenBack { leg: last.leg, window, press: last.press }]))
}

/// The press that could be taken back now.
pub(crate) fn last_press(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
) -> Result<&LastPress, Refusal> {
    let now = hall.open_window(window)?;
    let within = hall.setup().rules().take_back_within_secs;
    let last = now.last_press.as_deref().filter(|_| within > 0);
    let last = last.ok_or(Refusal::NothingToTakeBack)?;
    if at > last.at + Millis::from_secs(within.into()) {
        return Err(Refusal::TakeBackTooLate);
    }
    let ticket = hall.known_ticket(last.leg.ticket)?;
    if !stands(hall, window, last, ticket) {
        return Err(Refusal::WentOn);
    }
    let comes_back = match last.press {
        Press::NoShow | Press::Finish | Press::SendOn | Press::GoOn => true,
        Press::Call | Press::Start | Press::DropStops => false,
    };
    // Who took a new number meanwhile does not get the old one back beside it.
    if comes_back && ticket.agent.is_none() {
        let queue = last.before.leg.queue;
        hall.one_ticket(ticket.person, None, queue, Some(ticket.id))?;
    }
    Ok(last)
}

/// True if everything is as the press left it.
fn stands(hall: &Hall, window: WindowId, last: &LastPress, ticket: &Ticket) -> bool {
    let here = hall.window(window).and_then(|now| now.current);
    let is_last_leg = ticket.leg_id() == last.leg;
    match last.press {
        Press::Call => here == Some(last.leg) && ticket.state == TicketState::Called,
        // What was noted of the visit was noted of somebody who is there.
        Press::Start => {
            here == Some(last.leg)
                && ticket.state == TicketState::Serving
                && ticket.leg().desk == last.before.leg.desk
        }
        Press::DropStops => here == Some(last.leg),
        Press::NoShow => here.is_none() && is_last_leg && ticket.state == TicketState::NoShow,
        // Fetching a result closed its case.
        Press::Finish => {
            here.is_none()
                && is_last_leg
                && ticket.state == TicketState::Done
                && ticket.leg().evaluation.is_none()
                && ticket.picks_up.is_none()
        }
        Press::SendOn | Press::GoOn => {
            let next = LegId { leg: LegNo(last.leg.leg.0 + 1), ..last.leg };
            let ended = ticket.leg_at(last.leg.leg);
            here.is_none()
                && ticket.leg_id() == next
                && ticket.state == TicketState::Waiting
                && ticket.class == last.before.class.min(PriorityClass::Transferred)
                && ended.is_some_and(|leg| leg.evaluation.is_none())
                && ticket.picks_up.is_none()
        }
    }
}

pub(super) fn apply(
    state: &mut State,
    setup: &Setup,
    at: Timestamp,
    (leg, window): (LegId, WindowId),
) {
    let last = state.window_mut(window).last_press.take();
    let last = last.expect("what is taken back was pressed");
    let before = &last.before;
    match last.press {
        Press::Call => uncall(state, at, (leg, window), before),
        Press::Start => unstart(state, (leg, window), before),
        Press::NoShow => {
            let now = state.ticket_mut(leg.ticket).leg_mut();
            now.no_shows = now.no_shows.saturating_sub(1);
            now.no_show = before.leg.no_show;
            state.alerts.forget_outcome(last.at, true);
            come_back(state, leg, window, before);
        }
        Press::Finish => {
            unfinish(state, setup, (leg, window), before);
            state.alerts.forget_outcome(last.at, false);
            come_back(state, leg, window, before);
        }
        Press::SendOn => {
            unsend(state, leg, before);
            let served_for = before.leg.served_until(last.at);
            let serving = &mut state.window_mut(window).serving;
            serving.0 = serving.0.saturating_sub(served_for.0);
            state.alerts.forget_outcome(last.at, false);
            come_back(state, leg, window, before);
        }
        Press::GoOn => {
            unsend(state, leg, before);
            unfinish(state, setup, (leg, window), before);
            state.alerts.forget_outcome(last.at, false);
            come_back(state, leg, window, before);
        }
        Press::DropStops => {}
    }
    let ticket = state.ticket_mut(leg.ticket);
    ticket.stops.clone_from(&before.stops);
    ticket.pipeline = before.pipeline;
}

/// As if it had not been called: it waits where it stood. The window was not free meanwhile.
fn uncall(state: &mut State, at: Timestamp, (leg_id, id): (LegId, WindowId), before: &Before) {
    let was = &before.leg;
    let ticket = state.ticket_mut(leg_id.ticket);
    let leg = ticket.leg_mut();
    leg.called_first = was.called_first;
    (leg.summoned, leg.called_last, leg.calls) = (was.summoned, was.called_last, was.calls);
    (leg.window, leg.staff, leg.why) = (was.window, was.staff, was.why);
    ticket.state = TicketState::Waiting;
    let (queue, waiter) = (ticket.queue(), Waiter::of(ticket));
    state.calls.retain(|row| row.leg != leg_id);
    state.queue_mut(queue).called -= 1;
    match before.returned_after {
        Some(after) => state.queue_mut(queue).join_after(waiter, after),
        None => state.join(leg_id.ticket),
    }
    let window = state.window_mut(id);
    (window.current, window.since) = (None, Some(at));
    (window.turns, window.last_call) = (before.window.turns, before.window.last_call);
    window.recent.clone_from(&before.window.recent);
}

/// The person has not come after all; from now on the clerk says when they have. What the clerk had
/// pressed last stands where it stood: the start was no press.
fn unstart(state: &mut State, (leg_id, id): (LegId, WindowId), before: &Before) {
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Called;
    let (leg, was) = (ticket.leg_mut(), &before.leg);
    (leg.started, leg.presumed, leg.extended) = (was.started, was.presumed, was.extended);
    leg.start_by_hand = true;
    let window = state.window_mut(id);
    window.since = before.window.since;
    window.last_press.clone_from(&before.window.last_press);
}

/// The ticket of whom the clerk says that nobody came, and what takes 自动开始 back with it, however
/// long ago that was.
pub(super) fn not_come(hall: &Hall, window: WindowId) -> Result<(&Ticket, Option<Fact>), Refusal> {
    let unstarted = presumed_start(hall, window)
        .map(|(ticket, leg)| (ticket, Some(Fact::TakenBack { leg, window, press: Press::Start })));
    unstarted.map_or_else(|| Ok((hall.called_at(window)?, None)), Ok)
}

/// 自动开始 at a window, as long as nothing was made of it.
pub(crate) fn presumed_start(hall: &Hall, window: WindowId) -> Option<(&Ticket, LegId)> {
    let last = hall.open_window(window).ok()?.last_press.as_deref()?;
    let ticket = hall.ticket(last.leg.ticket)?;
    let is_it = last.press == Press::Start && stands(hall, window, last, ticket);
    is_it.then_some((ticket, last.leg))
}

/// The leg goes on as if 办结 had not been pressed; its secret opens nothing any more.
fn unfinish(state: &mut State, setup: &Setup, (leg_id, id): (LegId, WindowId), before: &Before) {
    let ticket = state.ticket_mut(leg_id.ticket);
    let taken_for = before.item;
    let leg = ticket.leg_mut();
    let service = leg.service().expect("a finished leg was started");
    let finished = leg.finished.take().expect("what is taken back was finished");
    let served_for = leg.served_until(finished);
    let handled = leg.item.or(taken_for);
    let secret = leg.secret.take();
    let queue = leg.queue;
    reopen(leg, before);
    if let Some(secret) = secret {
        state.evaluations.forget_finished(secret);
    }
    let queue = state.queue_mut(queue);
    queue.served = queue.served.saturating_sub(1);
    if service >= EMPTY_PRESS {
        queue.pace.forget(service);
        let known = |item: &crate::ids::ItemId| {
            setup.item(*item).is_some() || state.catalogue.ever(*item).is_some()
        };
        let handled = handled.filter(known);
        if let Some(pace) = handled.and_then(|item| state.item_paces.get_mut(&item)) {
            pace.forget(service);
        }
    }
    let window = state.window_mut(id);
    (window.asked, window.finished_last) = (before.window.asked, before.window.finished_last);
    window.served = window.served.saturating_sub(1);
    window.serving.0 = window.serving.0.saturating_sub(served_for.0);
}

/// What was said at the end is unsaid; how the result is fetched stays as it was chosen.
fn reopen(leg: &mut Leg, before: &Before) {
    (leg.case, leg.item) = (before.leg.case, before.leg.item);
    leg.desk.copies = before.leg.desk.copies;
    leg.overtime = before.leg.overtime;
}

/// The new leg is gone, and the ticket out of the queue it was sent to.
fn unsend(state: &mut State, leg_id: LegId, before: &Before) {
    state.leave(leg_id.ticket);
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.legs.pop();
    (ticket.class, ticket.item) = (before.class, before.item);
    let leg = ticket.leg_mut();
    leg.sent = None;
    if leg.finished.is_none() {
        leg.item = before.leg.item;
    }
}

/// The person stands at the window again.
fn come_back(state: &mut State, leg: LegId, id: WindowId, before: &Before) {
    let ticket = state.ticket_mut(leg.ticket);
    (ticket.state, ticket.ended) = (before.state, None);
    let window = state.window_mut(id);
    (window.current, window.since) = (Some(leg), before.window.since);
    if let Some(row) = before.row {
        let later = state.calls.iter().take_while(|each| each.announcement > row.announcement);
        let place = later.count();
        state.calls.insert(place, row);
        state.calls.truncate(crate::limits::LAST_CALLS_KEPT);
    }
}
