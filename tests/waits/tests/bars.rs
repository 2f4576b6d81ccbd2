//! The bars, on one small scenario; `cargo waits` plays all of them at length.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use waits::{FORWARD, SCENARIOS, Size, play};

#[test]
fn the_forecast_is_much_better_than_people_ahead_by_a_mean() {
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == "base").unwrap();
    let size = Size { learn: 2, calibrate: 0, test: 3, tickets: 40, runs: 80, seed: 5 };
    let found = play(scenario, size);
    assert!(found.tickets > 90, "only {} tickets were predicted", found.tickets);
    let ours = found.of(FORWARD[1]);
    let theirs = [0, 1].map(|at| found.scores[at].1.mae);
    let best = theirs[0].min(theirs[1]);
    assert!(ours.mae <= 0.55 * best, "{ours:?} beside {best}");
    assert!((70.0..=90.0).contains(&ours.coverage), "{ours:?}");
}
