use std::path::PathBuf;
use std::process::Command;

use super::*;
use crate::encode::encode;
use crate::slip::{Size, Slip};
use crate::testing::{TICKET_URL, faces, profile, profiles, ticket};
use proptest::prelude::*;

fn printed(slip: &Slip, profile: &Profile) -> Picture {
    let bytes = encode(slip, profile, &faces()).expect("bytes");
    preview(&bytes, profile, &faces())
}

/// Where pictures go for people to look at: `target/slips`.
fn folder() -> PathBuf {
    let exe = std::env::current_exe().expect("a test program");
    let target = exe.ancestors().nth(3).expect("a target folder");
    let folder = target.join("slips");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn a_phone_reads_the_code_of_the_ticket() {
    for profile in profiles() {
        let file = folder().join(format!("ticket-{}.png", profile.name()));
        std::fs::write(&file, printed(&ticket(), &profile).png()).expect("a picture");
        let zbar = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&file).output();
        let Ok(zbar) = zbar else {
            println!("zbarimg is not installed; the second opinion on the QR code is left out");
            return;
        };
        let text = String::from_utf8_lossy(&zbar.stdout);
        assert_eq!(text.trim(), TICKET_URL, "{}", profile.name());
    }
}

#[test]
fn nothing_of_the_ticket_is_cut_off() {
    for profile in profiles() {
        let picture = printed(&ticket(), &profile);
        let (width, margin) = (picture.width(), usize::from(profile.margin_dots));
        assert_eq!(width, usize::from(profile.width_dots));
        let ink = |x: usize| (0..picture.height()).any(|y| picture.is_black(x, y));
        assert!((0..margin).all(|x| !ink(x)), "ink in the left margin of {}", profile.name());
        assert!((width - margin..width).all(|x| !ink(x)), "ink right of {}", profile.name());
        assert!(picture.height() < 1_600, "{} rows of {}", picture.height(), profile.name());
    }
}

#[test]
fn the_number_is_ten_millimetres_high_or_more() {
    for profile in profiles() {
        let picture = printed(&Slip::new().big("A012"), &profile);
        let rows = (0..picture.height())
            .filter(|&y| (0..picture.width()).any(|x| picture.is_black(x, y)))
            .count();
        assert!(rows >= 80, "{rows} rows on {}", profile.name());
    }
}

#[test]
fn the_label_is_white_on_black() {
    let picture = printed(&Slip::new().label("绿色通道"), &profile("generic-80"));
    let ink = picture.black_dots();
    let rows: Vec<usize> = (0..picture.height())
        .filter(|&y| (0..picture.width()).any(|x| picture.is_black(x, y)))
        .collect();
    let middle = rows[rows.len() / 2];
    let left = (0..picture.width()).find(|&x| picture.is_black(x, middle)).expect("ink");
    let right = (0..picture.width()).rfind(|&x| picture.is_black(x, middle)).expect("ink");
    assert!(ink * 2 > rows.len() * (right - left), "more black than white in the box");
}

#[test]
fn letters_of_the_printer_and_letters_we_draw_stand_on_the_same_lines() {
    // Both models print the same words, one from its font and one as a picture.
    let slip = Slip::new().text("过号", Size::Double, crate::slip::Align::Centre);
    let mut narrow = profile("generic-80");
    let letters = printed(&slip, &narrow);
    narrow.quirks.size_times_max = 1;
    let drawn = printed(&slip, &narrow);
    assert_eq!(letters.height(), drawn.height());
    assert_eq!(letters.bits(), drawn.bits());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_give_a_picture_of_bounded_length(
        bytes in proptest::collection::vec(prop_oneof![
            any::<u8>(),
            proptest::sample::select(b"\x1b\x1d\x1c@!avVJd3LWE&.\xff\x80\xd5\xfe".to_vec()),
        ], 0..800),
    ) {
        let faces = faces();
        for profile in profiles() {
            let picture = preview(&bytes, &profile, &faces);
            prop_assert_eq!(picture.width(), usize::from(profile.width_dots));
            prop_assert!(picture.height() <= ROWS_MAX);
        }
    }
}
