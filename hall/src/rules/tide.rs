//! 潮汐窗口: a window serves more queues for a time, by the calendar or by hand for some minutes.

use alloc::{sync::Arc, vec::Vec};

use super::Facts;
use crate::{
    event::Fact,
    hall::Hall,
    ids::{QueueId, WindowId},
    limits::TIDE_MINUTES_MAX,
    refusal::Refusal,
    setup::Setup,
    state::{State, lists::Extra},
    time::{Millis, Timestamp},
};

/// The calendar's tide and the one by hand stand beside each other; each replaces its like.
pub(super) fn open(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    queues: &[QueueId],
    minutes: Option<u16>,
) -> Result<Facts, Refusal> {
    let now = hall.known_window(window)?;
    let mut queues = queues.to_vec();
    queues.sort_unstable();
    queues.dedup();
    let unknown = queues.iter().any(|queue| hall.setup().queue(*queue).is_none());
    if queues.is_empty() || unknown {
        return Err(Refusal::NoSuchQueue);
    }
    if minutes.is_some_and(|minutes| !(1..=TIDE_MINUTES_MAX).contains(&minutes)) {
        return Err(Refusal::TooMuch);
    }
    let until = minutes.map(|minutes| at + Millis::from_minutes(minutes.into()));
    let scheduled = now.extra.as_ref().map(|extra| &extra.scheduled);
    if until.is_none() && scheduled == Some(&queues) {
        return Ok(Facts::new());
    }
    Ok(Vec::from([Fact::TideOpened { window, queues, until }]))
}

pub(super) fn close(hall: &Hall, window: WindowId, scheduled: bool) -> Result<Facts, Refusal> {
    let extra = hall.known_window(window)?.extra.as_ref().ok_or(Refusal::NoTide)?;
    let open = if scheduled { !extra.scheduled.is_empty() } else { extra.by_hand.is_some() };
    if open {
        Ok(Vec::from([Fact::TideClosed { window, scheduled }]))
    } else {
        Err(Refusal::NoTide)
    }
}

/// Tides by hand whose minutes are over.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    hall.state.windows.iter().filter_map(move |(window, now)| {
        let (_, until) = now.extra.as_ref()?.by_hand.as_ref()?;
        (*until <= at).then_some(Fact::TideClosed { window: *window, scheduled: false })
    })
}

pub(super) fn apply_opened(
    state: &mut State,
    setup: &Setup,
    window: WindowId,
    queues: &[QueueId],
    until: Option<Timestamp>,
) {
    change(state, setup, window, |extra| match until {
        Some(until) => extra.by_hand = Some((queues.to_vec(), until)),
        None => extra.scheduled = queues.to_vec(),
    });
}

pub(super) fn apply_closed(state: &mut State, setup: &Setup, window: WindowId, scheduled: bool) {
    change(state, setup, window, |extra| {
        if scheduled {
            extra.scheduled.clear();
        } else {
            extra.by_hand = None;
        }
    });
}

/// Changes what a window serves beside its profile's lists.
pub(super) fn change(
    state: &mut State,
    setup: &Setup,
    id: WindowId,
    change: impl FnOnce(&mut Extra),
) {
    let now = state.window_mut(id);
    let mut extra = now.extra.take().unwrap_or_default();
    let changed = Arc::make_mut(&mut extra);
    change(changed);
    if changed.is_nothing() {
        return;
    }
    if let Some(window) = setup.window(id) {
        changed.settle(window);
    }
    now.extra = Some(extra);
}
