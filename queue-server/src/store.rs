//! What can be rebuilt: closed days' figures and their tickets, for reports and for the forecast.
//!
//! The only place that names sled. Nothing here is the record: a store that is missing or broken
//! is set aside and made anew from the journal, without asking.

pub mod forecast;
pub mod keeper;
pub mod ledgers;
pub mod popular;
pub mod rebuild;
mod rows;
pub mod said;
pub mod sums;
pub mod years;

use std::{
    io,
    panic::catch_unwind,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering::Relaxed},
    },
};

use hall::{time::Day, words::indicator::Grouping};
use wire::tally::Tally;

use crate::{clock::HallClock, engine::ClosedDay, readings::tally};

pub use rows::TicketRow;

/// Memory for pages of the store; its own default is a gigabyte.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// The form of what is stored; another form is rebuilt.
const FORM: &[u8] = b"6";

/// The store cannot be used; reports of earlier days are missing until it is.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// sled's own.
    #[error("failed to use the store")]
    Sled(#[from] sled::Error),
    /// A value that is not what it should be.
    #[error("failed to read a value of the store")]
    Value(#[from] serde_json::Error),
    /// Its folder.
    #[error("failed to set the broken store {path} aside")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What stays of a year.
    #[error("failed to keep the sums of a year in {path}")]
    Year {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It panicked while opening.
    #[error("the store cannot be opened even when it is new")]
    Hopeless,
}

/// How the store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Everything is there.
    Whole,
    /// It is being completed from the journal.
    Rebuilding,
    /// It could not be used.
    Failed,
}

/// The store; cheap to clone.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    db: sled::Db,
    days: sled::Tree,
    tickets: sled::Tree,
    items: sled::Tree,
    logs: sled::Tree,
    accuracy: sled::Tree,
    sums: sled::Tree,
    months: sled::Tree,
    evaluations: sled::Tree,
    matters: sled::Tree,
    inspections: sled::Tree,
    ledgers: sled::Tree,
    /// Beside the store: 年度合计.
    years: PathBuf,
    condition: AtomicU8,
}

impl Store {
    /// Opens the store under `data`; a broken one is set aside and begun anew.
    ///
    /// # Errors
    /// If even a new one cannot be opened.
    pub fn open(data: &Path) -> Result<Self, StoreFault> {
        let path = data.join("store");
        let years = years::folder(data);
        if let Some(store) = Self::try_open(&path, &years) {
            return Ok(store);
        }
        tracing::warn!(path = %path.display(), "the store is broken; it is made anew");
        Self::set_aside(&path)?;
        Self::try_open(&path, &years).ok_or(StoreFault::Hopeless)
    }

    /// Throws the store away, so that it is made anew.
    ///
    /// # Errors
    /// If its folder cannot be moved.
    pub fn discard(data: &Path) -> Result<(), StoreFault> {
        let path = data.join("store");
        if path.exists() { Self::set_aside(&path) } else { Ok(()) }
    }

    fn set_aside(path: &Path) -> Result<(), StoreFault> {
        let fault = |source| StoreFault::Folder { path: path.to_owned(), source };
        let aside = path.with_file_name("store-set-aside");
        match std::fs::remove_dir_all(&aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fault(error)),
            Ok(()) | Err(_) => {}
        }
        std::fs::rename(path, aside).map_err(fault)
    }

    /// sled 0.34 panics on some broken files instead of saying so.
    fn try_open(path: &Path, years: &Path) -> Option<Self> {
        let opened = catch_unwind(|| -> Result<Self, StoreFault> {
            let config = sled::Config::new().path(path).cache_capacity(CACHE_BYTES);
            let db = config.flush_every_ms(None).open()?;
            if let Some(form) = db.get("form")? {
                if form.as_ref() != FORM {
                    return Err(StoreFault::Hopeless);
                }
            } else {
                db.insert("form", FORM)?;
            }
            let (days, tickets) = (db.open_tree("days")?, db.open_tree("tickets")?);
            let (items, condition) = (db.open_tree("items")?, AtomicU8::new(0));
            let (logs, accuracy) = (db.open_tree("logs")?, db.open_tree("accuracy")?);
            let (sums, months) = (db.open_tree("sums")?, db.open_tree("months")?);
            let evaluations = db.open_tree("evaluations")?;
            let matters = db.open_tree("matters")?;
            let inspections = db.open_tree("inspections")?;
            let ledgers = db.open_tree("ledgers")?;
            Ok(Self {
                shared: Arc::new(Shared {
                    db,
                    days,
                    tickets,
                    items,
                    logs,
                    accuracy,
                    sums,
                    months,
                    evaluations,
                    matters,
                    inspections,
                    ledgers,
                    years: years.to_owned(),
                    condition,
                }),
            })
        });
        match opened {
            Ok(Ok(store)) => Some(store),
            Ok(Err(fault)) => {
                tracing::warn!(%fault, "the store did not open");
                None
            }
            Err(_) => None,
        }
    }

    /// How it is, in a word for `/health`.
    #[must_use]
    pub fn condition(&self) -> &'static str {
        match self.shared.condition.load(Relaxed) {
            0 => "ok",
            1 => "rebuilding",
            _ => "failed",
        }
    }

    /// True if no closed day is lacking.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.shared.condition.load(Relaxed) == 0
    }

    /// Notes how it is.
    pub fn set_condition(&self, condition: Condition) {
        let number = match condition {
            Condition::Whole => 0,
            Condition::Rebuilding => 1,
            Condition::Failed => 2,
        };
        self.shared.condition.store(number, Relaxed);
    }

    /// Up to which record closed days are kept here.
    #[must_use]
    pub fn kept_up_to(&self) -> u64 {
        let found = self.shared.db.get("kept_up_to").ok().flatten();
        found.and_then(|bytes| bytes.as_ref().try_into().ok()).map_or(0, u64::from_be_bytes)
    }

    /// Keeps a closed day; keeping it twice is keeping it once.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn keep(&self, closed: &ClosedDay, clock: &HallClock) -> Result<(), StoreFault> {
        let ClosedDay { day, sequence, hall } = closed;
        let now = clock.end_of(*day);
        let mut batch = sled::Batch::default();
        for ticket in hall.tickets() {
            let key = rows::key(*day, ticket.id);
            batch.insert(key, serde_json::to_vec(&TicketRow::of(ticket))?);
        }
        self.shared.tickets.apply_batch(batch)?;
        let chosen = popular::count(hall.tickets().filter_map(|ticket| ticket.item));
        self.shared.items.insert(day.to_string(), serde_json::to_vec(&chosen)?)?;
        let sums = tally::sums(hall, clock, now, Grouping::ALL);
        self.keep_sums(*day, &sums)?;
        let figures = tally::of_sums(hall, &sums, *sequence);
        self.shared.days.insert(day.to_string(), serde_json::to_vec(&figures)?)?;
        self.keep_said(*day, hall)?;
        self.keep_ledgers(*day, hall)?;
        self.keep_for_forecast(closed, clock)?;
        self.note_kept(*sequence)
    }

    /// Notes that no closed day up to this record is lacking.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub fn note_kept(&self, sequence: u64) -> Result<(), StoreFault> {
        if self.kept_up_to() < sequence {
            self.shared.db.insert("kept_up_to", &sequence.to_be_bytes())?;
        }
        self.shared.db.flush()?;
        Ok(())
    }

    /// The figures of a closed day.
    #[must_use]
    pub fn tally(&self, day: Day) -> Option<Tally> {
        let found = self.shared.days.get(day.to_string()).ok()??;
        serde_json::from_slice(&found).ok()
    }

    /// The closed days, oldest first.
    #[must_use]
    pub fn days(&self) -> Vec<Day> {
        let keys = self.shared.days.iter().keys().flatten();
        keys.filter_map(|key| std::str::from_utf8(&key).ok()?.parse().ok()).collect()
    }

    /// The last closed day before this one.
    #[must_use]
    pub fn day_before(&self, day: Day) -> Option<Day> {
        let mut earlier = self.shared.days.range(..day.to_string()).keys().flatten();
        std::str::from_utf8(&earlier.next_back()?).ok()?.parse().ok()
    }

    /// The tickets of a closed day, in the order of issue.
    #[must_use]
    pub fn tickets(&self, day: Day) -> Vec<TicketRow> {
        let found = self.shared.tickets.scan_prefix(rows::prefix(day)).values().flatten();
        found.filter_map(|bytes| serde_json::from_slice(&bytes).ok()).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests;
