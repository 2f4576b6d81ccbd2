//! The journal on a disk: one owner, one segment being written, one `fdatasync` for all records
//! appended since the last.

mod open;

use std::{mem, path::Path, sync::Arc};

pub use open::Opened;

use crate::{
    Journal,
    closed::Closed,
    fault::Fault,
    files::{File, Files, Lock},
    limits::{BUFFER_BYTES, PAYLOAD_BYTES_MAX, RESERVE_BYTES, SEGMENT_BYTES},
    read::{Shelf, names},
    record::{self, Chain, Kind, Record, Seq},
    segment::{Header, Name},
};

/// How large a journal's segments are; the default unless a test wants small ones.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// A segment is closed when the next record would pass this size.
    pub segment_bytes: u64,
    /// So many bytes of zeros are written ahead at a time; 0 for none.
    pub reserve_bytes: u64,
}

impl Default for Sizes {
    fn default() -> Sizes {
        Sizes { segment_bytes: SEGMENT_BYTES, reserve_bytes: RESERVE_BYTES }
    }
}

/// A journal on a disk.
#[derive(Debug)]
pub struct DiskJournal {
    shelf: Shelf,
    lock: Arc<dyn Lock>,
    sizes: Sizes,
    active: Active,
    buffer: Vec<u8>,
    next: u64,
    chain: Chain,
    /// The last number that is safe.
    safe: u64,
    /// The last opening appended; 0 if there is none.
    opening: u64,
    stopped: Option<String>,
}

/// The segment being written.
#[derive(Debug)]
struct Active {
    name: Name,
    file: Box<dyn File>,
    /// Up to where records are written.
    used: u64,
    /// Up to where the file reaches; behind `used` it is zeros.
    size: u64,
}

impl DiskJournal {
    /// Opens the journal in a folder, which is made if there is none; repairs a torn end.
    ///
    /// # Errors
    /// If another process has it, the disk failed, or a record that was once safe is damaged.
    pub fn open(dir: &Path, files: Arc<dyn Files>) -> Result<(DiskJournal, Opened), Fault> {
        DiskJournal::open_sized(dir, files, Sizes::default())
    }

    /// Opens it with sizes of the caller's.
    ///
    /// # Errors
    /// As [`open`](DiskJournal::open).
    pub fn open_sized(
        dir: &Path,
        files: Arc<dyn Files>,
        sizes: Sizes,
    ) -> Result<(DiskJournal, Opened), Fault> {
        open::open(dir, files, sizes)
    }

    /// Returns the closed segments, to be compressed or forgotten on any thread.
    pub fn closed(&self) -> Closed {
        let opening = if self.opening <= self.safe { self.opening } else { 0 };
        let (shelf, lock) = (self.shelf.clone(), Arc::clone(&self.lock));
        Closed { shelf, _lock: lock, active: self.active.name.first, opening }
    }

    /// Returns the number of the last record that is safe.
    pub fn safe(&self) -> Seq {
        Seq(self.safe)
    }

    /// Returns the chain's hash after the last appended record. Kept on another machine, it shows
    /// whether this journal was changed or cut.
    pub fn head(&self) -> Chain {
        self.chain
    }

    /// Does something once, and never anything again after it failed.
    fn once<T>(
        &mut self,
        work: impl FnOnce(&mut DiskJournal) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if let Some(first) = &self.stopped {
            return Err(Fault::Stopped { first: first.clone() });
        }
        work(self).inspect_err(|fault| self.stopped = Some(fault.sentence()))
    }

    fn add(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault> {
        let bytes = (self.buffer.len() + record::HEADER_BYTES + payload.len()) as u64;
        let holds_records = self.next > self.active.name.first;
        if holds_records && self.active.used + bytes > self.sizes.segment_bytes {
            let hint = self.active.name.hint.clone();
            self.begin_segment(&hint)?;
        }
        let seq = self.next;
        let (out, safe) = (&mut self.buffer, self.safe);
        self.chain = record::encode(out, &self.chain, seq, safe, kind, payload);
        self.next += 1;
        if kind == Kind::Opening {
            self.opening = seq;
        }
        if self.buffer.len() >= BUFFER_BYTES {
            self.write_out()?;
        }
        Ok(Seq(seq))
    }

    fn write_out(&mut self) -> Result<(), Fault> {
        let buffer = mem::take(&mut self.buffer);
        self.reserve(self.active.used + buffer.len() as u64)?;
        let path = self.shelf.path(&self.active.name);
        let wrote = self.active.file.write_at(self.active.used, &buffer);
        wrote.map_err(|source| Fault::disk("write to", path, source))?;
        self.active.used += buffer.len() as u64;
        self.active.size = self.active.size.max(self.active.used);
        // The memory is kept for the next batch.
        self.buffer = buffer;
        self.buffer.clear();
        Ok(())
    }

    /// Writes zeros ahead, so that a full disk is noticed here, where no record is half written.
    fn reserve(&mut self, upto: u64) -> Result<(), Fault> {
        if upto <= self.active.size || self.sizes.reserve_bytes == 0 {
            return Ok(());
        }
        let size = upto.next_multiple_of(self.sizes.reserve_bytes);
        write_zeros(self.active.file.as_ref(), self.active.size, size)
            .map_err(|source| Fault::disk("grow", self.shelf.path(&self.active.name), source))?;
        self.active.size = size;
        Ok(())
    }

    fn sync_records(&mut self) -> Result<(), Fault> {
        if self.safe == self.next - 1 {
            return Ok(());
        }
        self.write_out()?;
        self.sync_file()?;
        self.safe = self.next - 1;
        Ok(())
    }

    fn sync_file(&self) -> Result<(), Fault> {
        let fault = |source| Fault::disk("sync", self.shelf.path(&self.active.name), source);
        self.active.file.sync().map_err(fault)
    }

    fn begin_segment(&mut self, hint: &str) -> Result<(), Fault> {
        self.sync_records()?;
        if self.next == self.active.name.first {
            return Ok(());
        }
        let fault = |source| Fault::disk("cut", self.shelf.path(&self.active.name), source);
        // Not synced: if a crash forgets the cut, zeros stand there, and they are the end as well.
        self.active.file.cut(self.active.used).map_err(fault)?;
        let header = Header { first: self.next, opening: self.opening, before: self.chain };
        self.active = born(&self.shelf, hint, &header, self.sizes)?;
        Ok(())
    }

    fn read_from_opening(&self) -> Result<Vec<Record>, Fault> {
        let names = names(&self.shelf.dir, self.shelf.files.as_ref())?;
        let from = names.iter().rposition(|name| name.first <= self.opening).unwrap_or(0);
        let mut records = Vec::new();
        for name in &names[from..] {
            let newest = name.first == self.active.name.first;
            records.append(&mut self.shelf.scan(name, newest)?.records);
        }
        records.retain(|record| record.seq.0 >= self.opening && record.seq.0 <= self.safe);
        let last = records.last().map_or(Seq(0), |record| record.seq);
        if last.0 == self.safe || records.is_empty() && self.opening == 0 {
            return Ok(records);
        }
        let (segment, at) = (self.active.name.file(), self.active.used);
        let why = format!("it ends with record {last}, but {} was safe", self.safe);
        Err(Fault::Damaged { segment, at, why })
    }
}

impl Journal for DiskJournal {
    fn append(&mut self, kind: Kind, payload: &[u8]) -> Result<Seq, Fault> {
        if payload.len() > PAYLOAD_BYTES_MAX {
            return Err(Fault::TooLong { bytes: payload.len() });
        }
        self.once(|journal| journal.add(kind, payload))
    }

    fn sync(&mut self) -> Result<(), Fault> {
        self.once(DiskJournal::sync_records)
    }

    fn roll(&mut self, hint: &str) -> Result<(), Fault> {
        self.once(|journal| journal.begin_segment(hint))
    }

    fn replay(&self) -> Result<Vec<Record>, Fault> {
        match &self.stopped {
            Some(first) => Err(Fault::Stopped { first: first.clone() }),
            None => self.read_from_opening(),
        }
    }

    fn last(&self) -> Seq {
        Seq(self.next - 1)
    }
}

/// Makes a segment. It gets its name only when header and reserve are safe, so a segment by that
/// name always has a header.
fn born(shelf: &Shelf, hint: &str, header: &Header, sizes: Sizes) -> Result<Active, Fault> {
    let name = Name::new(header.first, hint);
    let path = shelf.path(&name);
    let fresh = shelf.dir.join(format!("{}.new", name.file()));
    let fault = |doing: &'static str| {
        let path = path.clone();
        move |source| Fault::disk(doing, path, source)
    };
    let bytes = header.encode();
    let used = bytes.len() as u64;
    let size = used.max(sizes.reserve_bytes);
    let file = shelf.files.create(&fresh).map_err(fault("create"))?;
    write_zeros(file.as_ref(), used, size).map_err(fault("grow"))?;
    file.write_at(0, &bytes).map_err(fault("write to"))?;
    file.sync().map_err(fault("sync"))?;
    shelf.files.rename(&fresh, &path).map_err(fault("rename into"))?;
    shelf.files.sync_dir(&shelf.dir).map_err(fault("sync the folder of"))?;
    Ok(Active { name, file, used, size })
}

fn write_zeros(file: &dyn File, from: u64, to: u64) -> std::io::Result<()> {
    let piece = vec![0; usize::try_from((to - from).min(RESERVE_BYTES)).unwrap_or(0)];
    let mut at = from;
    while at < to {
        let bytes = (to - at).min(piece.len() as u64);
        file.write_at(at, &piece[..usize::try_from(bytes).unwrap_or(0)])?;
        at += bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
