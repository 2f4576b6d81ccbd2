//! A sample day: when people come. Shares and factors are the sample hall's own assumptions.

use rand::{Rng, rngs::StdRng};
use rand_distr::{Distribution, Gamma};

/// A day in milliseconds.
pub const DAY_MILLIS: i64 = 86_400_000;

/// Minute of the day, length in minutes, per cent of the day's tickets.
const ARRIVALS: [(i64, i64, f64); 16] = [
    (8 * 60 + 15, 15, 4.0),
    (8 * 60 + 30, 30, 9.0),
    (9 * 60, 30, 12.0),
    (9 * 60 + 30, 30, 12.0),
    (10 * 60, 30, 11.0),
    (10 * 60 + 30, 30, 8.0),
    (11 * 60, 30, 4.0),
    (11 * 60 + 30, 15, 1.0),
    (13 * 60 + 45, 15, 2.0),
    (14 * 60, 30, 7.0),
    (14 * 60 + 30, 30, 9.0),
    (15 * 60, 30, 8.0),
    (15 * 60 + 30, 30, 6.0),
    (16 * 60, 30, 4.0),
    (16 * 60 + 30, 30, 2.0),
    (17 * 60, 15, 1.0),
];

/// Monday to Sunday.
const DAY_FACTORS: [f64; 7] = [1.25, 1.05, 0.95, 0.90, 0.95, 0.30, 0.0];

/// The moments at which people come, in milliseconds after midnight; `day` counts from 1970-01-01.
pub fn arrivals(day: i64, luck: &mut StdRng, per_day: f64) -> Vec<i64> {
    // The first day of 1970 was a Thursday.
    let weekday = (day + 3).rem_euclid(7) as usize;
    let total = per_day * DAY_FACTORS[weekday];
    let mut moments = Vec::new();
    for (from, length, share) in ARRIVALS {
        let people = (total * share / 100.0).round() as usize;
        let (from, length) = (from * 60_000, length * 60_000);
        moments.extend((0..people).map(|_| from + luck.random_range(0..length)));
    }
    moments.sort_unstable();
    moments
}

/// A service time in seconds: gamma with this mean and deviation, at least a minute and a half.
pub fn service_secs(luck: &mut StdRng, mean_secs: f64, deviation_secs: f64) -> f64 {
    let deviation = deviation_secs.max(1.0);
    let shape = (mean_secs / deviation).powi(2);
    let drawn = Gamma::new(shape, deviation * deviation / mean_secs.max(1.0));
    drawn.map_or(mean_secs, |gamma| gamma.sample(luck)).max(90.0)
}

#[cfg(test)]
mod tests;
