//! How long a line rests that has failed by a fault of our own. No IO; time comes in as a value.

use std::time::{Duration, Instant};

/// Long enough that a failing line keeps nobody busy, short enough for the ten seconds in which a
/// strip is right again.
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// A line that has gone on for so long has recovered.
const RECOVERED: Duration = Duration::from_secs(600);

/// A line's failures.
#[derive(Debug)]
pub struct Failing {
    pause: Duration,
    last: Option<Instant>,
}

impl Failing {
    /// It has not failed yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { pause: PAUSE_MIN, last: None }
    }

    /// It has failed; how long it rests before it begins anew.
    pub fn failed(&mut self, now: Instant) -> Duration {
        let recovered =
            self.last.is_none_or(|last| now.saturating_duration_since(last) >= RECOVERED);
        self.last = Some(now);
        self.pause = if recovered { PAUSE_MIN } else { (self.pause * 2).min(PAUSE_MAX) };
        self.pause
    }
}

#[cfg(test)]
mod tests {
    //! The pauses, without a line.

    use super::*;

    #[test]
    fn a_line_that_fails_again_and_again_rests_longer_and_one_that_recovered_does_not() {
        let mut now = Instant::now();
        let mut failing = Failing::new();
        let pauses: Vec<u64> = (0..8)
            .map(|_| {
                now += Duration::from_secs(5);
                failing.failed(now).as_secs()
            })
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(failing.failed(now + RECOVERED), PAUSE_MIN);
    }
}
