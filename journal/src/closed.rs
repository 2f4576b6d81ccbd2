//! Segments nothing is added to any more: they can be compressed, or, by who keeps an outbox,
//! forgotten. Any thread may do it while the journal is written.

use std::{io, sync::Arc};

use crate::{
    fault::Fault,
    files::Lock,
    limits::COMPRESSION_LEVEL,
    read::{Shelf, names, unpack},
    record::Seq,
    segment::Name,
};

/// The closed segments of an open journal.
#[derive(Debug, Clone)]
pub struct Closed {
    pub(crate) shelf: Shelf,
    pub(crate) _lock: Arc<dyn Lock>,
    /// The first number of the segment being written.
    pub(crate) active: u64,
    /// The last opening that is safe; 0 if there is none.
    pub(crate) opening: u64,
}

impl Closed {
    /// Compresses them and says how many. Each is removed only after its compressed twin is safe
    /// and was read back whole.
    ///
    /// # Errors
    /// If the disk failed, or a segment could not be read back. Nothing is lost by it.
    pub fn compress(&self) -> Result<usize, Fault> {
        let mut done = 0;
        for name in self.names()?.iter().filter(|name| !name.compressed) {
            self.compress_one(name)?;
            done += 1;
        }
        Ok(done)
    }

    /// Removes those that end before the last opening, and says how many. Not for a log of record:
    /// for an outbox or a store of what is still to be sent, whose openings carry all that is left.
    ///
    /// # Errors
    /// If the disk failed.
    pub fn forget(&self) -> Result<usize, Fault> {
        let names = self.names()?;
        let holds_opening = names.iter().rposition(|name| name.first <= self.opening);
        let old =
            if self.opening >= self.active { names.len() } else { holds_opening.unwrap_or(0) };
        for name in &names[..old] {
            self.remove(&name.with_compressed(true))?;
            self.remove(&name.with_compressed(false))?;
        }
        self.sync_dir()?;
        Ok(old)
    }

    /// Removes those whose records all stand before this one, and says how many: for what is kept for
    /// a time only. Never so far that the last opening goes. What comes first then still carries the
    /// hash of what is gone.
    ///
    /// # Errors
    /// If the disk failed.
    pub fn forget_before(&self, kept: Seq) -> Result<usize, Fault> {
        let names = self.names()?;
        let ends = names.iter().skip(1).map(|next| next.first).chain([self.active]);
        let old = ends.take_while(|next| *next <= kept.0).count();
        for name in &names[..old.min(names.len())] {
            self.remove(&name.with_compressed(true))?;
            self.remove(&name.with_compressed(false))?;
        }
        self.sync_dir()?;
        Ok(old.min(names.len()))
    }

    /// The closed segments as they are by now: all but the newest, which is being written.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn by_now(&self) -> Result<Self, Fault> {
        let names = names(&self.shelf.dir, self.shelf.files.as_ref())?;
        let active = names.last().map_or(self.active, |newest| newest.first.max(self.active));
        Ok(Self { active, ..self.clone() })
    }

    fn names(&self) -> Result<Vec<Name>, Fault> {
        let mut names = names(&self.shelf.dir, self.shelf.files.as_ref())?;
        names.retain(|name| name.first < self.active);
        Ok(names)
    }

    fn compress_one(&self, name: &Name) -> Result<(), Fault> {
        let (shelf, twin) = (&self.shelf, name.with_compressed(true));
        let path = shelf.path(&twin);
        let fault = |doing| {
            let path = path.clone();
            move |source: io::Error| Fault::disk(doing, path, source)
        };
        let bytes = shelf.read(name)?;
        let packed =
            zstd::bulk::compress(&bytes, COMPRESSION_LEVEL).map_err(fault("compress into"))?;
        let fresh = shelf.dir.join(format!("{}.new", twin.file()));
        let file = shelf.files.create(&fresh).map_err(fault("create"))?;
        file.write_at(0, &packed).map_err(fault("write"))?;
        file.sync().map_err(fault("sync"))?;
        let mut back = vec![0; packed.len()];
        let read = file.read_at(0, &mut back).map_err(fault("read back"))?;
        if unpack(&back[..read]).map_err(fault("read back"))? != bytes {
            return Err(fault("read back")(io::Error::other("it is not what was written")));
        }
        shelf.files.rename(&fresh, &path).map_err(fault("rename into"))?;
        self.sync_dir()?;
        self.remove(name)?;
        self.sync_dir()
    }

    fn remove(&self, name: &Name) -> Result<(), Fault> {
        let path = self.shelf.path(name);
        match self.shelf.files.remove(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Fault::disk("remove", path, error))
            }
            _ => Ok(()),
        }
    }

    fn sync_dir(&self) -> Result<(), Fault> {
        let dir = &self.shelf.dir;
        self.shelf.files.sync_dir(dir).map_err(|source| Fault::disk("sync the folder", dir, source))
    }
}
