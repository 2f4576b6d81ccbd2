//! 建议: what may be done for a queue in trouble, and what each would do. Every remedy that the
//! profile and the hall's own rules allow is put into a copy of the hall and run forward beside
//! *doing nothing*, both with the same chance; told is what it changes for every queue, to whom it
//! costs something, and in how many of the runs it was the better. Nothing is ever done by itself.

pub mod closing;
mod put;
mod remedies;
#[cfg(test)]
mod tests;
mod weigh;

use alloc::vec::Vec;

use super::{
    ask::{Budget, Forecaster},
    hour::Hour,
    learned::Learned,
    outlook::Outlook,
    pace::Today,
};
use crate::{
    Hall,
    ids::{QueueId, StaffNo, WindowId},
    time::{Millis, Timestamp},
};

/// A hall at a moment, with all that is known of its day.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'s> {
    /// The hall.
    pub hall: &'s Hall,
    /// The moment.
    pub now: Timestamp,
    /// What days before have taught.
    pub learned: &'s Learned,
    /// What today has shown.
    pub today: Today,
    /// The rest of the day as it is planned.
    pub outlook: &'s Outlook,
}

/// How much is looked at, and how thoroughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Who waits now or comes within this span is counted.
    pub span: Millis,
    /// Runs with which every remedy is tried first.
    pub first_runs: u32,
    /// So many of the best are run again …
    pub best: usize,
    /// … so often.
    pub runs: u32,
    /// Steps of all runs of one remedy.
    pub steps: u64,
}

impl Default for Effort {
    /// An hour; about a quarter of a second of one core in a hall of twenty-six windows.
    fn default() -> Self {
        Self {
            span: Millis::from_minutes(60),
            first_runs: 24,
            best: 6,
            runs: 120,
            steps: 1_000_000,
        }
    }
}

/// Something that the manager may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// 潮汐窗口: a temporary window serves more queues from now on.
    OpenTide {
        /// The window.
        window: WindowId,
        /// Its queues.
        queues: Vec<QueueId>,
        /// For so long.
        minutes: u16,
        /// Who has to come to it first; none: somebody is there.
        clerk: Option<StaffNo>,
    },
    /// 借用: another window serves the queue too, behind its own people.
    Lend {
        /// The queue.
        queue: QueueId,
        /// The window.
        window: WindowId,
        /// For so long.
        minutes: u16,
    },
    /// 错时休息: a break that is planned begins and ends later.
    ShiftBreak {
        /// The window.
        window: WindowId,
        /// When it was to begin.
        from: Timestamp,
        /// So much later.
        minutes: u16,
    },
    /// 限号: the kiosks give no number of the queue, or only so many more.
    StopIssue {
        /// The queue.
        queue: QueueId,
        /// For so long.
        minutes: u16,
        /// So many more; 0: none.
        more: u32,
    },
    /// B角: somebody stands in at a window that is without its clerk.
    StandIn {
        /// The window.
        window: WindowId,
        /// Who comes.
        staff: StaffNo,
    },
}

/// What may be done for a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The queue in trouble.
    pub queue: QueueId,
    /// If nothing is done.
    pub nothing: Hour,
    /// What helps, the best first; none may help at all.
    pub remedies: Vec<Tried>,
    /// How many were tried.
    pub tried: usize,
}

/// A remedy, run forward beside doing nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Which.
    pub remedy: Remedy,
    /// Every queue for which it changes anything, in the order of the profile.
    pub effects: Vec<Effect>,
    /// The burden that it takes off the whole hall in the mean of the runs, in milliseconds of
    /// people: their waits, in which what lies above the yellow limit counts twice. Less than
    /// nothing: it does harm.
    pub saved: i64,
    /// The share of the runs in which it takes some off.
    pub better: f64,
    /// What people of the queues that fare worse wait longer, all together, in milliseconds.
    pub price: i64,
    /// People who come in vain meanwhile, in the mean.
    pub turned_away: f64,
    /// Runs it rests on.
    pub runs: u32,
}

/// What a remedy changes for a queue. Spans in milliseconds; less than nothing is shorter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The queue.
    pub queue: QueueId,
    /// Its people if nothing is done, in the mean.
    pub people: f64,
    /// The mean wait if nothing is done, and with the remedy.
    pub mean: [Millis; 2],
    /// The longest wait, in the mean of the runs.
    pub longest: [Millis; 2],
    /// What it changes of the mean wait: one run in ten less, half, nine in ten.
    pub mean_change: [i64; 3],
    /// What it changes of the longest.
    pub longest_change: [i64; 3],
}

/// Remedies that are told of one queue at most.
const TOLD: usize = 5;

/// Who saves so much of what the best saves is as good, and shorter is better.
const NEARLY_PERCENT: i64 = 95;

/// What is better in fewer runs than this is chance.
const BETTER_LEAST: f64 = 0.6;

impl Scene<'_> {
    /// What may be done for a queue, tried and ranked; none if the hall cannot be run forward. The
    /// same scene and seed give the same advice.
    #[must_use]
    pub fn advise(
        &self,
        forecaster: &mut Forecaster,
        queue: QueueId,
        seed: u64,
        effort: Effort,
    ) -> Option<Advice> {
        let nothing = self.model()?;
        let budget = |runs| Budget { runs, steps: effort.steps };
        let hour = forecaster.hour(&nothing, effort.span, seed, budget(effort.runs))?;
        let all = self.remedies(queue);
        let tried = all.len();
        let mut weigher = weigh::Weigher::new(forecaster, nothing, effort.span, seed);
        let mut first: Vec<(Remedy, Tried)> = Vec::new();
        for remedy in all {
            let model = self.with(&remedy);
            let found = model.and_then(|it| weigher.weigh(&it, &remedy, budget(effort.first_runs)));
            first.extend(found.filter(|it| it.saved > 0).map(|it| (remedy, it)));
        }
        shortest_of_each(&mut first);
        first.sort_by(|a, b| weigh::before(&a.1, &b.1));
        first.truncate(effort.best);
        let again = |(remedy, _): (Remedy, Tried)| {
            weigher.weigh(&self.with(&remedy)?, &remedy, budget(effort.runs))
        };
        let mut remedies: Vec<Tried> = first.into_iter().filter_map(again).collect();
        remedies.retain(|it| it.saved > 0 && it.better >= BETTER_LEAST);
        remedies.sort_by(weigh::before);
        remedies.truncate(TOLD);
        Some(Advice { queue, nothing: hour, remedies, tried })
    }

    /// What one remedy would do, asked by somebody; none if the rules do not allow it now, or the
    /// hall cannot be run forward.
    #[must_use]
    pub fn what_if(
        &self,
        forecaster: &mut Forecaster,
        remedy: &Remedy,
        seed: u64,
        effort: Effort,
    ) -> Option<Tried> {
        let (nothing, model) = (self.model()?, self.with(remedy)?);
        let mut weigher = weigh::Weigher::new(forecaster, nothing, effort.span, seed);
        weigher.weigh(&model, remedy, Budget { runs: effort.runs, steps: effort.steps })
    }
}

impl Remedy {
    /// True if both do the same, for spans of their own.
    fn is_same_act(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::OpenTide { window, .. }, Self::OpenTide { window: of, .. }) => window == of,
            (
                Self::ShiftBreak { window, from, .. },
                Self::ShiftBreak { window: of, from: since, .. },
            ) => window == of && from == since,
            _ => false,
        }
    }

    /// For so long; nothing for what has no span.
    const fn minutes(&self) -> u16 {
        match self {
            Self::OpenTide { minutes, .. }
            | Self::Lend { minutes, .. }
            | Self::ShiftBreak { minutes, .. }
            | Self::StopIssue { minutes, .. } => *minutes,
            Self::StandIn { .. } => 0,
        }
    }
}

/// Of one act for several spans one stays: the shortest that saves nearly as much as the best.
fn shortest_of_each(found: &mut Vec<(Remedy, Tried)>) {
    let all: Vec<(Remedy, i64)> =
        found.iter().map(|(it, tried)| (it.clone(), tried.saved)).collect();
    found.retain(|(remedy, tried)| {
        let mut others = all.iter().filter(|(it, _)| it != remedy && it.is_same_act(remedy));
        !others.any(|(other, saved)| {
            let is_enough = |one: i64, best: i64| one * 100 >= best * NEARLY_PERCENT;
            if other.minutes() < remedy.minutes() {
                is_enough(*saved, tried.saved)
            } else {
                !is_enough(tried.saved, *saved)
            }
        })
    });
}
