//! How good the word is on the days of the sample halls, with so many days of history.

use std::sync::Arc;

use hall::forecast::{learned::Learned, log::DayLog};

use super::{Kind, RealDay, RealHall};
use crate::{
    FORWARD, Found, Size, Watcher,
    day::NoticesNothing,
    luck::Luck,
    rivals::RIVALS,
    score::{Calibration, Scores},
    settled,
};

/// Days to learn from, as they were lived.
pub struct History {
    logs: Vec<DayLog>,
    seeds: Vec<u64>,
}

impl History {
    /// Lives so many days of a hall.
    #[must_use]
    pub fn live(real: &RealHall, days: usize, seed: u64) -> Self {
        let mut luck = Luck::new(seed);
        let seeds: Vec<u64> = (0..days).map(|_| luck.next()).collect();
        let dates = real.history(days);
        let days = dates.iter().zip(&seeds);
        let live = |(date, seed): (&super::Date, &u64)| {
            RealDay::new(real, *date, *seed).live(&mut NoticesNothing)
        };
        Self { logs: days.map(live).collect(), seeds }
    }

    /// What its last days teach; none of them: what the profile says.
    #[must_use]
    pub fn learned(&self, real: &RealHall, days: usize) -> Learned {
        Learned::of(&real.setup, &self.logs[self.logs.len().saturating_sub(days)..])
    }
}

/// Plays days of a kind and scores everybody: with nothing learned, with a few days, with all.
#[must_use]
pub fn score_days(
    real: &RealHall,
    history: &History,
    kind: Kind,
    learn: usize,
    size: Size,
) -> Found {
    let learned = history.learned(real, learn);
    let setup = Arc::clone(&real.setup);
    let mut calibration = Calibration::default();
    let dates = real.history(history.seeds.len());
    let last = dates.len().saturating_sub(learn.min(size.calibrate));
    for (date, seed) in dates.iter().zip(&history.seeds).skip(last) {
        let mut watcher = Watcher::new(&setup, &learned, size, seed ^ 1, false);
        let mut day = RealDay::new(real, *date, *seed);
        day.live(&mut watcher);
        watcher.close(&day.hall, |truth, guesses| calibration.learn(truth, guesses));
    }
    calibration.settle();
    let (mut scores, mut truths, mut millis) = (Scores::default(), Vec::new(), Vec::new());
    let mut luck = Luck::new(size.seed ^ 0x7e57);
    for date in real.days_of(kind, size.test) {
        let seed = luck.next();
        let mut watcher = Watcher::new(&setup, &learned, size, seed ^ 2, true);
        let mut day = RealDay::new(real, date, seed);
        day.live(&mut watcher);
        millis.append(&mut watcher.millis);
        watcher.close(&day.hall, |truth, guesses| {
            truths.push(truth);
            scores.add(truth, &calibration.ranged(guesses));
        });
    }
    settled(kind.name, truths, scores, millis)
}

/// One row for each kind of day and history.
#[must_use]
pub fn table_of_days(found: &[(usize, Found)]) -> String {
    let mut text = String::from(
        "| | history | waits: mean, ninth tenth min | people ahead, MAE min | QL | run forward | to \
         people ahead | to QL | within 5 min | 80 % covers | width min | bias min |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (days, each) in found {
        let ours = each.of(FORWARD[1]);
        let ahead = each.of(RIVALS[0]).mae.min(each.of(RIVALS[1]).mae);
        let length = each.of(RIVALS[5]).mae;
        let history = match days {
            0 => String::from("the profile"),
            1 => String::from("1 day"),
            _ => format!("{days} days"),
        };
        text += &format!(
            "| {} | {history} | {:.1}, {:.1} | {ahead:.2} | {length:.2} | {:.2} | {:.2} | {:.2} | {:.0} % | {:.0} % | {:.1} | {:+.2} |\n",
            each.scenario,
            each.waits[0],
            each.waits[2],
            ours.mae,
            ours.mae / ahead,
            ours.mae / length,
            ours.within_five,
            ours.coverage,
            ours.width,
            ours.bias
        );
    }
    text
}
