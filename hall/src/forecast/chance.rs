//! Chance of a forecast: rows of numbers from a seed.

use super::arithmetic::{exp, ln, quantile};

/// SplitMix64.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The row of somebody or something in a run of this seed: what happens to one moves nobody
    /// else's chance, so that two runs that differ in one thing differ by that thing only.
    pub const fn of(seed: u64, of: Whose, number: usize) -> Self {
        let tag = (of as u64) << 32 | number as u64;
        let mut chance = Self(seed ^ tag.wrapping_mul(0xd6e8_feb8_6659_fd93));
        let begins = chance.next();
        Self(begins)
    }

    #[inline]
    pub const fn next(&mut self) -> u64 {
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

/// Whose row of chance.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    /// How far off the means are.
    Means,
    /// Those who come without a booking.
    Comers,
    /// A booking.
    Booking,
    /// Somebody who waits already.
    Waiting,
    /// A window.
    Window,
    /// Somebody who is away for a moment.
    Held,
}
