//! Marks over a day, a restart, a night and a year.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use hall::time::Day;

use super::{Document, LASTING_DAYS, PersonKeys};
use crate::{
    clock::date_of,
    engine::Wish,
    testing::{app, wait_until},
};

// The check digits are wrong, so these are nobody's.
const ONE: &str = "330102199001011234";
const OTHER: &str = "33010219900101123X";

fn document(text: &str) -> Document {
    Document::read(text).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn open(data: &Path) -> PersonKeys {
    PersonKeys::open(data, day("2026-11-23")).unwrap()
}

fn later(day: Day, days: i64) -> Day {
    let date = date_of(day).unwrap().checked_add(jiff::Span::new().days(days)).unwrap();
    date.to_string().parse().unwrap()
}

#[test]
fn a_person_is_the_same_all_day_long_and_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let (monday, keys) = (day("2026-11-23"), open(data.path()));
    let mark = keys.mark(&document(ONE), monday).unwrap().unwrap();
    assert_eq!(keys.mark(&document(ONE), monday).unwrap(), Some(mark));
    assert_ne!(keys.mark(&document(OTHER), monday).unwrap(), Some(mark));
    drop(keys);
    let again = open(data.path());
    assert_eq!(again.mark(&document(ONE), monday).unwrap(), Some(mark));
}

#[test]
fn yesterdays_mark_cannot_be_made_again() {
    let data = tempfile::tempdir().unwrap();
    let (monday, tuesday) = (day("2026-11-23"), day("2026-11-24"));
    let keys = open(data.path());
    let mark = keys.mark(&document(ONE), monday).unwrap().unwrap();
    let secret = fs::read(data.path().join("persons/day.key")).unwrap();
    keys.follow(None).unwrap();
    assert!(!data.path().join("persons/day.key").exists(), "the night destroys the key");
    assert_ne!(keys.mark(&document(ONE), tuesday).unwrap(), Some(mark));
    assert_eq!(keys.mark(&document(ONE), monday).unwrap(), None, "that day is over");
    for entry in fs::read_dir(data.path().join("persons")).unwrap() {
        assert_ne!(fs::read(entry.unwrap().path()).unwrap(), secret);
    }
    // Nor by a server that comes up on another day and finds the old file.
    let data = tempfile::tempdir().unwrap();
    let mark = open(data.path()).mark(&document(ONE), monday).unwrap();
    let again = open(data.path());
    again.follow(Some(tuesday)).unwrap();
    assert_ne!(again.mark(&document(ONE), tuesday).unwrap(), mark);
    assert_eq!(again.mark(&document(ONE), monday).unwrap(), None);
}

#[test]
fn a_booking_is_found_for_as_long_as_a_missed_one_counts() {
    let data = tempfile::tempdir().unwrap();
    let (first, keys) = (day("2026-11-23"), open(data.path()));
    let before = keys.booker(&document(ONE), first).unwrap();
    assert_eq!(before.earlier, None);
    let last = keys.booker(&document(ONE), later(first, LASTING_DAYS - 1)).unwrap();
    assert_eq!(last.mark, before.mark);
    let turned = keys.booker(&document(ONE), later(first, LASTING_DAYS)).unwrap();
    assert_eq!(turned.earlier, Some(before.mark), "the key before still finds it");
    assert_ne!(turned.mark, before.mark);
    drop(keys);
    let keys = open(data.path());
    let end = later(first, 2 * LASTING_DAYS - 1);
    assert_eq!(keys.booker(&document(ONE), end).unwrap(), turned, "also after a restart");
    let over = keys.booker(&document(ONE), later(first, 2 * LASTING_DAYS)).unwrap();
    assert_eq!(over.earlier, Some(turned.mark));
    let long_off = keys.booker(&document(ONE), later(first, 9 * LASTING_DAYS)).unwrap();
    assert_eq!(long_off.earlier, None, "what is too old is destroyed, not kept as the one before");
}

#[test]
fn nothing_of_a_person_or_a_key_is_shown_or_open_to_others() {
    let data = tempfile::tempdir().unwrap();
    let (monday, keys) = (day("2026-11-23"), open(data.path()));
    let mark = keys.mark(&document(ONE), monday).unwrap();
    let booker = keys.booker(&document(ONE), monday).unwrap();
    let card = document("card:0123456789abcdef0123456789abcdef");
    let (given, typed) = (keys.of_readers(), document(ONE));
    let shown = format!("{keys:?} {typed:?} {card:?} {given:?} {mark:?} {booker:?}");
    let file = |name| fs::read_to_string(data.path().join("persons").join(name)).unwrap();
    let secrets = [file("day.key"), file("bookings.key"), file("reader.key")];
    for secret in secrets.iter().filter_map(|text| text.split(' ').nth(1)) {
        assert!(secret.len() == 64 && !shown.contains(secret), "{shown}");
    }
    assert!(!shown.contains(ONE) && !shown.contains("0123456789abcdef"), "{shown}");
    assert!(shown.contains("PersonMark(…)") && shown.contains("Document(…)"), "{shown}");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data.path().join("persons")), 0o700);
    assert_eq!(mode(&data.path().join("persons/day.key")), 0o600);
    assert_eq!(mode(&data.path().join("persons/bookings.key")), 0o600);
    assert_eq!(mode(&data.path().join("persons/reader.key")), 0o600);
}

#[test]
fn a_number_is_the_same_however_it_was_typed() {
    let data = tempfile::tempdir().unwrap();
    let (monday, keys) = (day("2026-11-23"), open(data.path()));
    let mark = |text| keys.mark(&document(text), monday).unwrap();
    let typed = [
        "33010219900101123x",
        "330102 19900101 123X",
        "330102-19900101-123x",
        "３３０１０２１９９００１０１１２３Ｘ",
    ];
    for text in typed {
        assert_eq!(mark(text), mark(OTHER), "{text}");
    }
    for text in ["", "12345", "33010219900101123Ⅹ", "3301021990010112341234567"] {
        assert!(Document::read(text).is_none(), "{text}");
    }
}

#[test]
fn a_card_is_the_same_person_as_its_number_also_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let monday = day("2026-11-23");
    drop(open(data.path()));
    let key = format!("2026-11-23 {}", "07".repeat(32));
    fs::write(data.path().join("persons/reader.key"), key).unwrap();
    let keys = open(data.path());
    // The number printed in GB 11643, and what `firmware-bridge/src/idcard` makes of it.
    let typed = document("11010519491231002x");
    let card = document("card:e36da84fef3a1c6a3ea976b0ae4b9fe3");
    let mark = |keys: &PersonKeys, document: &Document| keys.mark(document, monday).unwrap();
    assert_eq!(mark(&keys, &typed), mark(&keys, &card));
    assert_eq!(keys.booker(&typed, monday).unwrap(), keys.booker(&card, monday).unwrap());
    assert_ne!(mark(&keys, &document(ONE)), mark(&keys, &card));
    let again = open(data.path());
    assert_eq!(mark(&again, &typed), mark(&keys, &card));
    assert_eq!(again.of_readers(), keys.of_readers(), "no reader has to be told another key");
}

#[test]
fn a_broken_key_is_made_anew() {
    let data = tempfile::tempdir().unwrap();
    let (monday, keys) = (day("2026-11-23"), open(data.path()));
    let mark = keys.mark(&document(ONE), monday).unwrap();
    fs::write(data.path().join("persons/day.key"), "2026-11-23 zz").unwrap();
    let again = open(data.path());
    let fresh = again.mark(&document(ONE), monday).unwrap();
    assert!(fresh.is_some() && fresh != mark);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_of_a_hall_destroys_its_key() {
    let (app, data, stop) = tokio::task::spawn_blocking(|| app(Default::default())).await.unwrap();
    let file = data.path().join("persons/day.key");
    let task = tokio::spawn(super::nightly::keep_to_the_day(app.clone()));
    let made = tokio::task::spawn_blocking({
        let file = file.clone();
        move || wait_until("the day has a key", || file.exists())
    });
    made.await.unwrap();
    let command = hall::command::Command::CloseDay;
    app.engine.ask(Wish { by: hall::words::Actor::Hall, request: None, command }).await.unwrap();
    let gone = tokio::task::spawn_blocking(move || {
        wait_until("the night has none", || !file.exists());
    });
    gone.await.unwrap();
    stop.send_replace(true);
    task.await.unwrap();
}
