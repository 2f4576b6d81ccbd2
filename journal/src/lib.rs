//! The log of record: what was appended and synced is there after any crash, in order, once.
//!
//! A folder of segments, one for each day. Records carry a length, a checksum, a sequence number
//! and the hash of everything before them. [`DiskJournal::append`] gathers, [`Journal::sync`]
//! writes the batch and waits for the disk once. After one failed write or sync the journal is
//! dead and says so; it is never retried as if it had worked. Layout and figures:
//! `docs/decisions/0001-the-journal-is-ours.md`.

pub mod disk;
pub mod false_files;
pub mod files;
pub mod read;
mod record;
mod segment;

use std::{path::PathBuf, sync::Arc};

pub use disk::{DiskJournal, Opened, Torn};
pub use files::{Files, RealFiles};
pub use record::Record;

/// The place of a record, from 1, without gaps, over all segments.
pub type Seq = u64;

/// A record holds at most so many bytes: a sweep of the fullest day fits.
pub const PAYLOAD_BYTES_MAX: usize = 4 << 20;

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Replay begins at the last of these: the opening of a day.
    Opening,
    /// Everything else.
    Entry,
}

/// A log of record.
pub trait Journal {
    /// Takes a record down; it is safe only after [`Journal::sync`].
    ///
    /// # Errors
    /// [`Fault`]; after one the journal takes nothing more.
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault>;

    /// Makes everything taken down safe against a power cut.
    ///
    /// # Errors
    /// [`Fault`]; after one the journal takes nothing more, and nobody may be answered.
    fn sync(&mut self) -> Result<(), Fault>;
}

/// The log could not be written or read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// The system said no.
    #[error("failed to {what} {path}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why.
        source: Arc<std::io::Error>,
    },
    /// Another process writes here.
    #[error("{path} is in use by another process; only one may write a journal")]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// What was safe once cannot be read any more.
    #[error("the journal is damaged at byte {at} of {path}: {why}; restore it from its copy")]
    Damaged {
        /// The segment.
        path: PathBuf,
        /// Where in it.
        at: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// A record larger than [`PAYLOAD_BYTES_MAX`].
    #[error("a record of {bytes} bytes is too large for the journal")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// An earlier write failed.
    #[error("the journal is closed since a write failed: {first}")]
    Dead {
        /// The first failure's words.
        first: String,
    },
}

impl Fault {
    pub(crate) fn io(
        what: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { what, path, source: Arc::new(source) }
    }
}

/// A log in memory, for tests and trials.
#[derive(Debug, Clone, Default)]
pub struct MemoryJournal {
    /// What was taken down.
    pub records: Vec<(Kind, Vec<u8>)>,
    /// How many of them are synced.
    pub synced: usize,
}

impl Journal for MemoryJournal {
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault> {
        self.records.push((kind, payload.to_vec()));
        Ok(self.records.len() as Seq)
    }

    fn sync(&mut self) -> Result<(), Fault> {
        self.synced = self.records.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
