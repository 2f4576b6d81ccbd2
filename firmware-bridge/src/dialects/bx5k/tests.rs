//! The vendor's own frames, byte for byte, and what a card does with ours.

use proptest::prelude::*;

use super::{
    ACK, AREAS, NACK, PING, areas,
    areas::RawArea,
    data, decode, meaning, phy,
    phy::{ANY, HOST, Unpacked},
};
use crate::{dialects::Decoded, profile::Said};

fn hex(text: &str) -> Vec<u8> {
    text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// A frame with the eight leads that every example has.
fn example(rest: &str) -> Vec<u8> {
    [vec![0xA5; 8], hex(rest)].concat()
}

fn area(width: u16, height: u16, run: u8, timeout_secs: u16, text: &[u8]) -> RawArea {
    let text = text.to_vec();
    let (lines, effect, align) = (2, 1, 0);
    RawArea { x: 0, y: 0, width, height, id: 0, run, timeout_secs, align, lines, effect, text }
}

#[test]
fn the_vendors_welcome_is_built_byte_for_byte() {
    let text = hex("BB B6 D3 AD B9 E2 C1 D9");
    let payload = areas::raw_payload(&[area(128, 32, 0, 10, &text)]);
    let wanted = example(
        "FE FF 00 80 00 00 00 00 00 00 FE 02 2C 00 A3 06 01 00 00 00 01 23 00 00 00 80 00 00 80 80 \
         20 00 00 00 00 0A 00 00 00 00 02 01 01 00 02 0A 08 00 00 00 BB B6 D3 AD B9 E2 C1 D9 3C 49 5A",
    );
    assert_eq!(phy::frame(ANY, HOST, &data(AREAS, &payload)), wanted);
}

#[test]
fn a_call_in_two_lines_is_built_byte_for_byte() {
    let text = hex("5C 43 31 C7 EB 41 30 32 33 BA C5 5C 6E B5 BD 33 BA C5 B4 B0 BF DA");
    let payload = areas::raw_payload(&[area(192, 32, 2, 60, &text)]);
    let wanted = example(
        "01 00 00 80 00 00 00 00 00 00 FE 02 3A 00 A3 06 01 00 00 00 01 31 00 00 00 80 00 00 C0 80 \
         20 00 00 00 02 3C 00 00 00 00 02 01 01 00 02 0A 16 00 00 00 5C 43 31 C7 EB 41 30 32 33 BA \
         C5 5C 6E B5 BD 33 BA C5 B4 B0 BF DA D3 36 5A",
    );
    assert_eq!(phy::frame(1, HOST, &data(AREAS, &payload)), wanted);
}

#[test]
fn escapes_stand_in_header_text_and_check() {
    let ping = |to| phy::frame(to, HOST, &data(PING, &[]));
    assert!(ping(0x19).ends_with(&hex("A2 00 01 00 00 4E 5B 02 5A")));
    assert!(ping(0xA5).starts_with(&example("A6 02 00 00 80")));
    assert!(ping(0xA5).ends_with(&hex("3B D1 5A")));
    let payload = areas::raw_payload(&[area(64, 16, 0, 10, &hex("BB A5"))]);
    let bytes = phy::frame(1, HOST, &data(AREAS, &payload));
    assert!(bytes.ends_with(&hex("0A 02 00 00 00 BB A6 02 CF 4E 5A")), "{bytes:02X?}");
}

#[test]
fn the_vendors_yes_and_no_are_understood_with_one_lead_or_nine() {
    let ack = "00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A";
    let nack = "00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 01 05 00 00 05 51 5A";
    for leads in [1, 8, 9] {
        for (text, wanted) in [(ack, Said::Answer), (nack, Said::Refused("refused_check"))] {
            let bytes = [vec![0xA5; leads], hex(text)].concat();
            let Decoded::Frame { used, frame } = decode(&bytes) else { panic!("no frame") };
            assert_eq!((used, frame.address), (bytes.len(), 0));
            assert_eq!(meaning(&frame), wanted);
        }
    }
    assert_eq!((ACK, NACK), ([0xA0, 0x00], [0xA0, 0x01]));
}

#[test]
fn a_check_by_sum_is_understood_too() {
    let mut plain = hex("01 00 00 80 00 00 00 00 01 00 FE 02 05 00 A2 00 01 00 00");
    let sum: u16 = plain.iter().map(|&byte| u16::from(byte)).sum();
    plain.extend(sum.to_le_bytes());
    let bytes = [vec![0xA5], plain, vec![0x5A]].concat();
    assert!(matches!(phy::unpack(&bytes), Unpacked::Body { .. }));
}

#[test]
fn a_frame_that_never_ends_is_given_up() {
    let bytes = [vec![0xA5], vec![0x11; phy::FRAME_BYTES_MAX]].concat();
    assert_eq!(phy::unpack(&bytes), Unpacked::Garbage);
    assert_eq!(phy::unpack(&vec![0xA5; phy::FRAME_BYTES_MAX]), Unpacked::Garbage);
    assert_eq!(phy::unpack(&bytes[..100]), Unpacked::NeedMore);
}

proptest! {
    #[test]
    fn any_data_comes_out_as_it_went_in(bytes in prop::collection::vec(any::<u8>(), 2..600), to in 1_u16..400) {
        let frame = phy::frame(to, HOST, &bytes);
        let Unpacked::Body { used, body } = phy::unpack(&frame) else { panic!("no frame") };
        prop_assert_eq!(used, frame.len());
        prop_assert_eq!((body.to, body.from, body.data), (to, HOST, bytes));
        let inside = &frame[8..frame.len() - 1];
        prop_assert!(!inside.contains(&0xA5) && !inside.contains(&0x5A));
    }
}
