//! Published frames, the conversation, and what may leave.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use wire::reader::{CardKind, ReadCard, Unread};

use super::{
    frame::{FOUND, Frames, NOT_FOUND, NOT_READ, NOT_SELECTED, Request, answer},
    reader::{Reader, Reading},
    twin::{TwinReader, citizen, foreigner, resident},
    *,
};

const TODAY: Wall =
    Wall { year: 2026, month: 11, day: 30, weekday: 1, hour: 9, minute: 0, second: 0 };

/// A made-up number whose check digit is right.
const NUMBER: &str = "11010519491231002X";

fn key() -> ReaderKey {
    ReaderKey::new([7; KEY_BYTES], 65)
}

fn hex(text: &str) -> Vec<u8> {
    text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

fn read(text: &[u8]) -> Result<ReadCard, Unread> {
    text::read(text, &key(), TODAY)
}

#[test]
fn requests_and_answers_are_the_published_ones() {
    let asked = |request: Request| request.bytes();
    assert_eq!(asked(Request::Status), hex("AA AA AA 96 69 00 03 11 FF ED"));
    assert_eq!(asked(Request::Find), hex("AA AA AA 96 69 00 03 20 01 22"));
    assert_eq!(asked(Request::Select), hex("AA AA AA 96 69 00 03 20 02 21"));
    assert_eq!(asked(Request::Read), hex("AA AA AA 96 69 00 03 30 01 32"));
    assert_eq!(answer(FOUND, &[0; 4]), hex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97"));
    assert_eq!(answer(NOT_FOUND, &[]), hex("AA AA AA 96 69 00 04 00 00 80 84"));
    assert_eq!(
        answer(0x90, &[0; 8]),
        hex("AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C")
    );
    assert_eq!(answer(NOT_SELECTED, &[]), hex("AA AA AA 96 69 00 04 00 00 81 85"));
    assert_eq!(answer(NOT_READ, &[]), hex("AA AA AA 96 69 00 04 00 00 41 45"));
    assert_eq!(answer(0x90, &[]), hex("AA AA AA 96 69 00 04 00 00 90 94"));
}

#[test]
fn of_a_card_only_mark_age_and_masked_name_are_left() {
    let card = read(&citizen("王小明", "19491231", NUMBER)).unwrap();
    assert_eq!(
        (card.kind, card.is_elderly, &*card.masked_name),
        (CardKind::Citizen, true, "王*明")
    );
    // The server makes the same of the number when it is typed (`queue-server/src/person/tests.rs`).
    assert_eq!(card.mark, "e36da84fef3a1c6a3ea976b0ae4b9fe3");
    assert_eq!(format!("{card:?}"), "ReadCard { kind: Citizen, .. }");
    let other_hall =
        text::read(&citizen("王小明", "19491231", NUMBER), &ReaderKey::new([8; 32], 65), TODAY);
    assert_ne!(card.mark, other_hall.unwrap().mark, "another hall, another mark");
    assert_eq!(card.mark, read(&resident("王小明", "19491231", NUMBER)).unwrap().mark);
}

#[test]
fn permits_are_told_by_their_letter_and_read_by_their_own_fields() {
    let permit = read(&foreigner("马可", "19800101", "FRA110080010101")).unwrap();
    assert_eq!((permit.kind, &*permit.masked_name), (CardKind::Foreigner, "马*"));
    assert!(!permit.is_elderly);
    let permit = read(&resident("欧阳大力", "19600101", NUMBER)).unwrap();
    assert_eq!((permit.kind, &*permit.masked_name), (CardKind::HongKongMacaoTaiwan, "欧**力"));
    let mut strange = citizen("王小明", "19491231", NUMBER);
    strange[248] = b'Z';
    assert_eq!(read(&strange), Err(Unread::UnknownKind));
    assert_eq!(
        read(&citizen("王小明", "19491231", "110105194912310021")),
        Err(Unread::WrongNumber)
    );
    assert_eq!(read(&[0; 40]), Err(Unread::Again));
}

#[test]
fn somebody_is_elderly_from_the_birthday_on() {
    let on = |year, month, day| Wall { year, month, day, ..TODAY };
    assert_eq!(age("19611130", on(2026, 11, 29)), Some(64));
    assert_eq!(age("19611130", on(2026, 11, 30)), Some(65));
    assert_eq!(age("20270101", TODAY), None, "not born yet");
    assert_eq!(age("1961", TODAY), None);
}

#[test]
fn names_are_masked_but_for_the_first_and_last_character() {
    let names = ["", "王", "王明", "王小明", "𠮷田太郎", "阿卜杜拉·买买提·艾山江"];
    let masked = names.map(masked);
    assert_eq!(masked, ["", "王", "王*", "王*明", "𠮷**郎", "阿****江"]);
}

fn looking(now: Instant) -> Reader {
    let mut reader = Reader::new(now);
    reader.handle_look(true, now);
    reader
}

/// Lets the two talk for so long, and gives what was told.
fn talk(
    reader: &mut Reader,
    twin: &mut TwinReader,
    now: &mut Instant,
    millis: u64,
) -> Vec<Reading> {
    let end = *now + Duration::from_millis(millis);
    while *now < end {
        while let Some(bytes) = reader.poll_transmit(*now) {
            let answers = twin.take(&bytes);
            for byte in answers {
                reader.handle_bytes(&[byte], &key(), TODAY, *now);
            }
        }
        *now += Duration::from_millis(10);
        reader.handle_timeout(*now);
    }
    std::iter::from_fn(|| reader.poll_reading()).collect()
}

#[test]
fn a_card_is_told_once_however_long_it_lies_and_again_after_it_was_lifted() {
    let mut now = Instant::now();
    let (mut reader, mut twin) = (looking(now), TwinReader::default());
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 1_000), [Reading::Here(true)]);
    twin.lay(citizen("王小明", "19491231", NUMBER));
    let told = talk(&mut reader, &mut twin, &mut now, 5_000);
    assert!(matches!(told[..], [Reading::Card(_)]), "{told:?}");
    twin.lift();
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 1_000), []);
    twin.lay(citizen("王小明", "19491231", NUMBER));
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 1_000), told);
}

#[test]
fn after_an_error_the_card_is_to_be_laid_down_again() {
    let mut now = Instant::now();
    let (mut reader, mut twin) = (looking(now), TwinReader::default());
    talk(&mut reader, &mut twin, &mut now, 500);
    twin.fail(1);
    twin.lay(citizen("王小明", "19491231", NUMBER));
    let told = talk(&mut reader, &mut twin, &mut now, 2_000);
    assert_eq!(told, [Reading::Unread(Unread::Again)], "told once, not at every look");
    twin.lift();
    talk(&mut reader, &mut twin, &mut now, 500);
    twin.lay(citizen("王小明", "19491231", NUMBER));
    assert!(matches!(talk(&mut reader, &mut twin, &mut now, 1_000)[..], [Reading::Card(_)]));
}

#[test]
fn a_silent_reader_is_told_to_be_away_and_back() {
    let mut now = Instant::now();
    let (mut reader, mut twin) = (looking(now), TwinReader::default());
    talk(&mut reader, &mut twin, &mut now, 500);
    let begun = now;
    while now < begun + Duration::from_secs(4) {
        reader.poll_transmit(now);
        now += Duration::from_millis(50);
        reader.handle_timeout(now);
    }
    assert_eq!(reader.poll_reading(), Some(Reading::Here(false)));
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 1_000), [Reading::Here(true)]);
}

#[test]
fn while_nobody_is_asked_for_a_card_none_is_looked_for_and_what_lies_then_is_read() {
    let mut now = Instant::now();
    let (mut reader, mut twin) = (Reader::new(now), TwinReader::default());
    twin.lay(citizen("王小明", "19491231", NUMBER));
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 10_000), [Reading::Here(true)]);
    assert_eq!(twin.finds(), 0, "no card was looked for");
    reader.handle_look(true, now);
    let told = talk(&mut reader, &mut twin, &mut now, 1_000);
    assert!(matches!(told[..], [Reading::Card(_)]), "{told:?}");
    reader.handle_look(false, now);
    let finds = twin.finds();
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 10_000), []);
    assert_eq!(twin.finds(), finds);
}

#[test]
fn a_reader_that_was_unplugged_is_begun_with_again() {
    let mut now = Instant::now();
    let (mut reader, mut twin) = (looking(now), TwinReader::default());
    talk(&mut reader, &mut twin, &mut now, 1_000);
    assert!(reader.is_here());
    reader.handle_lost(now);
    assert!(!reader.is_here());
    assert_eq!(talk(&mut reader, &mut twin, &mut now, 1_000), [Reading::Here(true)]);
}

proptest! {
    #[test]
    fn noise_hides_no_frame_and_never_panics(noise in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut frames = Frames::default();
        frames.take(&noise);
        while frames.next().is_some() {}
        frames.give_up();
        frames.take(&answer(FOUND, &[0; 4]));
        let body = frames.next().unwrap();
        prop_assert_eq!(body.answer().map(|(state, _)| state), Some(FOUND));
    }

    #[test]
    fn any_text_is_read_or_refused(text in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&text);
    }
}

#[test]
fn a_card_is_looked_for_no_more_often_than_its_reader_bears() {
    let begun = Instant::now();
    let (mut now, mut reader, mut twin) = (begun, looking(begun), TwinReader::default());
    let mut finds = 0;
    while now < begun + Duration::from_secs(3) {
        while let Some(bytes) = reader.poll_transmit(now) {
            finds += usize::from(bytes == Request::Find.bytes());
            let answers = twin.take(&bytes);
            reader.handle_bytes(&answers, &key(), TODAY, now);
        }
        now += Duration::from_millis(1);
        reader.handle_timeout(now);
    }
    assert!((5..=11).contains(&finds), "{finds} in three seconds");
}
