//! Chance of a forecast: a row of numbers from a seed.

use super::arithmetic::{exp, ln, quantile};

/// SplitMix64.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    #[inline]
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Over 0 and under 1.
    #[inline]
    pub fn part(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    #[inline]
    pub fn happens(&mut self, share: f64) -> bool {
        self.part() < share
    }

    #[inline]
    pub fn normal(&mut self) -> f64 {
        quantile(self.part())
    }

    #[inline]
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * ln(self.part())
    }

    /// A lognormal draw.
    #[inline]
    pub fn lognormal(&mut self, mean_log: f64, deviation: f64) -> f64 {
        exp(mean_log + deviation * self.normal())
    }
}
