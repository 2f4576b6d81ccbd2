//! A false disk for tests: it loses, tears, refuses, fails and dawdles as a bad real one does.
//!
//! What was written and not synced lives in pages; [`FalseFiles::crash`] keeps any of them and
//! tears the last. Names that were not synced may go too.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use crate::files::{Files, OpenFile};

/// The grain in which unsynced bytes are kept or lost; smaller than a record on purpose.
const PAGE_BYTES: usize = 32;

/// A false disk. Clones are the same disk.
#[derive(Clone, Default)]
pub struct FalseFiles {
    disk: Arc<Mutex<Disk>>,
}

#[derive(Default)]
struct Disk {
    files: BTreeMap<PathBuf, File>,
    /// Bytes that still fit.
    room: Option<usize>,
    /// Syncs that still work.
    good_syncs: Option<usize>,
    slow: Duration,
    syncs: usize,
    reads: usize,
    locks: BTreeMap<PathBuf, Arc<AtomicBool>>,
}

#[derive(Default, Clone)]
struct File {
    safe: Vec<u8>,
    now: Vec<u8>,
    named: bool,
}

impl FalseFiles {
    /// From now on only so many bytes fit, then the disk is full.
    pub fn fill_after(&self, bytes: usize) {
        self.disk().room = Some(bytes);
    }

    /// There is room again.
    pub fn make_room(&self) {
        self.disk().room = None;
    }

    /// From now on so many syncs work, then all fail.
    pub fn fail_syncs_after(&self, syncs: usize) {
        self.disk().good_syncs = Some(syncs);
    }

    /// Each sync takes so much longer.
    pub fn slow_syncs(&self, by: Duration) {
        self.disk().slow = by;
    }

    /// Syncs so far.
    #[must_use]
    pub fn syncs(&self) -> usize {
        self.disk().syncs
    }

    /// Files read so far.
    #[must_use]
    pub fn reads(&self) -> usize {
        self.disk().reads
    }

    /// The power goes and comes again: `luck` says which unsynced pages and names stay.
    pub fn crash(&self, luck: u64) {
        let mut luck = luck;
        let mut toss = move || {
            // Xorshift: chance enough for a coin.
            luck ^= luck << 13;
            luck ^= luck >> 7;
            luck ^= luck << 17;
            luck
        };
        let mut disk = self.disk();
        disk.locks.clear();
        (disk.room, disk.good_syncs) = (None, None);
        disk.files.retain(|_, file| file.named || toss() % 2 == 0);
        for file in disk.files.values_mut() {
            file.crash(&mut toss);
        }
    }

    /// Flips a bit of a file, as a rotten disk does.
    pub fn flip(&self, path: &Path, bit: usize) {
        let mut disk = self.disk();
        if let Some(file) = disk.files.get_mut(path) {
            file.now[bit / 8] ^= 1 << (bit % 8);
            file.safe = file.now.clone();
        }
    }

    /// Cuts a file, as a torn write does.
    pub fn cut(&self, path: &Path, bytes: usize) {
        let mut disk = self.disk();
        if let Some(file) = disk.files.get_mut(path) {
            file.now.truncate(bytes);
            file.safe = file.now.clone();
        }
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, path: &Path, change: impl FnOnce(&mut File) -> T) -> io::Result<T> {
        self.disk().files.get_mut(path).map(change).ok_or_else(|| missing(path))
    }
}

impl File {
    fn crash(&mut self, toss: &mut impl FnMut() -> u64) {
        let mut after = self.safe.clone();
        // A file may have grown to any of its sizes; what lies between is zero.
        if self.now.len() > after.len() {
            let grown = self.now.len() - after.len();
            after.resize(after.len() + toss() as usize % (grown + 1), 0);
        } else if toss().is_multiple_of(2) {
            after.truncate(self.now.len());
        }
        let end = after.len().min(self.now.len());
        for start in (0..end).step_by(PAGE_BYTES) {
            if toss().is_multiple_of(2) {
                let torn = toss() as usize % PAGE_BYTES + 1;
                let stop = (start + torn).min(end);
                after[start..stop].copy_from_slice(&self.now[start..stop]);
            } else if toss().is_multiple_of(2) {
                let stop = (start + PAGE_BYTES).min(end);
                after[start..stop].copy_from_slice(&self.now[start..stop]);
            }
        }
        (self.now, self.safe, self.named) = (after.clone(), after, true);
    }
}

fn missing(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, path.display().to_string())
}

struct Lock(Arc<AtomicBool>);

impl Drop for Lock {
    fn drop(&mut self) {
        self.0.store(false, SeqCst);
    }
}

impl Files for FalseFiles {
    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let disk = self.disk();
        Ok(disk.files.keys().filter(|path| path.parent() == Some(folder)).cloned().collect())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.disk().reads += 1;
        self.change(path, |file| file.now.clone())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        self.disk().files.entry(path.to_owned()).or_default();
        Ok(Box::new(FalseFile { files: self.clone(), path: path.to_owned() }))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk().files.remove(path).map(|_| ()).ok_or_else(|| missing(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        let file = disk.files.remove(from).ok_or_else(|| missing(from))?;
        disk.files.insert(to.to_owned(), file);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut disk = self.disk();
        let files = disk.files.iter_mut().filter(|(path, _)| path.parent() == Some(folder));
        files.for_each(|(_, file)| file.named = true);
        Ok(())
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Send>>> {
        let mut disk = self.disk();
        let lock = disk.locks.entry(path.to_owned()).or_default().clone();
        let taken = lock.swap(true, SeqCst);
        Ok(if taken { None } else { Some(Box::new(Lock(lock))) })
    }
}

struct FalseFile {
    files: FalseFiles,
    path: PathBuf,
}

impl OpenFile for FalseFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fits = {
            let mut disk = self.files.disk();
            let fits = disk.room.map_or(bytes.len(), |room| room.min(bytes.len()));
            disk.room = disk.room.map(|room| room - fits);
            fits
        };
        self.files.change(&self.path, |file| file.now.extend(&bytes[..fits]))?;
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn sync(&mut self) -> io::Result<()> {
        let slow = {
            let mut disk = self.files.disk();
            disk.syncs += 1;
            if disk.good_syncs == Some(0) {
                return Err(io::Error::other("the disk failed to sync"));
            }
            disk.good_syncs = disk.good_syncs.map(|left| left - 1);
            disk.slow
        };
        if !slow.is_zero() {
            std::thread::sleep(slow);
        }
        self.files.change(&self.path, |file| file.safe = file.now.clone())
    }

    fn truncate(&mut self, bytes: u64) -> io::Result<()> {
        self.files.change(&self.path, |file| file.now.truncate(bytes as usize))
    }
}
