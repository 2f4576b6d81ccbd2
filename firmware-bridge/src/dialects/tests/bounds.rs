//! What is sent at most, and what is never sent.

use super::*;
use crate::{
    bus::Reader,
    dialects::{
        Area, a090,
        bx5k::{self, areas, phy},
        ff68, gb, qm,
    },
    profile::{Font, Kind, Panel},
};

/// Every order that there is, with a long text where it has one.
fn every_order(profile: &Profile) -> Vec<Order> {
    let long = "互请 A023 号到 3 号窗口\\C1".repeat(60);
    let area = |runs| Area {
        x: 0,
        y: 0,
        width: 64,
        height: 16,
        lines: vec![(Tone::Calling, long.clone())],
        runs,
    };
    let wall = wall("2026-11-30 08:15:07");
    let data = vec![0x0C];
    let heard = Frame { address: 1, func: ff68::FUNC_KEY, data, bare: false, answer: false };
    let show = |row| Order::Show { row, no: "A023".parse().ok(), waiting: 5 };
    let mut orders = vec![
        Order::Text { text: long.clone(), tone: Tone::Quiet },
        Order::Panel((0..9).map(|place| area(place == 8)).collect()),
        Order::Feedback { done: true },
        Order::Feedback { done: false },
        Order::Beep,
        Order::Ask,
        Order::Ack(heard),
        Order::Poll,
        Order::Identify,
        Order::Status,
        Order::SetClock(wall),
        Order::Brightness,
    ];
    orders.extend((0..profile.show.len()).map(show));
    orders
}

#[test]
fn what_wipes_fonts_or_wears_memory_out_is_never_sent() {
    let allowed = [bx5k::PING, bx5k::STATUS, bx5k::CLOCK, bx5k::BRIGHTNESS, bx5k::AREAS];
    let mut commands = std::collections::BTreeSet::new();
    for profile in Shelf::built_in().all() {
        for address in profile.addresses[0]..=profile.addresses[1] {
            for order in every_order(profile) {
                let Ok(bytes) = encode(address, &order, profile) else { continue };
                match profile.dialect {
                    Dialect::Bx5k => {
                        let phy::Unpacked::Body { body, .. } = phy::unpack(&bytes) else {
                            panic!("{order:?} makes no frame")
                        };
                        let command = [body.data[0], body.data[1]];
                        assert!(allowed.contains(&command), "{command:02X?}");
                        commands.insert(command);
                    }
                    // A2 stores in the strip's memory.
                    Dialect::A090 => assert_ne!(bytes[3], 0xA2, "{order:?}"),
                    Dialect::Ff68
                    | Dialect::Qm
                    | Dialect::QmPad
                    | Dialect::Alpha
                    | Dialect::Modbus
                    | Dialect::Digits
                    | Dialect::Generic => {}
                }
            }
        }
    }
    assert_eq!(commands.len(), allowed.len(), "every order of a card was looked at");
    for wipes in [[0xA1, 0x00], [0xA2, 0x01], [0xA1, 0x05], [0xA1, 0x06]] {
        assert!(!commands.contains(&wipes));
    }
}

fn card(font: Font) -> Profile {
    let mut profile = (*Shelf::built_in().get("screen-bx5k").unwrap()).clone();
    profile.panel =
        Some(Panel { width: 1_024, height: 512, font, ..profile.panel.clone().unwrap() });
    profile
}

/// The areas of a frame to a card.
fn sent_areas(bytes: &[u8]) -> Vec<areas::RawArea> {
    let phy::Unpacked::Body { body, .. } = phy::unpack(bytes) else { panic!("no frame") };
    assert!(body.data.len() <= phy::DATA_BYTES_MAX, "{} bytes of data", body.data.len());
    areas::read(&body.data[5..]).unwrap()
}

#[test]
fn a_card_gets_five_areas_of_512_bytes_at_most_and_its_buffer_holds_them() {
    for font in [Font::Dots16, Font::Dots24, Font::Dots32] {
        let profile = card(font);
        for areas in 1..=9 {
            let line = |place: usize| (Tone::Calling, "互请".repeat(100 + place));
            let area = |place: usize| Area {
                x: 0,
                y: 32 * place as u16,
                width: 1_024,
                height: 32,
                lines: vec![line(place), (Tone::Quiet, "A".repeat(300)), line(place)],
                runs: place == 0,
            };
            let order = Order::Panel((0..areas).map(area).collect());
            let bytes = encode(1, &order, &profile).unwrap();
            let sent = sent_areas(&bytes);
            assert_eq!(sent.len(), areas.min(5));
            assert!(sent.iter().all(|area| area.text.len() <= 512));
            assert!(sent[0].text.len() > 500, "{}", sent[0].text.len());
            for area in &sent {
                // Cut between two characters: what is left is the beginning of what was wanted.
                let letters: String = areas::read_text(&area.text)
                    .into_iter()
                    .flatten()
                    .map(|(letter, _)| letter)
                    .collect();
                let whole = format!("{0}{1}{0}", line(area.id.into()).1, "A".repeat(300));
                assert!(whole.starts_with(&letters), "{letters}");
            }
            // 互 ends in A5, so that nearly every second byte is escaped.
            let mut reader = Reader::new(vec![profile.tongue()]);
            reader.take(&bytes);
            assert!(reader.next().is_some() && reader.garbage() == 0, "{} bytes", bytes.len());
        }
    }
}

#[test]
fn the_height_of_letters_stands_once_at_the_beginning_of_an_area() {
    let wanted: [(Font, &[u8]); 3] =
        [(Font::Dots16, b""), (Font::Dots24, b"\\FO001\\FE001"), (Font::Dots32, b"\\FO002\\FE002")];
    for (font, marks) in wanted {
        let lines =
            vec![(Tone::Calling, "请 A023 号".to_owned()), (Tone::Quiet, "暂停".to_owned())];
        let area = Area { x: 0, y: 0, width: 1_024, height: 64, lines, runs: false };
        let bytes = encode(1, &Order::Panel(vec![area]), &card(font)).unwrap();
        let text = &sent_areas(&bytes)[0].text;
        assert!(text.starts_with(marks) && text[marks.len()..].starts_with(b"\\C1"), "{text:02X?}");
        let again = text.windows(2).filter(|pair| pair == b"\\F").count();
        assert_eq!(again, marks.len() / 6, "one area has one height");
    }
}

#[test]
fn a_long_text_is_cut_between_characters_for_every_strip() {
    for profile in Shelf::built_in().all().filter(|profile| profile.kind == Kind::Strip) {
        let text = "请".repeat(2_000);
        let order = Order::Text { text, tone: Tone::Steady };
        let address = profile.addresses[0].max(1);
        let bytes = encode(address, &order, profile).unwrap();
        let shown: Vec<char> = match profile.dialect {
            Dialect::A090 => {
                assert!(bytes.len() <= 7 + 254, "both readings of the length agree");
                a090::read_text(&bytes[6..bytes.len() - 1]).into_iter().map(|(c, _)| c).collect()
            }
            Dialect::Qm => {
                assert_eq!(bytes.len(), qm::FRAME_BYTES);
                qm::read_text(&bytes[8..68]).into_iter().map(|(c, _)| c).collect()
            }
            Dialect::Bx5k => {
                let text = sent_areas(&bytes)[0].text.clone();
                areas::read_text(&text).into_iter().flatten().map(|(c, _)| c).collect()
            }
            // They know no Chinese.
            Dialect::Alpha | Dialect::Modbus | Dialect::Digits => continue,
            Dialect::Ff68 | Dialect::QmPad | Dialect::Generic => panic!("no strip speaks this"),
        };
        assert!(!shown.is_empty(), "{}", profile.name);
        let only = shown.iter().all(|letter| ['请', ' '].contains(letter));
        assert!(only, "{}: {shown:?}", profile.name);
    }
    assert_eq!(gb::printable('请', gb::gbk).map(|bytes| bytes.len()), Some(2));
}

#[test]
fn more_than_999_waiting_are_shown_as_999() {
    let shelf = Shelf::built_in();
    for (name, row, wanted) in
        [("pad-s11", 1, &[9, 9, 9, 10, 10, 10][..]), ("pad-s4", 0, &[0, 2, 3, 10, 9, 9, 9])]
    {
        let profile = shelf.get(name).unwrap();
        for waiting in [999, 1_000, u16::MAX] {
            let order = Order::Show { row, no: "A023".parse().ok(), waiting };
            let bytes = encode(1, &order, &profile).unwrap();
            assert_eq!(bytes, ff68::frame(1, ff68::FUNC_SHOW, wanted), "{name}, {waiting}");
        }
    }
}

#[test]
fn an_answer_of_a_strip_may_have_anything_in_its_middle() {
    let strip = Shelf::built_in().get("strip-a090").unwrap();
    for middle in [&[][..], &[0x00], &[0x90, 0x00, 0x05], &[0x33; 11]] {
        let bytes = [&[0xA0, 0x90, 0x07], middle, &[0xA5, 0xAA]].concat();
        let Decoded::Frame { used, frame } = strip.tongue().decode(&bytes) else {
            panic!("{middle:02X?} is an answer")
        };
        assert_eq!((used, frame.address, strip.meaning(&frame)), (bytes.len(), 7, Said::Answer));
    }
}

#[test]
fn every_no_of_a_card_has_its_own_meaning() {
    let profile = Shelf::built_in().get("strip-bx5k").unwrap();
    let why = |error: u8| {
        let bytes = bx5k::answer(phy::TYPE_ANY, 1, bx5k::NACK, error, &[]);
        let Decoded::Frame { frame, .. } = bx5k::decode(&bytes) else { panic!("no frame") };
        words(&profile.meaning(&frame))
    };
    let told: Vec<String> = (1..=0x10).map(why).collect();
    let wanted = [
        "refused_command",
        "refused_command",
        "refused_busy",
        "refused_memory",
        "refused_check",
        "refused",
        "refused",
        "refused",
        "refused",
        "refused",
        "refused",
        "refused_font",
        "refused",
        "refused_value",
        "refused",
        "refused",
    ];
    assert_eq!(told, wanted.map(|why| format!("refused {why}")));
}

#[test]
fn the_bytes_of_a_length_are_escaped_as_well() {
    for (length, escaped) in
        [(0xA5, [0xA6, 0x02]), (0xA6, [0xA6, 0x01]), (0x5A, [0x5B, 0x02]), (0x5B, [0x5B, 0x01])]
    {
        let frame = phy::frame(1, phy::HOST, &vec![0x11; length]);
        assert_eq!(frame[8 + 12..8 + 14], escaped, "{length} bytes");
        assert!(
            matches!(phy::unpack(&frame), phy::Unpacked::Body { used, .. } if used == frame.len())
        );
    }
}

#[test]
fn an_answer_without_a_check_is_not_believed() {
    // Mode 2 of the 6K: nothing is checked. Our frames ask for the check, so no card answers so.
    let plain = hex("00 80 01 00 00 00 00 00 02 00 61 02 05 00 A0 00 00 00 00");
    for check in [&[][..], &[0, 0], &[0xFF, 0xFF]] {
        let bytes = [&[0xA5][..], &plain, check, &[0x5A]].concat();
        assert_eq!(phy::unpack(&bytes), phy::Unpacked::Garbage);
    }
}
