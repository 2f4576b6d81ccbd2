//! Who is still to come, and for what.

use alloc::vec::Vec;

use super::{Coming, making::Making};
use crate::{
    forecast::learned::{HALF_HOURS, Occasion},
    ids::{ItemId, QueueId},
    time::{Millis, Timestamp},
};

/// Who comes in each half hour of the rest of the day, while numbers are given.
pub(super) fn coming(making: &Making) -> Vec<Coming> {
    let hall = making.hall;
    let sessions = &making.outlook.sessions;
    let open: Vec<(Timestamp, Timestamp)> = if sessions.is_empty() {
        hall.session().iter().map(|times| (times.issue_from, times.issue_until)).collect()
    } else {
        sessions.iter().map(|times| (times.issue_from, times.issue_until)).collect()
    };
    let long = Millis::from_minutes(30);
    let rates = rates(making, &open);
    let mut coming = Vec::new();
    for (place, of_half_hour) in rates.iter().enumerate() {
        let begins = making.outlook.midnight + Millis(long.0 * place as u64);
        for (from, until) in &open {
            let (from, until) = (begins.max(*from).max(making.now), (begins + long).min(*until));
            if from >= until {
                continue;
            }
            let all: f64 = of_half_hour.iter().sum();
            let mut sum = 0.0;
            let share = |rate: &f64| {
                sum += rate / all;
                sum
            };
            coming.push(Coming {
                from: from.0,
                until: until.0,
                rate: all * making.today.busier / long.0 as f64,
                shares: if all > 0.0 {
                    of_half_hour.iter().map(share).collect()
                } else {
                    Vec::new()
                },
            });
        }
    }
    coming.retain(|span| span.rate > 0.0);
    coming
}

/// People of each queue in each half hour.
fn rates(making: &Making, open: &[(Timestamp, Timestamp)]) -> Vec<Vec<f64>> {
    let setup = making.hall.setup();
    let (arrivals, weekday) = (&making.learned.arrivals, making.outlook.weekday);
    let kind = making.hall.session_plan().kind;
    let day = making.hall.day();
    let occasion = day.map_or(Occasion::plain(weekday), |day| Occasion::of(day, weekday, kind));
    if making.learned.counts.days > 0 {
        let of = |place| {
            let queues = setup.queues().iter();
            queues.map(|queue| arrivals.in_half_hour(queue.id, occasion, place)).collect()
        };
        return (0..HALF_HOURS).map(of).collect();
    }
    // Before anything was seen: what the profile expects of a day, as much in each half hour.
    let millis: u64 = open.iter().map(|(from, until)| until.since(*from).0).sum();
    let half_hours = (millis as f64 / 1_800_000.0).max(1.0);
    let per_day = |queue: QueueId| {
        setup.items_of(queue).map(|item| f64::from(item.per_day)).sum::<f64>() / half_hours
    };
    let each: Vec<f64> = setup.queues().iter().map(|queue| per_day(queue.id)).collect();
    (0..HALF_HOURS).map(|_| each.clone()).collect()
}

/// What people of each queue come for: shares, each with those before.
pub(super) fn mixes(making: &Making) -> Vec<Vec<(f64, u16)>> {
    let queues = making.hall.setup().queues().iter();
    queues.map(|queue| mix(making, queue.id)).collect()
}

fn mix(making: &Making, queue: QueueId) -> Vec<(f64, u16)> {
    let of_queue = making.learned.arrivals.items.iter().filter(|each| each.0 == queue);
    let known: Vec<(Option<ItemId>, u64)> = of_queue.map(|each| (each.1, each.2)).collect();
    let all: u64 = known.iter().map(|(_, seen)| seen).sum();
    let mut sum = 0.0;
    let share = |(item, seen): &(Option<ItemId>, u64)| {
        sum += *seen as f64 / all.max(1) as f64;
        Some((sum, making.kind(queue, *item)?))
    };
    let mut mix: Vec<(f64, u16)> = known.iter().filter_map(share).collect();
    if let Some(kind) = making.kind(queue, None).filter(|_| all == 0) {
        mix = Vec::from([(1.0, kind)]);
    }
    mix
}
