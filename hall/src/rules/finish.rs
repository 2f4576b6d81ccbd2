//! 办结: the service at the window is over, and the evaluation device asks.

use super::{Facts, close_case};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{ItemId, LegId, Token, WindowId},
    limits::{COPIES_MAX, EMPTY_PRESS},
    refusal::Refusal,
    setup::Setup,
    state::{State, ticket::Ticket},
    time::{Millis, Timestamp},
    words::{CaseKind, TicketState, desk::Press},
};

/// What the clerk says at the end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Handled {
    /// 件类.
    pub case: Option<CaseKind>,
    /// 实际办理事项, if it differs from the ticket's.
    pub item: Option<ItemId>,
    /// 批量; none is one.
    pub copies: Option<u16>,
}

/// Finishes who is served; who was only called is presumed to have come soon after the call.
pub(super) fn decide(
    hall: &Hall,
    (at, luck): (Timestamp, u64),
    window: WindowId,
    handled: Handled,
) -> Result<Facts, Refusal> {
    hall.open_window(window)?;
    if handled.copies.is_some_and(|copies| !(1..=COPIES_MAX).contains(&copies)) {
        return Err(Refusal::TooMuch);
    }
    if let Some(item) = handled.item {
        let queue = hall.item_ever(item).ok_or(Refusal::NoSuchItem)?.queue;
        if !hall.server_at(window).may_handle(queue, Some(item)) {
            return Err(Refusal::NotAuthorised);
        }
    }
    let ticket = hall.ticket_at(window).ok_or(Refusal::NothingServed)?;
    let mut facts: Facts = presumed(hall, at, ticket, window).into_iter().collect();
    facts.push(fact(hall, luck, ticket, window, handled));
    Ok(facts)
}

/// The start that nobody pressed, of a ticket that is only called.
pub(super) fn presumed(
    hall: &Hall,
    at: Timestamp,
    ticket: &Ticket,
    window: WindowId,
) -> Option<Fact> {
    (ticket.state == TicketState::Called).then(|| {
        let since = presumed_start(hall, ticket).min(at);
        Fact::Started { leg: ticket.leg_id(), window, since, presumed: true, by_itself: false }
    })
}

pub(super) fn fact(
    hall: &Hall,
    luck: u64,
    ticket: &Ticket,
    window: WindowId,
    handled: Handled,
) -> Fact {
    let Handled { case, item, copies } = handled;
    let secret = Some(fresh_secret(hall, luck, ticket));
    let copies = copies.unwrap_or(1);
    Fact::Finished { leg: ticket.leg_id(), window, case, item, secret, copies }
}

/// A secret that says nothing of the ticket's own, of other legs of the same luck, or of the luck:
/// whoever sees it at the window may evaluate this leg and do nothing else.
fn fresh_secret(hall: &Hall, luck: u64, ticket: &Ticket) -> Token {
    let mut secret = Token(mix(mix(luck) ^ ticket.token.0 ^ u64::from(ticket.leg_id().leg.0)));
    while hall.is_secret(secret) {
        secret = Token(secret.0.wrapping_add(1));
    }
    secret
}

/// Spreads every bit over all others (the last step of SplitMix64, by G. L. Steele and others).
const fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
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
    (leg_id, window): (LegId, WindowId),
    Handled { case, item, copies }: Handled,
    secret: Option<Token>,
) {
    state.pressed(at, leg_id, window, Press::Finish);
    if let Some(secret) = secret {
        state.evaluations.note_finished(secret, leg_id);
    }
    let ticket = state.ticket_mut(leg_id.ticket);
    ticket.state = TicketState::Done;
    ticket.ended = Some(at);
    let (taken_for, picked_up) = (ticket.item, ticket.picks_up);
    let leg = ticket.leg_mut();
    leg.finished = Some(at);
    leg.case = case;
    leg.item = item;
    leg.secret = secret;
    leg.desk.copies = copies.unwrap_or(1);
    let queue = leg.queue;
    let started = leg.started.expect("a finished leg was started");
    let service = leg.service().expect("a finished leg was started");
    let served_for = leg.served_until(at);
    // The time away is no overtime either.
    let overtime = state.hours.overtime(started, at).min(service);
    state.ticket_mut(leg_id.ticket).leg_mut().overtime = overtime;
    state.queue_mut(queue).served += 1;
    if service >= EMPTY_PRESS {
        state.queue_mut(queue).pace.note(service);
        let known =
            |item: &ItemId| setup.item(*item).is_some() || state.catalogue.ever(*item).is_some();
        let handled = item.or(taken_for).filter(known);
        if let Some(item) = handled {
            state.item_paces.entry(item).or_default().note(service);
        }
    }
    if let Some(case) = picked_up.filter(|_| setup.pick_up() == Some(queue)) {
        close_case::apply(state, at, case);
    }
    state.alerts.note_outcome(at, false);
    let window = state.window_mut(window);
    window.current = None;
    window.since = Some(at);
    window.asked = Some((leg_id, at));
    window.finished_last = Some(leg_id);
    window.served += 1;
    window.serving.0 += served_for.0;
}
