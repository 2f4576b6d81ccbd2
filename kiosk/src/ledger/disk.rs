//! The record on the disk: a journal of the kiosk's own.

use std::{path::Path, sync::Arc};

use journal::{
    Journal,
    disk::DiskJournal,
    files::{Files, RealFiles},
    record::Kind,
};

use super::{Book, BookFault, Entry, Open, open_of};

/// A record on the disk.
pub struct DiskBook {
    journal: DiskJournal,
}

impl DiskBook {
    /// Opens the record in a folder; answers what an earlier run left open.
    ///
    /// # Errors
    /// [`BookFault`] if it cannot be opened or read.
    pub fn open(folder: &Path) -> Result<(Self, Vec<Open>), BookFault> {
        Self::open_with(folder, Arc::new(RealFiles))
    }

    /// Opens it on given files.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(folder: &Path, files: Arc<dyn Files>) -> Result<(Self, Vec<Open>), BookFault> {
        let (mut journal, opened) = DiskJournal::open(folder, files).map_err(fault)?;
        if let Some(torn) = opened.torn {
            tracing::warn!(?torn, "the record of slips had a torn end, which was cut off");
        }
        let mut entries = Vec::new();
        for record in journal.replay().map_err(fault)? {
            if record.kind == Kind::Opening && record.payload.is_empty() {
                continue;
            }
            let entry = serde_json::from_slice(&record.payload)
                .map_err(|error| BookFault(format!("record {}: {error}", record.seq)))?;
            entries.push(entry);
        }
        let open = open_of(entries);
        if open.is_empty() {
            // Nothing is left to settle: what was before is history, and replay stays short.
            journal.append(Kind::Opening, b"").map_err(fault)?;
            journal.sync().map_err(fault)?;
        }
        Ok((Self { journal }, open))
    }
}

impl Book for DiskBook {
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault> {
        let bytes = serde_json::to_vec(entry).map_err(|error| BookFault(error.to_string()))?;
        self.journal.append(Kind::Entry, &bytes).map_err(fault)?;
        self.journal.sync().map_err(fault)
    }
}

fn fault(fault: journal::fault::Fault) -> BookFault {
    BookFault(fault.sentence())
}
