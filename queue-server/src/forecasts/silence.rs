//! Where the forecast has shown itself wrong, nothing is told: people ahead only.
//!
//! The range is made so that four of five are called within it, and rounded outwards on top of that. A
//! queue falls silent where fewer than three of five were, of at least fifty people on the last five
//! days: chance alone brings a good forecast there less than once in a thousand tries. Waits are
//! reckoned and judged all the while, so it speaks again by itself once it has been right.

use std::collections::{BTreeMap, BTreeSet};

use hall::{ids::QueueId, views::estimates::Accuracy};

use crate::store::{Store, forecast::AccuracyRow};

/// So many closed days are looked at.
pub const DAYS: usize = 5;

/// Fewer people than this show nothing.
pub const PEOPLE_MIN: u32 = 50;

/// The share that must have been called within the range as it is told.
pub const COVERED_MIN: f64 = 0.60;

/// How good the word was on the last closed days, queue by queue.
#[must_use]
pub fn accuracy(store: &Store) -> BTreeMap<QueueId, Accuracy> {
    let rows: Vec<AccuracyRow> =
        store.last_days(DAYS).flat_map(|day| store.accuracy(day)).collect();
    by_queue(&rows)
}

/// Queues of which nothing is told, by how good the word was.
#[must_use]
pub fn of(accuracy: &BTreeMap<QueueId, Accuracy>) -> BTreeSet<QueueId> {
    let wrong = |of: &Accuracy| of.count >= PEOPLE_MIN && of.covered < COVERED_MIN;
    accuracy.iter().filter(|(_, of)| wrong(of)).map(|(queue, _)| *queue).collect()
}

/// Every queue's rows together.
#[must_use]
pub fn by_queue(rows: &[AccuracyRow]) -> BTreeMap<QueueId, Accuracy> {
    let mut found: BTreeMap<QueueId, Accuracy> = BTreeMap::new();
    for row in rows {
        let all = found.entry(row.queue).or_default();
        *all = Accuracy::together([&*all, &row.accuracy]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{PEOPLE_MIN, by_queue, of};
    use crate::store::forecast::AccuracyRow;
    use hall::views::estimates::Accuracy;

    fn row(queue: &str, hour: u8, count: u32, covered: f64) -> AccuracyRow {
        let accuracy = Accuracy { count, covered, ..Accuracy::default() };
        AccuracyRow { queue: queue.parse().unwrap(), hour, accuracy }
    }

    #[test]
    fn a_queue_falls_silent_by_all_its_hours_together_and_by_enough_people_only() {
        let half = PEOPLE_MIN / 2;
        let rows = [
            row("A", 9, half, 0.7),
            row("A", 10, half, 0.4),
            row("B", 9, half, 0.75),
            row("B", 10, half, 0.5),
            row("C", 9, PEOPLE_MIN - 1, 0.0),
            row("D", 9, 500, 0.81),
        ];
        let silent: Vec<String> =
            of(&by_queue(&rows)).into_iter().map(|queue| queue.to_string()).collect();
        assert_eq!(silent, ["A"], "B is right at three of five, C has too few people");
        assert_eq!(by_queue(&rows)[&"A".parse().unwrap()].count, PEOPLE_MIN);
    }
}
