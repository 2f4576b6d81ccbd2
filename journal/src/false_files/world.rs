//! What is on the false disk, and what is only believed to be.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

/// A disk writes whole sectors; within a torn write each sector is old or new.
const SECTOR_BYTES: usize = 512;

/// How often what was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reads of a file's bytes.
    pub reads: u64,
    /// Bytes read.
    pub bytes_read: u64,
    /// Writes of a file's bytes.
    pub writes: u64,
    /// Syncs of a file.
    pub syncs: u64,
    /// Syncs of a folder.
    pub dir_syncs: u64,
    /// Everything that changes the disk, syncs included.
    pub changes: u64,
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) inodes: BTreeMap<u64, Inode>,
    names: BTreeMap<PathBuf, u64>,
    safe_names: BTreeMap<PathBuf, u64>,
    moves: Vec<Move>,
    next_id: u64,
    pub(super) locks: BTreeSet<PathBuf>,
    pub(super) counts: Counts,
    pub(super) room: Option<u64>,
    pub(super) copies_on_write: bool,
    pub(super) fail_sync: Option<u64>,
    pub(super) keeps_failing: bool,
    pub(super) stop_at: Option<u64>,
}

/// A file: what is read, what is safe, and what lies between.
#[derive(Debug, Default, Clone)]
pub(super) struct Inode {
    pub(super) seen: Vec<u8>,
    safe: Vec<u8>,
    pending: Vec<Pending>,
}

#[derive(Debug, Clone)]
enum Pending {
    Write { at: usize, bytes: Vec<u8> },
    Cut { size: usize },
}

/// A change of names that is not safe yet.
#[derive(Debug, Clone)]
enum Move {
    Link { path: PathBuf, id: u64 },
    Rename { from: PathBuf, to: PathBuf, id: u64 },
    Unlink { path: PathBuf },
}

impl World {
    pub(super) fn list(&self, dir: &Path) -> Vec<String> {
        let here = self.names.keys().filter(|path| path.parent() == Some(dir));
        here.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect()
    }

    pub(super) fn id(&self, path: &Path) -> io::Result<u64> {
        self.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    pub(super) fn inode(&mut self, id: u64) -> &mut Inode {
        self.inodes.entry(id).or_default()
    }

    pub(super) fn create(&mut self, path: &Path) -> io::Result<u64> {
        self.change()?;
        if let Ok(id) = self.id(path) {
            self.resize(id, 0)?;
            return Ok(id);
        }
        self.next_id += 1;
        let id = self.next_id;
        self.inodes.insert(id, Inode::default());
        self.names.insert(path.to_owned(), id);
        self.moves.push(Move::Link { path: path.to_owned(), id });
        Ok(id)
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        let id = self.id(from)?;
        self.names.remove(from);
        self.names.insert(to.to_owned(), id);
        self.moves.push(Move::Rename { from: from.to_owned(), to: to.to_owned(), id });
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        let id = self.id(path)?;
        self.change()?;
        let size = self.inode(id).seen.len() as u64;
        self.room = self.room.map(|room| room + size);
        self.names.remove(path);
        self.moves.push(Move::Unlink { path: path.to_owned() });
        Ok(())
    }

    pub(super) fn sync_dir(&mut self, dir: &Path) -> io::Result<()> {
        self.counts.dir_syncs += 1;
        self.syncing()?;
        let moves = std::mem::take(&mut self.moves);
        for change in moves {
            if change.path().parent() == Some(dir) {
                change.happen(&mut self.safe_names);
            } else {
                self.moves.push(change);
            }
        }
        Ok(())
    }

    pub(super) fn read(&mut self, id: u64, at: u64, out: &mut [u8]) -> usize {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let seen = &self.inode(id).seen;
        let from = seen.get(at..).unwrap_or_default();
        let bytes = from.len().min(out.len());
        out[..bytes].copy_from_slice(&from[..bytes]);
        self.counts.reads += 1;
        self.counts.bytes_read += bytes as u64;
        bytes
    }

    pub(super) fn write(&mut self, id: u64, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.counts.writes += 1;
        let stopped = self.change();
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let size = self.inode(id).seen.len();
        let grows = (at + bytes.len()).saturating_sub(size) as u64;
        let grows = if self.copies_on_write { bytes.len() as u64 } else { grows };
        let lacks = self.room.map_or(0, |room| grows.saturating_sub(room));
        // A full disk takes what still fits; a power cut may come in the middle of a write.
        let fits = &bytes[..bytes.len() - usize::try_from(lacks).unwrap_or(0).min(bytes.len())];
        self.room = self.room.map(|room| room - (grows - lacks));
        let pending = Pending::Write { at, bytes: fits.to_vec() };
        let inode = self.inode(id);
        pending.happen(&mut inode.seen);
        inode.pending.push(pending);
        stopped?;
        if lacks > 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    pub(super) fn cut(&mut self, id: u64, size: u64) -> io::Result<()> {
        self.change()?;
        self.resize(id, usize::try_from(size).unwrap_or(usize::MAX))
    }

    fn resize(&mut self, id: u64, size: usize) -> io::Result<()> {
        let had = self.inode(id).seen.len() as u64;
        self.room = self.room.map(|room| (room + had).saturating_sub(size as u64));
        let pending = Pending::Cut { size };
        let inode = self.inode(id);
        pending.happen(&mut inode.seen);
        inode.pending.push(pending);
        Ok(())
    }

    pub(super) fn sync(&mut self, id: u64) -> io::Result<()> {
        self.counts.syncs += 1;
        let failed = self.syncing();
        let stopped = self.is_stopped();
        let inode = self.inode(id);
        if failed.is_err() {
            // The system drops what it could not write and believes the rest clean. When the
            // power goes, on the other hand, everything is still under way.
            if !stopped {
                inode.pending.clear();
            }
            return failed;
        }
        for pending in std::mem::take(&mut inode.pending) {
            pending.happen(&mut inode.safe);
        }
        Ok(())
    }

    pub(super) fn overwrite(&mut self, path: &Path, bytes: &[u8]) {
        let id = self.id(path).unwrap_or_else(|_| {
            self.next_id += 1;
            self.names.insert(path.to_owned(), self.next_id);
            self.safe_names.insert(path.to_owned(), self.next_id);
            self.next_id
        });
        let (seen, safe) = (bytes.to_vec(), bytes.to_vec());
        self.inodes.insert(id, Inode { seen, safe, pending: Vec::new() });
    }

    pub(super) fn power_cut(&self, chance: &mut dyn FnMut() -> u64) -> World {
        let mut names = self.safe_names.clone();
        for change in &self.moves {
            if chance().is_multiple_of(2) {
                change.happen(&mut names);
            }
        }
        let mut inodes = BTreeMap::new();
        for (id, inode) in &self.inodes {
            let mut safe = inode.safe.clone();
            for pending in &inode.pending {
                pending.happen_perhaps(&mut safe, chance);
            }
            inodes.insert(*id, Inode { seen: safe.clone(), safe, pending: Vec::new() });
        }
        let (safe_names, next_id) = (names.clone(), self.next_id);
        World { inodes, names, safe_names, next_id, ..World::default() }
    }

    fn syncing(&mut self) -> io::Result<()> {
        self.change()?;
        match &mut self.fail_sync {
            Some(1) => {
                self.fail_sync = self.keeps_failing.then_some(1);
                Err(io::Error::other("the false disk failed to sync, as it was told"))
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn change(&mut self) -> io::Result<()> {
        self.counts.changes += 1;
        match &mut self.stop_at {
            Some(0 | 1) => {
                self.stop_at = Some(0);
                Err(io::Error::other("the false disk stopped, as it was told"))
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop_at == Some(0)
    }
}

/// The next of a row of numbers that look like chance (SplitMix64), the same on every machine.
pub(super) fn mix(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Pending {
    fn happen(&self, bytes: &mut Vec<u8>) {
        match self {
            Pending::Write { at, bytes: new } => {
                let end = at + new.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(new);
            }
            Pending::Cut { size } => bytes.resize(*size, 0),
        }
    }

    fn happen_perhaps(&self, bytes: &mut Vec<u8>, chance: &mut dyn FnMut() -> u64) {
        let fate = chance() % 4;
        match (self, fate) {
            (_, 0) => {}
            (Pending::Write { at, bytes: new }, 1) => {
                let keep = usize::try_from(chance() % (new.len() as u64 + 1)).unwrap_or(0);
                Pending::Write { at: *at, bytes: new[..keep].to_vec() }.happen(bytes);
            }
            (Pending::Write { at, bytes: new }, 2) => {
                if bytes.len() < at + new.len() {
                    bytes.resize(at + new.len(), 0);
                }
                tear(*at, new, bytes, chance);
            }
            _ => self.happen(bytes),
        }
    }
}

/// Writes only some of the sectors.
fn tear(at: usize, new: &[u8], bytes: &mut [u8], chance: &mut dyn FnMut() -> u64) {
    let mut from = at;
    while from < at + new.len() {
        let to = ((from / SECTOR_BYTES + 1) * SECTOR_BYTES).min(at + new.len());
        if chance().is_multiple_of(2) {
            bytes[from..to].copy_from_slice(&new[from - at..to - at]);
        }
        from = to;
    }
}

impl Move {
    fn path(&self) -> &Path {
        match self {
            Move::Link { path, .. } | Move::Unlink { path } => path,
            Move::Rename { to, .. } => to,
        }
    }

    fn happen(&self, names: &mut BTreeMap<PathBuf, u64>) {
        match self {
            Move::Link { path, id } => {
                names.insert(path.clone(), *id);
            }
            Move::Rename { from, to, id } => {
                names.remove(from);
                names.insert(to.clone(), *id);
            }
            Move::Unlink { path } => {
                names.remove(path);
            }
        }
    }
}
