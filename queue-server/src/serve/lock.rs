//! One server for one folder of data.

use std::{
    fs::{self, File, TryLockError},
    io::Write,
    path::{Path, PathBuf},
    process,
};

/// The data cannot be had alone.
#[derive(Debug, thiserror::Error)]
pub enum LockFault {
    /// Another server uses it.
    #[error("{path} is in use by another queue-server; stop that one first")]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// The lock's own file.
    #[error("failed to lock {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Held while a server uses a folder; the system gives it back when the process ends.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the folder.
    ///
    /// # Errors
    /// If another server has it.
    pub fn take(data: &Path) -> Result<Self, LockFault> {
        let path = data.join("lock");
        let fault = |source| LockFault::File { path: path.clone(), source };
        let options = File::options().create(true).truncate(false).write(true).open(&path);
        let file = options.map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {
                // For `queue-server reload`, which sends this process a signal.
                file.set_len(0)
                    .and_then(|()| writeln!(&file, "{}", process::id()))
                    .map_err(fault)?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(LockFault::Taken { path: data.to_owned() }),
            Err(TryLockError::Error(source)) => Err(fault(source)),
        }
    }
}

/// The process that serves this data; none if nobody does.
#[must_use]
pub fn holder(data: &Path) -> Option<i32> {
    let path = data.join("lock");
    let file = File::open(&path).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => fs::read_to_string(path).ok()?.trim().parse().ok(),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}
