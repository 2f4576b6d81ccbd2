//! 限号: a queue gives only so many more numbers, for a time; who has one, or a booking, is served as ever.

use alloc::vec::Vec;

use super::{Facts, grant};
use crate::{
    command::plan::LimitIssue,
    event::{Fact, issued::Limited},
    hall::Hall,
    ids::QueueId,
    refusal::Refusal,
    state::{State, hours::LimitNow},
    time::Timestamp,
    words::Actor,
};

/// It takes the place of a limit that holds, and never outlasts the session.
pub(super) fn decide(hall: &Hall, at: Timestamp, limit: &LimitIssue) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let queue = hall.setup().queue(limit.queue).filter(|queue| queue.issued);
    let queue = queue.ok_or(Refusal::NoSuchQueue)?.id;
    let session = hall.session().filter(|session| at < session.closes);
    let closes = session.ok_or(Refusal::IssueClosed)?.closes;
    let reason = grant::written(&limit.reason)?.ok_or(Refusal::ReasonNeeded)?;
    let until = limit.until.unwrap_or(closes).min(closes);
    if until <= at {
        return Err(Refusal::InThePast);
    }
    Ok(Vec::from([Fact::Limited(Limited::Set { queue, more: limit.more, until, reason })]))
}

/// Nothing, if none holds.
pub(super) fn end(hall: &Hall, queue: QueueId) -> Facts {
    let holds = hall.state.hours.limits().any(|(limited, _)| limited == queue);
    holds.then_some(Fact::Limited(Limited::Ended { queue })).into_iter().collect()
}

/// Limits whose time is over.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let over = hall.state.hours.limits().filter(move |(_, limit)| limit.until <= at);
    over.map(|(queue, _)| Fact::Limited(Limited::Ended { queue }))
}

pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    hall.state.hours.limits().map(|(_, limit)| limit.until).min()
}

pub(super) fn apply(state: &mut State, at: Timestamp, by: &Actor, limited: &Limited) {
    match limited {
        Limited::Set { queue, more, until, reason } => {
            let (reason, by) = (reason.clone(), by.clone());
            let limit = LimitNow { since: at, more: *more, taken: 0, until: *until, by, reason };
            state.hours.limit(*queue, Some(limit));
        }
        Limited::Ended { queue } => state.hours.limit(*queue, None),
    }
}
