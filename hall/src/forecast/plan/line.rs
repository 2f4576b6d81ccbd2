//! One queue of one day that is played: who comes when, how long each takes, and how long each waits
//! with so many windows.

use alloc::vec::Vec;

use super::{Hours, people_between};
use crate::{
    forecast::{
        arithmetic::{exp, sqrt},
        chance::Chance,
        learned::{HALF_HOURS, Learned},
    },
    ids::{ItemId, QueueId},
    setup::Setup,
};

/// How long people of a queue hold a window, in milliseconds.
pub(super) struct Law {
    /// The share up to a kind of service, the mean of its logarithm and the deviation.
    kinds: Vec<(f64, f64, f64)>,
    turnaround: f64,
    /// Who does not come when called, and how long the window waits for them.
    absent: f64,
    absent_holds: f64,
    /// The mean of all of it.
    pub mean: f64,
}

impl Law {
    pub fn of(setup: &Setup, learned: &Learned, queue: QueueId) -> Self {
        let seen = learned.services.iter().filter(|it| it.queue == queue && it.count > 0);
        let mut kinds: Vec<(Option<ItemId>, f64)> =
            seen.map(|it| (it.item, it.count as f64)).collect();
        if kinds.is_empty() {
            let items = setup.items_of(queue);
            kinds = items.map(|item| (Some(item.id), f64::from(item.per_day))).collect();
        }
        let all: f64 = kinds.iter().map(|(_, weight)| weight).sum();
        if all <= 0.0 {
            kinds = Vec::from([(None, 1.0)]);
        }
        let (all, mut sum, mut mean) = (if all > 0.0 { all } else { 1.0 }, 0.0, 0.0);
        let law = |(item, weight): &(Option<ItemId>, f64)| {
            let (mean_log, variance) = learned.service(setup, queue, *item);
            sum += weight / all;
            mean += weight / all * exp(mean_log + variance / 2.0);
            (sum, mean_log, sqrt(variance))
        };
        let kinds = kinds.iter().map(law).collect();
        let (absent, absent_holds) =
            (learned.absence.by_wait[0], learned.absence.holds_secs * 1_000.0);
        let turnaround = learned.turnaround_secs * 1_000.0;
        let mean = mean * (1.0 - absent) + absent_holds * absent + turnaround;
        Self { kinds, turnaround, absent, absent_holds, mean }
    }

    fn draw(&self, luck: &mut Chance) -> i64 {
        let (absent, part) = (luck.happens(self.absent), luck.part());
        let kind = self.kinds.iter().find(|(share, ..)| part < *share).or(self.kinds.last());
        let takes =
            kind.map_or(0.0, |(_, mean_log, deviation)| luck.lognormal(*mean_log, *deviation));
        (if absent { self.absent_holds } else { takes } + self.turnaround) as i64
    }
}

/// A day of the queue, up to a moment. Times in milliseconds from midnight.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// When each comes, and how long each takes.
    people: Vec<(i64, i64)>,
    /// How many were called.
    called: usize,
    /// When each window is free, soonest first.
    free: Vec<i64>,
}

const MINUTE: i64 = 60_000;

impl Line {
    pub fn of(law: &Law, demand: &[f64; HALF_HOURS], hours: Hours, luck: &mut Chance) -> Self {
        let mut people = Vec::new();
        for place in 0..HALF_HOURS as u16 {
            let from = (place * 30).max(hours.issue_from.0);
            let until = (place * 30 + 30).min(hours.issue_until.0);
            let mean = people_between(demand, hours, (place * 30, place * 30 + 30));
            if from >= until || mean <= 0.0 {
                continue;
            }
            let long = f64::from(until - from) * MINUTE as f64;
            let mut at = luck.exponential(long / mean);
            while at < long {
                people.push((i64::from(from) * MINUTE + at as i64, law.draw(luck)));
                at += luck.exponential(long / mean);
            }
        }
        Self { people, called: 0, free: Vec::new() }
    }

    /// True if somebody came before this minute and was not called.
    pub fn is_waiting(&self, minute: u16) -> bool {
        self.people.get(self.called).is_some_and(|(came, _)| *came < i64::from(minute) * MINUTE)
    }

    /// How long those wait who come since a minute and before another, and are not called yet, if so
    /// many windows are open from a minute on.
    pub fn waits(&self, windows: u32, (from, since, until): (u16, u16, u16), waits: &mut Vec<i64>) {
        let mut played = self.clone();
        played.open(windows, from);
        let until = i64::from(until) * MINUTE;
        while let Some((came, takes)) = played.people.get(played.called).copied() {
            if came >= until {
                return;
            }
            let called = played.call(came, takes);
            if came >= i64::from(since) * MINUTE {
                waits.push(called - came);
            }
        }
    }

    /// Goes on to the span's end.
    pub fn go_on(&mut self, windows: u32, (from, until): (u16, u16)) {
        self.open(windows, from);
        let until = i64::from(until) * MINUTE;
        while let Some((came, takes)) = self.people.get(self.called).copied() {
            if self.free.first().is_none_or(|free| came.max(*free) >= until) {
                return;
            }
            self.call(came, takes);
        }
    }

    /// So many windows from a minute on: more are free at once, of fewer those stay that are free
    /// first.
    fn open(&mut self, windows: u32, from: u16) {
        let from = i64::from(from) * MINUTE;
        self.free.iter_mut().for_each(|free| *free = (*free).max(from));
        self.free.resize(windows as usize, from);
        self.free.sort_unstable();
    }

    fn call(&mut self, came: i64, takes: i64) -> i64 {
        self.called += 1;
        let Some(first) = self.free.first_mut() else { return came };
        let called = came.max(*first);
        *first = called + takes;
        self.free.sort_unstable();
        called
    }
}
