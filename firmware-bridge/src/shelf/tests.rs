//! Profiles of a site.

use super::Shelf;
use crate::profile::{Profile, Said};

const PAD: &str = include_str!("../../profiles/pad-s11.toml");

#[test]
fn a_site_adds_a_profile_without_any_rust_and_replaces_a_known_one() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("pad-ours.toml", &PAD.replace("\"6+0F\" = \"no_show\"", "\"7+0F\" = \"no_show\""));
    write("pad-s4.toml", &PAD.replace("title_en = \"", "title_en = \"ours: "));
    write("notes.txt", "not a profile");
    let mut shelf = Shelf::built_in();
    let before = shelf.all().count();
    shelf.add_folder(folder.path()).unwrap();
    assert_eq!(shelf.all().count(), before + 1);
    assert!(shelf.get("pad-s4").unwrap().title_en.starts_with("ours"));
    let pad = shelf.get("pad-ours").unwrap();
    let said = |data: &[u8]| {
        let bytes = crate::dialects::ff68::frame(1, 1, data);
        let crate::dialects::Decoded::Frame { frame, .. } = pad.tongue().decode(&bytes) else {
            panic!("a frame")
        };
        pad.meaning(&frame)
    };
    assert_eq!(said(&[7, 0x0F]), Said::Key(wire::device::PadKey::NoShow));
    let unknown = Said::Key(wire::device::PadKey::Other("6+0F".to_owned()));
    assert_eq!(said(&[6, 0x0F]), unknown, "a key without a meaning is told, not guessed");
}

#[test]
fn a_wrong_profile_is_told_with_what_is_wrong() {
    let told = |text: String| Profile::parse("x", &text).unwrap_err().to_string();
    assert!(told(PAD.replace("\"0C\" =", "\"XY\" =")).contains("XY"));
    assert!(told(PAD.replace("\"recall\"", "\"recal\"")).contains("recal"));
    assert!(told(PAD.replace("T3", "T9")).contains("T9"));
    assert!(told(PAD.replace("debounce_millis", "debounce_milis")).contains("debounce_millis"));
}
