//! The little arithmetic that a forecast needs, the same to the last bit on every machine.

use core::f64::consts::{LN_2, SQRT_2};

/// 1/11! down to 1/0!.
const EXP_SERIES: [f64; 12] = [
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// 1/17 down to 1/1, by odd numbers.
const LN_SERIES: [f64; 9] = [
    1.0 / 17.0,
    1.0 / 15.0,
    1.0 / 13.0,
    1.0 / 11.0,
    1.0 / 9.0,
    1.0 / 7.0,
    1.0 / 5.0,
    1.0 / 3.0,
    1.0,
];

/// e to the power of `x`.
#[inline]
pub(crate) fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let halves = x / LN_2;
    let power = (halves + if halves < 0.0 { -0.5 } else { 0.5 }) as i64;
    let rest = x - power as f64 * LN_2;
    let sum = EXP_SERIES.iter().fold(0.0, |sum, factor| sum * rest + factor);
    sum * f64::from_bits(((1_023 + power) as u64) << 52)
}

/// The natural logarithm; of nothing and less, that of the smallest number.
#[inline]
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.max(f64::MIN_POSITIVE).to_bits();
    let mut power = (bits >> 52) as i64 - 1_023;
    let mut part = f64::from_bits((bits & ((1 << 52) - 1)) | (1_023 << 52));
    if part > SQRT_2 {
        part /= 2.0;
        power += 1;
    }
    let s = (part - 1.0) / (part + 1.0);
    let square = s * s;
    let sum = LN_SERIES.iter().fold(0.0, |sum, factor| sum * square + factor);
    2.0 * s * sum + power as f64 * LN_2
}

/// The square root; of nothing and less, nothing.
pub(crate) fn sqrt(x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { exp(0.5 * ln(x)) }
}

/// The part of a normal distribution under `x` deviations. Source: Abramowitz and Stegun, 26.2.17.
#[inline]
pub(crate) fn below(x: f64) -> f64 {
    const FACTORS: [f64; 5] =
        [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let sum = FACTORS.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    let above = 0.398_942_280_401 * exp(-0.5 * x * x) * sum;
    if x < 0.0 { above } else { 1.0 - above }
}

/// The deviation under which a part of a normal distribution lies. Source: P. Acklam's rational
/// approximation.
#[inline]
pub(crate) fn quantile(part: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    const TAIL: f64 = 0.024_25;
    let series = |factors: &[f64], x: f64| factors.iter().fold(0.0, |sum, each| sum * x + each);
    let tail = |part: f64| {
        let q = sqrt(-2.0 * ln(part.max(1e-15)));
        series(&C, q) / (series(&D, q) * q + 1.0)
    };
    if part < TAIL {
        tail(part)
    } else if part > 1.0 - TAIL {
        -tail(1.0 - part)
    } else {
        let q = part - 0.5;
        let square = q * q;
        series(&A, square) * q / (series(&B, square) * square + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{below, exp, ln, quantile, sqrt};

    #[test]
    fn it_agrees_with_the_library_of_the_machine() {
        for step in 0..2_000 {
            let x = f64::from(step) * 0.01 - 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-12, "exp {x}");
            let y = x.exp();
            assert!((ln(y) - y.ln()).abs() < 1e-12, "ln {y}");
            assert!((sqrt(y) / y.sqrt() - 1.0).abs() < 1e-12, "sqrt {y}");
            if x.abs() < 3.0 {
                assert!((quantile(below(x)) - x).abs() < 2e-5, "quantile {x}");
            }
        }
    }
}
