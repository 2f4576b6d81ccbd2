//! The twin keeps the same promises while it lives.

use super::*;

#[test]
fn replay_begins_at_the_last_opening_and_ends_at_the_last_sync() {
    let mut journal = MemoryJournal::new();
    for (kind, payload) in
        [(Kind::Opening, b"a"), (Kind::Entry, b"b"), (Kind::Opening, b"c"), (Kind::Entry, b"d")]
    {
        journal.append(kind, payload).unwrap();
    }
    journal.sync().unwrap();
    assert_eq!(journal.append(Kind::Entry, b"e").unwrap(), Seq(5));
    let seqs: Vec<u64> = journal.replay().unwrap().iter().map(|record| record.seq.0).collect();
    assert_eq!(seqs, [3, 4]);
}

#[test]
fn a_failed_sync_is_the_end() {
    let mut journal = MemoryJournal::new();
    journal.fail_at(Seq(2));
    journal.append(Kind::Entry, b"a").unwrap();
    journal.sync().unwrap();
    journal.append(Kind::Entry, b"b").unwrap();
    assert!(journal.sync().is_err());
    assert!(matches!(journal.append(Kind::Entry, b"c"), Err(Fault::Stopped { .. })));
    assert!(matches!(journal.sync(), Err(Fault::Stopped { .. })));
    assert_eq!(journal.synced().len(), 1);
}
