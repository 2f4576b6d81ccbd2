//! 开厅, 闭厅 and the sessions of a day. The calendar is the shell's.

use alloc::{boxed::Box, vec::Vec};

use super::{
    Facts, carry,
    finish::{self, Handled},
    slot_end, sweep,
};
use crate::{
    command::{SessionTimes, plan::SessionPlan},
    event::Fact,
    hall::Hall,
    limits::{SESSIONS_PER_DAY_MAX, WORKING_DAYS_TOLD},
    refusal::Refusal,
    state::State,
    time::{Day, Timestamp},
    words::TicketState,
};

/// A day opens once: its numbers must not come twice.
pub(super) fn open(
    hall: &Hall,
    at: Timestamp,
    day: Day,
    working_days: &[Day],
) -> Result<Facts, Refusal> {
    let been_open = hall.state.last_day.is_some_and(|last| day <= last);
    if hall.state.day.is_some() || been_open {
        return Err(Refusal::AlreadyOpen);
    }
    let next_ticket = hall.state.next_ticket;
    let open_evaluations = carry::open_evaluations(hall, at);
    let cases = carry::cases(hall, at);
    let carried = Box::new(carry::people(hall, at, day));
    let setup = hall.setup().version();
    let later = working_days.iter().copied().filter(|each| *each > day);
    let working_days = later.take(WORKING_DAYS_TOLD).collect();
    Ok(Vec::from([Fact::DayOpened {
        day,
        next_ticket,
        open_evaluations,
        cases,
        carried,
        setup,
        working_days,
    }]))
}

/// Ends what is still served, sweeps what still waits, and sends everybody home.
pub(super) fn close(hall: &Hall, luck: u64) -> Result<Facts, Refusal> {
    let day = hall.open_day()?;
    let mut facts = Facts::new();
    for (id, window) in &hall.state.windows {
        let current = window.current.and_then(|leg| hall.ticket(leg.ticket));
        if let Some(ticket) = current.filter(|ticket| ticket.state == TicketState::Serving) {
            facts.push(finish::fact(hall, luck, ticket, *id, Handled::default()));
        }
    }
    facts.extend(sweep::decide(hall)?);
    facts.extend(slot_end::close(hall, day));
    let signed_on = hall.state.windows.iter().filter(|(_, window)| window.signed_on.is_some());
    facts.extend(signed_on.map(|(id, _)| Fact::SignedOff { window: *id }));
    if hall.state.session.is_some() {
        facts.push(Fact::SessionClosed);
    }
    facts.push(Fact::DayClosed { day });
    Ok(facts)
}

/// A session opens once: the calendar may say it again after an early end.
pub(super) fn open_session(
    hall: &Hall,
    session: SessionTimes,
    plan: &SessionPlan,
) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let hours = &hall.state.hours;
    if hours.closed_for_day {
        return Err(Refusal::ClosedForToday);
    }
    let been_open =
        hours.sessions().last().is_some_and(|last| session.issue_from <= last.issue_from);
    if hall.state.session.is_some() || been_open {
        return Err(Refusal::AlreadyOpen);
    }
    let known = plan.segments.keys().all(|queue| hall.setup().queue(*queue).is_some());
    if !known || !plan.is_sound() || hours.sessions().len() >= SESSIONS_PER_DAY_MAX {
        return Err(Refusal::BadPlan);
    }
    Ok(Vec::from([Fact::SessionOpened { session, plan: plan.clone() }]))
}

pub(super) fn close_session(hall: &Hall) -> Result<Facts, Refusal> {
    hall.open_day()?;
    hall.state.session.ok_or(Refusal::HallClosed)?;
    Ok(Vec::from([Fact::SessionClosed]))
}

pub(super) fn apply_session_opened(state: &mut State, session: SessionTimes, plan: &SessionPlan) {
    state.session = Some(session);
    state.after_session = false;
    state.hours.open(session, plan.clone(), state.next_ticket);
}

pub(super) fn apply_session_closed(state: &mut State, at: Timestamp) {
    state.session = None;
    state.after_session = true;
    state.hours.end(at);
}
