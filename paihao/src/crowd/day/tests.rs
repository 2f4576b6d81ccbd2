use rand::{SeedableRng, rngs::StdRng};

use super::{ARRIVALS, arrivals, service_secs};

#[test]
fn a_day_is_whole_and_monday_is_fuller_than_thursday() {
    let whole: f64 = ARRIVALS.iter().map(|(_, _, share)| share).sum();
    assert!((whole - 100.0).abs() < 0.001);
    let luck = &mut StdRng::seed_from_u64(1);
    // 2026-11-23 is a Monday: day 20780 of 1970.
    let (monday, thursday) = (arrivals(20_780, luck, 571.0), arrivals(20_783, luck, 571.0));
    assert!((700..730).contains(&monday.len()), "{}", monday.len());
    assert!((500..530).contains(&thursday.len()), "{}", thursday.len());
    assert!(arrivals(20_779, luck, 571.0).is_empty(), "nobody comes on Sunday");
}

#[test]
fn service_times_have_the_mean_they_are_given() {
    let luck = &mut StdRng::seed_from_u64(2);
    let drawn: Vec<f64> = (0..4_000).map(|_| service_secs(luck, 600.0, 200.0)).collect();
    let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
    assert!((mean - 600.0).abs() < 20.0, "{mean}");
    assert!(drawn.iter().all(|secs| *secs >= 90.0));
}
