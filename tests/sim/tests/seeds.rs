//! A bounded number of fresh seeds, and every seed that ever failed.
//!
//! `SIM_SEED=7 SIM_SEEDS=100 SIM_DAYS=3 cargo test -p sim` lives more.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::{env, sync::Mutex, thread};

use queue_server::profile::Profile;
use sim::{crowd, faults::Faults, run};

/// Fresh seeds of one test run; about a minute of two cores.
const FRESH: u64 = 6;

/// Seeds lived through at once: a machine of CI has two cores.
const AT_ONCE: usize = 2;

fn setting(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

/// A seed nobody chose.
fn drawn() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_micros() as u64 % 1_000_000_000
}

fn live_all(seeds: Vec<(u64, u64)>) {
    let (seeds, failures) = (Mutex::new(seeds), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((seed, days)) = { seeds.lock().unwrap().pop() } {
                    if let Err(failure) = run::live(seed, days, None, |_, _| ()) {
                        failures.lock().unwrap().push(failure.to_string());
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n\n"));
}

#[test]
fn fresh_seeds_live_through_their_days() {
    let first = setting("SIM_SEED").unwrap_or_else(drawn);
    let (count, days) = (setting("SIM_SEEDS").unwrap_or(FRESH), setting("SIM_DAYS").unwrap_or(1));
    live_all((first..first + count).map(|seed| (seed, days)).collect());
}

#[test]
fn every_seed_that_ever_failed_is_good() {
    let lines = include_str!("../seeds.txt").lines().filter(|line| !line.starts_with('#'));
    let seed = |line: &str| {
        let mut words = line.split(' ').map(|word| word.parse().ok());
        (words.next().flatten().unwrap(), words.next().flatten().unwrap())
    };
    live_all(lines.map(seed).collect());
}

#[test]
fn the_same_seed_is_the_same_world() {
    let once = run::live(5, 1, None, |_, _| ()).unwrap_or_else(|failure| panic!("{failure}"));
    let again = run::live(5, 1, None, |_, _| ()).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(once, again);
}

#[test]
fn a_day_without_faults_serves_nearly_everybody() {
    let lived = run::live(1, 1, Some(Faults::none()), |_, _| ());
    let counts = lived.unwrap_or_else(|failure| panic!("{failure}")).counts;
    assert!(counts.issued >= 50 && counts.served * 10 >= counts.issued * 8, "{counts:?}");
    // The main switch in the evening is no misfortune, and ends the bridge and the screen.
    assert_eq!((counts.kills, counts.power_cuts, counts.breaks), (0, 0, 2));
}

#[test]
fn every_rule_that_is_broken_on_purpose_still_stands_where_it_is_broken() {
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let edits = sim::mutations::all().into_iter().flat_map(|mutation| mutation.edit);
    let moved: Vec<String> = edits.filter_map(|edit| edit.made(&house).err()).collect();
    assert!(moved.is_empty(), "mutations.toml: the code has moved on:\n{}", moved.join("\n"));
}

#[test]
fn the_county_s_crowd_waits_as_long_as_in_its_reference_run() {
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let county = Profile::read(&house.join("assets/halls/county-24")).unwrap();
    for reference in crowd::REFERENCE {
        let day = |seed| {
            let hall = crowd::live(&county, reference.kind, seed).unwrap();
            crowd::measure(&hall, &county, reference.kind.tide)
        };
        let days: Vec<_> = (1..=crowd::SEEDS).map(day).collect();
        let ours = crowd::mean(&days);
        let far = ours.far_from(&reference.measured);
        assert!(far.is_empty(), "{}: {far:?} of {ours:?}", reference.name);
    }
}
