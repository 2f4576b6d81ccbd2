//! Numbers in hand: which comes next, when they count, and what is kept of them.

use wire::http::offline::{IssueHours, NumberBlock};

use super::*;

/// 2026-11-23 09:00 in China.
const NINE: i64 = 1_795_395_600_000;
const HOUR: i64 = 3_600_000;

/// A kiosk whose clock is five minutes fast.
const HEARD: i64 = NINE + 5 * 60_000;

pub(crate) fn hand(blocks: &[(char, u16, u16)]) -> InHand {
    let block = |(letter, first, last): &(char, u16, u16)| NumberBlock {
        letter: *letter,
        first: *first,
        last: *last,
    };
    InHand {
        book: Token(1),
        told: NumbersAnswer {
            day: Day { year: 2026, month: 11, day: 23 },
            clock: Clock { at: NINE, speed: 1.0, utc_offset_minutes: 480 },
            blocks: blocks.iter().map(block).collect(),
            hours: vec![
                IssueHours { from: NINE - HOUR, until: NINE + 2 * HOUR },
                IssueHours { from: NINE + 4 * HOUR, until: NINE + 8 * HOUR },
            ],
            closed: Vec::new(),
            follow_url: "http://hall/t/".to_owned(),
            reactivate_within_minutes: Some(30),
        },
        heard: HEARD,
    }
}

#[test]
fn numbers_go_up_through_the_blocks_and_end() {
    let hand = hand(&[('A', 801, 802), ('B', 801, 825), ('A', 826, 827)]);
    let next = |used| hand.next('A', used).map(|no| no.to_string());
    assert_eq!(next(0).as_deref(), Some("A801"));
    assert_eq!(next(801).as_deref(), Some("A802"));
    assert_eq!(next(802).as_deref(), Some("A826"));
    assert_eq!(next(827), None);
    assert_eq!(hand.next('C', 0), None);
    assert_eq!([0, 801, 802, 826, 827].map(|used| hand.left('A', used)), [4, 3, 2, 1, 0]);
}

#[test]
fn a_letter_is_low_below_half_a_block() {
    let hand = hand(&[('A', 801, 810), ('B', 801, 810)]);
    let low =
        |a: u16| hand.low(move |letter| if letter == 'A' { a } else { 0 }).collect::<String>();
    assert_eq!(low(805), "", "five of ten are left");
    assert_eq!(low(806), "A");
}

#[test]
fn numbers_count_in_the_hours_of_their_day_by_the_halls_clock() {
    let hand = hand(&[('A', 801, 825)]);
    assert_eq!(hand.hall_time(HEARD + 60_000), NINE + 60_000, "the kiosk's own clock is off");
    let open = |after: i64| hand.is_open(HEARD + after);
    assert!(open(0) && open(2 * HOUR - 1));
    assert!(!open(2 * HOUR), "the morning is over");
    assert!(open(4 * HOUR));
    assert!(!open(24 * HOUR), "tomorrow they are nobody's");
    assert!(!open(-2 * HOUR), "a clock set back far");
}

#[test]
fn the_slip_says_when_by_the_hall_and_bears_the_secret() {
    let hand = hand(&[('A', 801, 825)]);
    let no = "A801".parse().unwrap();
    let page = crate::gallery::page("ticket").map(|model| model.page);
    let Some(crate::model::page::Page::Ticket { taken, .. }) = page else {
        panic!("the gallery has a ticket");
    };
    let slip = hand.slip(&taken.slip, no, Token(7), NINE + 14 * 60_000);
    assert_eq!((slip.no, slip.issued.as_str()), (no, "2026-11-23 09:14"));
    assert_eq!(slip.follow_url, format!("http://hall/t/{}", Token(7)));
    assert!(slip.offline && slip.ahead == 0 && slip.wait.is_none());
}

#[test]
fn what_is_kept_is_there_after_a_start_and_a_broken_file_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(kept::numbers(folder.path()), None);
    let hand = hand(&[('A', 801, 825)]);
    kept::keep_numbers(folder.path(), &hand);
    assert_eq!(kept::numbers(folder.path()), Some(hand));
    let catalogue = crate::gallery::sample().catalogue.unwrap();
    kept::keep_catalogue(folder.path(), &catalogue);
    assert_eq!(kept::catalogue(folder.path()), Some(catalogue));
    std::fs::write(folder.path().join("numbers.json"), b"{\"book\":").unwrap();
    assert_eq!(kept::numbers(folder.path()), None);
}
