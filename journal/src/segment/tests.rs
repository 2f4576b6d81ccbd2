//! Names and headers; the walk is tested with whole journals.

use super::*;

#[test]
fn a_name_is_read_back() {
    for compressed in [false, true] {
        let name = Name::new(360_001, "2026-11-24").with_compressed(compressed);
        assert_eq!(Name::parse(&name.file()), Some(name));
    }
}

#[test]
fn a_hint_cannot_leave_the_folder() {
    let name = Name::new(1, "../../etc/passwd and much more than fits into a name");
    assert_eq!(name.file(), "00000000000000000001-etcpasswdandmuchmorethanfitsinto.log");
}

#[test]
fn other_files_are_left_alone() {
    for file in ["journal.lock", "1-a.log", "00000000000000000001-a.log.zst.new", "x.log", ""] {
        assert_eq!(Name::parse(file), None, "{file}");
    }
}

#[test]
fn a_header_reads_back_and_any_flipped_bit_is_seen() {
    let header = Header { first: 9, opening: 3, before: [5; 32] };
    let good = header.encode();
    assert_eq!(good.len(), HEADER_BYTES);
    assert_eq!(Header::decode(&good), Ok(header));
    for bit in 0..good.len() * 8 {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(Header::decode(&bytes).is_err(), "bit {bit} went unseen");
    }
}
