//! 未来一小时: what becomes of everybody who waits now or comes within a span, queue by queue: how
//! long they wait, how long the longest does, and when a limit will be passed.

use alloc::vec::Vec;

use super::{
    ask::{Budget, Forecaster},
    model::{Model, NEVER},
    run::{QueueCount, Span},
};
use crate::{
    ids::QueueId,
    time::{Millis, Timestamp},
};

/// The rest of the hall's day for a span, as so many runs forward told it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hour {
    /// Who waits at the moment or comes until then is counted.
    pub until: Timestamp,
    /// Runs it rests on.
    pub runs: u32,
    /// The queues, in the order of the profile.
    pub queues: Vec<QueueHour>,
}

/// A queue in the span.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueueHour {
    /// Which.
    pub queue: QueueId,
    /// People who wait now or come, in the mean of the runs.
    pub people: f64,
    /// The mean wait of all of them.
    pub mean: Millis,
    /// The longest wait.
    pub longest: Band,
    /// People who are still waiting at the span's end: one in ten runs fewer, half, nine in ten.
    pub left: [u32; 3],
    /// 黄牌: the longest wait passes the yellow limit.
    pub yellow: Option<Passing>,
    /// 红牌: it passes the red one.
    pub red: Option<Passing>,
}

/// One run in ten has less, half have, nine in ten have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Band {
    /// One in ten.
    pub low: Millis,
    /// Half.
    pub mid: Millis,
    /// Nine in ten.
    pub high: Millis,
}

/// A limit is passed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passing {
    /// In this share of the runs, over 0 up to 1.
    pub share: f64,
    /// When, in the middle of these.
    pub at: Timestamp,
}

impl QueueHour {
    /// True if the red limit is passed more likely than not, or the yellow one almost surely.
    #[must_use]
    pub fn is_in_trouble(&self) -> bool {
        let of = |passing: Option<Passing>| passing.map_or(0.0, |passing| passing.share);
        of(self.red) >= 0.5 || of(self.yellow) >= 0.9
    }
}

impl Forecaster {
    /// The next hour, or any other span up to half a day, of every queue; none if the budget was
    /// spent before a few runs. Deterministic in the seed.
    pub fn hour(&mut self, model: &Model, span: Millis, seed: u64, budget: Budget) -> Option<Hour> {
        let asked = span_of(model, span);
        let counts = self.count(model, asked, seed, budget);
        hour_of(model, asked, &counts, budget)
    }
}

/// What so many runs have counted; none of too few.
pub(super) fn hour_of(
    model: &Model,
    asked: Span,
    counts: &[QueueCount],
    budget: Budget,
) -> Option<Hour> {
    const RUNS_LEAST: usize = 20;
    let runs = counts.len() / model.queues.len().max(1);
    if runs < RUNS_LEAST.min(budget.runs as usize) || runs == 0 {
        return None;
    }
    let of = |at: usize| {
        let of_queue = counts.iter().skip(at).step_by(model.queues.len());
        queue_hour(model.setup.queues()[at].id, of_queue)
    };
    Some(Hour {
        until: Timestamp(asked.until),
        runs: runs as u32,
        queues: (0..model.queues.len()).map(of).collect(),
    })
}

/// The span that begins at a model's moment, with the limits of its rules.
pub(super) fn span_of(model: &Model, span: Millis) -> Span {
    const LONGEST: u64 = 12 * 60;
    let rules = model.setup.rules();
    let limit = |minutes: u32| i64::from(minutes) * 60_000;
    Span {
        until: model.now + span.0.min(Millis::from_minutes(LONGEST).0) as i64,
        limits: [limit(rules.wait_yellow_minutes), limit(rules.wait_red_minutes)],
    }
}

fn queue_hour<'c>(
    queue: QueueId,
    counts: impl Iterator<Item = &'c QueueCount> + Clone,
) -> QueueHour {
    let runs = counts.clone().count();
    let (people, waited) = counts
        .clone()
        .fold((0.0, 0.0), |sum, it| (sum.0 + f64::from(it.people), sum.1 + it.waited as f64));
    let longest = tenths(counts.clone().map(|it| it.longest).collect());
    let passing = |limit: usize| {
        let passed = counts.clone().map(|it| it.passed[limit]).filter(|at| *at < NEVER);
        let mut passed: Vec<i64> = passed.collect();
        passed.sort_unstable();
        let at = *passed.get(passed.len() / 2)?;
        Some(Passing { share: passed.len() as f64 / runs as f64, at: Timestamp(at) })
    };
    QueueHour {
        queue,
        people: people / runs as f64,
        mean: Millis((waited / f64::max(people, 1.0)) as u64),
        longest: Band {
            low: Millis(longest[0] as u64),
            mid: Millis(longest[1] as u64),
            high: Millis(longest[2] as u64),
        },
        left: tenths(counts.clone().map(|it| i64::from(it.left)).collect()).map(|it| it as u32),
        yellow: passing(0),
        red: passing(1),
    }
}

/// One in ten, half and nine in ten.
pub(super) fn tenths(mut values: Vec<i64>) -> [i64; 3] {
    values.sort_unstable();
    let last = values.len().saturating_sub(1);
    [1, 5, 9].map(|tenth| values.get((last * tenth + 5) / 10).copied().unwrap_or(0))
}
