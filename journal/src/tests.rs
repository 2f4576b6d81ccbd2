use std::{path::Path, sync::Arc};

use proptest::prelude::*;

use crate::{
    DiskJournal, Fault, Files, Journal, Kind, RealFiles, false_files::FalseFiles, read, segment,
};

const FOLDER: &str = "/journal";

fn open(files: &FalseFiles) -> (DiskJournal, crate::Opened) {
    DiskJournal::open(Path::new(FOLDER), Arc::new(files.clone())).unwrap()
}

fn payloads(opened: &crate::Opened) -> Vec<String> {
    let text = |record: &crate::Record| String::from_utf8(record.payload.clone()).unwrap();
    opened.records.iter().map(text).collect()
}

fn write(journal: &mut DiskJournal, texts: &[&str]) {
    for text in texts {
        journal.append(Kind::Entry, text.as_bytes()).unwrap();
    }
    journal.sync().unwrap();
}

fn last_path(files: &FalseFiles) -> std::path::PathBuf {
    segment::list(files, Path::new(FOLDER)).unwrap().pop().unwrap()
}

#[derive(Debug, Clone)]
enum Step {
    Append(u16),
    Sync,
    Roll,
    Crash(u64),
    Pack,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (0_u16..300).prop_map(Step::Append),
        4 => Just(Step::Sync),
        1 => Just(Step::Roll),
        2 => (1_u64..).prop_map(Step::Crash),
        1 => Just(Step::Pack),
    ];
    prop::collection::vec(step, 1..80)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn what_was_synced_is_there_after_any_crash_and_nothing_is_invented(steps in steps()) {
        let files = FalseFiles::default();
        let mut journal = open(&files).0;
        let (mut written, mut synced): (Vec<Vec<u8>>, usize) = (Vec::new(), 0);
        for step in steps {
            match step {
                Step::Append(length) => {
                    let payload = vec![written.len() as u8; usize::from(length)];
                    let seq = journal.append(Kind::Entry, &payload).unwrap();
                    written.push(payload);
                    prop_assert_eq!(seq, written.len() as u64);
                }
                Step::Sync => {
                    journal.sync().unwrap();
                    synced = written.len();
                }
                Step::Roll => {
                    journal.roll("day").unwrap();
                    synced = written.len();
                }
                Step::Pack => {
                    journal.pack_closed().unwrap();
                }
                Step::Crash(luck) => {
                    drop(journal);
                    files.crash(luck);
                    let opened;
                    (journal, opened) = open(&files);
                    let kept: Vec<_> = opened.records.into_iter().map(|each| each.payload).collect();
                    prop_assert!(kept.len() >= synced, "{} of {} synced", kept.len(), synced);
                    prop_assert!(kept.len() <= written.len());
                    prop_assert_eq!(&kept[..], &written[..kept.len()]);
                    synced = kept.len();
                    written.truncate(synced);
                }
            }
        }
        journal.sync().unwrap();
        let summary = read::verify(Path::new(FOLDER), &files).unwrap();
        prop_assert_eq!(summary.records, written.len() as u64);
    }
}

#[test]
fn a_tail_torn_at_any_byte_is_cut_off_and_said_so() {
    let whole = FalseFiles::default();
    let mut journal = open(&whole).0;
    write(&mut journal, &["first", "second"]);
    let path = last_path(&whole);
    let full = whole.read(&path).unwrap().len();
    let second = 60 + "second".len();
    for cut in 1..second {
        let files = FalseFiles::default();
        let mut journal = open(&files).0;
        write(&mut journal, &["first", "second"]);
        drop(journal);
        files.cut(&path, full - cut);
        let (_, opened) = open(&files);
        assert_eq!(payloads(&opened), ["first"]);
        let torn = opened.torn.unwrap();
        assert_eq!((torn.at, torn.bytes), ((full - second) as u64, (second - cut) as u64));
    }
}

#[test]
fn a_flipped_bit_in_what_was_safe_stops_with_its_place() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    write(&mut journal, &["first"]);
    let at = files.read(&last_path(&files)).unwrap().len();
    write(&mut journal, &["second"]);
    write(&mut journal, &["third"]);
    drop(journal);
    files.flip(&last_path(&files), (at + 60) * 8);
    let fault = DiskJournal::open(Path::new(FOLDER), Arc::new(files.clone())).err().unwrap();
    assert!(matches!(fault, Fault::Damaged { at: place, .. } if place == at as u64), "{fault}");
    assert!(matches!(read::verify(Path::new(FOLDER), &files), Err(Fault::Damaged { .. })));
}

#[test]
fn a_flipped_bit_in_a_closed_segment_stops_too() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    write(&mut journal, &["first"]);
    let closed = last_path(&files);
    journal.roll("next").unwrap();
    write(&mut journal, &["second"]);
    drop(journal);
    files.flip(&closed, 64 * 8 + 3);
    assert!(DiskJournal::open(Path::new(FOLDER), Arc::new(files)).is_err());
}

#[test]
fn a_full_disk_ends_the_journal_and_loses_nothing_that_was_safe() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    write(&mut journal, &["safe"]);
    files.fill_after(30);
    journal.append(Kind::Entry, b"too much").unwrap();
    assert!(matches!(journal.sync(), Err(Fault::Io { .. })));
    assert!(matches!(journal.append(Kind::Entry, b"more"), Err(Fault::Dead { .. })));
    assert!(matches!(journal.sync(), Err(Fault::Dead { .. })));
    drop(journal);
    files.make_room();
    let (mut journal, opened) = open(&files);
    assert_eq!(payloads(&opened), ["safe"]);
    assert!(opened.torn.is_some());
    write(&mut journal, &["again"]);
    drop(journal);
    assert_eq!(payloads(&open(&files).1), ["safe", "again"]);
}

#[test]
fn a_failed_sync_is_never_retried() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    files.fail_syncs_after(0);
    journal.append(Kind::Entry, b"x").unwrap();
    assert!(journal.sync().is_err());
    files.fail_syncs_after(100);
    assert!(matches!(journal.sync(), Err(Fault::Dead { .. })));
}

#[test]
fn replay_begins_at_the_last_opening_and_reads_no_older_segment() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    for day in 0..50 {
        journal.roll(&format!("day-{day}")).unwrap();
        journal.append(Kind::Opening, format!("open {day}").as_bytes()).unwrap();
        write(&mut journal, &["a", "b"]);
    }
    assert_eq!(journal.pack_closed().unwrap(), 49);
    drop(journal);
    let before = files.reads();
    let (_, opened) = open(&files);
    assert_eq!(payloads(&opened), ["open 49", "a", "b"]);
    assert_eq!(opened.last, 150);
    assert_eq!(files.reads() - before, 1, "start-up reads the last day only");
    assert_eq!(read::verify(Path::new(FOLDER), &files).unwrap().records, 150);
}

#[test]
fn a_day_over_two_segments_is_found_whole() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    journal.append(Kind::Opening, b"open").unwrap();
    write(&mut journal, &["a"]);
    journal.roll("more").unwrap();
    write(&mut journal, &["b"]);
    drop(journal);
    assert_eq!(payloads(&open(&files).1), ["open", "a", "b"]);
}

#[test]
fn a_second_process_is_told_that_the_journal_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let (journal, _) = DiskJournal::open(folder.path(), Arc::new(RealFiles)).unwrap();
    let second = DiskJournal::open(folder.path(), Arc::new(RealFiles)).err().unwrap();
    assert!(matches!(second, Fault::InUse { .. }), "{second}");
    drop(journal);
    DiskJournal::open(folder.path(), Arc::new(RealFiles)).unwrap();
}

#[test]
fn the_real_disk_keeps_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, opened) = DiskJournal::open(folder.path(), Arc::new(RealFiles)).unwrap();
    assert_eq!((opened.records.len(), opened.last), (0, 0));
    write(&mut journal, &["one", "two"]);
    journal.roll("2026-11-24").unwrap();
    write(&mut journal, &["three"]);
    assert_eq!(journal.pack_closed().unwrap(), 1);
    drop(journal);
    let (_, opened) = DiskJournal::open(folder.path(), Arc::new(RealFiles)).unwrap();
    assert_eq!(payloads(&opened), ["one", "two", "three"]);
    assert_eq!(read::verify(folder.path(), &RealFiles).unwrap().segments, 2);
}

#[test]
fn a_record_that_is_too_large_is_refused_and_the_journal_goes_on() {
    let files = FalseFiles::default();
    let mut journal = open(&files).0;
    let large = vec![0; crate::PAYLOAD_BYTES_MAX + 1];
    assert!(matches!(journal.append(Kind::Entry, &large), Err(Fault::TooLarge { .. })));
    write(&mut journal, &["small"]);
}
