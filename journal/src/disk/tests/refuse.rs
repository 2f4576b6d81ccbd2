//! Torn ends, damage, full disks and failed syncs: each is told as what it is.

use super::*;

/// A journal of three synced batches of two records each, closed.
fn six() -> FalseFiles {
    let disk = FalseFiles::new();
    let (mut journal, _) = open_with(&disk, Sizes::default()).unwrap();
    for batch in [["a", "b"], ["c", "d"], ["e", "f"]] {
        entries(&mut journal, &batch);
    }
    disk
}

const RECORD: usize = record::HEADER_BYTES + 1;
const FIRST: usize = crate::segment::HEADER_BYTES;

#[test]
fn a_torn_end_is_cut_at_every_byte_and_said() {
    let disk = six();
    let path = newest(&disk);
    let whole = disk.bytes(&path).unwrap();
    for bytes in 1..RECORD {
        let disk = lose_all(&disk);
        let at = FIRST + 5 * RECORD;
        let mut torn = whole.clone();
        torn[at + bytes..].fill(0);
        disk.overwrite(&path, &torn);
        let (mut journal, opened) = open(&disk).unwrap();
        assert_eq!(texts(&opened.records), ["a", "b", "c", "d", "e"]);
        let told = opened.torn.expect("the torn end is said");
        assert_eq!((told.segment, told.at), (newest_name(&disk), at as u64));
        assert!(told.bytes <= bytes as u64);
        entries(&mut journal, &["g"]);
        let again = open(&lose_all(&disk)).unwrap().1;
        assert_eq!((again.torn, texts(&again.records)[5].as_str()), (None, "g"));
    }
}

#[test]
fn a_long_torn_end_is_gone_for_good() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a"]);
    drop(journal);
    let mut bytes = disk.bytes(&newest(&disk)).unwrap();
    bytes.truncate(FIRST + RECORD);
    bytes.resize(bytes.len() + 5000, 0xa5);
    disk.overwrite(&newest(&disk), &bytes);
    let (mut journal, opened) = open(&disk).unwrap();
    assert_eq!(opened.torn.map(|torn| torn.bytes), Some(5000));
    entries(&mut journal, &["b"]);
    let again = open(&lose_all(&disk)).unwrap().1;
    assert_eq!((again.torn, texts(&again.records)), (None, vec!["a".into(), "b".into()]));
}

#[test]
fn a_batch_of_which_only_the_last_write_survived_is_a_torn_end() {
    let disk = six();
    let path = newest(&disk);
    let mut bytes = disk.bytes(&path).unwrap();
    bytes[FIRST + 4 * RECORD..FIRST + 5 * RECORD].fill(0);
    disk.overwrite(&path, &bytes);
    let opened = open(&disk).unwrap().1;
    assert_eq!(texts(&opened.records), ["a", "b", "c", "d"]);
    let at = (FIRST + 4 * RECORD) as u64;
    let bytes = 2 * RECORD as u64;
    assert_eq!(opened.torn, Some(Torn { segment: newest_name(&disk), at, bytes }));
}

#[test]
fn a_flipped_bit_in_the_middle_is_named_and_nothing_is_touched() {
    let good = six();
    let path = newest(&good);
    // In the first two batches, for the third shows that they were safe.
    for at in FIRST..FIRST + 4 * RECORD {
        let disk = lose_all(&good);
        let mut bytes = disk.bytes(&path).unwrap();
        bytes[at] ^= 4;
        disk.overwrite(&path, &bytes);
        let fault = open(&disk).unwrap_err();
        let Fault::Damaged { at: named, ref why, .. } = fault else { panic!("{fault}") };
        let index = (at - FIRST) / RECORD;
        assert_eq!(named, (FIRST + index * RECORD) as u64);
        assert!(why.starts_with(&format!("record {}:", index + 1)), "{why}");
        assert_eq!(disk.bytes(&path).unwrap(), bytes);
    }
}

#[test]
fn damage_in_an_earlier_segment_of_the_day_is_named() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a"; 60]);
    drop(journal);
    let first = Path::new(DIR).join(names(Path::new(DIR), &disk).unwrap()[0].file());
    let mut bytes = disk.bytes(&first).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    disk.overwrite(&first, &bytes);
    let fault = open(&disk).unwrap_err();
    assert!(fault.sentence().contains("the checksum does not fit"), "{}", fault.sentence());
}

#[test]
fn after_a_failed_sync_nothing_works_until_it_is_opened_again() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a"]);
    journal.append(Kind::Entry, b"b").unwrap();
    disk.fail_sync(1);
    let fault = journal.sync().unwrap_err();
    assert!(fault.sentence().starts_with("failed to sync /j/"), "{}", fault.sentence());
    let told = |fault: Fault| matches!(fault, Fault::Stopped { first } if first.contains("sync"));
    assert!(told(journal.sync().unwrap_err()));
    assert!(told(journal.append(Kind::Entry, b"c").unwrap_err()));
    assert!(told(journal.roll("x").unwrap_err()));
    assert!(told(journal.replay().unwrap_err()));
}

#[test]
fn what_is_read_after_a_failed_sync_is_made_safe_before_it_is_told() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a"]);
    journal.append(Kind::Entry, b"b").unwrap();
    disk.fail_sync(1);
    assert!(journal.sync().is_err());
    drop(journal);
    // The system still shows "b" and believes it is on the disk. A hall may act on it now.
    assert_eq!(texts(&open(&disk).unwrap().1.records), ["a", "b"]);
    assert_eq!(texts(&open(&lose_all(&disk)).unwrap().1.records), ["a", "b"]);
}

/// Writes single tickets until the disk is full; how many were synced, and the fault if it opened.
fn fill(disk: &FalseFiles) -> (usize, Option<Fault>) {
    let Ok((mut journal, _)) = open(disk) else { return (0, None) };
    for synced in 0.. {
        let wrote = journal.append(Kind::Entry, b"a ticket").and_then(|_| journal.sync());
        if let Err(fault) = wrote {
            return (synced, Some(fault));
        }
    }
    unreachable!("no disk is endless")
}

#[test]
fn a_full_disk_is_said_and_leaves_no_half_record() {
    for room in 0..4000 {
        let disk = FalseFiles::new();
        disk.fill_after(room);
        let (synced, fault) = fill(&disk);
        assert!(matches!(fault, None | Some(Fault::Full { .. })), "{fault:?}");
        disk.make_room();
        let opened = open(&disk).unwrap().1;
        assert_eq!((opened.records.len(), opened.torn), (synced, None), "with room {room}");
    }
}

#[test]
fn where_no_reserve_helps_a_full_disk_leaves_a_torn_end_at_most() {
    for room in 0..4000 {
        let disk = FalseFiles::new();
        disk.fill_after_writing(room);
        let (synced, fault) = fill(&disk);
        assert!(matches!(fault, None | Some(Fault::Full { .. })), "{fault:?}");
        disk.make_room();
        assert_eq!(open(&disk).unwrap().1.records.len(), synced, "with room {room}");
    }
}

#[test]
fn a_full_disk_can_still_be_opened_and_read() {
    let disk = FalseFiles::new();
    let (mut journal, _) = open(&disk).unwrap();
    entries(&mut journal, &["a", "b"]);
    drop(journal);
    disk.fill_after(0);
    assert_eq!(texts(&open(&disk).unwrap().1.records), ["a", "b"]);
}

#[test]
fn any_change_may_fail_and_nothing_false_was_promised() {
    for nth in 1..500 {
        let disk = FalseFiles::new();
        disk.stop_at(nth);
        let mut synced = 0;
        if let Ok((mut journal, _)) = open(&disk) {
            for _ in 0..60 {
                let batch = (0..3).try_for_each(|_| journal.append(Kind::Entry, b"x").map(drop));
                match batch.and_then(|()| journal.sync()) {
                    Ok(()) => synced += 3,
                    Err(_) => break,
                }
            }
            journal.closed().compress().ok();
        }
        let disk = lose_all(&disk);
        let found = open(&disk).unwrap().1.records.len();
        assert!(found >= synced, "change {nth} failed: {synced} promised, {found} found");
    }
}
