//! 窗口空岗, 久停, 有人等候未叫号, 超时办理, 多次转移.

use super::{ALWAYS, Look, Watch, minutes, queues::oldest_for};
use crate::{
    hall::Hall,
    ids::{LegId, TicketId, WindowId},
    time::{Millis, Timestamp},
    words::{
        TicketState,
        alert::{AlertKind, Subject},
    },
};

pub(super) fn subjects(hall: &Hall) -> impl Iterator<Item = (AlertKind, Subject)> {
    let scheduled = hall.state.alerts.schedule().into_iter();
    let scheduled = scheduled.flat_map(|schedule| &schedule.windows);
    let unstaffed = scheduled.map(|id| (AlertKind::Unstaffed, Subject::Window(*id)));
    let at_work = hall.state.windows.iter().filter_map(|(id, now)| {
        now.signed_on?;
        Some(match now.current {
            Some(leg) => (AlertKind::LongService, Subject::Leg(leg)),
            None if now.paused.is_some() => (AlertKind::LongPause, Subject::Window(*id)),
            None => (AlertKind::Idle, Subject::Window(*id)),
        })
    });
    unstaffed.chain(at_work)
}

/// True if [`subjects`] tells of it anyway.
pub(super) fn is_listed(hall: &Hall, kind: AlertKind, subject: Subject) -> bool {
    let at_work = |id| hall.window(id).filter(|now| now.signed_on.is_some());
    match (kind, subject) {
        (AlertKind::Unstaffed, Subject::Window(id)) => {
            hall.state.alerts.schedule().is_some_and(|schedule| schedule.windows.contains(&id))
        }
        (AlertKind::LongPause, Subject::Window(id)) => {
            at_work(id).is_some_and(|now| now.current.is_none() && now.paused.is_some())
        }
        (AlertKind::Idle, Subject::Window(id)) => {
            at_work(id).is_some_and(|now| now.current.is_none() && now.paused.is_none())
        }
        (AlertKind::LongService, Subject::Leg(id)) => {
            let window = hall.leg(id).and_then(|leg| at_work(leg.window?));
            window.is_some_and(|now| now.current == Some(id))
        }
        _ => false,
    }
}

/// 窗口空岗: counted from the schedule's begin, or from when the clerk left.
pub(super) fn unstaffed(look: &Look, id: WindowId) -> Option<Watch> {
    let (schedule, now) = (look.hall.state.alerts.schedule()?, look.hall.window(id)?);
    if !schedule.windows.contains(&id) || now.signed_on.is_some() {
        return None;
    }
    let since = now.left.map_or(schedule.from, |left| left.max(schedule.from));
    let (yellow, red) = (look.rules.unstaffed_yellow_minutes, look.rules.unstaffed_red_minutes);
    Some(Watch::after(since, minutes(yellow), minutes(red)).until(schedule.until))
}

/// 久停: raised while somebody waits; it stays until the pause ends, whoever comes and goes.
pub(super) fn long_pause(look: &Look, id: WindowId) -> Option<Watch> {
    let post = look.hall.post(look.hall.setup().window(id)?);
    let (_, since) = post.1?.paused?;
    let (yellow, red) = (look.rules.pause_yellow_minutes, look.rules.pause_red_minutes);
    let somebody = oldest_for(look, post).is_some();
    let watch = if somebody {
        Watch::after(since, minutes(yellow), minutes(red))
    } else {
        Watch::default()
    };
    Some(watch.staying())
}

/// 有人等候未叫号: since the window is free and the first of those whom it could call waits; it stays
/// while both are so.
pub(super) fn idle(look: &Look, id: WindowId) -> Option<Watch> {
    let post = look.hall.post(look.hall.setup().window(id)?);
    let now = post.1.filter(|now| now.is_open() && now.current.is_none())?;
    let oldest = oldest_for(look, post)?;
    let opens = look.hall.session().map_or(ALWAYS, |session| session.opens);
    let since: Timestamp = now.since?.max(oldest).max(opens);
    let (yellow, red) = (look.rules.idle_yellow_minutes, look.rules.idle_red_minutes);
    Some(Watch::after(since, minutes(yellow), minutes(red)).staying())
}

/// 超时办理: against the standard of the item, or of the queue.
pub(super) fn long_service(look: &Look, id: LegId) -> Option<Watch> {
    let ticket = look.hall.ticket(id.ticket)?;
    let leg = ticket.leg_at(id.leg).filter(|leg| leg.finished.is_none())?;
    let serving = ticket.state == TicketState::Serving && ticket.leg_id() == id;
    let started = leg.started.filter(|_| serving)?;
    let standard = look.hall.standard_service(ticket.item, leg.queue)?;
    let share = |percent: u32| Millis(standard.0.saturating_mul(percent.into()) / 100);
    let (yellow, red) = (look.rules.service_yellow_percent, look.rules.service_red_percent);
    // The time away is not time of service.
    Some(Watch::after(started + leg.held, share(yellow), share(red)))
}

/// 多次转移: one person sent on, as long as that person is in the hall.
pub(super) fn transfers(look: &Look, id: TicketId) -> Option<Watch> {
    let ticket = look.hall.ticket(id)?;
    let count = ticket.transfers();
    let is_here = match ticket.state {
        TicketState::Reserved
        | TicketState::Waiting
        | TicketState::Called
        | TicketState::Serving
        | TicketState::Held => true,
        TicketState::Done
        | TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => false,
    };
    let reached = |limit: u32| (is_here && count >= limit).then_some(ALWAYS);
    Some(Watch::new(reached(look.rules.transfers_yellow), reached(look.rules.transfers_red)))
}
