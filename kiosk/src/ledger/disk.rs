//! The record on the disk: a journal of the kiosk's own.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use journal::{
    Journal,
    disk::DiskJournal,
    fault::Fault,
    files::{Files, RealFiles},
    record::Kind,
};

use super::{Book, BookFault, Entry, Open, open_of};

/// After so many entries, and nothing open, what was before is forgotten: a busy day's slips.
const ENTRIES_KEPT: usize = 5_000;

/// A record on the disk.
pub struct DiskBook {
    folder: PathBuf,
    files: Arc<dyn Files>,
    /// None after a fault: a journal that failed once is opened anew.
    journal: Option<DiskJournal>,
    unsettled: BTreeSet<String>,
    entries: usize,
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
        let mut book = Self {
            folder: folder.to_owned(),
            files,
            journal: None,
            unsettled: BTreeSet::new(),
            entries: 0,
        };
        let journal = book.journal().map_err(fault)?;
        let mut entries = Vec::new();
        for record in journal.replay().map_err(fault)? {
            if record.kind == Kind::Opening && record.payload.is_empty() {
                continue;
            }
            let entry = serde_json::from_slice(&record.payload)
                .map_err(|error| BookFault(format!("record {}: {error}", record.seq)))?;
            entries.push(entry);
        }
        let any = !entries.is_empty();
        book.entries = entries.len();
        let open = open_of(entries);
        book.unsettled = open.iter().map(|open| open.order.request_id.clone()).collect();
        if open.is_empty() && any {
            book.forget().map_err(fault)?;
        }
        Ok((book, open))
    }

    fn journal(&mut self) -> Result<&mut DiskJournal, Fault> {
        if self.journal.is_none() {
            let (journal, opened) = DiskJournal::open(&self.folder, Arc::clone(&self.files))?;
            if let Some(torn) = opened.torn {
                tracing::warn!(?torn, "the record of slips had a torn end, which was cut off");
            }
            self.journal = Some(journal);
        }
        Ok(self.journal.as_mut().expect("it was opened above"))
    }

    fn add(&mut self, kind: Kind, payload: &[u8]) -> Result<(), Fault> {
        let journal = self.journal()?;
        let done = journal.append(kind, payload).and_then(|_| journal.sync());
        if done.is_err() {
            self.journal = None;
        }
        done
    }

    /// Nothing is left to settle: what was before is history, and goes.
    fn forget(&mut self) -> Result<(), Fault> {
        self.add(Kind::Opening, b"")?;
        self.entries = 0;
        let journal = self.journal()?;
        journal.closed().forget().map(drop)
    }
}

impl Book for DiskBook {
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault> {
        let bytes = serde_json::to_vec(entry).map_err(|error| BookFault(error.to_string()))?;
        self.add(Kind::Entry, &bytes).map_err(fault)?;
        self.entries += 1;
        match entry {
            Entry::Asked { order, .. } => {
                self.unsettled.insert(order.request_id.clone());
            }
            Entry::Settled { request, .. } => {
                self.unsettled.remove(request);
            }
            Entry::Reserved { .. } | Entry::Sending { .. } | Entry::Came { .. } => {}
        }
        if self.unsettled.is_empty() && self.entries >= ENTRIES_KEPT {
            self.forget().map_err(fault)?;
        }
        Ok(())
    }
}

fn fault(fault: Fault) -> BookFault {
    BookFault(fault.sentence())
}
