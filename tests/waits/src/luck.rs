//! Chance of the world, from a seed: the same row on every machine.

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

    /// From 0 to under `end`.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// From 0 to under 1.
    pub const fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Of a normal distribution.
    pub fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.part()).ln()).sqrt() * (TAU * self.part()).cos()
    }

    /// How often something happens that happens so often in the mean.
    pub fn poisson(&mut self, mean: f64) -> usize {
        let (mut count, mut left) = (0, mean);
        loop {
            left += (1.0 - self.part()).ln();
            if left < 0.0 {
                return count;
            }
            count += 1;
        }
    }
}
