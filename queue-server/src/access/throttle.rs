//! Slows down guessing: ten failures in a quarter of an hour, by account and by address.

use std::{
    collections::{BTreeMap, VecDeque},
    net::IpAddr,
    time::{Duration, Instant},
};

use super::SignInRefusal;

/// Failures allowed within [`WITHIN`].
const FAILURES_MAX: usize = 10;

/// The time over which failures count.
const WITHIN: Duration = Duration::from_secs(15 * 60);

/// Accounts and addresses remembered; past it the oldest memory goes.
const REMEMBERED_MAX: usize = 4_096;

#[derive(Debug, Default)]
pub struct Throttle {
    failures: BTreeMap<String, VecDeque<Instant>>,
}

impl Throttle {
    /// Refuses if the account or the address failed too often.
    pub fn check(&mut self, no: &str, from: IpAddr) -> Result<(), SignInRefusal> {
        let wait = keys(no, from).iter().filter_map(|key| self.wait(key)).max();
        wait.map_or(Ok(()), |wait| Err(SignInRefusal::Wait { secs: wait.as_secs().max(1) }))
    }

    fn wait(&mut self, key: &str) -> Option<Duration> {
        let times = self.failures.get_mut(key)?;
        while times.front().is_some_and(|at| at.elapsed() > WITHIN) {
            times.pop_front();
        }
        let oldest = times.front().filter(|_| times.len() >= FAILURES_MAX)?;
        Some(WITHIN.saturating_sub(oldest.elapsed()))
    }

    /// Counts a failure.
    pub fn failed(&mut self, no: &str, from: IpAddr) {
        for key in keys(no, from) {
            if self.failures.len() >= REMEMBERED_MAX && !self.failures.contains_key(&key) {
                let oldest = self.failures.iter().min_by_key(|(_, times)| times.back().copied());
                let oldest = oldest.map(|(key, _)| key.clone());
                oldest.and_then(|key| self.failures.remove(&key));
            }
            let times = self.failures.entry(key).or_default();
            times.push_back(Instant::now());
            if times.len() > FAILURES_MAX {
                times.pop_front();
            }
        }
    }

    /// Forgets the failures of an account that signed in.
    pub fn succeeded(&mut self, no: &str, from: IpAddr) {
        for key in keys(no, from) {
            self.failures.remove(&key);
        }
    }
}

fn keys(no: &str, from: IpAddr) -> [String; 2] {
    let no: String = no.chars().take(32).collect();
    [format!("no {no}"), format!("from {from}")]
}
