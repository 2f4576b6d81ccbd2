use super::*;
use crate::encode::encode;
use crate::testing::{faces, profile, profiles, ticket};
use proptest::prelude::*;

#[test]
fn the_commands_of_the_manual_are_understood() {
    let generic = profile("generic-80");
    let one = |bytes: &[u8]| {
        let ops = decode(bytes, &generic);
        assert_eq!(ops.len(), 1, "{ops:?}");
        ops[0].clone()
    };
    assert_eq!(one(&[0x1b, 0x40]), Op::Init);
    assert_eq!(one(&[0x1d, 0x57, 0x40, 0x02]), Op::Area(576));
    assert_eq!(one(&[0x1d, 0x21, 0x11]), Op::Size { wide: 2, high: 2 });
    assert_eq!(one(&[0x1b, 0x61, 0x01]), Op::Align(Align::Centre));
    assert_eq!(one(&[0x1d, 0x56, 0x42, 0x18]), Op::Cut { partial: true, feed: 24 });
    assert_eq!(one(&[0x1d, 0x56, 0x00]), Op::Cut { partial: false, feed: 0 });
    assert_eq!(one(&[0x1b, 0x70, 0x00, 0x19, 0xfa]), Op::Drawer);
    assert_eq!(one(&[0x10, 0x04, 0x02]), Op::AskNow(2));
    assert_eq!(one(&[0x1d, 0x72, 0x01]), Op::AnswerWhenDone(1));
    assert_eq!(one(&[0x1d, 0x61, 0xff]), Op::Report(0xff));
    assert_eq!(one(&[0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 8]), Op::QrModule(8));
    assert_eq!(
        one(&[0x1d, 0x28, 0x6b, 5, 0, 0x31, 0x50, 0x30, b'h', b'i']),
        Op::QrKeep(b"hi".to_vec())
    );
    let raster = Op::Raster { stride: 1, rows: vec![0xaa, 0x55], wide: 1, high: 1 };
    assert_eq!(one(&[0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0xaa, 0x55]), raster);
}

#[test]
fn a_drawer_command_of_three_bytes_eats_the_cut_after_it() {
    let ops = decode(&[0x1b, 0x70, 0x00, 0x1d, 0x56, 0x41, 0x00], &profile("generic-80"));
    assert_eq!(ops, [Op::Drawer, Op::Letter('A'), Op::Nothing]);
}

#[test]
fn chinese_without_chinese_mode_is_no_chinese() {
    let generic = profile("generic-80");
    assert_eq!(decode(&[0xd5, 0xfe], &generic), vec![Op::NoLetter { columns: 1 }; 2]);
    assert_eq!(
        decode(&[0x1c, 0x26, 0xd5, 0xfe, 0x1b, 0x40, 0xd5], &generic),
        [Op::Nothing, Op::Letter('政'), Op::Init, Op::NoLetter { columns: 1 }]
    );
}

#[test]
fn a_gb2312_printer_has_no_letter_for_what_lies_outside() {
    let sprt = profile("sprt-58-gb2312");
    // 喆 is 86 B4 in GBK.
    assert_eq!(
        decode(&[0x1c, 0x26, 0x86, 0xb4], &sprt),
        [Op::Nothing, Op::NoLetter { columns: 2 }]
    );
}

#[test]
fn a_picture_without_end_is_not_waited_for() {
    let generic = profile("generic-80");
    let mut decoder = Decoder::new(&generic);
    let ops = decoder.push(&[0x1d, 0x76, 0x30, 0, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(ops[0], Op::Unknown(0x1d));
}

#[test]
fn a_job_in_pieces_is_the_same_job() {
    for profile in profiles() {
        let bytes = encode(&ticket(), &profile, &faces()).expect("bytes");
        let whole = decode(&bytes, &profile);
        for size in [1, 2, 3, 7, 64, 1000] {
            let mut decoder = Decoder::new(&profile);
            let mut ops: Vec<Op> =
                bytes.chunks(size).flat_map(|piece| decoder.push(piece)).collect();
            ops.extend(decoder.finish());
            assert!(ops == whole, "{} in pieces of {size}", profile.name());
        }
    }
}

/// Bytes that look like commands more often than chance would have it.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        2 => any::<u8>(),
        1 => proptest::sample::select(b"\x1b\x1d\x1c\x10@!avVk(*Jd3LWE&.\x00\x01\x04\x80\xd5".to_vec()),
    ];
    proptest::collection::vec(byte, 0..600)
}

proptest! {
    #[test]
    fn noise_is_read_to_its_end_in_any_pieces(bytes in noise(), cut in 0_usize..600) {
        for profile in profiles() {
            let whole = decode(&bytes, &profile);
            prop_assert!(whole.len() <= bytes.len());
            let (left, right) = bytes.split_at(cut.min(bytes.len()));
            let mut decoder = Decoder::new(&profile);
            let mut ops = decoder.push(left);
            ops.extend(decoder.push(right));
            ops.extend(decoder.finish());
            prop_assert_eq!(ops, whole);
        }
    }
}

#[test]
fn a_command_known_by_its_length_alone_is_passed_over_whole() {
    // FS ( A: which of a Chinese printer's fonts; receiptline sends it before every line.
    let ops = decode(&[0x1c, b'(', b'A', 2, 0, 0x30, 0, b'A'], &profile("generic-80"));
    assert_eq!(ops, [Op::Nothing, Op::Letter('A')]);
}
