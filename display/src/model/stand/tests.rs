//! A burst of calls on a small screen, as lines: when, which rows.

use super::*;
use crate::gallery::sample_face;

const STANDS: u64 = 8_000;

/// Rows that call, newest first, then one that is served.
fn face(calls: &[u64]) -> Vec<HallRow> {
    let sample = sample_face();
    let (called, served) = (sample.rows[0].clone(), sample.rows[2].clone());
    let call = |announcement: &u64| HallRow { announcement: *announcement, ..called.clone() };
    let served = HallRow { announcement: 1, ..served };
    calls.iter().map(call).chain([served]).collect()
}

fn shown(stand: &Stand, rows: &[HallRow], now: u64) -> Vec<u64> {
    stand.rows(rows, STANDS, now).into_iter().map(|row| row.announcement).collect()
}

/// A screen of two rows that has seen one call long ago.
fn begun() -> Stand {
    let mut stand = Stand::default();
    stand.set_room(2, STANDS, 0);
    stand.take(&face(&[10]), STANDS, 0);
    stand
}

#[test]
fn more_calls_than_rows_are_all_shown_each_for_its_time() {
    let mut stand = begun();
    let rows = face(&[15, 14, 13, 12, 11, 10]);
    stand.take(&rows, STANDS, 1_000);
    let mut seen = Vec::new();
    for now in [1_000, 8_999, 9_000, 16_999, 17_000, 25_000] {
        stand.advance(STANDS, now);
        seen.push((now, shown(&stand, &rows, now)));
    }
    let expected = [
        (1_000, vec![12, 11]),
        (8_999, vec![12, 11]),
        (9_000, vec![14, 13]),
        (16_999, vec![14, 13]),
        (17_000, vec![15, 14]),
        (25_000, vec![15, 14]),
    ];
    assert_eq!(seen, expected.map(|(now, rows)| (now, rows)));
}

#[test]
fn a_newer_call_pushes_out_no_row_that_has_not_had_its_time() {
    let mut stand = begun();
    stand.take(&face(&[12, 11, 10]), STANDS, 1_000);
    let rows = face(&[13, 12, 11, 10]);
    stand.take(&rows, STANDS, 5_000);
    assert_eq!(shown(&stand, &rows, 5_000), [12, 11]);
    assert_eq!(stand.changes_at(STANDS, 5_000), Some(9_000));
    stand.advance(STANDS, 9_000);
    assert_eq!(shown(&stand, &rows, 9_000), [13, 12]);
    assert_eq!(stand.changes_at(STANDS, 9_000), None, "nobody waits");
}

#[test]
fn whoever_was_served_or_passed_over_meanwhile_is_not_called_late() {
    let mut stand = begun();
    stand.take(&face(&[14, 13, 12, 11]), STANDS, 1_000);
    let rows = face(&[14, 12, 11]);
    stand.take(&rows, STANDS, 2_000);
    stand.advance(STANDS, 9_000);
    assert_eq!(shown(&stand, &rows, 9_000), [14, 12]);
}

#[test]
fn a_screen_that_has_just_begun_shows_the_newest_at_once() {
    let mut stand = Stand::default();
    stand.set_room(2, STANDS, 0);
    let rows = face(&[12, 11, 10]);
    stand.take(&rows, STANDS, 0);
    assert_eq!(shown(&stand, &rows, 0), [12, 11]);
    assert_eq!(stand.since(12), None, "it stands still");
}

#[test]
fn a_burst_without_end_is_bounded_and_the_newest_come_through() {
    let mut stand = begun();
    let calls: Vec<u64> = (11..=400).rev().collect();
    let rows = face(&calls);
    stand.take(&rows, STANDS, 1_000);
    assert!(stand.waiting.len() <= WAITING_MAX);
    assert_eq!(stand.waiting.back(), Some(&400));
}

#[test]
fn windows_without_a_call_take_turns_where_they_do_not_all_fit() {
    let mut stand = Stand::default();
    stand.set_room(3, STANDS, 0);
    let one = face(&[10]);
    let quiet = |announcement: u64| HallRow { announcement, ..one[1].clone() };
    let rows: Vec<HallRow> = one[..1].iter().cloned().chain([1, 2, 3, 4, 5].map(quiet)).collect();
    stand.take(&rows, STANDS, 0);
    assert_eq!(shown(&stand, &rows, 0), [10, 1, 2]);
    assert_eq!(stand.changes_at(STANDS, 9_999), Some(10_000));
    assert_eq!(shown(&stand, &rows, 10_000), [10, 3, 4]);
    assert_eq!(shown(&stand, &rows, 20_000), [10, 5], "the last of them, as a paused one stands");
    assert_eq!(shown(&stand, &rows, 30_000), [10, 1, 2]);
    stand.set_room(6, STANDS, 30_000);
    assert_eq!(stand.changes_at(STANDS, 30_000), None, "all of them fit");
}
