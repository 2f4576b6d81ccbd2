//! What a measurement found: how many, how long each, and the middle of several rounds.

use std::time::Duration;

/// One measurement: askings done in a span, and how long each took.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How long was measured.
    pub span: Duration,
    /// How long each asking took.
    pub each: Vec<Duration>,
    /// Processor time of the server meanwhile, if it is a process of its own.
    pub cpu: Option<Duration>,
}

/// A measurement in figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Askings a second.
    pub rate: f64,
    /// Half of them took no longer, in milliseconds.
    pub p50: f64,
    /// All but one in a hundred took no longer, in milliseconds.
    pub p99: f64,
    /// Microseconds of the server's processor for each asking; 0 if unknown.
    pub cpu_micros: f64,
}

impl Found {
    /// The figures; none if nothing was done.
    #[must_use]
    pub fn figures(&self) -> Option<Figures> {
        let mut each = self.each.clone();
        each.sort_unstable();
        let cpu = self.cpu.unwrap_or_default().as_secs_f64();
        Some(Figures {
            rate: each.len() as f64 / self.span.as_secs_f64(),
            p50: millis(part(&each, 0.50)?),
            p99: millis(part(&each, 0.99)?),
            cpu_micros: cpu * 1e6 / each.len() as f64,
        })
    }
}

/// The middle of several rounds, figure by figure; none if there was no round.
#[must_use]
pub fn middle(rounds: &[Figures]) -> Option<Figures> {
    let of = |figure: fn(&Figures) -> f64| median(rounds.iter().map(figure));
    Some(Figures {
        rate: of(|figures| figures.rate)?,
        p50: of(|figures| figures.p50)?,
        p99: of(|figures| figures.p99)?,
        cpu_micros: of(|figures| figures.cpu_micros)?,
    })
}

/// The middle value; none of nothing.
#[must_use]
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_unstable_by(f64::total_cmp);
    let (low, high) = (values.get((values.len().max(1) - 1) / 2)?, values.get(values.len() / 2)?);
    Some(f64::midpoint(*low, *high))
}

/// The value that this part of sorted ones does not pass.
#[must_use]
pub fn part(sorted: &[Duration], part: f64) -> Option<Duration> {
    let at = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(at.clamp(1, sorted.len().max(1)) - 1).copied()
}

/// A span in milliseconds.
#[must_use]
pub fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}
