//! 备份: a copy of everything that cannot be made again, taken while the server runs, and looked through
//! before it counts.
//!
//! The record, the audit trail and the access are files that only grow or are replaced whole, so that
//! copying them one after the other gives a hall that was once true; what a write had just begun is a
//! torn tail, as after a power cut. The store is left out, for it is made of the record again; so are
//! sessions and the day's key of persons' marks, which must not outlive their day.

mod copy;
pub mod keeper;
pub mod restore;
pub mod wanted;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use journal::files::Files;
use serde::{Deserialize, Serialize};

use crate::{
    audit::check,
    record::{self, RecordFault},
};

/// What a backup's folder is called before its moment.
const PREFIX: &str = "paihao-";

/// What one is called while it is made.
const MAKING: &str = ".making-";

/// The list of what a backup holds; it is written last.
const LIST: &str = "manifest.toml";

/// The folder of the data in a backup, and that of the profile.
const DATA: &str = "data";
const HALL: &str = "hall";

/// The longest list: a file a day for decades.
const LIST_BYTES_MAX: u64 = 64 << 20;

/// Days' copies that are kept unless the settings say otherwise.
pub const KEPT: usize = 14;

/// Backups looked at in a folder; more are somebody else's.
const LISTED_MAX: usize = 1_000;

/// A backup could not be made, read or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// A file or folder.
    #[error("failed to {doing} {path}: {source}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The copy of the record is not whole.
    #[error(transparent)]
    Record(#[from] RecordFault),
    /// The copy of the audit trail is not whole.
    #[error("the audit trail: {0}")]
    Trail(check::Break),
    /// The list cannot be read.
    #[error("{path} is no backup: {why}")]
    NoBackup {
        /// Which folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// There is none of this name.
    #[error("there is no backup {path}")]
    Gone {
        /// Where it would be.
        path: PathBuf,
    },
    /// A file is not what was copied.
    #[error("{path} is not what was copied")]
    Changed {
        /// Which.
        path: PathBuf,
    },
    /// There is something already where a hall should be put back.
    #[error("{path} is not empty; restore into a folder that is new")]
    NotEmpty {
        /// Which.
        path: PathBuf,
    },
    /// Files came and went for too long.
    #[error("the files of {path} did not hold still")]
    Restless {
        /// Which folder.
        path: PathBuf,
    },
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When, in seconds since 1970.
    pub made_secs: i64,
    /// Of which version of the program.
    pub version: String,
    /// Records of the hall in it.
    pub records: u64,
    /// The last one's number.
    pub last: u64,
    /// Acts of the audit trail in it.
    pub acts: u64,
    /// The hash after the last act.
    #[serde(default)]
    pub trail_head: String,
    /// Its files.
    #[serde(default)]
    pub file: Vec<Listed>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Where, inside the backup.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, as digits.
    pub sha256: String,
}

/// A backup that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its folder.
    pub path: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
}

impl Backup {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// How large it is.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.manifest.file.iter().map(|file| file.bytes).sum()
    }
}

/// What is copied, and where to.
#[derive(Clone)]
pub struct Plan {
    /// The folder of the data.
    pub data: PathBuf,
    /// The profile's folder.
    pub hall: PathBuf,
    /// Where backups are kept.
    pub to: PathBuf,
    /// How many.
    pub keep: usize,
    /// The files.
    pub files: Arc<dyn Files>,
}

/// Makes a backup, looks through the copy, and lets those go that are more than are kept.
///
/// # Errors
/// [`BackupFault`]; what was made before stays.
pub fn make(plan: &Plan) -> Result<Backup, BackupFault> {
    let now = Timestamp::now();
    let name = format!("{PREFIX}{}", now.strftime("%Y%m%d-%H%M%SZ"));
    let (making, path) = (plan.to.join(format!("{MAKING}{name}")), plan.to.join(&name));
    private(&plan.to)?;
    clear_unfinished(&plan.to);
    private(&making)?;
    let before = list(&plan.to).into_iter().next();
    let mut copying = copy::Copying::new(plan.files.clone(), &making, before);
    copying.take(&plan.data, DATA, &[&plan.to])?;
    copying.take(&plan.hall, HALL, &[&plan.data, &plan.to])?;
    let (records, checked) = whole(&making.join(DATA), &plan.files)?;
    let manifest = Manifest {
        made_secs: now.as_second(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        records: records.records,
        last: records.last.0,
        acts: checked.records,
        trail_head: checked.head,
        file: copying.listed,
    };
    let text = toml::to_string(&manifest)
        .map_err(|error| BackupFault::NoBackup { path: making.clone(), why: error.to_string() })?;
    copy::write(&plan.files, &making.join(LIST), text.as_bytes())?;
    let made = Backup { path, manifest };
    prove(&Backup { path: making.clone(), ..made.clone() }, &plan.files)?;
    let fault = |source| BackupFault::File { doing: "name", path: made.path.clone(), source };
    plan.files.rename(&making, &made.path).map_err(fault)?;
    plan.files.sync_dir(&plan.to).map_err(fault)?;
    let_go(plan);
    Ok(made)
}

/// Reads every file of a backup again, and the chains of its record and its trail.
///
/// # Errors
/// At the first file that is not what was copied.
pub fn prove(backup: &Backup, files: &Arc<dyn Files>) -> Result<(), BackupFault> {
    for file in &backup.manifest.file {
        let path = backup.path.join(&file.path);
        let found = copy::digest(files, &path)?;
        if found != (file.bytes, file.sha256.clone()) {
            return Err(BackupFault::Changed { path });
        }
    }
    whole(&backup.path.join(DATA), files).map(|_| ())
}

fn whole(
    data: &Path,
    files: &Arc<dyn Files>,
) -> Result<(journal::read::Summary, check::Checked), BackupFault> {
    let records = record::verify_with(data, files)?;
    let checked = check::check(data, files);
    match checked.broken {
        Some(broken) => Err(BackupFault::Trail(broken)),
        None => Ok((records, checked)),
    }
}

/// The backups in a folder, the newest first.
#[must_use]
pub fn list(folder: &Path) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let named = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX))
    });
    let mut found: Vec<Backup> =
        named.take(LISTED_MAX).filter_map(|path| open(&path).ok()).collect();
    found.sort_by(|one, other| other.path.cmp(&one.path));
    found
}

/// The backup in a folder.
///
/// # Errors
/// If it is none.
pub fn open(path: &Path) -> Result<Backup, BackupFault> {
    let none = |why: String| BackupFault::NoBackup { path: path.to_owned(), why };
    let list = path.join(LIST);
    let length = fs::metadata(&list).map_err(|error| none(error.to_string()))?.len();
    if length > LIST_BYTES_MAX {
        return Err(none("its list is too long".to_owned()));
    }
    let text = fs::read_to_string(&list).map_err(|error| none(error.to_string()))?;
    let manifest: Manifest = toml::from_str(&text).map_err(|error| none(error.to_string()))?;
    let leads_out = |file: &Listed| !copy::stays_inside(&file.path);
    if let Some(file) = manifest.file.iter().find(|file| leads_out(file)) {
        return Err(none(format!("{} leads out of it", file.path)));
    }
    Ok(Backup { path: path.to_owned(), manifest })
}

/// The oldest beyond what is kept.
fn let_go(plan: &Plan) {
    for old in list(&plan.to).into_iter().skip(plan.keep.max(1)) {
        match fs::remove_dir_all(&old.path) {
            Ok(()) => tracing::info!(backup = old.name(), "an old backup was let go"),
            Err(error) => tracing::warn!(%error, backup = old.name(), "an old backup stays"),
        }
    }
}

/// What a power cut left half made.
fn clear_unfinished(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let names = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(MAKING))
    });
    for path in names.take(LISTED_MAX) {
        if let Err(error) = fs::remove_dir_all(&path) {
            tracing::warn!(%error, path = %path.display(), "a half made backup stays");
        }
    }
}

/// Makes a folder that its owner alone may open: it will hold keys and digests.
fn private(path: &Path) -> Result<(), BackupFault> {
    use std::os::unix::fs::DirBuilderExt;
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.map_err(|source| BackupFault::File { doing: "make", path: path.to_owned(), source })
}

#[cfg(test)]
mod tests;
