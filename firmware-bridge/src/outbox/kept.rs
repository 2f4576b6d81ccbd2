//! Where letters are kept: on the disk by the journal, or in memory for trials.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use journal::{
    Journal,
    disk::DiskJournal,
    fault::Fault,
    files::{Files, RealFiles},
    record::Kind,
};
use serde::{Deserialize, Serialize};

use super::Letter;

/// The keeping failed.
#[derive(Debug, thiserror::Error)]
pub enum KeepFault {
    /// The journal.
    #[error("failed to keep reports")]
    Journal(#[from] Fault),
    /// A record that this program did not write.
    #[error("failed to understand a kept report: {why}")]
    Strange {
        /// Why.
        why: String,
    },
    /// An earlier keeping failed.
    #[error("reports cannot be kept since an earlier fault")]
    Broken,
}

/// Keeps letters over a power cut.
pub trait Keep: Send {
    /// The letters that were not forgotten, in order.
    ///
    /// # Errors
    /// [`KeepFault`].
    fn left(&mut self) -> Result<Vec<Letter>, KeepFault>;

    /// Keeps a letter; it is safe when this returns.
    ///
    /// # Errors
    /// [`KeepFault`]; afterwards nothing more is kept.
    fn keep(&mut self, letter: &Letter) -> Result<(), KeepFault>;

    /// A letter has arrived. It may come back after a power cut; its count makes it harmless.
    ///
    /// # Errors
    /// [`KeepFault`]; afterwards nothing more is kept.
    fn forget(&mut self, place: u64) -> Result<(), KeepFault>;
}

/// One record of the outbox's journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    /// All that had not arrived when the program started; reading begins here.
    Left(Vec<Letter>),
    /// A letter.
    Kept(Letter),
    /// A letter arrived.
    Arrived(u64),
}

/// Records after which the journal begins anew with what is left, so that it does not grow.
const RECORDS_MAX: usize = 10_000;

/// Arrivals after which they are made safe together, unless the outbox is empty before: until then
/// a power cut sends them again.
const ARRIVALS_MAX: usize = 64;

/// Letters on the disk.
pub struct DiskKeep {
    journal: DiskJournal,
    held: BTreeMap<u64, Letter>,
    records: usize,
    /// Arrivals that are not safe on the disk yet.
    unsynced: usize,
}

impl DiskKeep {
    /// Opens the folder, or begins one.
    ///
    /// # Errors
    /// [`KeepFault`] if another bridge has it, or what was safe once cannot be read.
    pub fn open(folder: &Path) -> Result<Self, KeepFault> {
        Self::open_with(folder, Arc::new(RealFiles))
    }

    /// Opens it on given files.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(folder: &Path, files: Arc<dyn Files>) -> Result<Self, KeepFault> {
        let (journal, opened) = DiskJournal::open(folder, files)?;
        let mut held = BTreeMap::new();
        for record in &opened.records {
            let strange = |error: serde_json::Error| KeepFault::Strange { why: error.to_string() };
            match serde_json::from_slice(&record.payload).map_err(strange)? {
                Entry::Left(letters) => {
                    held = letters.into_iter().map(|letter| (letter.place, letter)).collect();
                }
                Entry::Kept(letter) => {
                    held.insert(letter.place, letter);
                }
                Entry::Arrived(place) => {
                    held.remove(&place);
                }
            }
        }
        let mut keep = Self { journal, held, records: 0, unsynced: 0 };
        keep.begin_anew()?;
        Ok(keep)
    }

    /// Writes down what is left and forgets what came before.
    fn begin_anew(&mut self) -> Result<(), KeepFault> {
        let left = self.held.values().cloned().collect();
        self.journal.roll("left")?;
        self.journal.append(Kind::Opening, &bytes(&Entry::Left(left)))?;
        self.journal.sync()?;
        self.journal.closed().forget()?;
        (self.records, self.unsynced) = (0, 0);
        Ok(())
    }
}

impl Keep for DiskKeep {
    fn left(&mut self) -> Result<Vec<Letter>, KeepFault> {
        Ok(self.held.values().cloned().collect())
    }

    fn keep(&mut self, letter: &Letter) -> Result<(), KeepFault> {
        if self.records >= RECORDS_MAX {
            self.begin_anew()?;
        }
        self.journal.append(Kind::Entry, &bytes(&Entry::Kept(letter.clone())))?;
        self.journal.sync()?;
        self.held.insert(letter.place, letter.clone());
        self.records += 1;
        Ok(())
    }

    fn forget(&mut self, place: u64) -> Result<(), KeepFault> {
        self.journal.append(Kind::Entry, &bytes(&Entry::Arrived(place)))?;
        self.held.remove(&place);
        self.records += 1;
        self.unsynced += 1;
        if self.held.is_empty() || self.unsynced == ARRIVALS_MAX {
            self.journal.sync()?;
            self.unsynced = 0;
        }
        Ok(())
    }
}

fn bytes(entry: &Entry) -> Vec<u8> {
    serde_json::to_vec(entry).expect("an entry has no maps with keys that are not texts")
}

/// Letters in memory only, for tests and trials.
#[derive(Debug, Clone, Default)]
pub struct MemoryKeep {
    letters: BTreeMap<u64, Letter>,
}

impl Keep for MemoryKeep {
    fn left(&mut self) -> Result<Vec<Letter>, KeepFault> {
        Ok(self.letters.values().cloned().collect())
    }

    fn keep(&mut self, letter: &Letter) -> Result<(), KeepFault> {
        self.letters.insert(letter.place, letter.clone());
        Ok(())
    }

    fn forget(&mut self, place: u64) -> Result<(), KeepFault> {
        self.letters.remove(&place);
        Ok(())
    }
}
