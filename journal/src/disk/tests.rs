//! What must hold whatever the disk does; all but the last few on a false one.

mod crash;
mod refuse;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::*;
use crate::{
    false_files::FalseFiles,
    files::RealFiles,
    read::{Torn, read_wanted, verify},
};

const DIR: &str = "/j";
/// Small enough that every test sees several segments and reserves.
const SMALL: Sizes = Sizes { segment_bytes: 1500, reserve_bytes: 512 };

fn open(disk: &FalseFiles) -> Result<(DiskJournal, Opened), Fault> {
    open_with(disk, SMALL)
}

fn open_with(disk: &FalseFiles, sizes: Sizes) -> Result<(DiskJournal, Opened), Fault> {
    DiskJournal::open_sized(Path::new(DIR), Arc::new(disk.clone()), sizes)
}

fn entries(journal: &mut DiskJournal, payloads: &[&str]) {
    for payload in payloads {
        journal.append(Kind::Entry, payload.as_bytes()).unwrap();
    }
    journal.sync().unwrap();
}

fn texts(records: &[Record]) -> Vec<String> {
    records.iter().map(|record| String::from_utf8(record.payload.clone()).unwrap()).collect()
}

fn newest_name(disk: &FalseFiles) -> String {
    newest(disk).file_name().unwrap().to_string_lossy().into_owned()
}

fn newest(disk: &FalseFiles) -> PathBuf {
    Path::new(DIR).join(names(Path::new(DIR), disk).unwrap().last().unwrap().file())
}

/// The power goes and every unsynced write is lost.
fn lose_all(disk: &FalseFiles) -> FalseFiles {
    disk.power_cut(&mut || 0)
}

#[test]
fn what_was_synced_is_there_after_opening_again() {
    let disk = FalseFiles::new();
    let (mut journal, opened) = open(&disk).unwrap();
    assert_eq!((opened.records, opened.torn, opened.last), (Vec::new(), None, Seq(0)));
    entries(&mut journal, &["a", "b"]);
    journal.append(Kind::Entry, b"never synced").unwrap();
    let disk = lose_all(&disk);
    let (mut journal, opened) = open(&disk).unwrap();
    assert_eq!(texts(&opened.records), ["a", "b"]);
    assert_eq!((opened.last, opened.torn), (Seq(2), None));
    entries(&mut journal, &["c"]);
    assert_eq!(journal.last(), Seq(3));
    assert_eq!(texts(&open(&lose_all(&disk)).unwrap().1.records), ["a", "b", "c"]);
}

#[test]
fn replay_begins_at_the_last_opening() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    for day in ["mon", "tue"] {
        journal.roll(day).unwrap();
        journal.append(Kind::Opening, day.as_bytes()).unwrap();
        entries(&mut journal, &["x", "y"]);
        let texts = texts(&journal.replay().unwrap());
        assert_eq!(texts, [day, "x", "y"]);
    }
    journal.append(Kind::Entry, b"not synced, not told").unwrap();
    assert_eq!(journal.replay().unwrap().len(), 3);
    let opened = open(&lose_all(&disk)).unwrap().1;
    assert_eq!(texts(&opened.records), ["tue", "x", "y"]);
    assert_eq!(opened.last, Seq(6));
}

#[test]
fn a_day_longer_than_a_segment_is_replayed_whole() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["old"; 60]);
    journal.append(Kind::Opening, b"day").unwrap();
    entries(&mut journal, &["new"; 60]);
    assert!(names(Path::new(DIR), &disk).unwrap().len() > 4);
    assert_eq!(journal.replay().unwrap().len(), 61);
    let opened = open(&lose_all(&disk)).unwrap().1;
    assert_eq!((opened.records.len(), opened.last), (61, Seq(121)));
    assert_eq!(opened.records[0].kind, Kind::Opening);
}

#[test]
fn a_batch_takes_one_sync_and_an_empty_one_none() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open_with(&disk, Sizes::default()).unwrap();
    let before = disk.counts().syncs;
    for _ in 0..500 {
        journal.append(Kind::Entry, b"one of many").unwrap();
    }
    journal.sync().unwrap();
    journal.sync().unwrap();
    assert_eq!(disk.counts().syncs, before + 1);
}

#[test]
fn the_reserve_keeps_the_size_of_the_file() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open_with(&disk, Sizes::default()).unwrap();
    let size = disk.bytes(&newest(&disk)).unwrap().len();
    entries(&mut journal, &["a", "b", "c"]);
    assert_eq!(size as u64, RESERVE_BYTES);
    assert_eq!(disk.bytes(&newest(&disk)).unwrap().len(), size);
}

#[test]
fn start_up_reads_today_only() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open_with(&disk, Sizes::default()).unwrap();
    for day in 0..50 {
        journal.roll(&format!("day-{day}")).unwrap();
        journal.append(Kind::Opening, b"day").unwrap();
        for _ in 0..2000 {
            journal.append(Kind::Entry, &[b'x'; 100]).unwrap();
        }
        journal.sync().unwrap();
    }
    drop(journal);
    let before = disk.counts();
    let opened = open_with(&disk, Sizes::default()).unwrap().1;
    assert_eq!((opened.records.len(), opened.last), (2001, Seq(50 * 2001)));
    assert_eq!(opened.segments_read, 1);
    assert!(disk.counts().reads - before.reads <= 2);
    assert!(disk.counts().bytes_read - before.bytes_read <= 2 * RESERVE_BYTES);
}

#[test]
fn a_second_opener_is_told_who_is_in_the_way() {
    let disk = FalseFiles::new();
    let first = open(&disk).unwrap();
    let fault = open(&disk).unwrap_err();
    assert!(matches!(fault, Fault::Locked { .. }));
    assert!(fault.sentence().contains("/j is in use by another process"), "{}", fault.sentence());
    drop(first);
    assert!(open(&disk).is_ok());
}

#[test]
fn closed_segments_are_compressed_and_stay_readable() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a"; 60]);
    let closed = names(Path::new(DIR), &disk).unwrap().len() - 1;
    assert_eq!(journal.closed().compress().unwrap(), closed);
    assert_eq!(journal.closed().compress().unwrap(), 0);
    entries(&mut journal, &["b"]);
    let summary = verify(Path::new(DIR), Arc::new(disk.clone())).unwrap();
    assert_eq!((summary.compressed, summary.records), (closed as u64, 61));
    assert_eq!(open(&lose_all(&disk)).unwrap().1.records.len(), 61);
}

#[test]
fn a_journal_of_compressed_segments_only_goes_on() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a", "b"]);
    journal.roll("tue").unwrap();
    journal.closed().compress().unwrap();
    drop(journal);
    disk.remove(&newest(&disk)).unwrap();
    let (mut journal, opened) = open(&disk).unwrap();
    assert_eq!(texts(&opened.records), ["a", "b"]);
    entries(&mut journal, &["c"]);
    assert_eq!(verify(Path::new(DIR), Arc::new(disk.clone())).unwrap().records, 3);
}

#[test]
fn an_outbox_forgets_what_an_opening_replaced() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["sent"; 60]);
    assert_eq!(journal.closed().forget().unwrap(), 0);
    journal.roll("rest").unwrap();
    journal.append(Kind::Opening, b"what is left").unwrap();
    assert_eq!(journal.closed().forget().unwrap(), 0, "the opening is not safe yet");
    journal.sync().unwrap();
    assert!(journal.closed().forget().unwrap() > 0);
    assert_eq!(names(Path::new(DIR), &disk).unwrap().len(), 1);
    entries(&mut journal, &["more"]);
    let opened = open(&lose_all(&disk)).unwrap().1;
    assert_eq!(texts(&opened.records), ["what is left", "more"]);
    assert_eq!(verify(Path::new(DIR), Arc::new(disk.clone())).unwrap().first, Seq(61));
}

#[test]
fn a_trail_forgets_whole_segments_before_a_record_and_the_rest_still_carries_their_hash() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    for day in ["mon", "tue", "wed"] {
        entries(&mut journal, &[day, day]);
        journal.roll(day).unwrap();
    }
    entries(&mut journal, &["thu"]);
    let files: Arc<dyn Files> = Arc::new(disk.clone());
    assert_eq!(journal.closed().forget_before(Seq(2)).unwrap(), 0, "half a segment stays");
    assert_eq!(journal.closed().forget_before(Seq(5)).unwrap(), 2);
    let summary = verify(Path::new(DIR), files.clone()).unwrap();
    assert_eq!((summary.first, summary.last), (Seq(5), Seq(7)));
    assert_ne!(summary.before, Chain::default());
    let mut wanted = read_wanted(Path::new(DIR), files, |name| name.hint == "wed").unwrap();
    let kept: Vec<Record> = wanted.by_ref().map(Result::unwrap).collect();
    assert_eq!(texts(&kept), ["thu"], "a segment is named for what begins with it");
    assert_eq!(journal.closed().forget_before(Seq(99)).unwrap(), 1, "what is written stays");
}

#[test]
fn rolling_an_empty_segment_makes_no_other() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    journal.roll("mon").unwrap();
    journal.roll("mon").unwrap();
    assert_eq!(names(Path::new(DIR), &disk).unwrap().len(), 1);
}

#[test]
fn on_a_real_disk_it_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("deep/journal");
    let files: Arc<dyn Files> = Arc::new(RealFiles);
    let (mut journal, _) = DiskJournal::open(&dir, Arc::clone(&files)).unwrap();
    entries(&mut journal, &["a", "b"]);
    journal.roll("tue").unwrap();
    journal.append(Kind::Opening, b"tue").unwrap();
    entries(&mut journal, &["c"]);
    journal.closed().compress().unwrap();
    assert!(matches!(DiskJournal::open(&dir, Arc::clone(&files)), Err(Fault::Locked { .. })));
    let summary = verify(&dir, Arc::clone(&files)).unwrap();
    assert_eq!((summary.records, summary.compressed, summary.head), (4, 1, journal.head()));
    drop(journal);
    let (_, opened) = DiskJournal::open(&dir, files).unwrap();
    assert_eq!(texts(&opened.records), ["tue", "c"]);
}

#[test]
fn a_payload_that_is_too_long_does_no_harm() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    let long = vec![1; PAYLOAD_BYTES_MAX + 1];
    assert!(matches!(journal.append(Kind::Entry, &long), Err(Fault::TooLong { .. })));
    journal.append(Kind::Entry, &long[1..]).unwrap();
    entries(&mut journal, &["a"]);
    assert_eq!(open(&lose_all(&disk)).unwrap().1.last, Seq(2));
}
