//! 一次多办, 流水线 and 领证取件: what one number is for beside its first leg.

use alloc::vec::Vec;

use super::issue::{More, done_today};
use crate::{
    command::{Issue, Purpose},
    event::stop::Stop,
    hall::Hall,
    ids::{CaseNo, ItemId, PipelineId, QueueId},
    refusal::Refusal,
    time::Timestamp,
};

/// The item of the first leg, and what comes after it.
pub(super) fn of(
    hall: &Hall,
    at: Timestamp,
    issue: &Issue,
) -> Result<(Option<ItemId>, More), Refusal> {
    match &issue.purpose {
        Purpose::One => Ok((issue.item, More::default())),
        Purpose::Several(items) => Ok((issue.item, several(hall, issue.item, items)?)),
        Purpose::Pipeline(id) => pipeline(hall, *id, issue),
        Purpose::PickUp(case) => Ok((issue.item, pick_up(hall, at, issue.queue, *case)?)),
    }
}

/// An item that stands there twice is one.
fn several(hall: &Hall, first: Option<ItemId>, items: &[ItemId]) -> Result<More, Refusal> {
    let first = first.ok_or(Refusal::NoSuchItem)?;
    let mut stops: Vec<Stop> = Vec::new();
    for item in items {
        if *item == first || stops.iter().any(|stop| stop.item == Some(*item)) {
            continue;
        }
        let queue = hall.item_now(*item)?.queue;
        done_today(hall, queue, Some(*item))?;
        stops.push(Stop { queue, item: Some(*item) });
    }
    let most = hall.setup().rules().legs.items_max;
    if stops.len() >= usize::from(most) {
        return Err(Refusal::TooManyItems { most });
    }
    Ok(More { stops, ..More::default() })
}

fn pipeline(hall: &Hall, id: PipelineId, issue: &Issue) -> Result<(Option<ItemId>, More), Refusal> {
    let pipeline = hall.setup().pipeline(id).ok_or(Refusal::NoSuchPipeline)?;
    let (first, rest) = pipeline.legs.split_first().ok_or(Refusal::NoSuchPipeline)?;
    if first.queue != issue.queue {
        return Err(Refusal::NoSuchQueue);
    }
    let more = More { stops: rest.to_vec(), pipeline: Some(id), picks_up: None };
    Ok((issue.item.or(first.item), more))
}

/// One number for a case, and none for one that was declined. A case that this hall does not know
/// may have been taken elsewhere.
fn pick_up(hall: &Hall, at: Timestamp, queue: QueueId, case: CaseNo) -> Result<More, Refusal> {
    if hall.setup().pick_up() != Some(queue) {
        return Err(Refusal::NoSuchQueue);
    }
    if let Some(known) = hall.case(case, at)
        && known.declined
        && !known.accepted
    {
        return Err(Refusal::CaseDeclined);
    }
    let mut live = hall.tickets().filter(|ticket| ticket.is_live());
    if let Some(other) = live.find(|ticket| ticket.picks_up == Some(case)) {
        return Err(Refusal::CaseQueued { no: other.no });
    }
    Ok(More { picks_up: Some(case), ..More::default() })
}
