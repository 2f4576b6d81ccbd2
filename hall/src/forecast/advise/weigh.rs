//! Two halls that differ in one thing, run forward with the same chance, run by run.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::{Effect, Remedy, Tried};
use crate::{
    forecast::{
        ask::{Budget, Forecaster},
        hour::{span_of, tenths},
        model::Model,
        run::QueueCount,
    },
    time::Millis,
};

/// Doing nothing, kept to lay everything beside it.
pub(super) struct Weigher<'f> {
    forecaster: &'f mut Forecaster,
    nothing: Model,
    span: Millis,
    seed: u64,
    counts: Vec<QueueCount>,
    asked: u32,
}

impl<'f> Weigher<'f> {
    pub fn new(forecaster: &'f mut Forecaster, nothing: Model, span: Millis, seed: u64) -> Self {
        Self { forecaster, nothing, span, seed, counts: Vec::new(), asked: 0 }
    }

    /// What a changed hall is beside the one in which nothing is done; none if not even one run
    /// could be paid.
    pub fn weigh(&mut self, model: &Model, remedy: &Remedy, budget: Budget) -> Option<Tried> {
        let span = span_of(&self.nothing, self.span);
        if self.asked < budget.runs {
            self.counts = self.forecaster.count(&self.nothing, span, self.seed, budget);
            self.asked = budget.runs;
        }
        let with = self.forecaster.count(model, span, self.seed, budget);
        let queues = self.nothing.queues.len();
        let runs = with.len().min(self.counts.len()) / queues.max(1);
        if runs == 0 {
            return None;
        }
        let pairs = Pairs { before: &self.counts[..runs * queues], after: &with, queues };
        Some(pairs.tried(&self.nothing, remedy))
    }
}

/// The better first: what turns people away comes behind everything that does not.
pub(super) fn before(a: &Tried, b: &Tried) -> Ordering {
    let turns_away = |tried: &Tried| tried.turned_away > 0.0;
    turns_away(a).cmp(&turns_away(b)).then(b.saved.cmp(&a.saved)).then(a.price.cmp(&b.price))
}

struct Pairs<'c> {
    before: &'c [QueueCount],
    after: &'c [QueueCount],
    queues: usize,
}

impl Pairs<'_> {
    fn runs(&self) -> usize {
        self.before.len() / self.queues
    }

    fn of_queue(&self, at: usize) -> impl Iterator<Item = (&QueueCount, &QueueCount)> + Clone {
        let pairs = self.before.iter().zip(self.after);
        pairs.skip(at).step_by(self.queues)
    }

    fn tried(&self, model: &Model, remedy: &Remedy) -> Tried {
        let runs = self.runs() as i64;
        let burden = |counts: &[QueueCount]| -> i64 {
            counts.iter().map(|count| count.waited + count.over).sum()
        };
        let rows = self.before.chunks(self.queues).zip(self.after.chunks(self.queues));
        let saved: Vec<i64> = rows.map(|(was, is)| burden(was) - burden(is)).collect();
        let better = saved.iter().filter(|it| **it > 0).count() as f64 / runs as f64;
        let longer = |at: usize| {
            let of_runs = self.of_queue(at).map(|(was, is)| is.waited - was.waited);
            of_runs.sum::<i64>() / runs
        };
        let turned_away: u32 = self.after.iter().map(|count| count.turned_away).sum();
        let touched = |at: &usize| self.of_queue(*at).any(|(was, is)| was != is);
        let concerned = (0..self.queues).filter(touched);
        Tried {
            remedy: remedy.clone(),
            effects: concerned.map(|at| self.effect(model, at)).collect(),
            saved: saved.iter().sum::<i64>() / runs,
            better,
            price: (0..self.queues).map(|at| longer(at).max(0)).sum(),
            turned_away: f64::from(turned_away) / runs as f64,
            runs: runs as u32,
        }
    }

    fn effect(&self, model: &Model, at: usize) -> Effect {
        let runs = self.runs() as i64;
        let each = |count: &QueueCount| count.waited / i64::from(count.people.max(1));
        let pairs = self.of_queue(at);
        let sum = |of: fn(&QueueCount) -> i64, after: bool| -> i64 {
            pairs.clone().map(|(was, is)| of(if after { is } else { was })).sum()
        };
        let mean = |after| {
            let people = sum(|it| i64::from(it.people), after).max(1);
            Millis((sum(|it| it.waited, after) / people) as u64)
        };
        let longest = |after| Millis((sum(|it| it.longest, after) / runs) as u64);
        Effect {
            queue: model.setup.queues()[at].id,
            people: sum(|it| i64::from(it.people), false) as f64 / runs as f64,
            mean: [mean(false), mean(true)],
            longest: [longest(false), longest(true)],
            mean_change: tenths(pairs.clone().map(|(was, is)| each(is) - each(was)).collect()),
            longest_change: tenths(
                pairs.clone().map(|(was, is)| is.longest - was.longest).collect(),
            ),
        }
    }
}
