//! What the ledger of the day adds: who was at which window, who should have been, what did not work.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{day::Filling, group::Group, waiting};
use crate::{
    ids::{StaffNo, WindowId, ZoneId},
    state::ledger::{AtWindow, Doing, Stretch},
    time::{Millis, Timestamp},
    words::{TicketState, indicator::Grouping},
};

/// 闲置有人等候: so much of every time is no idleness: a clerk must look up.
const GRACE: Millis = Millis::from_secs(30);

type Time = (Timestamp, Timestamp);

pub(super) fn note(filling: &mut Filling) {
    filling.note_seats();
    note_services(filling);
    let stretches = stretches(filling);
    let mut by_window: BTreeMap<WindowId, Vec<&Stretch<AtWindow>>> = BTreeMap::new();
    for stretch in &stretches {
        note_stretch(filling, stretch);
        by_window.entry(stretch.what.window).or_default().push(stretch);
    }
    note_windows(filling);
    note_schedules(filling, &by_window);
    note_idle(filling, &stretches);
    note_devices(filling);
}

/// What is over and what lasts, up to now.
fn stretches(filling: &Filling) -> Vec<Stretch<AtWindow>> {
    let (hall, now) = (filling.hall, filling.now);
    let mut all: Vec<Stretch<AtWindow>> = hall.state.ledger.at_windows().copied().collect();
    for (id, window) in &hall.state.windows {
        let Some((staff, since)) = window.signed_on else { continue };
        let mut add = |doing, from| {
            let what = AtWindow { window: *id, staff, doing };
            all.push(Stretch { what, from, until: now.max(from) });
        };
        add(Doing::Signed, since);
        match window.paused {
            Some((reason, since)) => add(Doing::Paused(reason), since),
            None if window.current.is_none() => add(Doing::Free, window.since.unwrap_or(since)),
            None => {}
        }
    }
    all
}

fn zone_of(filling: &Filling, window: WindowId) -> Option<ZoneId> {
    filling.hall.setup().window(window).map(|window| window.zone)
}

/// Where a clerk's time at a window counts: at the zone in which the window stands.
fn posts(
    filling: &Filling,
    window: WindowId,
    staff: Option<StaffNo>,
) -> impl Iterator<Item = Group> + use<> {
    let zone = zone_of(filling, window).map(Group::Zone);
    let clerk = staff.map(Group::Clerk);
    [Some(Group::Hall), zone, Some(Group::Window(window)), clerk].into_iter().flatten()
}

/// Time served of what has ended here, and of what goes on: a window at work is not idle until then.
fn note_services(filling: &mut Filling) {
    let (hall, now) = (filling.hall, filling.now);
    for ticket in hall.tickets() {
        for leg in &ticket.legs {
            let Some(window) = leg.window else { continue };
            let goes_on = ticket.state == TicketState::Serving && !leg.is_over();
            let so_far = leg
                .started
                .filter(|_| goes_on)
                .map(|started| Millis(now.since(started).0.saturating_sub(leg.held.0)));
            let span = leg.service().or_else(|| leg.service_until_sent()).or(so_far);
            if let Some(span) = span {
                let groups = posts(filling, window, leg.staff);
                filling.note(groups, |figures| figures.serving.0 += span.0);
            }
        }
    }
}

fn note_stretch(filling: &mut Filling, stretch: &Stretch<AtWindow>) {
    let span = stretch.until.since(stretch.from).0;
    let groups = posts(filling, stretch.what.window, Some(stretch.what.staff));
    filling.note(groups, |figures| match stretch.what.doing {
        Doing::Signed => figures.signed.0 += span,
        Doing::Paused(reason) => {
            figures.paused.0 += span;
            figures.pauses += 1;
            let of_reason = &mut figures.pauses_by_reason[reason as usize];
            of_reason.0 += 1;
            of_reason.1.0 += span;
        }
        Doing::Free => {}
    });
}

fn note_windows(filling: &mut Filling) {
    let (hall, now) = (filling.hall, filling.now);
    for (id, window) in &hall.state.windows {
        if window.signed_until(now) > Millis(0) {
            let groups = posts(filling, *id, None);
            filling.note(groups, |figures| figures.window_days += 1);
        }
    }
}

fn note_schedules(filling: &mut Filling, by_window: &BTreeMap<WindowId, Vec<&Stretch<AtWindow>>>) {
    let (hall, now) = (filling.hall, filling.now);
    let limit = hall.setup().rules().alerts.pause_yellow_minutes;
    let limit = Millis::from_minutes(limit.into());
    for schedule in hall.state.ledger.scheduled() {
        let time = (schedule.from, schedule.until.min(now));
        let scheduled = time.1.since(time.0);
        for window in &schedule.what.windows {
            let (mut signed, mut away) = (0, 0);
            for stretch in by_window.get(window).into_iter().flatten() {
                match stretch.what.doing {
                    Doing::Signed => {
                        signed += Filling::common(time, &[(stretch.from, stretch.until)]).0;
                    }
                    Doing::Paused(_) => {
                        let late = (stretch.from + limit, stretch.until);
                        away += Filling::common(time, &[late]).0;
                    }
                    Doing::Free => {}
                }
            }
            let groups = posts(filling, *window, None);
            filling.note(groups, |figures| {
                figures.scheduled.0 += scheduled.0;
                figures.scheduled_signed.0 += signed;
                figures.scheduled_away.0 += away;
            });
        }
    }
}

/// Free time while somebody waits in the window's queues, within the hall's hours and what is served
/// after them, each time less the grace.
fn note_idle(filling: &mut Filling, stretches: &[Stretch<AtWindow>]) {
    let sessions = filling.hall.sessions_of_day();
    let open: Vec<Time> = sessions
        .iter()
        .enumerate()
        .map(|(at, session)| {
            let next = sessions.get(at + 1).map_or(filling.now, |next| next.opens);
            (session.opens, next)
        })
        .collect();
    let mut waiting = waiting::ByWindow::new(filling.hall, filling.now);
    let mut found = Vec::new();
    for stretch in stretches.iter().filter(|stretch| stretch.what.doing == Doing::Free) {
        let waits = waiting.of(stretch.what.window);
        let begin = waits.partition_point(|(_, until)| *until <= stretch.from);
        let here = waits[begin..].iter().take_while(|(from, _)| *from < stretch.until);
        let mut idle = 0;
        for (from, until) in here {
            for hours in &open {
                let from = (*from).max(stretch.from).max(hours.0);
                let until = (*until).min(stretch.until).min(hours.1);
                idle += until.since(from).0.saturating_sub(GRACE.0);
            }
        }
        if idle > 0 {
            found.push((stretch.what, idle));
        }
    }
    for (what, idle) in found {
        let groups = posts(filling, what.window, Some(what.staff));
        filling.note(groups, |figures| figures.idle_while_waiting.0 += idle);
    }
}

fn note_devices(filling: &mut Filling) {
    let hours = filling.hours();
    let open: u64 = hours.iter().map(|(from, until)| until.since(*from).0).sum();
    for (stretch, is_over) in filling.hall.state.ledger.ill(filling.now) {
        let down = Filling::common((stretch.from, stretch.until), &hours);
        let repair = stretch.until.since(stretch.from);
        filling.note([Group::Hall, Group::Device(stretch.what)], |figures| {
            figures.faults += 1;
            figures.down.0 += down.0;
            figures.faults_over += u32::from(is_over);
            figures.repair.0 += if is_over { repair.0 } else { 0 };
        });
    }
    for (group, figures) in &mut filling.sums.groups {
        if group.grouping() == Grouping::Device {
            figures.open = Millis(open);
        }
    }
}
