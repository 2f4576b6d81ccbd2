//! One record's bytes.

use super::*;

const BEFORE: Chain = [7; 32];

fn sample() -> Vec<u8> {
    let mut out = Vec::new();
    encode(&mut out, &BEFORE, 41, 40, Kind::Opening, b"the day begins");
    out
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let bytes = sample();
    let view = decode(&bytes).unwrap();
    assert_eq!((view.seq, view.safe, view.kind), (41, 40, Kind::Opening));
    assert_eq!(view.payload, b"the day begins");
    assert_eq!(view.bytes(), bytes.len());
    assert!(follows(&BEFORE, &bytes, &view));
    assert!(!follows(&[8; 32], &bytes, &view));
}

#[test]
fn the_bytes_on_the_disk_stay_what_they_are() {
    // Journals written today are read in ten years: this text changes only together with the
    // segment's magic.
    let head: String = sample().iter().take(28).map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(head, "4a000000fe2b05c12900000000000000280000000000000001000000");
}

#[test]
fn any_flipped_bit_is_seen() {
    let good = sample();
    for bit in 0..good.len() * 8 {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(decode(&bytes).is_err(), "bit {bit} went unseen");
    }
}

#[test]
fn any_cut_is_seen() {
    let good = sample();
    for end in 0..good.len() {
        assert!(decode(&good[..end]).is_err(), "a cut at {end} went unseen");
    }
}

#[test]
fn records_follow_one_another_in_one_buffer() {
    let mut out = Vec::new();
    let first = encode(&mut out, &BEFORE, 1, 0, Kind::Entry, b"");
    let end = out.len();
    encode(&mut out, &first, 2, 0, Kind::Entry, b"x");
    let view = decode(&out[end..]).unwrap();
    assert!(follows(&first, &out[end..], &view));
}
