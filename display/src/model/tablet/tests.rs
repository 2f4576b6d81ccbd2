//! A visit to the tablet, touch by touch.

use super::*;

fn ask(ticket: u64, lasts_millis: u64) -> Option<Ask> {
    let leg = serde_json::from_str(&format!("{{\"ticket\":{ticket},\"leg\":0}}")).unwrap();
    Some(Ask { leg, no: "A012".parse().unwrap(), lasts_millis })
}

fn asked() -> Tablet {
    let mut tablet = Tablet::default();
    tablet.take(ask(7, 60_000), 1_000);
    tablet
}

fn reason(code: &str) -> Touch {
    Touch::Reason(code.to_owned())
}

#[test]
fn a_good_level_is_said_at_once_and_only_once() {
    let mut tablet = asked();
    assert_eq!(tablet.stage(1_000), &Stage::Levels);
    let said = tablet.touch(Touch::Level(Rating::Satisfied), true, 2_000);
    let Some(Happening::Graded { level: 4, scale: 5, leg: Some(_), reasons, text }) = said else {
        panic!("{said:?}")
    };
    assert!(reasons.is_empty() && text.is_empty());
    assert_eq!(tablet.stage(2_000), &Stage::Thanks { kept: false });
    assert_eq!(tablet.touch(Touch::Level(Rating::Fair), true, 2_100), None, "a second finger");
    assert_eq!(tablet.stage(8_000), &Stage::Idle);
    // The server's asking comes once more before it has heard of the answer.
    tablet.take(ask(7, 50_000), 9_000);
    assert_eq!(tablet.stage(9_000), &Stage::Idle);
    tablet.take(ask(8, 60_000), 9_000);
    assert_eq!(tablet.stage(9_000), &Stage::Levels, "the next person");
}

#[test]
fn the_lower_two_levels_want_a_reason_and_any_number_of_them() {
    for (rating, level) in [(Rating::Dissatisfied, 2), (Rating::VeryDissatisfied, 1)] {
        let mut tablet = asked();
        assert_eq!(tablet.touch(Touch::Level(rating), true, 2_000), None);
        assert_eq!(tablet.touch(Touch::Submit, true, 2_100), None, "no reason yet");
        for code in ["long_wait", "other", "manner", "other"] {
            tablet.touch(reason(code), true, 2_200);
        }
        let said = tablet.touch(Touch::Submit, true, 2_300);
        let Some(Happening::Graded { level: said, reasons, .. }) = said else { panic!("{said:?}") };
        assert_eq!((said, reasons), (level, vec!["long_wait".to_owned(), "manner".to_owned()]));
    }
}

#[test]
fn whoever_says_nothing_stays_unevaluated() {
    let mut tablet = asked();
    assert_eq!(tablet.seconds(1_001), Some(60));
    assert_eq!(tablet.changes_at(1_001), Some(2_000));
    assert_eq!(tablet.stage(61_000), &Stage::Idle);
    assert_eq!(tablet.touch(Touch::Level(Rating::Satisfied), true, 61_000), None);
    let mut tablet = asked();
    assert_eq!(tablet.touch(Touch::Skip, true, 2_000), None);
    assert_eq!((tablet.stage(2_000), tablet.changes_at(2_000)), (&Stage::Idle, None));
}

#[test]
fn an_asking_that_the_server_takes_back_ends_and_reasons_may_be_finished() {
    let mut tablet = asked();
    tablet.take(None, 5_000);
    assert_eq!(tablet.stage(5_000), &Stage::Idle);
    let mut tablet = asked();
    tablet.touch(Touch::Level(Rating::Dissatisfied), true, 59_000);
    tablet.take(None, 61_000);
    tablet.touch(reason("manner"), true, 70_000);
    assert!(tablet.touch(Touch::Submit, true, 71_000).is_some());
}

#[test]
fn what_is_said_while_the_broker_is_away_is_kept_and_told_so() {
    let mut tablet = asked();
    assert!(tablet.touch(Touch::Level(Rating::Fair), false, 2_000).is_some());
    assert_eq!(tablet.stage(2_000), &Stage::Thanks { kept: true });
}

fn adds() -> Tablet {
    let mut tablet = asked();
    tablet.touch(Touch::Level(Rating::Dissatisfied), true, 2_000);
    tablet.touch(reason("manner"), true, 2_000);
    tablet.touch(Touch::Words, true, 2_000);
    tablet
}

fn typed(tablet: &mut Tablet, keys: &str, now: u64) {
    keys.chars().for_each(|key| drop(tablet.touch(Touch::Key(key), true, now)));
}

#[test]
fn phrases_and_letters_go_with_the_reasons_as_one_line() {
    let mut tablet = adds();
    for phrase in ["材料说法前后不一", "指引标识不清楚", "材料说法前后不一"]
    {
        tablet.touch(Touch::Phrase(phrase.to_owned()), true, 3_000);
    }
    typed(&mut tablet, "A018X", 3_000);
    tablet.touch(Touch::Erase, true, 3_000);
    assert_eq!(tablet.touch(Touch::Submit, true, 3_000), None, "it is sent from the reasons");
    tablet.touch(Touch::Back, true, 3_000);
    let said = tablet.touch(Touch::Submit, true, 3_000);
    let Some(Happening::Graded { reasons, text, .. }) = said else { panic!("{said:?}") };
    assert_eq!((reasons, text.as_str()), (vec!["manner".to_owned()], "指引标识不清楚；A018"));
}

#[test]
fn words_are_optional_and_bounded() {
    let mut tablet = adds();
    tablet.touch(Touch::Back, true, 3_000);
    let said = tablet.touch(Touch::Submit, true, 3_000);
    assert!(matches!(said, Some(Happening::Graded { text, .. }) if text.is_empty()));
    let mut tablet = adds();
    typed(&mut tablet, &"9".repeat(500), 3_000);
    for number in 0..40 {
        tablet.touch(Touch::Phrase(format!("第 {number} 句不太短的话")), true, 3_000);
    }
    tablet.touch(Touch::Back, true, 3_000);
    let said = tablet.touch(Touch::Submit, true, 3_000);
    let Some(Happening::Graded { text, .. }) = said else { panic!("{said:?}") };
    let long = text.chars().count();
    assert!((TYPED_MAX..=EVALUATION_CHARS_MAX).contains(&long), "{text}");
}

#[test]
fn each_touch_gives_a_minute_to_write_and_three_are_enough() {
    let mut tablet = adds();
    typed(&mut tablet, "A", 50_000);
    assert!(matches!(tablet.stage(109_000), Stage::Words { .. }));
    typed(&mut tablet, "B", 109_000);
    typed(&mut tablet, "C", 168_000);
    assert!(matches!(tablet.stage(181_999), Stage::Words { .. }));
    assert_eq!(tablet.stage(182_000), &Stage::Idle, "the next person comes");
}
