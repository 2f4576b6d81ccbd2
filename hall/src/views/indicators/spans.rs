//! 时长: many spans as one value that can be added to another and still knows its median.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// Spans of time, counted by the second they ended in: a span of 900.4 s stands under 901, so that
/// one that is past a limit of whole seconds never counts as within it. The sum is exact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spans {
    /// Together, in milliseconds.
    #[serde(rename = "s")]
    sum: u64,
    /// Seconds and how often, by seconds.
    #[serde(rename = "n")]
    counts: Vec<(u32, u32)>,
}

/// An average with its tail and its base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many it rests on, never 0.
    pub count: u32,
    /// The mean, in seconds.
    pub mean_secs: f64,
    /// The median: the value in the middle, the lower of two; a value that occurred.
    pub median_secs: f64,
    /// P90: nine in ten are no longer; a value that occurred.
    pub p90_secs: f64,
    /// The longest.
    pub max_secs: f64,
}

impl Spans {
    /// How many.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// True if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Together.
    #[must_use]
    pub const fn sum(&self) -> Millis {
        Millis(self.sum)
    }

    /// Whole seconds, rounded up, and how often, by seconds.
    #[must_use]
    pub fn counts(&self) -> &[(u32, u32)] {
        &self.counts
    }

    /// One more.
    pub fn add(&mut self, span: Millis) {
        self.sum += span.0;
        let secs = u32::try_from(span.0.div_ceil(1_000)).unwrap_or(u32::MAX);
        match self.counts.binary_search_by_key(&secs, |(secs, _)| *secs) {
            Ok(at) => self.counts[at].1 += 1,
            Err(at) => self.counts.insert(at, (secs, 1)),
        }
    }

    /// Those of another time too.
    pub fn merge(&mut self, other: &Self) {
        self.sum += other.sum;
        if self.counts.is_empty() {
            self.counts.clone_from(&other.counts);
            return;
        }
        let mut merged = Vec::with_capacity(self.counts.len() + other.counts.len());
        let (mut ours, mut theirs) =
            (self.counts.iter().peekable(), other.counts.iter().peekable());
        while let (Some(our), Some(their)) = (ours.peek(), theirs.peek()) {
            merged.push(match our.0.cmp(&their.0) {
                core::cmp::Ordering::Less => **our,
                core::cmp::Ordering::Greater => **their,
                core::cmp::Ordering::Equal => (our.0, our.1 + their.1),
            });
            let (step_ours, step_theirs) = (our.0 <= their.0, their.0 <= our.0);
            if step_ours {
                ours.next();
            }
            if step_theirs {
                theirs.next();
            }
        }
        merged.extend(ours.chain(theirs));
        self.counts = merged;
    }

    /// How many are no longer than this, to the second.
    #[must_use]
    pub fn within(&self, limit: Millis) -> u32 {
        let secs = limit.as_secs();
        let within = self.counts.iter().take_while(|(each, _)| u64::from(*each) <= secs);
        within.map(|(_, count)| count).sum()
    }

    /// The mean with its tail; none of nothing.
    #[must_use]
    pub fn spread(&self) -> Option<Spread> {
        let (max, _) = self.counts.last()?;
        let count = self.count();
        Some(Spread {
            count,
            mean_secs: self.sum as f64 / 1_000.0 / f64::from(count),
            median_secs: self.quantile(5, count),
            p90_secs: self.quantile(9, count),
            max_secs: f64::from(*max),
        })
    }

    /// 分布: how many in classes of so many seconds, an upper bound counted below it; the last class
    /// holds all that are longer.
    #[must_use]
    pub fn classes<const N: usize>(&self, width_secs: u32) -> [u32; N] {
        let mut classes = [0; N];
        for (secs, count) in &self.counts {
            let class = (secs.saturating_sub(1) / width_secs) as usize;
            classes[class.min(N - 1)] += count;
        }
        classes
    }

    fn quantile(&self, tenths: u32, count: u32) -> f64 {
        let mut rank = (u64::from(count) * u64::from(tenths)).div_ceil(10).max(1);
        for (secs, count) in &self.counts {
            match rank.checked_sub(u64::from(*count)) {
                Some(0) | None => return f64::from(*secs),
                Some(rest) => rank = rest,
            }
        }
        0.0
    }
}
