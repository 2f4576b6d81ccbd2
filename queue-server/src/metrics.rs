//! `hall/{hall}/metrics`: the hall's figures of today and of this moment.

use hall::{
    Hall,
    time::Timestamp,
    views::{board, tally::tally},
};
use wire::{
    clock::Clock,
    metrics::{Metrics, QueueMetrics},
};

/// Reckons the figures.
#[must_use]
pub fn metrics(hall: &Hall, now: Timestamp, sequence: u64, clock: Clock) -> Metrics {
    let figures = tally(hall, now).hall;
    let target = hall::time::Millis::from_minutes(hall.setup().rules().wait_target_minutes.into());
    let count = |samples: &[hall::time::Millis]| samples.len() as u32;
    let mean = |samples: &[hall::time::Millis]| {
        let sum: u64 = samples.iter().map(|each| each.0).sum();
        (!samples.is_empty()).then(|| sum as f64 / 1_000.0 / samples.len() as f64)
    };
    let waits = count(&figures.waits);
    let open = hall.setup().windows().iter();
    let open = open.filter(|window| hall.window(window.id).is_some_and(|now| now.is_open()));
    Metrics {
        sequence,
        clock,
        issued: figures.issued,
        served: figures.served,
        waiting: board::waiting(hall),
        longest_wait_secs: board::longest(hall, now).as_secs(),
        wait_mean_secs: mean(&figures.waits),
        wait_count: waits,
        wait_within_target: (waits > 0)
            .then(|| f64::from(figures.waits_within(target)) / f64::from(waits)),
        service_mean_secs: mean(&figures.services),
        service_count: count(&figures.services),
        no_shows: figures.no_shows,
        windows_open: open.count() as u32,
        evaluations: figures.evaluations,
        queues: hall
            .setup()
            .queues()
            .iter()
            .map(|queue| {
                let view = board::queue(hall, queue, now);
                QueueMetrics {
                    id: queue.id,
                    name: queue.name.clone(),
                    waiting: view.waiting,
                    longest_wait_secs: view.longest.as_secs(),
                    wait: view.wait.map(Into::into),
                    issued: view.issued,
                    served: view.served,
                }
            })
            .collect(),
    }
}
