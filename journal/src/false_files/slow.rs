//! A file system whose every sync takes so much longer: a cheap disk, for benches.

use std::{io, path::Path, sync::Arc, thread, time::Duration};

use crate::files::{File, Files, Lock};

/// Another file system, slowed down.
#[derive(Debug, Clone)]
pub struct SlowFiles {
    /// The one that does the work.
    pub files: Arc<dyn Files>,
    /// How much longer each sync takes.
    pub each_sync: Duration,
}

#[derive(Debug)]
struct SlowFile {
    file: Box<dyn File>,
    each_sync: Duration,
}

impl SlowFiles {
    fn slow(&self, file: io::Result<Box<dyn File>>) -> io::Result<Box<dyn File>> {
        Ok(Box::new(SlowFile { file: file?, each_sync: self.each_sync }))
    }
}

impl Files for SlowFiles {
    fn make_dir(&self, dir: &Path) -> io::Result<()> {
        self.files.make_dir(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.files.list(dir)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.slow(self.files.create(path))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.slow(self.files.open(path))
    }

    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.files.open_to_read(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.files.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.files.remove(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        thread::sleep(self.each_sync);
        self.files.sync_dir(dir)
    }

    fn lock(&self, path: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        self.files.lock(path)
    }
}

impl File for SlowFile {
    fn size(&self) -> io::Result<u64> {
        self.file.size()
    }

    fn read_at(&self, at: u64, out: &mut [u8]) -> io::Result<usize> {
        self.file.read_at(at, out)
    }

    fn write_at(&self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.write_at(at, bytes)
    }

    fn cut(&self, size: u64) -> io::Result<()> {
        self.file.cut(size)
    }

    fn sync(&self) -> io::Result<()> {
        thread::sleep(self.each_sync);
        self.file.sync()
    }
}
