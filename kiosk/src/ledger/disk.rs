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

use wire::{http::unfound::UnfoundRequest, ids::Token};

use super::{Book, BookFault, Entry, Open, Used, open_of};

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
    /// None until the first opening.
    name: Option<Token>,
    used: Used,
    unfound: Vec<UnfoundRequest>,
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
            name: None,
            used: Used::default(),
            unfound: Vec::new(),
        };
        let journal = book.journal().map_err(fault)?;
        let mut entries = Vec::new();
        for record in journal.replay().map_err(fault)? {
            if record.kind == Kind::Opening && record.payload.is_empty() {
                continue;
            }
            let entry = serde_json::from_slice(&record.payload)
                .map_err(|error| BookFault(format!("record {}: {error}", record.seq)))?;
            match &entry {
                Entry::Numbered { own, .. } => book.used.note(own.day, own.no),
                Entry::Kept { book: name, used } => {
                    (book.name, book.used) = (Some(*name), used.clone());
                    continue;
                }
                Entry::Unfound { said, .. } => book.unfound.push(said.clone()),
                Entry::Settled { request, .. } => {
                    book.unfound.retain(|said| said.request_id != *request);
                }
                Entry::Asked { .. }
                | Entry::Reserved { .. }
                | Entry::Sending { .. }
                | Entry::Came { .. } => {}
            }
            entries.push(entry);
        }
        let any = !entries.is_empty() || book.name.is_none();
        book.entries = entries.len();
        let open = open_of(entries);
        book.unsettled = open.iter().map(|open| open.order.request_id.clone()).collect();
        let unfound = book.unfound.iter().map(|said| said.request_id.clone());
        book.unsettled.extend(unfound);
        if book.unsettled.is_empty() && any {
            book.forget().map_err(fault)?;
        } else if book.name.is_none() {
            let name = Token(crate::counter::luck());
            book.name = Some(name);
            book.write(&Entry::Kept { book: name, used: Used::default() })?;
        }
        Ok((book, open))
    }

    /// What people did not find and an earlier run did not hand in.
    #[must_use]
    pub fn take_unfound(&mut self) -> Vec<UnfoundRequest> {
        std::mem::take(&mut self.unfound)
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

    /// Nothing is left to settle: what was before is history, and goes; the numbers used stay.
    fn forget(&mut self) -> Result<(), Fault> {
        let name = *self.name.get_or_insert_with(|| Token(crate::counter::luck()));
        let kept = Entry::Kept { book: name, used: self.used.clone() };
        let kept = serde_json::to_vec(&kept).expect("a record is plain data");
        self.add(Kind::Opening, &kept)?;
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
            Entry::Numbered { order, own, .. } => {
                self.unsettled.insert(order.request_id.clone());
                self.used.note(own.day, own.no);
            }
            Entry::Unfound { said, .. } => {
                self.unsettled.insert(said.request_id.clone());
            }
            Entry::Settled { request, .. } => {
                self.unsettled.remove(request);
            }
            Entry::Reserved { .. }
            | Entry::Sending { .. }
            | Entry::Came { .. }
            | Entry::Kept { .. } => {}
        }
        if self.unsettled.is_empty() && self.entries >= ENTRIES_KEPT {
            self.forget().map_err(fault)?;
        }
        Ok(())
    }

    fn name(&self) -> Token {
        self.name.unwrap_or(Token(0))
    }

    fn used(&self) -> &Used {
        &self.used
    }
}

fn fault(fault: Fault) -> BookFault {
    BookFault(fault.sentence())
}
