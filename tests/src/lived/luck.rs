//! Chance from a seed: the same row of numbers in every run.

use std::f64::consts::TAU;

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Luck(u64);

impl Luck {
    /// The row of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to under `end`; 0 if there is none.
    pub const fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.next() % end }
    }

    /// A number from the one to the other, both included.
    pub const fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    /// True so often in a thousand times.
    pub const fn chance(&mut self, often: u64) -> bool {
        self.below(1_000) < often
    }

    /// One of a few; none of nothing.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len() as u64) as usize).copied()
    }

    /// Which of the weights comes up.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().map(|weight| u64::from(*weight)).sum());
        for (at, weight) in weights.iter().enumerate() {
            let weight = u64::from(*weight);
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// Of a normal distribution.
    pub fn normal(&mut self) -> f64 {
        let mut part = || (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        (-2.0 * (1.0 - part()).ln()).sqrt() * (TAU * part()).cos()
    }
}
