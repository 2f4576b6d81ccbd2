//! The append-only log of record: what was synced here is there after any crash, in order, and
//! cannot be changed unseen.
//!
//! Knows neither the hall nor the wire: a record is a kind and bytes. A journal is a folder of
//! segments ([`segment`]), a segment a row of records ([`record`]), each with its length, a
//! checksum, its sequence number and the hash of everything before it. Why it is ours:
//! `docs/decisions/0001-the-journal-is-ours.md`.

pub mod closed;
pub mod disk;
pub mod false_files;
pub mod fault;
pub mod files;
pub mod limits;
pub mod memory;
pub mod read;
pub mod record;
pub mod segment;

use fault::Fault;
use record::{Kind, Record, Seq};

/// Something that keeps records for ever. One writer owns it.
pub trait Journal: Send {
    /// Adds a record. It is safe only after the next [`sync`](Journal::sync).
    ///
    /// # Errors
    /// If the payload is too long (nothing happened), or the disk failed (the journal is over).
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault>;

    /// Makes everything appended survive a power cut: one `fdatasync` for all of it.
    ///
    /// # Errors
    /// If the disk failed. The journal is over: what was appended since the last sync may or may
    /// not be there after opening it again, and nobody may be answered on it.
    fn sync(&mut self) -> Result<(), Fault>;

    /// Syncs, then begins a new segment whose name ends in the hint (a day's date, say).
    ///
    /// # Errors
    /// If the disk failed.
    fn roll(&mut self, hint: &str) -> Result<(), Fault>;

    /// Reads again everything synced from the last opening on, that record included.
    ///
    /// # Errors
    /// If it cannot be read or is damaged.
    fn replay(&self) -> Result<Vec<Record>, Fault>;

    /// The last appended record's number; 0 before the first.
    fn last(&self) -> Seq;
}
