//! 提前闭厅: what would become of those who wait and of those who come, before it is done.

use alloc::vec::Vec;

use super::Scene;
use crate::{
    forecast::{
        ask::{Budget, Forecaster},
        hour::span_of,
        model::{Limited, Model},
    },
    time::Timestamp,
};

/// What an earlier end would mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closing {
    /// People who still wait when the windows close, in the mean of the runs: they are served 延时.
    pub left: f64,
    /// One run in ten has more.
    pub left_many: u32,
    /// People who come before the session's own end and get no number.
    pub turned_away: f64,
    /// Runs it rests on.
    pub runs: u32,
}

impl Scene<'_> {
    /// The open session with an earlier end; none if there is no session, or the hall cannot be
    /// run forward.
    pub fn closing(
        &self,
        forecaster: &mut Forecaster,
        (issue_until, closes): (Timestamp, Timestamp),
        seed: u64,
        budget: Budget,
    ) -> Option<Closing> {
        let session = self.hall.session()?;
        let mut model = self.model()?;
        for queue in 0..model.queues.len() {
            let (queue, from) = (queue as u8, issue_until.0);
            model.limited.push(Limited { queue, more: 0, from, until: i64::MAX });
        }
        let mut run = |until: Timestamp| count(&model, forecaster, (self.now, until), seed, budget);
        let at_close = run(closes)?;
        let in_vain = run(session.closes.max(closes))?;
        let mut left: Vec<u32> = at_close.iter().map(|(left, _)| *left).collect();
        left.sort_unstable();
        let runs = left.len();
        let mean = |sum: u32, runs: usize| f64::from(sum) / runs as f64;
        Some(Closing {
            left: mean(left.iter().sum(), runs),
            left_many: left[(runs * 9 / 10).min(runs - 1)],
            turned_away: mean(in_vain.iter().map(|(_, away)| *away).sum(), in_vain.len()),
            runs: runs as u32,
        })
    }
}

/// Run by run, who waits at that moment and who came in vain before it; none of no run.
fn count(
    model: &Model,
    forecaster: &mut Forecaster,
    (now, until): (Timestamp, Timestamp),
    seed: u64,
    budget: Budget,
) -> Option<Vec<(u32, u32)>> {
    let span = span_of(model, until.since(now));
    let counts = forecaster.count(model, span, seed, budget);
    let runs = counts.chunks(model.queues.len().max(1));
    let sums = runs.map(|run| {
        let left = run.iter().map(|queue| queue.left).sum();
        (left, run.iter().map(|queue| queue.turned_away).sum())
    });
    Some(sums.collect::<Vec<_>>()).filter(|sums| !sums.is_empty())
}
