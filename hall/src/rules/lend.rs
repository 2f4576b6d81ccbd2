//! 借用: a queue goes to one more window, behind the window's own people.

use alloc::vec::Vec;

use super::{Facts, tide};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{QueueId, WindowId},
    refusal::Refusal,
    setup::Setup,
    state::State,
    time::Timestamp,
};

pub(super) fn lend(
    hall: &Hall,
    at: Timestamp,
    queue: QueueId,
    window: WindowId,
    until: Option<Timestamp>,
) -> Result<Facts, Refusal> {
    let now = hall.known_window(window)?;
    hall.setup().queue(queue).ok_or(Refusal::NoSuchQueue)?;
    if until.is_some_and(|until| until <= at) {
        return Err(Refusal::InThePast);
    }
    let lent = now.extra.as_ref().and_then(|extra| extra.lent.get(&queue));
    let serves = hall.lists_of(window).is_some_and(|lists| lists.has(queue));
    match lent {
        Some(before) if *before == until => Ok(Facts::new()),
        None if serves => Err(Refusal::ServesAlready),
        Some(_) | None => Ok(Vec::from([Fact::Lent { queue, window, until }])),
    }
}

pub(super) fn end(hall: &Hall, queue: QueueId, window: WindowId) -> Result<Facts, Refusal> {
    let extra = hall.known_window(window)?.extra.as_ref();
    let lent = extra.is_some_and(|extra| extra.lent.contains_key(&queue));
    if lent { Ok(Vec::from([Fact::LendEnded { queue, window }])) } else { Err(Refusal::NotLent) }
}

/// Queues whose time at another window is over.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    hall.state.windows.iter().flat_map(move |(window, now)| {
        let lent = now.extra.iter().flat_map(|extra| &extra.lent);
        let over = lent.filter(move |(_, until)| until.is_some_and(|until| until <= at));
        over.map(|(queue, _)| Fact::LendEnded { queue: *queue, window: *window })
    })
}

pub(super) fn apply_lent(
    state: &mut State,
    setup: &Setup,
    queue: QueueId,
    window: WindowId,
    until: Option<Timestamp>,
) {
    tide::change(state, setup, window, |extra| {
        extra.lent.insert(queue, until);
    });
}

pub(super) fn apply_ended(state: &mut State, setup: &Setup, queue: QueueId, window: WindowId) {
    tide::change(state, setup, window, |extra| {
        extra.lent.remove(&queue);
    });
}
