//! The vectors are the tests: meaning to bytes, bytes to meaning, and the laws of every dialect.

use proptest::prelude::*;
use wire::device::{PadKey, Tone};

use super::{Decoded, Dialect, Frame, Order, Tongue, encode};
use crate::{
    bus::Reader,
    moment::Wall,
    profile::{Profile, Said},
    shelf::{Shelf, VECTORS},
};

mod bounds;

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

/// "2026-11-30 08:15:07", a Monday.
fn wall(text: &str) -> Wall {
    let at = |from: usize, to: usize| text[from..to].parse().unwrap();
    let year = text[0..4].parse().unwrap();
    let (month, day) = (at(5, 7), at(8, 10));
    let (hour, minute, second) = (at(11, 13), at(14, 16), at(17, 19));
    Wall { year, month, day, weekday: 1, hour, minute, second }
}

fn order(meaning: &str, tongue: &Tongue) -> Order {
    let (word, rest) = meaning.split_once(' ').unwrap_or((meaning, ""));
    match word {
        "done" => Order::Feedback { done: true },
        "failed" => Order::Feedback { done: false },
        "beep" => Order::Beep,
        "ask" => Order::Ask,
        "identify" => Order::Identify,
        "status" => Order::Status,
        "brightness" => Order::Brightness,
        "poll" => Order::Poll,
        "clock" => Order::SetClock(wall(rest)),
        "ack" => {
            let Decoded::Frame { frame, .. } = tongue.decode(&hex(rest)) else {
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
        Said::Strange => "strange".to_owned(),
        Said::Told(how) => format!("told {how}"),
        Said::Refused(why) => format!("refused {why}"),
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
            PadKey::Return => "key return".to_owned(),
        },
    }
}

/// The languages that share lines: those of the FF 68 family one, every other has its own.
fn neighbours(row: &Row) -> Vec<Tongue> {
    let family = [Dialect::Ff68, Dialect::A090];
    if family.contains(&row.profile.dialect) {
        return family.map(Tongue::Known).into();
    }
    vec![row.profile.tongue()]
}

fn read(tongues: &[Tongue], chunks: &[&[u8]]) -> (Vec<(Tongue, Frame)>, u64) {
    let mut reader = Reader::new(tongues.to_vec());
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
        let tongue = row.profile.tongue();
        if row.out {
            let bytes = encode(row.address, &order(&row.meaning, &tongue), &row.profile);
            assert_eq!(bytes.as_deref(), Ok(&row.bytes[..]), "{}", row.place);
        }
        let Decoded::Frame { used, frame } = tongue.decode(&row.bytes) else {
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
        let tongues = neighbours(&row);
        let (whole, garbage) = read(&tongues, &[&row.bytes]);
        assert_eq!((whole.len(), garbage), (1, 0), "{}", row.place);
        for at in 0..=row.bytes.len() {
            let (head, tail) = row.bytes.split_at(at);
            assert_eq!(read(&tongues, &[head, tail]).0, whole, "{} split at {at}", row.place);
        }
    }
}

#[test]
fn two_frames_in_one_read_are_two_frames() {
    let rows = rows();
    for first in &rows {
        let tongues = neighbours(first);
        for second in rows.iter().filter(|second| neighbours(second) == tongues) {
            let both = [&first.bytes[..], &second.bytes].concat();
            let (frames, garbage) = read(&tongues, &[&both]);
            assert_eq!((frames.len(), garbage), (2, 0), "{} and {}", first.place, second.place);
        }
    }
}

#[test]
fn a_frame_after_the_beginning_of_a_broken_one_is_heard() {
    for row in rows() {
        let tongues = neighbours(&row);
        for cut in 1..row.bytes.len() {
            let bytes = [&row.bytes[..cut], &row.bytes].concat();
            let heard = read(&tongues, &[&bytes]).0;
            let whole = read(&tongues, &[&row.bytes]).0;
            assert!(heard.contains(&whole[0]), "{} cut at {cut}: {heard:?}", row.place);
        }
    }
}

#[test]
fn a_frame_with_any_bit_changed_is_not_the_same_frame() {
    for row in rows() {
        let tongues = neighbours(&row);
        let whole = read(&tongues, &[&row.bytes]).0;
        for bit in 0..row.bytes.len() * 8 {
            let mut bytes = row.bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let heard = read(&tongues, &[&bytes]).0;
            assert!(heard != whole || covers_nothing(&row, bit), "{} bit {bit}", row.place);
            let other = heard
                .iter()
                .find(|(_, frame)| !frame.bare && whole.iter().all(|(_, right)| right != frame));
            let excused = covers_nothing(&row, bit) || !covers_address(row.profile.dialect);
            assert!(other.is_none() || excused, "{} bit {bit}: {other:?}", row.place);
        }
    }
}

/// Neither a strip's answer nor ASCII digits have a check, and a card needs only one of its leads.
fn covers_nothing(row: &Row, bit: usize) -> bool {
    match row.profile.dialect {
        Dialect::A090 => !row.out,
        Dialect::Digits => true,
        Dialect::Bx5k => bit < 7 * 8,
        // The type of sign is not looked at.
        Dialect::Alpha => bit / 8 == 6,
        Dialect::Ff68 | Dialect::Qm | Dialect::QmPad | Dialect::Modbus | Dialect::Generic => false,
    }
}

/// The check of these frames leaves the address out: a changed one is another device's frame.
fn covers_address(dialect: Dialect) -> bool {
    ![Dialect::Qm, Dialect::QmPad, Dialect::Alpha].contains(&dialect)
}

#[test]
fn control_characters_never_reach_a_strip_and_long_texts_are_cut_between_characters() {
    let strip = Shelf::built_in().get("strip-a090").unwrap();
    let text = format!("\u{1b}@\u{0}{}𠮷€", "请".repeat(200));
    let order = Order::Text { text, tone: Tone::Steady };
    let bytes = encode(1, &order, &strip).unwrap();
    let read = super::a090::read_text(&bytes[6..bytes.len() - 1]);
    assert_eq!(read.len(), 1 + 84);
    assert_eq!(read[0], ('@', 0));
    assert!(read[1..].iter().all(|&(character, _)| character == '请'));
    let order = Order::Text { text: "𠮷€好".to_owned(), tone: Tone::Steady };
    let bytes = encode(1, &order, &strip).unwrap();
    let read = super::a090::read_text(&bytes[6..bytes.len() - 1]);
    let text: String = read.into_iter().map(|(character, _)| character).collect();
    assert_eq!(text, "？？好");
}

fn noise() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        any::<u8>(),
        prop::sample::select(vec![
            0xFF_u8, 0x68, 0x03, 0x16, 0xA0, 0x90, 0xA5, 0xAA, 0x00, 0x01, 0x5A, 0xA6, 0x5B, 0x24,
            0x2C, 0x23, 0xFC, 0x10, 0x06, 0x7E, 0x55, 0x02, 0x04,
        ]),
    ];
    prop::collection::vec(byte, 0..200)
}

fn every_tongue() -> Vec<Tongue> {
    let shelf = Shelf::built_in();
    let found: Vec<Tongue> = shelf.all().map(|profile| profile.tongue()).collect();
    crate::line::tongues(found.iter())
}

proptest! {
    #[test]
    fn noise_never_panics_and_reading_always_progresses(bytes in noise(), step in 1_usize..9) {
        for tongue in every_tongue() {
            let mut reader = Reader::new(vec![tongue]);
            for chunk in bytes.chunks(step) {
                reader.take(chunk);
                while reader.next().is_some() {}
                prop_assert!(reader.held() <= Reader::HELD_MAX);
            }
            reader.give_up();
            let late = std::iter::from_fn(|| reader.next()).count();
            prop_assert!(late <= bytes.len());
            prop_assert_eq!(reader.held(), 0);
        }
    }

    #[test]
    fn a_frame_is_heard_after_noise_and_silence(bytes in noise(), pick in any::<prop::sample::Index>()) {
        let rows = rows();
        let row = &rows[pick.index(rows.len())];
        let mut reader = Reader::new(neighbours(row));
        reader.take(&bytes);
        while reader.next().is_some() {}
        reader.give_up();
        while reader.next().is_some() {}
        reader.take(&row.bytes);
        let heard = reader.next().or_else(|| {
            reader.give_up();
            reader.next()
        });
        prop_assert_eq!(heard.map(|(_, frame)| frame.address), Some(row.address));
    }

    #[test]
    fn whatever_a_text_holds_its_frame_is_read_again(text in "\\PC{0,60}|[\\x00-\\xff]{0,40}") {
        for profile in Shelf::built_in().all() {
            for tone in [Tone::Steady, Tone::Calling, Tone::Quiet] {
                let order = Order::Text { text: text.clone(), tone };
                let Ok(bytes) = encode(profile.addresses[0].max(1), &order, profile) else { continue };
                let Decoded::Frame { used, frame } = profile.tongue().decode(&bytes) else {
                    panic!("{}: {text:?} makes no frame", profile.name)
                };
                prop_assert_eq!(used, bytes.len());
                prop_assert_eq!(frame.address, profile.addresses[0].max(1));
            }
        }
    }
}
