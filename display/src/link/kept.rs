//! 评价 that the broker has not acknowledged, on the display's own disk: whoever gave one is heard,
//! also when the tablet is switched off before the broker is back.

use std::{
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
use serde::{Deserialize, Serialize};
use wire::device::Report;

/// Records after which the journal begins anew with what is left, so that it does not grow.
const RECORDS_MAX: usize = 2_000;

/// The keeping failed; what is given from now on is in memory only.
#[derive(Debug, thiserror::Error)]
pub enum KeepFault {
    /// The folder.
    #[error("failed to make the folder {folder}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The journal.
    #[error("failed to keep reports")]
    Journal(#[from] Fault),
    /// A record that this program did not write.
    #[error("failed to understand a kept report")]
    Strange(#[from] serde_json::Error),
}

/// One record of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    /// All that had not arrived when the program started; reading begins here.
    Left(Vec<Report>),
    /// A report.
    Kept(Report),
    /// A report arrived.
    Arrived { boot: u64, count: u64 },
}

/// Reports on the disk, oldest first.
pub struct Kept {
    journal: DiskJournal,
    held: Vec<Report>,
    records: usize,
}

impl Kept {
    /// Opens the folder, or begins one.
    ///
    /// # Errors
    /// [`KeepFault`] if another program has it, or what was safe once cannot be read.
    pub fn open(folder: &Path) -> Result<Self, KeepFault> {
        std::fs::create_dir_all(folder)
            .map_err(|source| KeepFault::Folder { folder: folder.to_owned(), source })?;
        Self::open_with(folder, Arc::new(RealFiles))
    }

    /// Opens it on given files.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(folder: &Path, files: Arc<dyn Files>) -> Result<Self, KeepFault> {
        let (journal, opened) = DiskJournal::open(folder, files)?;
        let mut kept = Self { journal, held: Vec::new(), records: 0 };
        for record in &opened.records {
            match serde_json::from_slice(&record.payload)? {
                Entry::Left(reports) => kept.held = reports,
                Entry::Kept(report) => kept.held.push(report),
                Entry::Arrived { boot, count } => kept.drop_held(boot, count),
            }
        }
        kept.begin_anew()?;
        Ok(kept)
    }

    /// The reports that have not arrived, oldest first.
    #[must_use]
    pub fn left(&self) -> &[Report] {
        &self.held
    }

    /// Keeps a report; it is safe when this returns.
    ///
    /// # Errors
    /// [`KeepFault`].
    pub fn keep(&mut self, report: &Report) -> Result<(), KeepFault> {
        if self.records >= RECORDS_MAX {
            self.begin_anew()?;
        }
        self.write(&Entry::Kept(report.clone()))?;
        self.journal.sync()?;
        self.held.push(report.clone());
        Ok(())
    }

    /// A report has arrived. It may come back after a power cut; its count makes it harmless.
    ///
    /// # Errors
    /// [`KeepFault`].
    pub fn forget(&mut self, boot: u64, count: u64) -> Result<(), KeepFault> {
        self.write(&Entry::Arrived { boot, count })?;
        self.drop_held(boot, count);
        Ok(self.journal.sync()?)
    }

    fn drop_held(&mut self, boot: u64, count: u64) {
        self.held.retain(|report| (report.boot, report.count) != (boot, count));
    }

    fn write(&mut self, entry: &Entry) -> Result<(), KeepFault> {
        self.journal.append(Kind::Entry, &serde_json::to_vec(entry)?)?;
        self.records += 1;
        Ok(())
    }

    /// Writes down what is left and forgets what came before.
    fn begin_anew(&mut self) -> Result<(), KeepFault> {
        self.journal.roll("left")?;
        let left = serde_json::to_vec(&Entry::Left(self.held.clone()))?;
        self.journal.append(Kind::Opening, &left)?;
        self.journal.sync()?;
        self.journal.closed().forget()?;
        self.records = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
