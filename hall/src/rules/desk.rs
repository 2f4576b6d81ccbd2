//! 办件 at the desk: its number, 一次性告知, 受理, 不予受理, and how the result is fetched. Each can
//! be noted while the person is served; the number is noted with the first of them.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::{Fact, known_case::KnownCase},
    hall::Hall,
    ids::{CaseNo, ItemId, LegId, WindowId},
    limits::{MATERIALS_MAX, NOTE_CHARS_MAX},
    refusal::Refusal,
    state::{State, desk::Accepted, desk::AtDesk, ticket::Ticket},
    time::{Day, Timestamp},
    words::desk::{DeclineReason, Delivery, Material},
};

/// This visit is about a case of this number.
pub(super) fn name(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    case: CaseNo,
) -> Result<Facts, Refusal> {
    named(hall, at, hall.served_at(window)?, window, Some(case))
}

/// 一次性告知.
pub(super) fn notice(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    (case, item): (Option<CaseNo>, Option<ItemId>),
    missing: &[Material],
) -> Result<Facts, Refusal> {
    let ticket = hall.served_at(window)?;
    let item = handled(hall, ticket, window, item)?;
    let mut missing = missing.to_vec();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Err(Refusal::MaterialNeeded);
    }
    if missing.len() > MATERIALS_MAX {
        return Err(Refusal::TooMuch);
    }
    let listed = item.and_then(|item| hall.item_ever(item)).map_or(0, |item| item.bring.len());
    for material in &missing {
        match material {
            Material::Numbered(no) if *no == 0 || usize::from(*no) > listed => {
                return Err(Refusal::NoSuchMaterial);
            }
            Material::Numbered(_) => {}
            Material::Named(name) => text(name, Refusal::MaterialNeeded)?,
        }
    }
    let mut facts = named(hall, at, ticket, window, case)?;
    let case = case.or(ticket.leg().desk.case);
    facts.push(Fact::Noticed { leg: ticket.leg_id(), window, case, item, missing });
    Ok(facts)
}

/// 受理, with the day the shell's calendar promises.
pub(super) fn accept(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    (case, item): (Option<CaseNo>, Option<ItemId>),
    due: Option<Day>,
) -> Result<Facts, Refusal> {
    let ticket = hall.served_at(window)?;
    let item = handled(hall, ticket, window, item)?;
    let today = hall.open_day()?;
    if due.is_some_and(|due| due < today) {
        return Err(Refusal::InThePast);
    }
    let mut facts = named(hall, at, ticket, window, case)?;
    let case = case.or(ticket.leg().desk.case);
    facts.push(Fact::Accepted { leg: ticket.leg_id(), window, case, item, due });
    Ok(facts)
}

/// 不予受理, never without a reason.
pub(super) fn decline(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    (case, item): (Option<CaseNo>, Option<ItemId>),
    reasons: &[DeclineReason],
) -> Result<Facts, Refusal> {
    let ticket = hall.served_at(window)?;
    let item = handled(hall, ticket, window, item)?;
    let mut reasons = reasons.to_vec();
    reasons.sort_unstable();
    reasons.dedup();
    if reasons.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let mut facts = named(hall, at, ticket, window, case)?;
    let case = case.or(ticket.leg().desk.case);
    facts.push(Fact::Declined { leg: ticket.leg_id(), window, case, item, reasons });
    Ok(facts)
}

/// 自取 or 寄递, while the person is served or before the next one is called.
pub(super) fn deliver(hall: &Hall, window: WindowId, delivery: Delivery) -> Result<Facts, Refusal> {
    let leg = hall.served_or_last(window)?;
    Ok(Vec::from([Fact::DeliveryChosen { leg, window, delivery }]))
}

/// A text of one line that can be kept.
pub(super) fn text(text: &str, empty: Refusal) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(empty);
    }
    let fits = text.chars().count() <= NOTE_CHARS_MAX && !text.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(Refusal::TooMuch) }
}

/// The item that is handled: the one said now, or the ticket's.
fn handled(
    hall: &Hall,
    ticket: &Ticket,
    window: WindowId,
    said: Option<ItemId>,
) -> Result<Option<ItemId>, Refusal> {
    let Some(said) = said else { return Ok(ticket.item) };
    let item = hall.item_ever(said).ok_or(Refusal::NoSuchItem)?;
    let may = hall.server_at(window).may_handle(item.queue, Some(said));
    if may { Ok(Some(said)) } else { Err(Refusal::NotAuthorised) }
}

/// Binds a case number to a visit, once; a case that was here before and of which nothing is on
/// file raises a flag: somebody was sent home and not told why.
fn named(
    hall: &Hall,
    at: Timestamp,
    ticket: &Ticket,
    window: WindowId,
    case: Option<CaseNo>,
) -> Result<Facts, Refusal> {
    let Some(case) = case else { return Ok(Facts::new()) };
    match ticket.leg().desk.case {
        Some(before) if before == case => return Ok(Facts::new()),
        Some(_) => return Err(Refusal::OtherCase),
        None => {}
    }
    if !hall.state.cases.has_room(case) {
        return Err(Refusal::TooMuch);
    }
    let leg = ticket.leg_id();
    let mut facts = Vec::from([Fact::CaseNamed { leg, window, case }]);
    let before = hall.case(case, at).filter(|known| known.ticket != ticket.id);
    if let Some(known) = before.filter(|known| known.has_nothing_on_file()) {
        facts.push(Fact::ReturnedUnnoticed { leg, window, case, before: known.leg_id() });
    }
    Ok(facts)
}

pub(super) fn apply_named(hall: &mut Hall, at: Timestamp, leg: LegId, case: CaseNo) {
    let known = hall.case(case, at).cloned();
    let state = &mut hall.state;
    desk_mut(state, leg).case = Some(case);
    let (ticket, leg_no) = (leg.ticket, leg.leg);
    let mut known = known.unwrap_or(KnownCase {
        no: case,
        ticket,
        leg: leg_no,
        visits: 0,
        notices: 0,
        accepted: false,
        declined: false,
        due: None,
        item: None,
        closed: None,
        touched: at,
    });
    if known.visits == 0 || known.ticket != ticket {
        known.visits = known.visits.saturating_add(1);
    }
    (known.ticket, known.leg, known.touched) = (ticket, leg_no, at);
    state.cases.note(known);
}

pub(super) fn apply_unnoticed(state: &mut State, leg: LegId) {
    desk_mut(state, leg).unnoticed = true;
}

pub(super) fn apply_noticed(
    state: &mut State,
    at: Timestamp,
    leg: LegId,
    case: Option<CaseNo>,
    missing: &[Material],
) {
    let desk = desk_mut(state, leg);
    desk.missing = missing.to_vec();
    desk.notices = desk.notices.saturating_add(1);
    on_file(state, at, case, |case| case.notices = case.notices.saturating_add(1));
}

pub(super) fn apply_accepted(
    state: &mut State,
    at: Timestamp,
    leg: LegId,
    case: Option<CaseNo>,
    (item, due): (Option<ItemId>, Option<Day>),
) {
    desk_mut(state, leg).accepted = Some(Accepted { at, due });
    on_file(state, at, case, |case| {
        // A case that was closed and is accepted anew is in hand again.
        (case.accepted, case.due, case.item, case.closed) = (true, due, item, None);
    });
}

pub(super) fn apply_declined(
    state: &mut State,
    at: Timestamp,
    leg: LegId,
    case: Option<CaseNo>,
    reasons: &[DeclineReason],
) {
    desk_mut(state, leg).declined = reasons.to_vec();
    on_file(state, at, case, |case| case.declined = true);
}

pub(super) fn apply_delivery(state: &mut State, leg: LegId, delivery: Delivery) {
    desk_mut(state, leg).delivery = Some(delivery);
}

fn desk_mut(state: &mut State, id: LegId) -> &mut AtDesk {
    let leg = state.ticket_mut(id.ticket).legs.get_mut(usize::from(id.leg.0));
    &mut leg.expect("an event speaks of legs of its ticket").desk
}

fn on_file(
    state: &mut State,
    at: Timestamp,
    case: Option<CaseNo>,
    change: impl FnOnce(&mut KnownCase),
) {
    let Some(mut known) = case.and_then(|case| state.cases.get(case)).cloned() else { return };
    change(&mut known);
    known.touched = at;
    state.cases.note(known);
}
