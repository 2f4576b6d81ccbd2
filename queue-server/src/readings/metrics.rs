//! `hall/{hall}/metrics`: the figures of today and of this moment in one message.

use hall::views::estimates::Accuracy;
use wire::{
    board::Board,
    metrics::{AccuracyMetrics, Metrics, QueueMetrics},
    tally::Tally,
};

use crate::forecasts::Knowledge;

/// The metrics of a board and the day's figures.
#[must_use]
pub fn of(board: &Board, tally: &Tally, known: &Knowledge) -> Metrics {
    use hall::words::WindowState;
    let open = board.windows.iter().filter(|window| match window.state {
        WindowState::Free | WindowState::Calling | WindowState::Serving | WindowState::Extended => {
            true
        }
        WindowState::Paused | WindowState::Closed => false,
    });
    let queues = board.queues.iter().map(|queue| QueueMetrics {
        id: queue.id,
        name: queue.name.clone(),
        waiting: queue.waiting,
        longest_wait_secs: queue.longest_wait_secs,
        wait: queue.wait,
        issued: queue.issued,
        served: queue.served,
    });
    let mean = |spread: &wire::tally::Spread| (spread.count > 0).then_some(spread.mean_secs);
    Metrics {
        sequence: board.sequence,
        clock: board.clock,
        issued: tally.issued,
        served: tally.served,
        waiting: board.waiting,
        longest_wait_secs: board.longest_wait_secs,
        wait_mean_secs: mean(&tally.wait),
        wait_count: tally.wait.count,
        wait_within_target: tally.wait_within_target.percent().map(|percent| percent / 100.0),
        service_mean_secs: mean(&tally.service),
        service_count: tally.service.count,
        no_shows: tally.no_shows,
        windows_open: u32::try_from(open.count()).unwrap_or(u32::MAX),
        evaluations: tally.evaluations,
        queues: queues.collect(),
        indicators: tally.indicators.clone(),
        accuracy: accuracy(known),
    }
}

fn accuracy(known: &Knowledge) -> Option<AccuracyMetrics> {
    let all = Accuracy::together(known.accuracy.values());
    (all.count > 0).then(|| AccuracyMetrics {
        people: all.count,
        within_range: all.covered,
        error_minutes: all.mean_error_minutes,
        bias_minutes: all.bias_minutes,
        silent: known.silent.iter().copied().collect(),
    })
}
