//! Marks of persons: what the hall is told instead of a document's number.
//!
//! A number is made a reader's mark first, by the key that card readers have too, so that a card laid
//! down and its number typed are one person (`docs/decisions/0007-*`). A mark in the record is
//! HMAC-SHA256 of that, cut to 16 bytes. The key of the day's marks is destroyed at night, so that
//! yesterday's marks name nobody any more; the key of bookings' marks changes after
//! [`LASTING_DAYS`] and is destroyed after twice that. Keys stand in files that only their owner
//! reads, so that a restart keeps them, and in no log or backup of ours; only the readers' key is
//! ever sent, to kiosks (`docs/decisions/0004-*`).

mod document;
mod key;
pub mod nightly;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use hall::{
    ids::person::{Booker, BookingMark, PersonMark},
    time::Day,
};

use wire::reader::KeyText;

use crate::clock::date_of;

pub use document::Document;
use key::Key;

/// So long a key makes marks of bookings: a missed booking counts for 120 days by default, and is
/// found under the key before for as long again.
pub const LASTING_DAYS: i64 = 120;

const FOLDER: &str = "persons";
const OF_DAY: &str = "day.key";
const LASTING: &str = "bookings.key";
const EARLIER: &str = "bookings-before.key";
const OF_READERS: &str = "reader.key";

/// A key could not be kept or made.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file or folder.
    #[error("failed to {doing} {path}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Random bytes could not be had.
    #[error("the system gave no random bytes: {0}")]
    Random(String),
}

/// The keys at work.
#[derive(Debug)]
pub struct PersonKeys {
    folder: PathBuf,
    of_readers: Key,
    keys: Mutex<Keys>,
}

#[derive(Debug, Default)]
struct Keys {
    of_day: Option<Key>,
    lasting: Option<Key>,
    earlier: Option<Key>,
}

impl PersonKeys {
    /// Opens the keys' folder in the data, and reads what a server before this one left there. The
    /// readers' key is born at the first start.
    ///
    /// # Errors
    /// If the folder or the readers' key cannot be made.
    pub fn open(data: &Path, today: Day) -> Result<Self, Fault> {
        use std::os::unix::fs::DirBuilderExt;
        let folder = data.join(FOLDER);
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.map_err(|source| Fault::File { doing: "make", path: folder.clone(), source })?;
        let read = |name| Key::read(&folder.join(name));
        let keys = Keys { of_day: read(OF_DAY), lasting: read(LASTING), earlier: read(EARLIER) };
        let of_readers = match read(OF_READERS) {
            Some(key) => key,
            None => Key::make(&folder.join(OF_READERS), today)?,
        };
        Ok(Self { folder, of_readers, keys: Mutex::new(keys) })
    }

    /// The readers' key, for a kiosk that gives it to its reader.
    #[must_use]
    pub fn of_readers(&self) -> KeyText {
        self.of_readers.text()
    }

    /// The mark of a person on the hall's open day; none on a day that is over.
    ///
    /// # Errors
    /// If a fresh key was needed and could not be made or kept.
    pub fn mark(&self, document: &Document, day: Day) -> Result<Option<PersonMark>, Fault> {
        let mut keys = self.lock();
        if keys.of_day.as_ref().is_none_or(|key| key.made < day) {
            self.turn_day(&mut keys, Some(day))?;
        }
        let key = keys.of_day.as_ref().filter(|key| key.made == day);
        Ok(key.map(|key| PersonMark(self.chained(key, document))))
    }

    /// The marks of a person that outlive the day.
    ///
    /// # Errors
    /// If a fresh key was needed and could not be made or kept.
    pub fn booker(&self, document: &Document, day: Day) -> Result<Booker, Fault> {
        let mut keys = self.lock();
        self.turn_lasting(&mut keys, day)?;
        let mark = |key: &Key| BookingMark(self.chained(key, document));
        let present = keys.lasting.as_ref().expect("it was just seen to");
        Ok(Booker { mark: mark(present), earlier: keys.earlier.as_ref().map(mark) })
    }

    /// Follows the hall into a day, or out of it: keys that are over are destroyed.
    ///
    /// # Errors
    /// If a file could not be removed or written.
    pub fn follow(&self, day: Option<Day>) -> Result<(), Fault> {
        let mut keys = self.lock();
        self.turn_day(&mut keys, day)?;
        day.map_or(Ok(()), |day| self.turn_lasting(&mut keys, day))
    }

    /// For which days the keys that are there were made: the day's, and those of bookings.
    #[must_use]
    pub fn made(&self) -> (Option<Day>, Vec<Day>) {
        let keys = self.lock();
        let of_bookings = [&keys.lasting, &keys.earlier].into_iter().flatten();
        (keys.of_day.as_ref().map(|key| key.made), of_bookings.map(|key| key.made).collect())
    }

    /// Destroys keys of bookings that are over, also while no day is opened.
    ///
    /// # Errors
    /// If a file could not be removed.
    pub fn expire(&self, today: Day) -> Result<(), Fault> {
        let mut keys = self.lock();
        let is_over = |key: &Option<Key>| {
            key.as_ref().is_some_and(|key| days_between(key.made, today) >= 2 * LASTING_DAYS)
        };
        if is_over(&keys.earlier) {
            keys.earlier = None;
            Key::destroy(&self.folder.join(EARLIER))?;
        }
        if is_over(&keys.lasting) {
            keys.lasting = None;
            Key::destroy(&self.folder.join(LASTING))?;
        }
        Ok(())
    }

    /// The mark of the reader's mark; a typed number is made that first.
    fn chained(&self, key: &Key, document: &Document) -> [u8; 16] {
        key.mark(&*document.of_reader(|number| self.of_readers.mark(number)))
    }

    fn turn_day(&self, keys: &mut Keys, day: Option<Day>) -> Result<(), Fault> {
        if keys.of_day.as_ref().map(|key| key.made) == day {
            return Ok(());
        }
        let path = self.folder.join(OF_DAY);
        keys.of_day = None;
        Key::destroy(&path)?;
        keys.of_day = day.map(|day| Key::make(&path, day)).transpose()?;
        Ok(())
    }

    fn turn_lasting(&self, keys: &mut Keys, day: Day) -> Result<(), Fault> {
        let age = |key: &Key| days_between(key.made, day);
        if keys.earlier.as_ref().is_some_and(|key| age(key) >= 2 * LASTING_DAYS) {
            keys.earlier = None;
            Key::destroy(&self.folder.join(EARLIER))?;
        }
        if keys.lasting.as_ref().is_some_and(|key| age(key) < LASTING_DAYS) {
            return Ok(());
        }
        keys.earlier = None;
        Key::destroy(&self.folder.join(EARLIER))?;
        let path = self.folder.join(LASTING);
        match keys.lasting.take() {
            Some(key) if age(&key) < 2 * LASTING_DAYS => {
                Key::rename(&path, &self.folder.join(EARLIER))?;
                keys.earlier = Some(key);
            }
            // A server that was off for months.
            Some(_) | None => Key::destroy(&path)?,
        }
        keys.lasting = Some(Key::make(&path, day)?);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn days_between(from: Day, to: Day) -> i64 {
    let dates = date_of(from).zip(date_of(to));
    dates.map_or(0, |(from, to)| i64::from(to.duration_since(from).as_hours() as i32 / 24))
}

#[cfg(test)]
mod tests;
