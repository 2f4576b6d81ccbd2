//! A false file system for tests: it forgets what was not synced, any part of it, tears writes,
//! fills up, fails on the n-th call, and lies about a sync that failed, as real ones do.
//!
//! Nothing here touches the disk, except [`slow::SlowFiles`], which makes another file system slow.

pub mod slow;
mod world;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::files::{File, Files, Lock};
pub use world::Counts;
use world::World;

/// A disk that is not there. Clones are the same disk.
#[derive(Debug, Clone, Default)]
pub struct FalseFiles {
    world: Arc<Mutex<World>>,
}

#[derive(Debug)]
struct FalseFile {
    disk: FalseFiles,
    id: u64,
    path: PathBuf,
    writable: bool,
}

#[derive(Debug)]
struct FalseLock {
    disk: FalseFiles,
    path: PathBuf,
}

impl FalseFiles {
    /// Makes an empty disk.
    pub fn new() -> FalseFiles {
        FalseFiles::default()
    }

    /// Lets files grow by so many bytes more in all; then the disk is full. As on ext4, what a file
    /// already has can be written over for nothing.
    pub fn fill_after(&self, bytes: u64) {
        let mut world = self.world();
        (world.room, world.copies_on_write) = (Some(bytes), false);
    }

    /// Lets so many bytes more be written; then the disk is full. As on btrfs, writing over what a
    /// file has needs room too, so that no reserve helps.
    pub fn fill_after_writing(&self, bytes: u64) {
        let mut world = self.world();
        (world.room, world.copies_on_write) = (Some(bytes), true);
    }

    /// Makes the disk as large as it is needed again.
    pub fn make_room(&self) {
        self.world().room = None;
    }

    /// Makes the n-th sync from now fail, the first being 1. As on Linux, what it should have
    /// saved is still read back, believed clean, and gone after a power cut.
    pub fn fail_sync(&self, nth: u64) {
        let mut world = self.world();
        (world.fail_sync, world.keeps_failing) = (Some(nth), false);
    }

    /// Lets so many syncs more succeed; then all fail, until the power is cut.
    pub fn fail_syncs_after(&self, syncs: usize) {
        let mut world = self.world();
        (world.fail_sync, world.keeps_failing) = (Some(syncs as u64 + 1), true);
    }

    /// Makes the n-th change from now fail, the first being 1, and every one after it: the moment
    /// the power goes.
    pub fn stop_at(&self, nth: u64) {
        self.world().stop_at = Some(nth);
    }

    /// Returns whether it stopped, as [`stop_at`](FalseFiles::stop_at) told it to.
    pub fn is_stopped(&self) -> bool {
        self.world().is_stopped()
    }

    /// Cuts the power and returns the disk as it is found afterwards. `chance` decides what became
    /// of each unsynced write: kept, lost, or torn.
    pub fn power_cut(&self, chance: &mut dyn FnMut() -> u64) -> FalseFiles {
        FalseFiles { world: Arc::new(Mutex::new(self.world().power_cut(chance))) }
    }

    /// Cuts the power of this very disk. The luck, a seed, decides what became of unsynced writes.
    pub fn crash(&self, luck: u64) {
        let mut seed = luck;
        let mut world = self.world();
        *world = world.power_cut(&mut || world::mix(&mut seed));
    }

    /// Returns how often what was done.
    pub fn counts(&self) -> Counts {
        self.world().counts
    }

    /// Returns a file's bytes as they are read now.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        let world = self.world();
        let id = world.id(path).ok()?;
        world.inodes.get(&id).map(|inode| inode.seen.clone())
    }

    /// Replaces a file's bytes, safely: an accident on the disk itself.
    pub fn overwrite(&self, path: &Path, bytes: &[u8]) {
        self.world().overwrite(path, bytes);
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, path: &Path, id: u64, writable: bool) -> Box<dyn File> {
        Box::new(FalseFile { disk: self.clone(), id, path: path.to_owned(), writable })
    }
}

impl Files for FalseFiles {
    fn make_dir(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        Ok(self.world().list(dir))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let id = self.world().create(path)?;
        Ok(self.file(path, id, true))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let id = self.world().id(path)?;
        Ok(self.file(path, id, true))
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let id = self.world().id(path)?;
        Ok(self.file(path, id, false))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.world().rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.world().remove(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.world().sync_dir(dir)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        if !self.world().locks.insert(path.to_owned()) {
            return Ok(None);
        }
        Ok(Some(Box::new(FalseLock { disk: self.clone(), path: path.to_owned() })))
    }
}

impl File for FalseFile {
    fn size(&self) -> io::Result<u64> {
        Ok(self.disk.world().inode(self.id).seen.len() as u64)
    }

    fn read_at(&self, at: u64, out: &mut [u8]) -> io::Result<usize> {
        Ok(self.disk.world().read(self.id, at, out))
    }

    fn write_at(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        assert!(self.writable, "{} was opened for reading only", self.path.display());
        self.disk.world().write(self.id, at, bytes)
    }

    fn cut(&self, size: u64) -> io::Result<()> {
        assert!(self.writable, "{} was opened for reading only", self.path.display());
        self.disk.world().cut(self.id, size)
    }

    fn sync(&self) -> io::Result<()> {
        self.disk.world().sync(self.id)
    }
}

impl Lock for FalseLock {}

impl Drop for FalseLock {
    fn drop(&mut self) {
        self.disk.world().locks.remove(&self.path);
    }
}

#[cfg(test)]
mod tests;
