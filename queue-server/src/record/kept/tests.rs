//! A record begins where it says; what was forgotten in its time is no damage, and nothing else is.

use std::{fs, path::Path, sync::Arc};

use journal::{
    Journal,
    disk::DiskJournal,
    files::{Files, RealFiles},
    record::Kind,
};

use super::{FILE, Kept, forget_before, oldest};
use crate::record::{folder, real_files, verify};

fn days(data: &Path, days: &[&str]) -> DiskJournal {
    let files: Arc<dyn Files> = Arc::new(RealFiles);
    let (mut journal, _) = DiskJournal::open(&folder(data), files).unwrap();
    if journal.last().0 == 0 {
        // A booking before the first day.
        journal.append(Kind::Entry, b"[]").unwrap();
    }
    for day in days {
        journal.roll(day).unwrap();
        journal.append(Kind::Opening, b"[]").unwrap();
        for _ in 0..3 {
            journal.append(Kind::Entry, b"[]").unwrap();
        }
        journal.sync().unwrap();
    }
    journal
}

const FOUR: [&str; 4] = ["2026-11-20", "2026-11-23", "2026-11-24", "2026-11-25"];

#[test]
fn days_go_from_the_front_and_the_rest_verifies() {
    let data = tempfile::tempdir().unwrap();
    let journal = days(data.path(), &FOUR);
    let limit = "2026-11-24".parse().unwrap();
    let forgotten = forget_before(data.path(), &real_files(), &journal.closed(), limit);
    let forgotten = forgotten.unwrap().unwrap();
    assert_eq!((forgotten.days, forgotten.kept.from.0), (2, 10));
    assert_eq!(oldest(data.path(), &real_files()).unwrap(), Some(limit));
    let summary = verify(data.path()).unwrap();
    assert_eq!((summary.first.0, summary.records), (10, 8));
    // A second night finds nothing due.
    assert_eq!(forget_before(data.path(), &real_files(), &journal.closed(), limit).unwrap(), None);
    drop(journal);
    // It goes on.
    drop(days(data.path(), &["2026-11-26"]));
    assert_eq!(verify(data.path()).unwrap().records, 12);
}

#[test]
fn the_last_day_stays_however_old_it_is() {
    let data = tempfile::tempdir().unwrap();
    let journal = days(data.path(), &FOUR);
    let limit = "2036-01-01".parse().unwrap();
    forget_before(data.path(), &real_files(), &journal.closed(), limit).unwrap();
    assert_eq!(oldest(data.path(), &real_files()).unwrap(), Some("2026-11-25".parse().unwrap()));
    drop(journal);
    let files: Arc<dyn Files> = Arc::new(RealFiles);
    let (_, opened) = DiskJournal::open(&folder(data.path()), files).unwrap();
    assert_eq!(opened.records.len(), 4);
}

#[test]
fn a_beginning_that_is_gone_without_a_word_is_damage() {
    let data = tempfile::tempdir().unwrap();
    drop(days(data.path(), &FOUR));
    let first = |data: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder(data)).unwrap().flatten().collect();
        names.retain(|name| name.file_name().to_string_lossy().ends_with(".log"));
        names.iter().map(fs::DirEntry::path).min().unwrap()
    };
    fs::remove_file(first(data.path())).unwrap();
    assert!(verify(data.path()).unwrap_err().to_string().contains("journal"));
    // More is gone than it says, or another hash stands before.
    let kept = |from, before| {
        let kept = Kept { from: journal::record::Seq(from), before };
        kept.keep(data.path(), &RealFiles).unwrap();
    };
    kept(1, journal::record::Chain::default());
    assert!(verify(data.path()).is_err());
    kept(2, journal::record::Chain::default());
    assert!(verify(data.path()).is_err());
    kept(9, journal::record::Chain::default());
    assert!(verify(data.path()).is_ok(), "a night that was cut short has left more than it says");
    fs::remove_file(data.path().join(FILE)).unwrap();
    assert!(verify(data.path()).is_err());
}
