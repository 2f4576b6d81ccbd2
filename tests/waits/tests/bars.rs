//! The bars, on one small scenario; `cargo waits` plays all of them at length.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use waits::{
    FORWARD, SCENARIOS, Size, play,
    real::{COUNTY_DAYS, History, RealHall, hit_rate, score_days},
};

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

#[test]
fn a_monday_of_the_sample_hall_is_foreseen_from_its_profile_alone() {
    let real = RealHall::read("county-24");
    let history = History::live(&real, 0, 5);
    let size = Size { learn: 0, calibrate: 0, test: 1, tickets: 40, runs: 60, seed: 5 };
    let found = score_days(&real, &history, COUNTY_DAYS[2], 0, size);
    assert!(found.tickets > 25 && found.waits[0] > 5.0, "{found:?}");
    let (ours, theirs) = (found.of(FORWARD[1]), [0, 1].map(|at| found.scores[at].1.mae));
    assert!(ours.mae <= 0.6 * theirs[0].min(theirs[1]), "{ours:?} beside {theirs:?}");
}

#[test]
fn what_the_adviser_promises_comes() {
    let real = RealHall::read("county-24");
    let learned = History::live(&real, 0, 5).learned(&real, 0);
    let rate = hit_rate(&real, &learned, &COUNTY_DAYS[3..], 2, 5);
    assert_eq!(rate.troubles, 2);
    for promise in &rate.means {
        let [low, _, high] = promise.promised;
        // Ten in a hundred come out a little beyond either end.
        assert!(promise.came < 0.0 && high < 0.0, "{rate:?}");
        assert!((low - 2.0..=high + 2.0).contains(&promise.came), "{rate:?}");
    }
}
