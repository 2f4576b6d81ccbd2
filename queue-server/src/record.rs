//! The record on disk as the server uses it: opened to go on writing, and read whole.

pub mod kept;

use std::{path::Path, sync::Arc};

use journal::{
    Journal,
    closed::Closed,
    disk::DiskJournal,
    fault::Fault,
    files::{Files, RealFiles},
    read::{self, Summary},
    record::Record,
    segment::Name,
};

use crate::{engine::Recovered, store::keeper::ReadRecord};

/// The record could not be opened or read.
#[derive(Debug, thiserror::Error)]
#[error("the record in {folder}: {source}")]
pub struct RecordFault {
    folder: String,
    source: Fault,
}

/// The record, ready to be written on.
pub struct Opened {
    /// Where the engine goes on.
    pub journal: Box<dyn Journal + Send>,
    /// The segments that nothing is written to any more.
    pub closed: Closed,
    records: Vec<Record>,
    last: u64,
}

impl Opened {
    /// Every record from the last day's opening on, by sequence number.
    pub fn records(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.records.iter().map(|record| (record.seq.0, record.payload.as_slice()))
    }

    /// The last sequence number.
    #[must_use]
    pub const fn last(&self) -> u64 {
        self.last
    }
}

/// The files of the world.
#[must_use]
pub fn real_files() -> Arc<dyn Files> {
    Arc::new(RealFiles)
}

/// The folder of the record.
#[must_use]
pub fn folder(data: &Path) -> std::path::PathBuf {
    data.join("journal")
}

/// Opens the record; a torn tail is cut off and told.
///
/// # Errors
/// If it is in use, damaged, or the disk says no.
pub fn open(data: &Path, files: &Arc<dyn Files>) -> Result<Opened, RecordFault> {
    let folder = folder(data);
    let (journal, opened) =
        DiskJournal::open(&folder, files.clone()).map_err(|source| fault(&folder, source))?;
    if let Some(torn) = &opened.torn {
        tracing::warn!(
            segment = torn.segment,
            at = torn.at,
            bytes = torn.bytes,
            "a torn tail was cut off: a write that nobody was answered for"
        );
    }
    let closed = journal.closed();
    Ok(Opened { journal: Box::new(journal), closed, records: opened.records, last: opened.last.0 })
}

/// Every record from the first, if the store lacks closed days.
#[must_use]
pub fn lacking(
    data: &Path,
    files: &Arc<dyn Files>,
    recovered: &Recovered,
    kept_up_to: u64,
) -> Option<ReadRecord> {
    // A day that was closed and not opened again is inside the replayed part.
    let before = recovered.opened_at.unwrap_or(1).saturating_sub(1);
    let needed = recovered.closed_at.unwrap_or(before);
    if kept_up_to >= needed {
        return None;
    }
    let (data, files) = (data.to_owned(), files.clone());
    let read: ReadRecord = Box::new(move |each| {
        read_all(&data, &files, |record| each(record.seq.0, &record.payload))
            .map_err(|fault| fault.to_string())
    });
    Some(read)
}

/// Gives every record in order, and how many there were.
///
/// # Errors
/// If it cannot be read, with the place of the damage.
pub fn read_all(
    data: &Path,
    files: &Arc<dyn Files>,
    mut each: impl FnMut(&Record),
) -> Result<u64, RecordFault> {
    let folder = folder(data);
    let fault = |source| fault(&folder, source);
    let mut records = read::read_all(&folder, files.clone()).map_err(fault)?;
    for record in records.by_ref() {
        each(&record.map_err(fault)?);
    }
    Ok(records.summary.records)
}

/// Gives every record behind this one in order, without looking at the days before.
///
/// # Errors
/// If it cannot be read, with the place of the damage.
pub fn read_after(
    data: &Path,
    files: &Arc<dyn Files>,
    after: u64,
    mut each: impl FnMut(&Record),
) -> Result<(), RecordFault> {
    let folder = folder(data);
    let fault = |source| fault(&folder, source);
    let names = read::segments(&folder, files.as_ref()).map_err(fault)?;
    let from = names.iter().rev().find(|name| name.first <= after + 1).map_or(0, |name| name.first);
    let wanted = |name: &Name| name.first >= from;
    for record in read::read_wanted(&folder, files.clone(), wanted).map_err(fault)? {
        let record = record.map_err(fault)?;
        if record.seq.0 > after {
            each(&record);
        }
    }
    Ok(())
}

/// Checks every record, the chain of hashes, and that nothing is gone from the front but what was
/// forgotten in its time.
///
/// # Errors
/// At the first damage, with its place.
pub fn verify(data: &Path) -> Result<Summary, RecordFault> {
    verify_with(data, &real_files())
}

/// The same with files of the caller's.
///
/// # Errors
/// At the first damage, with its place.
pub fn verify_with(data: &Path, files: &Arc<dyn Files>) -> Result<Summary, RecordFault> {
    let folder = folder(data);
    let found = read::verify(&folder, files.clone());
    let begins = |summary| kept::begins_rightly(data, files.as_ref(), summary);
    found.and_then(begins).map_err(|source| fault(&folder, source))
}

fn fault(folder: &Path, source: Fault) -> RecordFault {
    RecordFault { folder: folder.display().to_string(), source }
}
