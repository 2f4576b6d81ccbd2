//! Windows as they stand, and what is known of their day.

use alloc::vec::Vec;

use super::{
    Change, Kind, Lasting, Model, NONE, Post, PostLists, PostState, making::Making, pause_law,
};
use crate::{
    forecast::learned::wait_step,
    hall::lists::lists_at,
    ids::QueueId,
    setup::Window,
    state::window::WindowNow,
    time::{Millis, Timestamp},
    words::{PriorityClass, TicketState, WindowKind},
};

/// So long after the opening a clerk who is not there yet is still expected.
const LATE: Millis = Millis::from_minutes(5);

pub(super) fn put(model: &mut Model, making: &Making) -> Option<()> {
    for window in making.hall.setup().windows() {
        let now = making.hall.state.windows.get(&window.id);
        let lists = lists_at(window, now);
        let lists = add_lists(model, making, lists.primary, lists.secondary);
        let at = model.posts.len() as u16;
        let state = state(&model.kinds, making, window, now)?;
        let staff = now.and_then(WindowNow::staff);
        let longer = staff.and_then(|no| making.learned.staff.get(&no)).map_or(0.0, |it| it.log);
        let shut = making.outlook.shut.iter().filter(|each| each.window == window.id);
        model.posts.push(Post {
            lists,
            turns: now.map(|now| now.turns).unwrap_or_default(),
            longer,
            doubt: making.learned.doubt_of_staff(staff),
            able: able(making, window, now),
            state,
            shut: shut.map(|each| (each.from.0, each.until.0)).collect(),
        });
        plan(model, making, window, now, at);
    }
    model.changes.sort_unstable_by_key(|change| change.at);
    Some(())
}

fn add_lists(
    model: &mut Model,
    making: &Making,
    primary: &[QueueId],
    secondary: &[QueueId],
) -> u16 {
    let places =
        |ids: &[QueueId]| -> Vec<u8> { ids.iter().filter_map(|id| making.queue(*id)).collect() };
    let (primary, secondary) = (places(primary), places(secondary));
    let bits = |list: &[u8]| list.iter().fold(0_u32, |bits, queue| bits | (1 << queue));
    let primary_bits = bits(&primary);
    let lists =
        PostLists { bits: primary_bits | bits(&secondary), primary_bits, primary, secondary };
    let known = model.lists.iter().position(|each| *each == lists);
    known.unwrap_or_else(|| {
        model.lists.push(lists);
        model.lists.len() - 1
    }) as u16
}

/// What ends or begins at a window by the calendar or by itself: tides, and what is lent.
fn plan(model: &mut Model, making: &Making, window: &Window, now: Option<&WindowNow>, at: u16) {
    let extra = now.and_then(|now| now.extra.as_deref()).cloned().unwrap_or_default();
    let tides = || making.outlook.tides.iter().filter(|tide| tide.window == window.id);
    let mut moments: Vec<Timestamp> = tides().flat_map(|tide| [tide.from, tide.until]).collect();
    moments.extend(extra.by_hand.iter().map(|(_, until)| *until));
    moments.extend(extra.lent.values().flatten());
    moments.retain(|moment| *moment > making.now);
    moments.sort_unstable();
    moments.dedup();
    for moment in moments {
        let mut then = extra.clone();
        then.by_hand = then.by_hand.filter(|(_, until)| *until > moment);
        then.lent.retain(|_, until| until.is_none_or(|until| until > moment));
        let of_tide = tides().find(|tide| tide.from <= moment && moment < tide.until);
        if let Some(tide) = of_tide {
            then.scheduled.clone_from(&tide.queues);
        } else if tides().next().is_some() {
            then.scheduled.clear();
        }
        then.settle(window);
        let lists = then.lists();
        let closes = window.kind == WindowKind::Temporary && then.is_nothing();
        let lists =
            if closes { NONE } else { add_lists(model, making, lists.primary, lists.secondary) };
        model.changes.push(Change { at: moment.0, post: at, lists });
    }
}

/// Whom a window may serve, kind by kind, asked of the very rule that the hall asks.
fn able(making: &Making, window: &Window, now: Option<&WindowNow>) -> Option<Vec<u8>> {
    let server = making.hall.server(Some(window), now);
    if server.serves_all() {
        return None;
    }
    let bits = |(queue, item): &(QueueId, Option<_>)| {
        let able = |class: &&PriorityClass| server.may_serve(**class, *queue, *item);
        PriorityClass::ALL.iter().filter(able).fold(0, |bits, class| bits | (1 << *class as u8))
    };
    Some(making.kinds.iter().map(bits).collect())
}

fn state(
    kinds: &[Kind],
    making: &Making,
    window: &Window,
    now: Option<&WindowNow>,
) -> Option<PostState> {
    let tide = making.outlook.tides.iter().filter(|tide| tide.window == window.id);
    let begins = tide.map(|tide| tide.from).filter(|from| *from > making.now).min();
    let off = begins.map_or(PostState::Off, |from| PostState::From(from.0));
    let Some(now) = now.filter(|now| now.signed_on.is_some()) else {
        let opens = making.hall.session().map(|times| times.opens);
        let opens = opens.filter(|opens| making.now < *opens + LATE);
        let comes = opens.filter(|_| window.kind != WindowKind::Temporary);
        return Some(comes.map_or(off, |opens| PostState::From(opens.max(making.now).0)));
    };
    if let Some((reason, since)) = now.paused {
        let usual = making.learned.pauses.iter().find(|each| each.reason == reason);
        let mean = usual.map_or(600.0, |usual| usual.mean_secs) * 1_000.0;
        let lasted = making.now.0 - since.0;
        return Some(PostState::Paused(Lasting::new(pause_law(mean), lasted)));
    }
    let Some(ticket) = now.current.and_then(|leg| making.hall.ticket(leg.ticket)) else {
        return Some(PostState::Free);
    };
    let leg = ticket.leg();
    let kind = kinds[usize::from(making.kind(leg.queue, ticket.item)?)];
    let longer = now.staff().and_then(|no| making.learned.staff.get(&no));
    let law = (kind.mean_log + longer.map_or(0.0, |ratio| ratio.log), kind.deviation);
    // The time in which the person was away does not count.
    let summoned = leg.summoned?;
    let service = Lasting::new(law, making.now.0 - summoned.0 - leg.held.0 as i64);
    if ticket.state == TicketState::Called {
        let waited = leg.called_first?.since(leg.entered).0 as f64;
        let absent = making.learned.absence.by_wait[wait_step(waited)];
        return Some(PostState::Calling { absent, since: summoned.0, service });
    }
    Some(PostState::Serving(service))
}
