//! How long services take, drawn from a seed.

use std::f64::consts::TAU;

use crate::luck::Luck;

/// The shortest service, in minutes.
const FLOOR_MINUTES: f64 = 1.5;

/// From 0 to under 1.
pub fn part(luck: &mut Luck) -> f64 {
    (luck.next() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Minutes of a service: a gamma distribution with this mean and deviation, above a floor.
pub fn service_minutes(luck: &mut Luck, mean: f64, deviation: f64) -> f64 {
    let deviation = deviation.max(0.1);
    let shape = (mean / deviation).powi(2);
    (gamma(luck, shape) * mean / shape).max(FLOOR_MINUTES)
}

/// Marsaglia and Tsang's way, for shapes of one and more; services have at least that.
fn gamma(luck: &mut Luck, shape: f64) -> f64 {
    let d = shape.max(1.0) - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    // Nearly every draw is taken; the bound is against a broken generator.
    for _ in 0..1_000 {
        let normal = (-2.0 * (1.0 - part(luck)).ln()).sqrt() * (TAU * part(luck)).cos();
        let v = (1.0 + c * normal).powi(3);
        let u = 1.0 - part(luck);
        if v > 0.0 && u.ln() < 0.5 * normal * normal + d - d * v + d * v.ln() {
            return d * v;
        }
    }
    d
}
