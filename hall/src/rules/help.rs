//! 帮办: a ticket is marked as escorted by somebody of the hall, while it lives. A mark that was a mistake
//! is taken back as soon after as a press at a window; another person may take over at any time.

use alloc::vec::Vec;

use super::Facts;
use crate::{
    event::{Fact, people::HelperSet},
    hall::Hall,
    ids::{StaffNo, TicketId},
    refusal::Refusal,
    state::{State, ticket::Helped},
    time::{Millis, Timestamp},
    words::Actor,
};

pub(super) fn decide(
    hall: &Hall,
    (at, by): (Timestamp, &Actor),
    id: TicketId,
    helper: Option<StaffNo>,
) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    if !ticket.is_live() {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    match (helper, ticket.helped) {
        (Some(helper), now) => {
            // Whoever notes it, or works at a window now, is known without standing in the list.
            let works = *by == Actor::Staff(helper) || hall.state.staff.contains_key(&helper);
            if !works && hall.setup().person(helper).is_none() {
                return Err(Refusal::UnknownStaff);
            }
            if now.is_some_and(|now| now.by == helper) {
                return Ok(Facts::new());
            }
        }
        (None, None) => return Err(Refusal::NothingToTakeBack),
        (None, Some(now)) => may_go(hall, at, now)?,
    }
    Ok(Vec::from([Fact::HelperSet(HelperSet { ticket: id, helper })]))
}

/// A mark is taken back as soon after as a press is.
pub(crate) fn may_go(hall: &Hall, at: Timestamp, now: Helped) -> Result<(), Refusal> {
    let within = hall.setup().rules().take_back_within_secs;
    if within == 0 {
        return Err(Refusal::NothingToTakeBack);
    }
    let until = now.since + Millis::from_secs(within.into());
    if at > until { Err(Refusal::TakeBackTooLate) } else { Ok(()) }
}

pub(super) fn apply(state: &mut State, at: Timestamp, set: HelperSet) {
    state.ticket_mut(set.ticket).helped = set.helper.map(|by| Helped { by, since: at });
}
