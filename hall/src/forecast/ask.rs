//! What somebody is told: after so many runs forward the wait under which one in ten, half and nine
//! in ten of them lay. When the budget is spent before enough of them, or nothing can be said, the
//! length of the queue answers, and the answer says so.

use alloc::vec::Vec;

use super::{
    hour::{Hour, hour_of, span_of},
    model::Model,
    queue_length,
    run::{Ended, QueueCount, Run, Span},
};
use crate::{
    event::wait_range::{Estimate, WaitRange},
    time::Millis,
    words::EstimatedBy,
};

/// Runs of one forecast.
pub const RUNS: u32 = 200;

/// Fewer runs than this say nothing of the tenths.
const RUNS_LEAST: u32 = 40;

/// Nobody looks further ahead.
const FURTHEST: Millis = Millis::from_minutes(12 * 60);

/// Whoever came in a span is waited for so much longer.
const AFTER_SPAN: Millis = Millis::from_minutes(4 * 60);

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The hall was run forward.
    Forward,
    /// The work that stands before the person, by the windows that do it.
    QueueLength,
}

/// 预计等候, as it was reckoned: how long from the model's moment until the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// One in ten is called sooner.
    pub low: Millis,
    /// Half are called sooner.
    pub mid: Millis,
    /// One in ten is called later.
    pub high: Millis,
    /// Where it comes from.
    pub source: Source,
    /// Runs it rests on.
    pub runs: u32,
    /// The queue's length says more than three times as much, or less than a third, and ten minutes
    /// more or less: one of the two is wrong.
    pub doubtful: bool,
}

impl Forecast {
    /// As it is remembered with a ticket.
    #[must_use]
    pub fn estimate(&self) -> Estimate {
        let secs = |span: Millis| u32::try_from(span.as_secs()).unwrap_or(u32::MAX);
        Estimate {
            low_secs: secs(self.low),
            mid_secs: secs(self.mid),
            high_secs: secs(Millis(self.high.0.saturating_add(999))),
            by: match self.source {
                Source::Forward => EstimatedBy::Forward,
                Source::QueueLength => EstimatedBy::QueueLength,
            },
            untold: false,
        }
    }

    /// The same for somebody who is told it so much later.
    #[must_use]
    pub fn after(&self, passed: Millis) -> Self {
        let less = |span: Millis| Millis(span.0.saturating_sub(passed.0));
        Self { low: less(self.low), mid: less(self.mid), high: less(self.high), ..*self }
    }

    /// The range as people are told it.
    #[must_use]
    pub fn range(&self, somebody_ahead: bool) -> WaitRange {
        self.estimate().range(somebody_ahead)
    }
}

/// The whole hall in one asking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Whole {
    /// An answer for each who was asked about.
    pub waits: Vec<Option<Forecast>>,
    /// The span ahead; none if too few runs were made.
    pub hour: Option<Hour>,
    /// Runs it rests on.
    pub runs: u32,
    /// What they took.
    pub steps: u64,
}

/// How much may be spent on one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Runs.
    pub runs: u32,
    /// Steps of all runs together: one for each thing that happens in one.
    pub steps: u64,
}

impl Default for Budget {
    /// What takes about 30 ms of a small machine at most.
    fn default() -> Self {
        Self { runs: RUNS, steps: 150_000 }
    }
}

/// Asks models; it keeps its room from one to the next.
#[derive(Debug, Default)]
pub struct Forecaster {
    run: Run,
    waits: Vec<Vec<i64>>,
    counts: Vec<QueueCount>,
}

impl Forecaster {
    /// One with no room yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// When those will be called who stand at these places of a model; one answer each, none if no
    /// window serves somebody and none will.
    pub fn ask(
        &mut self,
        model: &Model,
        targets: &[u32],
        seed: u64,
        budget: Budget,
    ) -> Vec<Option<Forecast>> {
        let runs = self.run_all(model, (targets, None), seed, budget);
        let answer = |at: usize| self.answer(model, targets[at], at, runs);
        (0..targets.len()).map(answer).collect()
    }

    /// The same for many at once, and out of the same runs the span ahead of every queue.
    pub fn whole(
        &mut self,
        model: &Model,
        (targets, span): (&[u32], Millis),
        seed: u64,
        budget: Budget,
    ) -> Whole {
        let asked = span_of(model, span);
        let runs = self.run_all(model, (targets, Some(asked)), seed, budget);
        let hour = hour_of(model, asked, &self.counts, budget);
        let answer = |at: usize| self.answer(model, targets[at], at, runs);
        let waits = (0..targets.len()).map(answer).collect();
        Whole { waits, hour, runs, steps: self.run.steps }
    }

    /// The waits of all runs of the last asking for one of its places, in milliseconds and in order:
    /// for whoever wants to know more of them than three numbers. Empty if the steps were spent.
    #[must_use]
    pub fn waits_of(&self, place: usize) -> &[i64] {
        self.waits.get(place).map_or(&[], Vec::as_slice)
    }

    fn run_all(
        &mut self,
        model: &Model,
        (targets, span): (&[u32], Option<Span>),
        seed: u64,
        budget: Budget,
    ) -> u32 {
        self.counts.clear();
        self.waits.iter_mut().for_each(Vec::clear);
        self.waits.resize_with(self.waits.len().max(targets.len()), Vec::new);
        self.run.steps = 0;
        self.run.count.ask(span);
        let until = model.now.saturating_add(FURTHEST.0 as i64);
        for run in 0..budget.runs {
            let ended = self.run.forward(model, targets, of_run(seed, run), (until, budget.steps));
            if ended == Ended::Spent {
                return run;
            }
            for (waits, target) in self.waits.iter_mut().zip(targets) {
                let called = self.run.called[*target as usize];
                waits.push(if called >= model.now { called - model.now } else { i64::MAX });
            }
            if span.is_some() {
                self.counts.extend_from_slice(&self.run.count.queues);
            }
        }
        budget.runs
    }

    /// Counts everybody of a span, queue by queue, in each run: as many rows of the model's queues
    /// as there are runs, fewer than wanted if the steps were spent.
    pub(crate) fn count(
        &mut self,
        model: &Model,
        span: Span,
        seed: u64,
        budget: Budget,
    ) -> Vec<QueueCount> {
        let mut counts = Vec::new();
        self.run.steps = 0;
        self.run.count.ask(Some(span));
        let until = span.until.saturating_add(AFTER_SPAN.0 as i64);
        for run in 0..budget.runs {
            let ended = self.run.forward(model, &[], of_run(seed, run), (until, budget.steps));
            if ended == Ended::Spent {
                break;
            }
            counts.extend_from_slice(&self.run.count.queues);
        }
        counts
    }

    fn answer(&mut self, model: &Model, target: u32, at: usize, runs: u32) -> Option<Forecast> {
        let by_length = queue_length::of(model, target);
        let waits = &mut self.waits[at];
        waits.sort_unstable();
        let never = waits.iter().filter(|wait| **wait == i64::MAX).count();
        if runs < RUNS_LEAST || never * 10 > waits.len() {
            return by_length;
        }
        let last = waits[waits.len() - never - 1];
        waits.iter_mut().for_each(|wait| *wait = (*wait).min(last.max(0)));
        let at = |part: f64| {
            let place = part * (waits.len() - 1) as f64;
            let (before, rest) = (place as usize, place - (place as usize) as f64);
            let next = waits[(before + 1).min(waits.len() - 1)];
            Millis((waits[before] as f64 + rest * (next - waits[before]) as f64) as u64)
        };
        let (low, mid, high) = (at(0.1), at(0.5), at(0.9));
        let doubtful = by_length.is_some_and(|other| {
            let (more, less) = (other.mid.0.max(mid.0), other.mid.0.min(mid.0));
            more > less * 3 && more - less > Millis::from_minutes(10).0
        });
        Some(Forecast { low, mid, high, source: Source::Forward, runs, doubtful })
    }
}

/// The seed of one of the runs.
const fn of_run(seed: u64, run: u32) -> u64 {
    seed ^ (run as u64).wrapping_mul(0xd134_2543_de82_ef95)
}

#[cfg(test)]
mod tests;
