//! What the hall has learned of itself: how long things take at whom, who comes when, who stays
//! away. A small value with its date and counts; made of finished days only, each fact drawn to what
//! the profile said as long as little was seen.

mod arrivals;
mod services;

use alloc::{collections::BTreeMap, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{arithmetic::sqrt, log::DayLog};
use crate::{
    ids::{ItemId, QueueId, StaffNo},
    setup::Setup,
    time::Day,
    words::{PauseReason, PriorityClass},
};

pub use self::arrivals::Occasion;
pub(crate) use self::{arrivals::HALF_HOURS, services::profile_of};

/// Ten minutes of waiting each: how many stayed away who had waited so long.
pub(crate) const WAIT_STEPS: usize = 10;

/// What was learned up to a day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Learned {
    /// The last day that went in; none: nothing but the profile.
    pub through: Option<Day>,
    /// What it was learned from.
    pub counts: Counts,
    /// How much longer services take than the profile says, in the whole hall.
    pub hall: Ratio,
    /// The same of a queue, beside the hall's.
    pub queues: BTreeMap<QueueId, Ratio>,
    /// Services, by queue and item.
    pub services: Vec<Service>,
    /// How much longer somebody takes than others with the same.
    pub staff: BTreeMap<StaffNo, Ratio>,
    /// From the end of a service to the next call while somebody waits.
    pub turnaround_secs: f64,
    /// Who comes, and when.
    pub arrivals: Arrivals,
    /// Who does not come when called, by waiting time.
    pub absence: Absence,
    /// What goes another way than the order says.
    pub strays: Strays,
    /// Bookings.
    pub bookings: Bookings,
    /// Pauses by reason.
    pub pauses: Vec<Pauses>,
    /// Where tickets go on to.
    pub onward: Vec<Onward>,
}

/// How much there was to learn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Days.
    pub days: u32,
    /// Services that went in.
    pub services: u64,
    /// Empty presses, left out.
    pub empty: u64,
    /// Longer than four times what is usual: counted as just so long.
    pub cut: u64,
    /// People who came without a booking.
    pub arrivals: u64,
    /// Bookings.
    pub bookings: u64,
}

/// A part by which something is longer, as a logarithm; and how much was seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Ratio {
    /// The logarithm.
    pub log: f64,
    /// Services seen.
    pub count: u64,
}

/// How long a service takes: the logarithm of milliseconds is normal, as near as matters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The queue.
    pub queue: QueueId,
    /// The item; none: nobody said.
    pub item: Option<ItemId>,
    /// The mean of the logarithm.
    pub mean_log: f64,
    /// Its variance.
    pub variance: f64,
    /// Services seen.
    pub count: u64,
}

/// Who comes without a booking.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrivals {
    /// People of a day by half hour, from midnight on.
    pub by_half_hour: BTreeMap<QueueId, Vec<f64>>,
    /// A weekday beside the mean of all days, Monday first.
    pub weekdays: BTreeMap<QueueId, [f64; 7]>,
    /// 月初: the first days of a month beside what their weekdays say.
    pub month_start: BTreeMap<QueueId, f64>,
    /// 赶集日: the same of market days.
    pub market: BTreeMap<QueueId, f64>,
    /// Legs of a day that begin otherwise, by half hour: with a booking, or sent on.
    pub others: BTreeMap<QueueId, Vec<f64>>,
    /// Shares of the classes.
    pub classes: [f64; PriorityClass::ALL.len()],
    /// What people of a queue come for, and how often that was seen.
    pub items: Vec<(QueueId, Option<ItemId>, u64)>,
}

/// Who does not come when called.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Absence {
    /// Shares, for each ten minutes of waiting.
    pub by_wait: [f64; WAIT_STEPS],
    /// How long the window waits for them.
    pub holds_secs: f64,
    /// Who comes back later.
    pub come_back: f64,
}

/// What goes another way than the order says.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Strays {
    /// Who gives the number back, of one who waits for an hour.
    pub leave_per_hour: f64,
    /// The share of calls by hand.
    pub by_hand: f64,
    /// The share of services in which the person goes away for a moment.
    pub held: f64,
    /// For how long, in the mean.
    pub held_secs: f64,
}

/// Bookings.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookings {
    /// The share that is kept.
    pub kept: f64,
    /// How long after the slot's beginning people come; less than nothing is before it.
    pub after_secs: f64,
    /// How far that varies.
    pub after_deviation_secs: f64,
}

/// Pauses for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pauses {
    /// Why.
    pub reason: PauseReason,
    /// How often, in an hour of a window.
    pub per_hour: f64,
    /// How long.
    pub mean_secs: f64,
}

/// Tickets that go on to another queue.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Onward {
    /// From where.
    pub from: QueueId,
    /// To where.
    pub to: QueueId,
    /// What for, if that was known there.
    #[serde(default)]
    pub item: Option<ItemId>,
    /// The share of what is served there.
    pub share: f64,
}

impl Learned {
    /// What is known of a hall that has never been open: its profile.
    #[must_use]
    pub fn of_profile(setup: &Setup) -> Self {
        Self::of(setup, &[])
    }

    /// What finished days teach.
    #[must_use]
    pub fn of(setup: &Setup, days: &[DayLog]) -> Self {
        let mut learned = Self {
            through: days.iter().map(|log| log.day).max(),
            counts: Counts { days: days.len() as u32, ..Counts::default() },
            ..Self::default()
        };
        services::learn(&mut learned, setup, days);
        arrivals::learn(&mut learned, setup, days);
        learned.turnaround_secs = turnaround_secs(days);
        learned.absence = absence(setup, days);
        learned.strays = strays(days);
        learned.bookings = bookings(days);
        learned.counts.bookings = days.iter().map(|log| log.bookings.len() as u64).sum();
        learned.pauses = pauses(days);
        learned.onward = onward(days);
        learned
    }

    /// The mean of the logarithm and its variance, of a service in milliseconds.
    #[must_use]
    pub fn service(&self, setup: &Setup, queue: QueueId, item: Option<ItemId>) -> (f64, f64) {
        if let Some(service) = self.seen(queue, item) {
            return (service.mean_log, service.variance);
        }
        let (mean, variance) = profile_of(setup, queue, item);
        let of_queue = self.queues.get(&queue).map_or(0.0, |ratio| ratio.log);
        (mean + self.hall.log + of_queue, variance)
    }

    /// How far the mean of a service's logarithm may be off, as long as little was seen of it.
    pub(crate) fn doubt_of_service(&self, queue: QueueId, item: Option<ItemId>) -> f64 {
        let seen = self.seen(queue, item).map_or((0.3, 0), |it| (it.variance, it.count));
        sqrt(seen.0 / (seen.1 as f64 + services::ITEM_WEIGHT))
    }

    /// The same of how much longer somebody takes than others.
    pub(crate) fn doubt_of_staff(&self, staff: Option<StaffNo>) -> f64 {
        let seen = staff.and_then(|no| self.staff.get(&no)).map_or(0, |ratio| ratio.count);
        sqrt(USUAL_VARIANCE / (seen as f64 + services::STAFF_WEIGHT))
    }

    fn seen(&self, queue: QueueId, item: Option<ItemId>) -> Option<&Service> {
        let place = self.services.binary_search_by_key(&(queue, item), |it| (it.queue, it.item));
        place.ok().map(|at| &self.services[at])
    }
}

/// How far services of one kind vary, as the variance of the logarithm.
const USUAL_VARIANCE: f64 = 0.5;

/// A gap longer than this was no turnaround: the clerk was away.
const TURNAROUND_MAX_SECS: f64 = 180.0;

fn turnaround_secs(days: &[DayLog]) -> f64 {
    const PRIOR: f64 = 5.0;
    const WEIGHT: f64 = 20.0;
    let (mut sum, mut count) = (PRIOR * WEIGHT, WEIGHT);
    for log in days {
        let mut spans: Vec<_> = log
            .legs
            .iter()
            .filter_map(|leg| Some((leg.window, leg.summoned, leg.ended?, leg.entered)))
            .collect();
        spans.sort_unstable();
        for pair in spans.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let gap = (after.1.0 - before.2.0) as f64 / 1_000.0;
            let waited = after.3 <= before.2;
            if before.0 == after.0 && waited && (0.0..TURNAROUND_MAX_SECS).contains(&gap) {
                sum += gap;
                count += 1.0;
            }
        }
    }
    sum / count
}

fn absence(setup: &Setup, days: &[DayLog]) -> Absence {
    const WEIGHT: f64 = 14.0;
    // 3 % and 0.2 % a minute, 25 % at most: what the sources say before anything was seen.
    let before = |step: usize| (0.04 + 0.02 * step as f64).min(0.25);
    let mut counted = [(0.0, 0.0); WAIT_STEPS];
    let (mut held, mut gone, mut back) = (0.0, 0.0, 0.0);
    for leg in days.iter().flat_map(|log| &log.legs) {
        let step = wait_step(leg.called.since(leg.entered).0 as f64);
        counted[step].1 += 1.0;
        if let Some(absent) = leg.absent {
            counted[step].0 += 1.0;
            gone += 1.0;
            held += (absent.0 as f64 / 1_000.0).min(600.0);
            back += f64::from(u8::from(leg.came_back));
        }
    }
    let rules = setup.rules();
    let calls = f64::from(rules.recall_after_secs) * f64::from(rules.recalls_max);
    let hold = calls.max(f64::from(rules.no_show_after_secs));
    let mut by_wait = [0.0; WAIT_STEPS];
    for (step, (away, all)) in counted.into_iter().enumerate() {
        by_wait[step] = (away + before(step) * WEIGHT) / (all + WEIGHT);
    }
    let come_back = if rules.reactivation { (back + 2.0) / (gone + 20.0) } else { 0.0 };
    Absence { by_wait, holds_secs: (held + hold * 10.0) / (gone + 10.0), come_back }
}

fn strays(days: &[DayLog]) -> Strays {
    const HOURS: f64 = 20.0;
    const CALLS: f64 = 50.0;
    const AWAY_SECS: f64 = 600.0;
    const WEIGHT: f64 = 3.0;
    let legs = || days.iter().flat_map(|log| &log.legs);
    let gave_up = || days.iter().flat_map(|log| &log.gave_up);
    let waited = legs().map(|leg| leg.called.since(leg.entered).0 as f64).sum::<f64>()
        + gave_up().map(|waited| waited.0 as f64).sum::<f64>();
    let served = || legs().filter(|leg| leg.ended.is_some());
    let held = || served().filter(|leg| leg.held.0 > 0);
    let away = held().map(|leg| leg.held.0 as f64 / 1_000.0).sum::<f64>();
    Strays {
        leave_per_hour: gave_up().count() as f64 / (waited / 3_600_000.0 + HOURS),
        by_hand: legs().filter(|leg| leg.by_hand).count() as f64 / (legs().count() as f64 + CALLS),
        held: held().count() as f64 / (served().count() as f64 + CALLS),
        held_secs: (away + AWAY_SECS * WEIGHT) / (held().count() as f64 + WEIGHT),
    }
}

/// The step of a wait in milliseconds.
pub(crate) fn wait_step(wait: f64) -> usize {
    ((wait.max(0.0) / 600_000.0) as usize).min(WAIT_STEPS - 1)
}

fn bookings(days: &[DayLog]) -> Bookings {
    const KEPT: f64 = 0.85;
    const WEIGHT: f64 = 10.0;
    const AFTER: f64 = -300.0;
    const DEVIATION: f64 = 420.0;
    let all = || days.iter().flat_map(|log| &log.bookings);
    let came = || all().filter_map(|each| Some((each.came?.0 - each.slot.0) as f64 / 1_000.0));
    let (count, kept) = (all().count() as f64, came().count() as f64);
    let after = (came().sum::<f64>() + AFTER * WEIGHT) / (kept + WEIGHT);
    let spread: f64 = came().map(|each| (each - after) * (each - after)).sum();
    let variance = (spread + DEVIATION * DEVIATION * WEIGHT) / (kept + WEIGHT);
    Bookings {
        kept: (kept + KEPT * WEIGHT) / (count + WEIGHT),
        after_secs: after,
        after_deviation_secs: sqrt(variance),
    }
}

fn pauses(days: &[DayLog]) -> Vec<Pauses> {
    const HOURS: f64 = 20.0;
    let hours = days.iter().map(|log| log.signed.0 as f64).sum::<f64>() / 3_600_000.0;
    let of = |reason: &PauseReason| {
        let pauses = days.iter().map(|log| log.pauses[*reason as usize]);
        let (count, millis) =
            pauses.fold((0.0, 0.0), |sum, (n, span)| (sum.0 + f64::from(n), sum.1 + span.0 as f64));
        let usual = if *reason == PauseReason::Meal { 2_700.0 } else { 600.0 };
        Pauses {
            reason: *reason,
            per_hour: count / (hours + HOURS),
            mean_secs: (millis / 1_000.0 + usual * 3.0) / (count + 3.0),
        }
    };
    PauseReason::ALL.iter().map(of).collect()
}

fn onward(days: &[DayLog]) -> Vec<Onward> {
    let mut served: BTreeMap<QueueId, f64> = BTreeMap::new();
    let mut moved: BTreeMap<(QueueId, QueueId, Option<ItemId>), f64> = BTreeMap::new();
    for leg in days.iter().flat_map(|log| &log.legs).filter(|leg| leg.ended.is_some()) {
        *served.entry(leg.queue).or_default() += 1.0;
        if let Some((to, item)) = leg.onward {
            *moved.entry((leg.queue, to, item)).or_default() += 1.0;
        }
    }
    let share = |((from, to, item), count): ((QueueId, QueueId, Option<ItemId>), f64)| Onward {
        from,
        to,
        item,
        share: count / (served.get(&from).copied().unwrap_or(0.0) + 10.0),
    };
    moved.into_iter().map(share).collect()
}

#[cfg(test)]
mod tests;
