//! The vectors are the tests: meaning to bytes, bytes to meaning, and the laws of every dialect.

use proptest::prelude::*;
use wire::device::{PadKey, Tone};

use super::{Decoded, Dialect, Frame, Order};
use crate::{
    bus::Reader,
    profile::{Kind, Profile, Said},
    shelf::{Shelf, VECTORS},
};

struct Row {
    profile: std::sync::Arc<Profile>,
    out: bool,
    address: u8,
    meaning: String,
    bytes: Vec<u8>,
    place: String,
}

fn hex(text: &str) -> Vec<u8> {
    text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

fn rows() -> Vec<Row> {
    let shelf = Shelf::built_in();
    let mut rows = Vec::new();
    for (name, text) in VECTORS {
        let profile =
            shelf.get(name).unwrap_or_else(|| panic!("vectors/{name}.txt has no profile"));
        for (at, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let place = format!("vectors/{name}.txt:{}", at + 1);
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let [direction, address, meaning, bytes, source] = cells[..] else {
                panic!("{place}: a row has five cells");
            };
            assert!(!source.is_empty(), "{place}: say where the bytes are from");
            rows.push(Row {
                profile: profile.clone(),
                out: direction == "out",
                address: address.parse().unwrap(),
                meaning: meaning.to_owned(),
                bytes: hex(bytes),
                place,
            });
        }
    }
    rows
}

fn order(meaning: &str) -> Order {
    let (word, rest) = meaning.split_once(' ').unwrap_or((meaning, ""));
    match word {
        "done" => Order::Feedback { done: true },
        "failed" => Order::Feedback { done: false },
        "beep" => Order::Beep,
        "ask" => Order::Ask,
        "identify" => Order::Identify,
        "ack" => {
            let Decoded::Frame { frame, .. } = super::ff68::decode(&hex(rest)) else {
                panic!("{rest} is no frame")
            };
            Order::Ack(frame)
        }
        "show" => {
            let cells: Vec<&str> = rest.split(' ').collect();
            Order::Show {
                row: cells[0].parse().unwrap(),
                no: cells[1].parse().ok(),
                waiting: cells[2].parse().unwrap(),
            }
        }
        "text" => {
            let (tone, text) = rest.split_once(' ').unwrap();
            let tone = match tone {
                "steady" => Tone::Steady,
                "calling" => Tone::Calling,
                "quiet" => Tone::Quiet,
                other => panic!("{other} is no tone"),
            };
            Order::Text { text: text.to_owned(), tone }
        }
        other => panic!("{other} is no order"),
    }
}

fn words(said: &Said) -> String {
    match said {
        Said::Answer => "answer".to_owned(),
        Said::Nothing => "nothing".to_owned(),
        Said::Grade { level, scale } => format!("grade {level} of {scale}"),
        Said::Key(key) => match key {
            PadKey::CallNumber(number) => format!("key call_number {number}"),
            PadKey::Transfer(to) => format!("key transfer {to}"),
            PadKey::SignOn(staff) => format!("key sign_on {staff}"),
            PadKey::Other(other) => format!("key other {other}"),
            PadKey::CallNext => "key call_next".to_owned(),
            PadKey::Recall => "key recall".to_owned(),
            PadKey::Start => "key start".to_owned(),
            PadKey::Finish => "key finish".to_owned(),
            PadKey::NoShow => "key no_show".to_owned(),
            PadKey::Pause => "key pause".to_owned(),
            PadKey::Resume => "key resume".to_owned(),
            PadKey::Hold => "key hold".to_owned(),
            PadKey::Unhold => "key unhold".to_owned(),
            PadKey::SignOff => "key sign_off".to_owned(),
        },
    }
}

fn read(chunks: &[&[u8]]) -> (Vec<(Dialect, Frame)>, u64) {
    let mut reader = Reader::new(Dialect::ALL.to_vec());
    let mut frames = Vec::new();
    for chunk in chunks {
        reader.take(chunk);
        while let Some(frame) = reader.next() {
            frames.push(frame);
        }
    }
    reader.give_up();
    while let Some(frame) = reader.next() {
        frames.push(frame);
    }
    (frames, reader.garbage())
}

#[test]
fn every_profile_has_a_vector_and_every_vector_means_its_bytes() {
    for profile in Shelf::built_in().all() {
        let has = VECTORS.iter().any(|(name, _)| *name == profile.name);
        assert!(has, "profiles/{}.toml needs vectors/{0}.txt with its source", profile.name);
    }
    for row in rows() {
        let dialect = row.profile.dialect;
        if row.out {
            let bytes = dialect.encode(row.address, &order(&row.meaning), &row.profile);
            assert_eq!(bytes.as_deref(), Ok(&row.bytes[..]), "{}", row.place);
        }
        let Decoded::Frame { used, frame } = dialect.decode(&row.bytes) else {
            panic!("{}: the bytes are no frame", row.place)
        };
        assert_eq!((used, frame.address), (row.bytes.len(), row.address), "{}", row.place);
        if !row.out {
            assert_eq!(words(&row.profile.meaning(&frame)), row.meaning, "{}", row.place);
        }
    }
}

#[test]
fn a_frame_split_at_any_byte_is_the_same_frame() {
    for row in rows() {
        let (whole, garbage) = read(&[&row.bytes]);
        assert_eq!((whole.len(), garbage), (1, 0), "{}", row.place);
        for at in 0..=row.bytes.len() {
            let (head, tail) = row.bytes.split_at(at);
            assert_eq!(read(&[head, tail]).0, whole, "{} split at {at}", row.place);
        }
    }
}

#[test]
fn two_frames_in_one_read_are_two_frames() {
    let rows = rows();
    for first in &rows {
        for second in &rows {
            let both = [&first.bytes[..], &second.bytes].concat();
            let (frames, garbage) = read(&[&both]);
            assert_eq!((frames.len(), garbage), (2, 0), "{} and {}", first.place, second.place);
        }
    }
}

#[test]
fn a_frame_after_the_beginning_of_a_broken_one_is_heard() {
    for row in rows() {
        for cut in 1..row.bytes.len() {
            let bytes = [&row.bytes[..cut], &row.bytes].concat();
            let heard = read(&[&bytes]).0;
            let whole = read(&[&row.bytes]).0;
            assert!(heard.contains(&whole[0]), "{} cut at {cut}: {heard:?}", row.place);
        }
    }
}

#[test]
fn a_wrong_check_byte_is_no_frame() {
    for row in rows().into_iter().filter(|row| row.meaning != "answer") {
        let mut bytes = row.bytes.clone();
        let check = bytes.len() - if row.profile.kind == Kind::Strip { 1 } else { 2 };
        bytes[check] ^= 0x40;
        assert_eq!(read(&[&bytes]).0, [], "{}", row.place);
    }
}

#[test]
fn control_characters_never_reach_a_strip_and_long_texts_are_cut_between_characters() {
    let strip = Shelf::built_in().get("strip-a090").unwrap();
    let text = format!("\u{1b}@\u{0}{}𠮷€", "请".repeat(200));
    let order = Order::Text { text, tone: Tone::Steady };
    let bytes = strip.dialect.encode(1, &order, &strip).unwrap();
    let read = super::a090::read_text(&bytes[6..bytes.len() - 1]);
    assert_eq!(read.len(), 1 + 84);
    assert_eq!(read[0], ('@', 0));
    assert!(read[1..].iter().all(|&(character, _)| character == '请'));
    let order = Order::Text { text: "𠮷€好".to_owned(), tone: Tone::Steady };
    let bytes = strip.dialect.encode(1, &order, &strip).unwrap();
    let read = super::a090::read_text(&bytes[6..bytes.len() - 1]);
    let text: String = read.into_iter().map(|(character, _)| character).collect();
    assert_eq!(text, "？？好");
}

fn noise() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        any::<u8>(),
        prop::sample::select(vec![0xFF_u8, 0x68, 0x03, 0x16, 0xA0, 0x90, 0xA5, 0xAA, 0x00, 0x01]),
    ];
    prop::collection::vec(byte, 0..200)
}

proptest! {
    #[test]
    fn noise_never_panics_and_reading_always_progresses(bytes in noise(), step in 1_usize..9) {
        let mut reader = Reader::new(Dialect::ALL.to_vec());
        let mut frames = 0;
        for chunk in bytes.chunks(step) {
            reader.take(chunk);
            while reader.next().is_some() {
                frames += 1;
            }
            prop_assert!(reader.held() <= Reader::HELD_MAX);
        }
        reader.give_up();
        while reader.next().is_some() {
            frames += 1;
        }
        prop_assert_eq!(reader.held(), 0);
        prop_assert!(frames <= bytes.len() / 5);
    }

    #[test]
    fn a_frame_is_heard_after_noise_and_silence(bytes in noise(), pick in any::<prop::sample::Index>()) {
        let rows = rows();
        let row = &rows[pick.index(rows.len())];
        let mut reader = Reader::new(Dialect::ALL.to_vec());
        reader.take(&bytes);
        while reader.next().is_some() {}
        reader.give_up();
        while reader.next().is_some() {}
        reader.take(&row.bytes);
        prop_assert_eq!(reader.next().map(|(_, frame)| frame.address), Some(row.address));
    }
}
