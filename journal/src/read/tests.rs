//! Every record is checked, and the first wrong one is named.

use std::{path::Path, sync::Arc};

use super::*;
use crate::{
    Journal,
    disk::{DiskJournal, Sizes},
    false_files::FalseFiles,
};

const DIR: &str = "/j";

/// Three days, the first two closed, the first compressed.
fn three_days() -> FalseFiles {
    let disk = FalseFiles::new();
    let sizes = Sizes { segment_bytes: 1 << 20, reserve_bytes: 4096 };
    let (mut journal, _) =
        DiskJournal::open_sized(Path::new(DIR), Arc::new(disk.clone()), sizes).unwrap();
    for day in ["mon", "tue", "wed"] {
        journal.roll(day).unwrap();
        if day == "tue" {
            journal.closed().compress().unwrap();
        }
        journal.append(Kind::Opening, day.as_bytes()).unwrap();
        for n in 0..20 {
            journal.append(Kind::Entry, format!("{day} {n}").as_bytes()).unwrap();
            journal.sync().unwrap();
        }
    }
    disk
}

fn segments(disk: &FalseFiles) -> Vec<Name> {
    names(Path::new(DIR), disk).unwrap()
}

fn check(disk: &FalseFiles) -> Result<Summary, Fault> {
    verify(Path::new(DIR), Arc::new(disk.clone()))
}

#[test]
fn everything_ever_kept_is_read_in_order() {
    let disk = three_days();
    let records: Vec<Record> = read_all(Path::new(DIR), Arc::new(disk.clone()))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(records.len(), 63);
    assert_eq!(records[22].payload, b"tue 0");
    let summary = check(&disk).unwrap();
    assert_eq!((summary.segments, summary.compressed, summary.openings), (3, 1, 3));
    assert_eq!((summary.first, summary.last, summary.torn), (Seq(1), Seq(63), None));
}

#[test]
fn an_empty_folder_is_an_empty_journal() {
    assert_eq!(check(&FalseFiles::new()).unwrap(), Summary::default());
}

#[test]
fn a_flip_at_any_byte_is_named_or_cut_as_the_torn_end() {
    let good = three_days();
    for name in segments(&good) {
        let path = Path::new(DIR).join(name.file());
        let bytes = good.bytes(&path).unwrap();
        let written = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
        for at in 0..written {
            let disk = good.power_cut(&mut || 0);
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x10;
            disk.overwrite(&path, &bytes);
            match check(&disk) {
                Err(Fault::Damaged { segment, at: named, .. }) => {
                    assert_eq!(segment, name.file());
                    assert!(name.compressed || named <= at as u64);
                }
                Err(fault) => panic!("byte {at} of {}: {}", name.file(), fault.sentence()),
                // A bit that the packing does not use: what is unpacked is whole.
                Ok(summary) if name.compressed => assert_eq!(summary, check(&good).unwrap()),
                // Only the last batch could be a write cut short, for nothing stands behind it.
                Ok(summary) => {
                    let torn = summary.torn.unwrap_or_else(|| panic!("byte {at} went unseen"));
                    assert!(torn.at <= at as u64 && summary.last == Seq(62), "byte {at}");
                }
            }
        }
    }
}

#[test]
fn a_dropped_record_is_named() {
    let disk = three_days();
    let name = segments(&disk)[1].clone();
    let path = Path::new(DIR).join(name.file());
    let mut bytes = disk.bytes(&path).unwrap();
    let header = Header::decode(&bytes).unwrap();
    let mut walk = Walk::new(&bytes, &header);
    walk.step();
    let from = walk.at;
    walk.step();
    let to = walk.at;
    bytes.drain(from..to);
    disk.overwrite(&path, &bytes);
    let fault = check(&disk).unwrap_err();
    let Fault::Damaged { segment, at, why } = fault else { panic!("{}", fault.sentence()) };
    assert_eq!((segment, at), (name.file(), from as u64));
    assert_eq!(why, "record 23: the sequence number is not the next one");
}

#[test]
fn a_cut_closed_segment_is_named() {
    let disk = three_days();
    let name = segments(&disk)[1].clone();
    let path = Path::new(DIR).join(name.file());
    let bytes = disk.bytes(&path).unwrap();
    let last = bytes.len() - record_bytes("tue 19");
    disk.overwrite(&path, &bytes[..last]);
    let fault = check(&disk).unwrap_err();
    let Fault::Damaged { at, why, .. } = fault else { panic!("{}", fault.sentence()) };
    assert_eq!(at, last as u64);
    assert_eq!(why, "record 42 is missing; the next segment follows 42");
}

#[test]
fn a_record_written_anew_with_good_checksums_breaks_the_chain() {
    let disk = three_days();
    let name = segments(&disk)[1].clone();
    let path = Path::new(DIR).join(name.file());
    let mut bytes = disk.bytes(&path).unwrap();
    let forged_at = bytes.len() - record_bytes("tue 19");
    let view = crate::record::decode(&bytes[forged_at..]).unwrap();
    let before = [0; 32];
    let mut forged = Vec::new();
    crate::record::encode(&mut forged, &before, view.seq, view.safe, view.kind, b"tue 99");
    bytes[forged_at..].copy_from_slice(&forged);
    disk.overwrite(&path, &bytes);
    let fault = check(&disk).unwrap_err();
    let Fault::Damaged { why, .. } = fault else { panic!("{}", fault.sentence()) };
    assert_eq!(why, "record 42: the hash does not follow from the record before");
}

#[test]
fn a_lost_segment_is_named() {
    let disk = three_days();
    let names = segments(&disk);
    crate::files::Files::remove(&disk, &Path::new(DIR).join(names[1].file())).unwrap();
    let fault = check(&disk).unwrap_err().sentence();
    assert!(fault.contains("record 22 is missing; the next segment follows 42"), "{fault}");
}

#[test]
fn a_segment_larger_than_any_is_not_even_read() {
    let packed = zstd::bulk::compress(&vec![0; SEGMENT_BYTES_MAX as usize + 1], 1).unwrap();
    assert!(unpack(&packed).unwrap_err().to_string().contains("more than a segment may"));
}

fn record_bytes(payload: &str) -> usize {
    crate::record::HEADER_BYTES + payload.len()
}
