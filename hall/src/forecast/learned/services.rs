//! How long services take: one part of the hall, one of the queue, one of the item, one of who
//! serves, each drawn to nothing as long as little was seen; and how far an item varies.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{Counts, Learned, Ratio, Service};
use crate::{
    forecast::{
        arithmetic::{exp, ln},
        log::{DayLog, LegLog},
    },
    ids::{ItemId, QueueId, StaffNo},
    limits::EMPTY_PRESS,
    setup::Setup,
};

/// Services that weigh as much as what is drawn to.
const HALL_WEIGHT: f64 = 10.0;
const QUEUE_WEIGHT: f64 = 8.0;
pub(super) const ITEM_WEIGHT: f64 = 6.0;
pub(super) const STAFF_WEIGHT: f64 = 20.0;
const VARIANCE_WEIGHT: f64 = 15.0;

/// Rounds in which the parts find each other.
const ROUNDS: usize = 8;

/// 待核: a service longer than so many times what is usual was not finished when it ended.
const LONG: f64 = 4.0;

/// What varies so much is taken for an item of which the profile says nothing: deviation by mean.
const USUAL_VARIATION: f64 = 0.7;

/// The least variance: nothing takes always the same time.
const VARIANCE_LEAST: f64 = 0.02;

/// What the profile says of a service: the mean of the logarithm, and its variance.
pub(crate) fn profile_of(setup: &Setup, queue: QueueId, item: Option<ItemId>) -> (f64, f64) {
    let item = item.and_then(|item| setup.item(item));
    let of_queue = setup.queue(queue).map_or(600_000.0, |queue| queue.mean_service.0 as f64);
    let mean = item.map_or(of_queue, |item| item.mean_service.0 as f64).max(1_000.0);
    let deviation = item.map(|item| item.sd_service.0 as f64).filter(|deviation| *deviation > 0.0);
    let variation = deviation.map_or(USUAL_VARIATION, |deviation| deviation / mean);
    let variance = ln(1.0 + variation * variation).max(VARIANCE_LEAST);
    (ln(mean) - variance / 2.0, variance)
}

/// A service at a window in milliseconds, if it was one; empty presses are none.
pub(crate) fn lasted(leg: &LegLog) -> Option<f64> {
    let millis = leg.ended?.since(leg.summoned).0.saturating_sub(leg.held.0);
    Some(millis as f64)
}

struct Row {
    kind: usize,
    staff: Option<StaffNo>,
    millis: f64,
}

struct Fit {
    kinds: Vec<(QueueId, Option<ItemId>)>,
    /// What the profile says of each.
    profile: Vec<(f64, f64)>,
    hall: f64,
    queues: BTreeMap<QueueId, Ratio>,
    items: Vec<Ratio>,
    variances: Vec<f64>,
    staff: BTreeMap<StaffNo, Ratio>,
}

impl Fit {
    fn mean_log(&self, kind: usize) -> f64 {
        let of_queue = self.queues.get(&self.kinds[kind].0).map_or(0.0, |ratio| ratio.log);
        self.profile[kind].0 + self.hall + of_queue + self.items[kind].log
    }

    fn of_staff(&self, staff: Option<StaffNo>) -> f64 {
        staff.and_then(|no| self.staff.get(&no)).map_or(0.0, |ratio| ratio.log)
    }

    /// The longest that counts as it is.
    fn longest(&self, kind: usize) -> f64 {
        let usual = |(mean, variance): (f64, f64)| exp(mean + variance / 2.0);
        let seen = usual((self.mean_log(kind), self.variances[kind]));
        LONG * usual(self.profile[kind]).max(seen)
    }

    /// The parts find each other; what is left over shows how far each item varies.
    fn settle(&mut self, rows: &[Row]) -> u64 {
        let longest: Vec<f64> = (0..self.kinds.len()).map(|kind| self.longest(kind)).collect();
        let cut = rows.iter().filter(|row| row.millis > longest[row.kind]).count() as u64;
        let logs: Vec<f64> = rows.iter().map(|row| ln(row.millis.min(longest[row.kind]))).collect();
        for _ in 0..ROUNDS {
            self.settle_means(rows, &logs);
        }
        self.settle_variances(rows, &logs);
        cut
    }

    fn settle_means(&mut self, rows: &[Row], logs: &[f64]) {
        let rest = |fit: &Self, at: usize| {
            logs[at] - fit.mean_log(rows[at].kind) - fit.of_staff(rows[at].staff)
        };
        let all: f64 = (0..rows.len()).map(|at| rest(self, at) + self.hall).sum();
        self.hall = all / (rows.len() as f64 + HALL_WEIGHT);
        let mut queues: BTreeMap<QueueId, (f64, u64)> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            let queue = self.kinds[row.kind].0;
            let own = self.queues.get(&queue).map_or(0.0, |ratio| ratio.log);
            add(queues.entry(queue).or_default(), rest(self, at) + own);
        }
        self.queues = drawn(queues, QUEUE_WEIGHT);
        let mut items = alloc::vec![(0.0, 0); self.kinds.len()];
        for (at, row) in rows.iter().enumerate() {
            add(&mut items[row.kind], rest(self, at) + self.items[row.kind].log);
        }
        self.items = items.into_iter().map(|sum| ratio(sum, ITEM_WEIGHT)).collect();
        let mut staff: BTreeMap<StaffNo, (f64, u64)> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            if let Some(no) = row.staff {
                add(staff.entry(no).or_default(), rest(self, at) + self.of_staff(row.staff));
            }
        }
        self.staff = drawn(staff, STAFF_WEIGHT);
    }

    fn settle_variances(&mut self, rows: &[Row], logs: &[f64]) {
        let mut sums = alloc::vec![(0.0, 0_u64); self.kinds.len()];
        for (at, row) in rows.iter().enumerate() {
            let rest = logs[at] - self.mean_log(row.kind) - self.of_staff(row.staff);
            add(&mut sums[row.kind], rest * rest);
        }
        let (sum, count) = sums.iter().fold((0.0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        let expected: f64 = rows.iter().map(|row| self.profile[row.kind].1).sum();
        // How much more things vary in this hall than the profile says.
        let more = (sum + 50.0 * VARIANCE_LEAST) / (expected + 50.0 * VARIANCE_LEAST);
        let more = if count < 10 { 1.0 } else { more };
        for (kind, (sum, count)) in sums.into_iter().enumerate() {
            let before = self.profile[kind].1 * more;
            let seen = (sum + before * VARIANCE_WEIGHT) / (count as f64 + VARIANCE_WEIGHT);
            self.variances[kind] = seen.max(VARIANCE_LEAST);
        }
    }
}

fn add(sum: &mut (f64, u64), value: f64) {
    sum.0 += value;
    sum.1 += 1;
}

fn ratio((sum, count): (f64, u64), weight: f64) -> Ratio {
    Ratio { log: sum / (count as f64 + weight), count }
}

fn drawn<K: Ord>(sums: BTreeMap<K, (f64, u64)>, weight: f64) -> BTreeMap<K, Ratio> {
    sums.into_iter().map(|(key, sum)| (key, ratio(sum, weight))).collect()
}

pub(super) fn learn(learned: &mut Learned, setup: &Setup, days: &[DayLog]) {
    let legs = || days.iter().flat_map(|log| &log.legs);
    let mut kinds: Vec<_> = legs().map(|leg| (leg.queue, leg.item)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let empty = legs().filter_map(lasted).filter(|millis| *millis < EMPTY_PRESS.0 as f64).count();
    let row = |leg: &LegLog| {
        let kind = kinds.binary_search(&(leg.queue, leg.item)).ok()?;
        let millis = lasted(leg).filter(|millis| *millis >= EMPTY_PRESS.0 as f64)?;
        Some(Row { kind, staff: leg.staff, millis })
    };
    let rows: Vec<Row> = legs().filter_map(row).collect();
    let profile: Vec<_> =
        kinds.iter().map(|(queue, item)| profile_of(setup, *queue, *item)).collect();
    let mut fit = Fit {
        hall: 0.0,
        queues: BTreeMap::new(),
        items: alloc::vec![Ratio::default(); kinds.len()],
        variances: profile.iter().map(|(_, variance)| *variance).collect(),
        staff: BTreeMap::new(),
        profile,
        kinds,
    };
    // Twice: what is too long is only known when what is usual is known.
    fit.settle(&rows);
    let cut = fit.settle(&rows);
    learned.counts =
        Counts { services: rows.len() as u64, empty: empty as u64, cut, ..learned.counts };
    let service = |kind: usize| Service {
        queue: fit.kinds[kind].0,
        item: fit.kinds[kind].1,
        mean_log: fit.mean_log(kind),
        variance: fit.variances[kind],
        count: fit.items[kind].count,
    };
    learned.services = (0..fit.kinds.len()).map(service).collect();
    learned.hall = Ratio { log: fit.hall, count: rows.len() as u64 };
    learned.queues = fit.queues;
    learned.staff = fit.staff;
}
