use super::*;
use crate::decode::{Decoder, Op, decode};
use crate::encode::encode;
use crate::slip::Size;
use crate::testing::{faces, profile, profiles, ticket};

#[test]
fn a_picture_cannot_ask_the_printer() {
    for byte in [0x04, 0x05, 0x14] {
        let mut picture = Picture::from_rows(3, &[0x10, byte, 0x01, 0x00, 0x10, 0x10, byte, 0, 0]);
        defuse(&mut picture);
        let commands = picture.bits().windows(2).filter(|pair| *pair == [0x10, byte]).count();
        assert_eq!(commands, 0, "{byte:02X}");
        assert_eq!(picture.bits()[1], byte, "only the dot beside the lone one changes");
    }
}

#[test]
fn a_real_time_question_has_three_bytes_and_the_drawer_five() {
    assert_eq!(ask_now(4), [0x10, 0x04, 0x04]);
    assert_eq!(DRAWER, [0x1b, 0x70, 0x00, 0x19, 0xfa]);
}

/// What a printer makes of bytes.
fn done(bytes: &[u8]) -> Vec<Op> {
    decode(bytes, &profile("generic-80"))
}

#[test]
fn a_cut_after_the_drawer_is_a_cut() {
    let ours = [DRAWER.as_slice(), &[0x1d, b'V', b'A', 0]].concat();
    assert_eq!(done(&ours), [Op::Drawer, Op::Cut { partial: false, feed: 0 }]);
    // Why it is not the library's command: the printer takes the next two bytes for its times.
    let mut library = Commands::new(Charset::Gbk);
    library.printer.cash_drawer(escpos::utils::CashDrawer::Pin2).expect("bytes");
    let mut bytes = library.into_bytes().expect("bytes");
    bytes.extend_from_slice(&[0x1d, b'V', b'A', 0]);
    assert!(!done(&bytes).contains(&Op::Cut { partial: false, feed: 0 }), "{bytes:02X?}");
}

#[test]
fn a_qr_code_says_its_length_and_keeps_its_payload() {
    for length in [1, 252, 253, 512] {
        let payload = "x".repeat(length);
        let mut out = Commands::new(Charset::Gbk);
        out.qr(&payload, 8).expect("bytes");
        let bytes = out.into_bytes().expect("bytes");
        let [low, high] = (length as u16 + 3).to_le_bytes();
        let head = [0x1d, b'(', b'k', low, high, b'1', b'P', b'0'];
        assert!(bytes.windows(8).any(|part| part == head), "{length}");
        let ops = done(&bytes);
        assert!(ops.contains(&Op::QrKeep(payload.into_bytes())) && ops.ends_with(&[Op::QrPrint]));
        assert!(ops.contains(&Op::QrModule(8)) && ops.contains(&Op::QrLevel(b'1')), "{ops:?}");
    }
}

#[test]
fn no_model_is_sent_what_makers_read_differently() {
    // FS ! has height and width at other bits on SPRT; ESC * and GS ( L are unknown to cheap
    // models; GS ( A and ESC B beep on some and are printed by others.
    let slip = ticket().text("镕喆𠮷", Size::Double, Align::Left);
    for profile in profiles() {
        let bytes = encode(&slip, &profile, &faces()).expect("bytes");
        let mut decoder = Decoder::new(&profile);
        decoder.feed(&bytes);
        while let Some((op, bytes)) = decoder.step() {
            let name = profile.name();
            assert!(!matches!(bytes.as_slice(), [0x1c, b'!', ..]), "{name} FS !");
            assert!(!matches!(bytes.as_slice(), [0x1b, b'*' | b'B', ..]), "{name} {bytes:02X?}");
            assert!(!matches!(bytes.as_slice(), [0x1d, b'(', b'L' | b'A', ..]), "{name}");
            let tall = matches!(op, Op::Size { high, .. } if high > profile.quirks.size_times_max);
            assert!(!tall, "{name}: letters larger than its manual knows");
            // A narrow printer keeps only so many rows before it loses some.
            let Op::Raster { stride, rows, .. } = op else { continue };
            assert!(rows.len() / stride <= usize::from(profile.quirks.raster_rows_max), "{name}");
        }
    }
}

#[test]
fn a_model_without_a_knife_is_never_told_to_cut() {
    let cuts = |name: &str| {
        let profile = profile(name);
        let bytes = encode(&ticket(), &profile, &faces()).expect("bytes");
        decode(&bytes, &profile).iter().filter(|op| matches!(op, Op::Cut { .. })).count()
    };
    assert_eq!((cuts("tear-80"), cuts("generic-58"), cuts("sprt-58-gb2312")), (0, 0, 0));
    assert_eq!((cuts("xprinter-80"), cuts("epson-58"), cuts("gbk-80")), (1, 1, 1));
}
