use super::*;

fn start() -> (Watch, Instant) {
    let now = Instant::now();
    (Watch::new(now), now)
}

#[test]
fn a_well_printer_is_looked_at_seldom_and_an_ill_one_often() {
    let (mut watch, now) = start();
    assert_eq!(watch.due(), now, "at once");
    assert_eq!(watch.note(Condition::Ready, now), Some(Condition::Ready));
    assert_eq!(watch.due(), now + WELL_EVERY);
    assert_eq!(watch.note(Condition::CoverOpen, now), Some(Condition::CoverOpen));
    assert_eq!(watch.due(), now + ILL_EVERY);
}

#[test]
fn only_what_changed_is_news() {
    let (mut watch, now) = start();
    let mut note = |found| watch.note(found, now);
    assert_eq!(note(Condition::PaperOut), Some(Condition::PaperOut));
    assert_eq!(note(Condition::PaperOut), None);
    assert_eq!(note(Condition::Ready), Some(Condition::Ready));
    assert_eq!(note(Condition::PaperLow), Some(Condition::PaperLow), "before it is out");
    assert_eq!(note(Condition::PaperOut), Some(Condition::PaperOut));
}

#[test]
fn a_sensor_that_rattles_is_told_once() {
    let (mut watch, now) = start();
    assert_eq!(watch.note(Condition::PaperLow, now), Some(Condition::PaperLow));
    for _ in 0..5 {
        assert_eq!(watch.note(Condition::Ready, now), None);
        assert_eq!(watch.note(Condition::PaperLow, now), None);
    }
    assert_eq!(watch.note(Condition::Ready, now), None);
    assert_eq!(watch.note(Condition::Ready, now), Some(Condition::Ready), "a new roll is in");
}

#[test]
fn a_printer_that_is_away_is_looked_at_more_and_more_seldom_but_never_given_up() {
    let (mut watch, now) = start();
    let mut pauses = Vec::new();
    for _ in 0..100 {
        watch.note(Condition::NotReached, now);
        pauses.push(watch.due() - now);
    }
    assert_eq!(pauses[0], ILL_EVERY);
    assert!(pauses.is_sorted());
    assert_eq!(pauses.last(), Some(&AWAY_EVERY_MAX));
    watch.note(Condition::CoverOpen, now);
    watch.note(Condition::NoAnswer, now);
    assert_eq!(watch.due(), now + ILL_EVERY, "it was there in between");
}
