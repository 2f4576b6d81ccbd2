//! Reports that the broker has not acknowledged yet, in order.
//!
//! What a person did (a key, a grade) is kept on the disk; what a device merely shows is kept in
//! memory, because the next face says it again. Both leave in one order, so that a device's counts
//! always grow. A report is gone from here only when the broker has acknowledged it.

mod kept;

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use wire::{
    device::{Happening, Report},
    ids::DeviceId,
};

pub use kept::{DiskKeep, Keep, KeepFault, MemoryKeep};

/// Reports kept: a full day of a hall of a hundred windows with the broker away. Written down
/// together they fit into one record of the journal.
pub const REPORTS_MAX: usize = 10_000;

/// Reports that may be on their way at once; fewer than the client lets be unacknowledged.
const ON_THEIR_WAY_MAX: usize = 32;

/// A report with its device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// Its place in the outbox.
    pub place: u64,
    /// Whose it is.
    pub device: DeviceId,
    /// When it was taken, in milliseconds since 1970 by the bridge's clock; zero if unknown.
    #[serde(default)]
    pub taken_unix_millis: u64,
    /// What it says.
    pub report: Report,
}

impl Letter {
    /// The report as it leaves now: it says how old it is. A clock that was set back makes it young.
    #[must_use]
    pub fn leaving(&self, now_unix_millis: u64) -> Report {
        let age_millis = match self.taken_unix_millis {
            0 => 0,
            taken => now_unix_millis.saturating_sub(taken),
        };
        Report { age_millis, ..self.report.clone() }
    }
}

/// The outbox.
pub struct Outbox {
    keep: Box<dyn Keep>,
    letters: VecDeque<(Letter, Way)>,
    next_place: u64,
    broken: bool,
}

/// How far a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Waits,
    Left,
    Arrived,
}

/// A report was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Too many are kept already.
    #[error("the outbox is full: {REPORTS_MAX} reports wait for the broker")]
    Full,
    /// The disk does not take it.
    #[error(transparent)]
    Keep(#[from] KeepFault),
    /// The broker would throw it away.
    #[error("the bridge's credential has no right to this device's window")]
    Denied,
}

impl Outbox {
    /// An outbox with what an earlier run left in it.
    ///
    /// # Errors
    /// [`KeepFault`] if what was kept cannot be read.
    pub fn open(mut keep: Box<dyn Keep>) -> Result<Self, KeepFault> {
        let left = keep.left()?;
        let next_place = left.iter().map(|letter| letter.place + 1).max().unwrap_or(1);
        let letters = left.into_iter().map(|letter| (letter, Way::Waits)).collect();
        Ok(Self { keep, letters, next_place, broken: false })
    }

    /// Takes a report; when this returns, one that a person caused is safe against a power cut.
    ///
    /// # Errors
    /// [`NotKept`]: the report is not taken, and whoever caused it must be told.
    pub fn put(
        &mut self,
        device: DeviceId,
        report: Report,
        now_unix_millis: u64,
    ) -> Result<(), NotKept> {
        let by_person = is_by_person(&report.what);
        if self.letters.len() >= REPORTS_MAX {
            return Err(NotKept::Full);
        }
        let letter =
            Letter { place: self.next_place, device, taken_unix_millis: now_unix_millis, report };
        if by_person
            && !self.broken
            && let Err(fault) = self.keep.keep(&letter)
        {
            // Memory still delivers it if the broker is there; the fault is told on the device.
            self.broken = true;
            tracing::error!(%fault, "reports are kept in memory only");
        }
        self.next_place += 1;
        self.letters.push_back((letter, Way::Waits));
        if self.broken && by_person && self.letters.len() > ON_THEIR_WAY_MAX {
            self.letters.pop_back();
            return Err(NotKept::Keep(KeepFault::Broken));
        }
        Ok(())
    }

    /// True if the disk does not take reports any more.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        self.broken
    }

    /// The next letter to be sent.
    #[must_use]
    pub fn next(&self) -> Option<&Letter> {
        let mut ahead = self.letters.iter().take(ON_THEIR_WAY_MAX);
        ahead.find(|(_, way)| *way == Way::Waits).map(|(letter, _)| letter)
    }

    /// A letter has been given to the client.
    pub fn left(&mut self, place: u64) {
        self.set(place, Way::Left);
    }

    /// The broker has acknowledged a letter.
    pub fn arrived(&mut self, place: u64) {
        self.set(place, Way::Arrived);
        while self.letters.front().is_some_and(|(_, way)| *way == Way::Arrived) {
            let Some((letter, _)) = self.letters.pop_front() else { break };
            let kept = is_by_person(&letter.report.what) && !self.broken;
            if kept && let Err(fault) = self.keep.forget(letter.place) {
                self.broken = true;
                tracing::error!(%fault, "reports are kept in memory only");
            }
        }
    }

    /// The connection broke: what had left is sent again, in order.
    pub fn lost(&mut self) {
        for (_, way) in &mut self.letters {
            if *way == Way::Left {
                *way = Way::Waits;
            }
        }
    }

    /// How many letters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// True if nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    fn set(&mut self, place: u64, now: Way) {
        if let Some((_, way)) = self.letters.iter_mut().find(|(letter, _)| letter.place == place) {
            *way = now;
        }
    }
}

/// A key or a grade: what nobody can say again.
pub const fn is_by_person(what: &Happening) -> bool {
    match what {
        Happening::Pressed(_) | Happening::Graded { .. } => true,
        Happening::Shown { .. } | Happening::JobDone { .. } | Happening::SlipCame { .. } => false,
    }
}

#[cfg(test)]
mod tests;
