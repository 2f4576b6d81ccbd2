//! The journal's twin in memory: for tests, and for a hall that is only being tried.

use crate::{
    Journal,
    fault::Fault,
    limits::PAYLOAD_BYTES_MAX,
    record::{Kind, Record, Seq},
};

/// A journal that forgets when it is dropped.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    records: Vec<Record>,
    synced: usize,
    rolls: Vec<String>,
    stopped: Option<String>,
    fails_at: Option<u64>,
}

impl MemoryJournal {
    /// Makes an empty one.
    pub fn new() -> MemoryJournal {
        MemoryJournal::default()
    }

    /// Makes the sync that would cover this record fail.
    pub fn fail_at(&mut self, seq: Seq) {
        self.fails_at = Some(seq.0);
    }

    /// Returns what is synced.
    pub fn synced(&self) -> &[Record] {
        &self.records[..self.synced]
    }

    /// Returns the hints of the segments begun.
    pub fn rolls(&self) -> &[String] {
        &self.rolls
    }

    fn running(&self) -> Result<(), Fault> {
        match &self.stopped {
            Some(first) => Err(Fault::Stopped { first: first.clone() }),
            None => Ok(()),
        }
    }
}

impl Journal for MemoryJournal {
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault> {
        self.running()?;
        if payload.len() > PAYLOAD_BYTES_MAX {
            return Err(Fault::TooLong { bytes: payload.len() });
        }
        let seq = Seq(self.last().0 + 1);
        self.records.push(Record { seq, kind, payload: payload.to_vec() });
        Ok(seq)
    }

    fn sync(&mut self) -> Result<(), Fault> {
        self.running()?;
        if self.fails_at.is_some_and(|seq| seq <= self.last().0) {
            let first = "the sync was told to fail".to_owned();
            self.stopped = Some(first.clone());
            return Err(Fault::Stopped { first });
        }
        self.synced = self.records.len();
        Ok(())
    }

    fn roll(&mut self, hint: &str) -> Result<(), Fault> {
        self.sync()?;
        self.rolls.push(hint.to_owned());
        Ok(())
    }

    fn replay(&self) -> Result<Vec<Record>, Fault> {
        self.running()?;
        let opening = self.synced().iter().rposition(|record| record.kind == Kind::Opening);
        Ok(self.synced()[opening.unwrap_or(0)..].to_vec())
    }

    fn last(&self) -> Seq {
        self.records.last().map_or(Seq(0), |record| record.seq)
    }
}

#[cfg(test)]
mod tests;
