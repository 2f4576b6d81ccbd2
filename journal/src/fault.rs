//! How the journal fails: each fault says what was being done, where, and what to do about it.

use std::{io, path::PathBuf};

/// The world failed under the journal.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Another process writes here.
    #[error(
        "the journal in {dir} is in use by another process; stop that one first, or give this one \
         a folder of its own"
    )]
    Locked {
        /// The journal's folder.
        dir: PathBuf,
    },
    /// No room on the disk.
    #[error(
        "the disk is full: {path} could not grow. Nothing unsynced was promised to anyone; make \
         room and start again"
    )]
    Full {
        /// The file that could not grow.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The disk or the folder failed.
    #[error("failed to {doing} {path}")]
    Disk {
        /// What was being done.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A record that was once safe is not what it was.
    #[error(
        "journal segment {segment} is damaged at byte {at}: {why}. Nothing was changed; put the \
         segment back from a copy"
    )]
    Damaged {
        /// The segment's file name.
        segment: String,
        /// Where in it (for a compressed segment: where in what it holds).
        at: u64,
        /// What is wrong there.
        why: String,
    },
    /// The caller's payload is too long; nothing happened.
    #[error("a record of {bytes} bytes is longer than the {most} allowed", most = crate::limits::PAYLOAD_BYTES_MAX)]
    TooLong {
        /// The payload's length.
        bytes: usize,
    },
    /// It failed before, and what is on the disk is known again only after opening it anew.
    #[error("the journal stopped after a failure and must be opened again: {first}")]
    Stopped {
        /// The first failure.
        first: String,
    },
}

impl Fault {
    /// Returns the fault for a failed call on a path; a full disk is told apart.
    pub fn disk(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Fault {
        let path = path.into();
        let full = matches!(
            source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        );
        if full { Fault::Full { path, source } } else { Fault::Disk { doing, path, source } }
    }

    /// Returns the whole sentence, causes included.
    pub fn sentence(&self) -> String {
        let mut sentence = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            sentence.push_str(": ");
            sentence.push_str(&error.to_string());
            cause = error.source();
        }
        sentence
    }
}
