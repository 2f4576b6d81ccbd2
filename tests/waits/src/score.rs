//! How good what was told is, beside what came.

use std::collections::BTreeMap;

/// A wait that somebody told, in minutes.
#[derive(Debug, Clone, Copy)]
pub struct Guess {
    /// Who.
    pub name: &'static str,
    /// The wait.
    pub mid: f64,
    /// The range in which four of five lie; none: to be made of how others came out.
    pub range: Option<(f64, f64)>,
}

impl Guess {
    /// A wait without a range.
    pub const fn point(name: &'static str, mid: f64) -> Self {
        Self { name, mid, range: None }
    }
}

/// How good somebody predicts. Minutes, and shares in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// The mean error, whatever its sign.
    pub mae: f64,
    /// The root of the mean square of errors.
    pub rmse: f64,
    /// The mean error: more than nothing is told too much.
    pub bias: f64,
    /// The root of the mean square by the mean wait.
    pub rrase: f64,
    /// Within five minutes.
    pub within_five: f64,
    /// Lies in the range.
    pub coverage: f64,
    /// The range's width.
    pub width: f64,
    /// Width, and ten times what lies outside.
    pub interval: f64,
}

/// Scores of everybody.
#[derive(Debug, Default)]
pub struct Scores(Vec<(&'static str, Score, f64)>);

impl Scores {
    pub fn add(&mut self, truth: f64, guesses: &[Guess]) {
        for guess in guesses {
            let known = self.0.iter().position(|(name, _, _)| *name == guess.name);
            let at = known.unwrap_or_else(|| {
                self.0.push((guess.name, Score::default(), 0.0));
                self.0.len() - 1
            });
            let (_, sum, count) = &mut self.0[at];
            let error = guess.mid - truth;
            let (low, high) = guess.range.unwrap_or((guess.mid, guess.mid));
            let out = (low - truth).max(0.0) + (truth - high).max(0.0);
            *count += 1.0;
            sum.mae += error.abs();
            sum.rmse += error * error;
            sum.bias += error;
            sum.within_five += f64::from(u8::from(error.abs() <= 5.0));
            sum.coverage += f64::from(u8::from(out <= 1e-4));
            sum.width += high - low;
            sum.interval += high - low + 10.0 * out;
        }
    }

    /// The means, in the order in which they were told first.
    pub fn settled(self, mean_wait: f64) -> Vec<(&'static str, Score)> {
        let settle = |(name, sum, count): (&'static str, Score, f64)| {
            let rmse = (sum.rmse / count).sqrt();
            let score = Score {
                mae: sum.mae / count,
                rmse,
                bias: sum.bias / count,
                rrase: rmse / mean_wait.max(1e-9),
                within_five: 100.0 * sum.within_five / count,
                coverage: 100.0 * sum.coverage / count,
                width: sum.width / count,
                interval: sum.interval / count,
            };
            (name, score)
        };
        self.0.into_iter().map(settle).collect()
    }
}

/// What came of guesses of about the same size, for those who tell no range themselves.
#[derive(Debug, Default)]
pub struct Calibration(BTreeMap<&'static str, Vec<(f64, f64)>>);

/// Sizes that are told apart.
const SIZES: usize = 5;

impl Calibration {
    pub fn learn(&mut self, truth: f64, guesses: &[Guess]) {
        for guess in guesses.iter().filter(|guess| guess.range.is_none()) {
            self.0.entry(guess.name).or_default().push((guess.mid, truth - guess.mid));
        }
    }

    pub fn settle(&mut self) {
        self.0.values_mut().for_each(|seen| seen.sort_by(|a, b| a.0.total_cmp(&b.0)));
    }

    /// The same with a range for everybody: the tenths of what came of guesses of that size.
    pub fn ranged(&self, guesses: &[Guess]) -> Vec<Guess> {
        let range = |guess: &Guess| {
            let seen = self.0.get(guess.name).filter(|seen| seen.len() >= SIZES * 10)?;
            let edge = |size: usize| seen[seen.len() * size / SIZES].0;
            let size = (1..SIZES).filter(|size| guess.mid >= edge(*size)).count();
            let (from, until) = bounds(seen, size, edge);
            let mut errors: Vec<f64> = seen[from..until].iter().map(|(_, error)| *error).collect();
            errors.sort_by(f64::total_cmp);
            let at = |part: f64| errors[((errors.len() - 1) as f64 * part) as usize];
            Some(((guess.mid + at(0.1)).max(0.0), (guess.mid + at(0.9)).max(0.0)))
        };
        let ranged =
            |guess: &Guess| Guess { range: guess.range.or_else(|| range(guess)), ..*guess };
        guesses.iter().map(ranged).collect()
    }
}

/// Those of a size; guesses that are just the same are of one size.
fn bounds(seen: &[(f64, f64)], size: usize, edge: impl Fn(usize) -> f64) -> (usize, usize) {
    let from = if size == 0 { 0 } else { seen.partition_point(|(mid, _)| *mid < edge(size)) };
    let next = (size + 1..SIZES).map(&edge).find(|next| size == 0 || *next > edge(size));
    let until = next.map_or(seen.len(), |next| seen.partition_point(|(mid, _)| *mid < next));
    if from < until { (from, until) } else { (0, seen.len()) }
}
