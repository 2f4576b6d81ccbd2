//! A limit is spoken of with its moment and how surely it is passed.

use hall::{
    forecast::hour::{Band, Passing, QueueHour},
    time::{Millis, Timestamp},
};
use wire::texts::{Language, Texts};

use super::{passing_said, trouble};
use crate::testing::clock_at;

fn hour(yellow: f64, red: f64) -> QueueHour {
    let passing = |share: f64| (share > 0.0).then_some(Passing { share, at: Timestamp(1) });
    QueueHour {
        queue: "M".parse().unwrap(),
        people: 4.0,
        mean: Millis(0),
        longest: Band::default(),
        left: [0; 3],
        yellow: passing(yellow),
        red: passing(red),
    }
}

#[test]
fn what_passes_the_worse_limit_more_surely_stands_first() {
    let order = [hour(1.0, 0.9), hour(1.0, 0.3), hour(0.9, 0.1), hour(0.3, 0.0), hour(0.1, 0.0)];
    let found: Vec<_> = order.iter().map(trouble).collect();
    assert_eq!(found, [(2, 9), (2, 3), (1, 9), (1, 3), (0, 0)]);
}

#[test]
fn a_limit_is_told_with_its_moment_and_how_surely() {
    let (clock, texts) = (clock_at("2026-11-23 09:00"), Texts::of(Language::Chinese));
    let now = clock.now();
    let at = now + Millis::from_minutes(35);
    let said = |share, at| passing_said(&clock, now, Some(Passing { share, at }), texts);
    assert_eq!(said(0.95, at), "09:35 几乎肯定");
    assert_eq!(said(0.5, at), "09:35 多半");
    assert_eq!(said(0.2, at), "09:35 可能");
    assert_eq!(said(0.19, at), "–");
    assert_eq!(said(1.0, now), "已过");
    assert_eq!(passing_said(&clock, now, None, texts), "–");
}
