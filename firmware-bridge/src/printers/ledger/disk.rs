//! The record on the disk: a journal of each printer's own.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use journal::{Journal, disk::DiskJournal, fault::Fault, files::RealFiles, record::Kind};

use super::{Book, BookFault, Entry, Left, left_of};

/// After so many entries what was before is forgotten: a month of a busy window's papers.
const ENTRIES_KEPT: usize = 5_000;

/// A record on the disk.
pub struct DiskBook {
    folder: PathBuf,
    /// None after a fault: a journal that failed once is opened anew.
    journal: Option<DiskJournal>,
    entries: usize,
}

impl DiskBook {
    /// Opens the record in a folder; answers what an earlier run left open.
    ///
    /// # Errors
    /// [`BookFault`] if it cannot be opened or read.
    pub fn open(folder: &Path) -> Result<(Self, Left), BookFault> {
        let mut book = Self { folder: folder.to_owned(), journal: None, entries: 0 };
        let entries = book.read()?;
        book.entries = entries.len();
        Ok((book, left_of(entries)))
    }

    /// Every entry of the record, oldest first.
    ///
    /// # Errors
    /// [`BookFault`] if it cannot be read.
    pub fn read(&mut self) -> Result<Vec<Entry>, BookFault> {
        let mut entries = Vec::new();
        for record in self.journal().and_then(|journal| journal.replay()).map_err(fault)? {
            if record.kind == Kind::Opening && record.payload.is_empty() {
                continue;
            }
            let entry = serde_json::from_slice(&record.payload)
                .map_err(|error| BookFault(format!("record {}: {error}", record.seq)))?;
            entries.push(entry);
        }
        Ok(entries)
    }

    fn journal(&mut self) -> Result<&mut DiskJournal, Fault> {
        if self.journal.is_none() {
            let (journal, opened) = DiskJournal::open(&self.folder, Arc::new(RealFiles))?;
            if let Some(torn) = opened.torn {
                tracing::warn!(?torn, "the record of papers had a torn end, which was cut off");
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
}

impl Book for DiskBook {
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault> {
        let queues = matches!(entry, Entry::Queued { .. } | Entry::Reprinted { .. });
        if queues && self.entries >= ENTRIES_KEPT {
            // One paper at a time: nothing before this one is open.
            self.add(Kind::Opening, b"").map_err(fault)?;
            self.entries = 0;
            self.journal().and_then(|journal| journal.closed().forget()).map_err(fault)?;
        }
        let bytes = serde_json::to_vec(entry).map_err(|error| BookFault(error.to_string()))?;
        self.add(Kind::Entry, &bytes).map_err(fault)?;
        self.entries += 1;
        Ok(())
    }
}

fn fault(fault: Fault) -> BookFault {
    BookFault(fault.sentence())
}
