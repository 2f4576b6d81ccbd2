use std::fmt::Write;
use std::path::Path;

use super::*;
use crate::decode::{Decoder, Op, decode};
use crate::profile::Profile;
use crate::testing::{faces, profile, profiles, ticket};
use proptest::prelude::*;

/// Shows a job command by command; the dots of pictures only as a sum.
fn show(bytes: &[u8], profile: &Profile) -> String {
    let mut decoder = Decoder::new(profile);
    decoder.feed(bytes);
    let mut text = String::new();
    let mut letters = String::new();
    while let Some((op, bytes)) = decoder.step() {
        if let Op::Letter(c) = op {
            letters.push(c);
            continue;
        }
        if !letters.is_empty() {
            writeln!(text, "  {letters}").expect("a String");
            letters.clear();
        }
        let Op::Raster { stride, rows, .. } = op else {
            writeln!(text, "{}", hex(&bytes)).expect("a String");
            continue;
        };
        let sum = rows.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let high = rows.len() / stride;
        writeln!(text, "{} + {stride}x{high} {sum:016x}", hex(&bytes[..8])).expect("a String");
    }
    assert_eq!(decoder.waiting(), 0, "the job ends with a whole command");
    text
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

/// `PAPER_GOLDEN=write cargo test -p paper` writes the files anew.
#[test]
fn the_ticket_has_the_same_bytes_as_ever() {
    for profile in profiles() {
        let bytes = encode(&ticket(), &profile, &faces()).expect("a ticket");
        let shown = show(&bytes, &profile);
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("goldens")
            .join(format!("ticket-{}.txt", profile.name()));
        if std::env::var_os("PAPER_GOLDEN").is_some() {
            std::fs::write(&path, &shown).expect("a golden file");
        }
        let golden = std::fs::read_to_string(&path).expect("a golden file");
        assert_eq!(shown, golden, "{}", profile.name());
    }
}

#[test]
fn a_job_begins_and_ends_as_the_manual_says() {
    let slip = Slip::new().text("政务服务大厅", Size::Normal, Align::Left).cut();
    let bytes = encode(&slip, &profile("generic-80"), &faces()).expect("bytes");
    // 政务服务大厅 is D5FE CEF1 B7FE CEF1 B4F3 CCFC in all three character sets.
    let expected = "1B 40 1C 26 1C 53 00 00 1D 4C 18 00 1D 57 10 02 1B 4A 0C 1B 33 24 \
        D5 FE CE F1 B7 FE CE F1 B4 F3 CC FC 0A 1D 56 42 18 1C 2E";
    assert_eq!(hex(&bytes), expected);
}

#[test]
fn a_character_the_font_lacks_is_drawn_and_no_other_line_is() {
    // 镕 and 喆 are in GBK and not in GB 2312; 𠮷 has four bytes in GB 18030; 囍 is in GBK.
    let rasters = |text: &str, name: &str| {
        let profile = profile(name);
        let slip = Slip::new().text(text, Size::Normal, Align::Left);
        let bytes = encode(&slip, &profile, &faces()).expect("bytes");
        decode(&bytes, &profile).iter().filter(|op| matches!(op, Op::Raster { .. })).count()
    };
    assert_eq!(rasters("镕喆\n张三", "sprt-58-gb2312"), 1);
    assert_eq!(rasters("镕喆\n张三", "gbk-80"), 0);
    assert_eq!(rasters("𠮷田", "generic-80"), 1);
    assert_eq!(rasters("€5", "gbk-80"), 1);
    assert_eq!(rasters("café", "generic-80"), 0, "é is a two-byte letter of GB 2312 row 8");
}

/// The names that the sample hall planted because few fonts and fields expect them.
fn planted_names() -> Vec<&'static str> {
    let staff = include_str!("../../../assets/halls/county-24/staff.toml");
    let names = staff.lines().filter_map(|line| line.strip_prefix("name = \""));
    let names = names.filter_map(|line| line.strip_suffix('"'));
    names.filter(|name| name.contains('𠮷') || name.contains('·')).collect()
}

#[test]
fn a_name_of_rare_characters_is_drawn_and_one_of_24_is_broken_only_between_characters() {
    let names = planted_names();
    assert_eq!(names.iter().map(|name| name.chars().count()).collect::<Vec<_>>(), [3, 24]);
    for profile in profiles() {
        for size in [Size::Normal, Size::Double, Size::Quadruple] {
            let printed = |name: &str| {
                let slip = Slip::new().text(name, size, Align::Left).pair("", name, size);
                let bytes = encode(&slip, &profile, &faces()).expect("bytes");
                decode(&bytes, &profile)
            };
            let rare = printed(names[0]);
            let drawn = rare.iter().filter(|op| matches!(op, Op::Raster { .. })).count();
            assert!(drawn >= 2, "{} {size:?}: {rare:?}", profile.name());
            let letters: String = printed(names[1])
                .iter()
                .filter_map(|op| if let Op::Letter(c) = op { Some(*c) } else { None })
                .filter(|c| *c != ' ')
                .collect();
            // A size that the printer's own font lacks is drawn, and is not letters.
            if size == Size::Normal {
                assert_eq!(letters, names[1].repeat(2), "{}", profile.name());
            } else {
                assert!(names[1].repeat(2).contains(&letters), "{} {size:?}", profile.name());
            }
        }
    }
}

#[test]
fn a_name_cannot_open_the_drawer_or_ask_the_printer() {
    let slip = Slip::new()
        .text("张\u{1b}p\u{0}\u{19}三\u{10}\u{4}\u{1}\u{1d}V\u{0}", Size::Normal, Align::Left)
        .pair("a\u{1b}@", "\u{1c}.b", Size::Double)
        .big("A\u{1b}@012")
        .qr("http://x/\u{1b}@", vec!["\u{10}\u{4}\u{1}".to_owned()]);
    for profile in profiles() {
        let bytes = encode(&slip, &profile, &faces()).expect("bytes");
        let ops = decode(&bytes, &profile);
        let inits = ops.iter().filter(|op| **op == Op::Init).count();
        assert_eq!(inits, 1, "{}", profile.name());
        let bad =
            |op: &&Op| matches!(op, Op::Drawer | Op::AskNow(_) | Op::Cut { .. } | Op::Unknown(_));
        assert_eq!(ops.iter().find(bad), None, "{}", profile.name());
    }
}

#[test]
fn what_is_too_long_is_refused_in_words() {
    let slip = Slip::new().text("长".repeat(2_001), Size::Normal, Align::Left);
    let fault = encode(&slip, &profile("generic-80"), &faces()).expect_err("too long");
    assert!(fault.to_string().contains("2000 characters"), "{fault}");
    let slip = Slip::new().qr("x".repeat(513), Vec::new());
    let fault = encode(&slip, &profile("generic-80"), &faces()).expect_err("too long");
    assert_eq!(fault.to_string(), "a QR code on a slip cannot hold 513 bytes");
}

#[test]
fn a_label_wider_than_the_paper_wraps() {
    let slip = Slip::new().pair("办理窗口及等候区域名称".repeat(3), "", Size::Double);
    for profile in profiles() {
        let bytes = encode(&slip, &profile, &faces()).expect("bytes");
        let feeds = decode(&bytes, &profile).iter().filter(|op| **op == Op::LineFeed).count();
        assert!(feeds >= 2, "{}", profile.name());
    }
}

fn a_text() -> impl Strategy<Value = String> {
    let common = "云溪县政务服务中心排队号票，。（）0123456789 ABCabc~:-、\n";
    let rare = "镕喆𠮷€é囍①℃\u{1b}\u{10}\u{4}\u{0}\u{7f}\u{200d}😀";
    let letters: Vec<char> = common.chars().chain(common.chars()).chain(rare.chars()).collect();
    proptest::collection::vec(proptest::sample::select(letters), 0..60)
        .prop_map(|letters| letters.into_iter().collect())
}

fn a_block() -> impl Strategy<Value = Block> {
    let size = proptest::sample::select(vec![Size::Normal, Size::Double, Size::Quadruple]);
    let align = proptest::sample::select(vec![Align::Left, Align::Centre, Align::Right]);
    prop_oneof![
        4 => (a_text(), size.clone(), any::<bool>(), align)
            .prop_map(|(text, size, bold, align)| Block::Text { text, size, bold, align }),
        2 => (a_text(), a_text(), size)
            .prop_map(|(left, right, size)| Block::Pair { left, right, size }),
        1 => a_text().prop_map(|text| Block::Label { text }),
        1 => a_text().prop_map(|text| Block::Big { text }),
        1 => any::<bool>().prop_map(|dashed| Block::Rule { dashed }),
        1 => any::<u16>().prop_map(|dots| Block::Feed { dots: dots % 500 }),
        1 => ("[a-z0-9/:]{1,80}", proptest::collection::vec(a_text(), 0..3), 1_u8..12, 0_u8..6)
            .prop_map(|(payload, caption, dots_per_module, quiet)| Block::Qr {
                payload, caption, dots_per_module, quiet,
            }),
        1 => any::<bool>().prop_map(|partial| Block::Cut { partial }),
    ]
}

/// The letters a slip's plain texts say, without what has no shape.
fn letters_of(text: &str) -> String {
    clean(text).chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(14))]

    #[test]
    fn every_slip_is_understood_again_by_every_model(
        blocks in proptest::collection::vec(a_block(), 0..10),
    ) {
        let faces = faces();
        for profile in profiles() {
            let bytes = encode(&Slip { blocks: blocks.clone() }, &profile, &faces).expect("bytes");
            for window in bytes.windows(2) {
                prop_assert!(!matches!(window, [0x10, 0x04 | 0x05 | 0x14]), "a real-time command");
            }
            let ops = decode(&bytes, &profile);
            for op in &ops {
                prop_assert!(!matches!(op, Op::Unknown(_) | Op::NoLetter { .. }), "{:?}", op);
                if let Op::Raster { stride, .. } = op {
                    prop_assert!(stride * 8 <= profile.content_dots(), "wider than the paper");
                }
            }
        }
    }

    #[test]
    fn no_letter_of_a_text_is_lost_or_changed(text in a_text(), double in any::<bool>()) {
        let size = if double { Size::Double } else { Size::Normal };
        for profile in profiles() {
            let printable: String =
                text.chars().filter(|c| *c == '\n' || profile.encoding.bytes(*c).is_some()).collect();
            let slip = Slip::new().text(printable.clone(), size, Align::Left);
            let bytes = encode(&slip, &profile, &faces()).expect("bytes");
            let letters: String = decode(&bytes, &profile)
                .into_iter()
                .filter_map(|op| if let Op::Letter(c) = op { Some(c) } else { None })
                .filter(|c| !c.is_whitespace())
                .collect();
            prop_assert_eq!(letters, letters_of(&printable));
        }
    }
}
