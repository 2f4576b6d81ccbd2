//! What happens by itself when its time has come, and when that is.

use super::{Facts, alerts, approve, hold, lend, limit, print, slot_end, stand_in, start, tide};
use crate::{hall::Hall, limits::TICK_FACTS_MAX, refusal::Refusal, time::Timestamp};

/// Everything due; at most so much that the record's entry stays small, the rest with the next tick.
pub(super) fn decide(hall: &Hall, at: Timestamp) -> Result<Facts, Refusal> {
    let due = slot_end::tick(hall, at)
        .chain(print::tick(hall, at))
        .chain(tide::tick(hall, at))
        .chain(lend::tick(hall, at))
        .chain(limit::tick(hall, at))
        .chain(hold::tick(hall, at))
        .chain(start::tick(hall, at))
        .chain(approve::tick(hall, at))
        .chain(stand_in::tick(hall, at))
        .chain(alerts::tick(hall, at));
    Ok(due.take(TICK_FACTS_MAX).collect())
}

/// The moment from which [`decide`] has something to say.
pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    let windows = hall.state.windows.values();
    let lists = windows.filter_map(|now| now.extra.as_ref()?.ends());
    let slots = hall.next_slot_end();
    print::next(hall)
        .into_iter()
        .chain(slots)
        .chain(lists)
        .chain(limit::next(hall))
        .chain(hold::next(hall))
        .chain(start::next(hall))
        .chain(approve::next(hall))
        .chain(stand_in::next(hall))
        .chain(alerts::next(hall))
        .min()
}
