//! 从页面恢复: an administrator asks for it, the next start does it before anything is opened, and what was
//! there is kept aside.
//!
//! The backup is put into a folder beside the data and looked through there; only then the two change
//! names. A crash at any moment leaves either the one or the other, and the next start goes on.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use hall::ids::StaffNo;
use jiff::Timestamp;
use journal::files::Files;
use serde::{Deserialize, Serialize};

use super::{BackupFault, copy, open, prove, restore::restore};
use crate::{
    audit::{Kind, command},
    serve::lock,
};

/// What is asked for, in the data's folder.
const WANTED: &str = "restore.wanted";

/// What came of it, there too.
const TOLD: &str = "restore.told";

/// Written last into what was put back: from here on it is the data.
const READY: &str = "restore.ready";

/// The longest of these files.
const BYTES_MAX: u64 = 64 << 10;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The backup's folder.
    pub backup: PathBuf,
    /// Where backups are kept, if that is inside the data: it moves with it.
    pub kept_in: Option<PathBuf>,
    /// Who asked.
    pub by: StaffNo,
    /// Why.
    pub why: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The backup's name.
    pub backup: String,
    /// Who asked.
    pub by: StaffNo,
    /// Why.
    pub why: String,
    /// When it was done, in seconds since 1970.
    pub at_secs: i64,
    /// Where the data of before is now; none if it was not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<PathBuf>,
    /// Why it was not done, if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Where backups are kept inside the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_in: Option<PathBuf>,
}

/// Asks for it; the next start does it.
///
/// # Errors
/// If the wish cannot be written.
pub fn ask(data: &Path, wanted: &Wanted, files: &Arc<dyn Files>) -> Result<(), BackupFault> {
    put(data, WANTED, wanted, files)
}

/// What came of the last one; none if there never was one.
#[must_use]
pub fn told(data: &Path) -> Option<Told> {
    read(&data.join(TOLD))
}

/// True while a restore waits for the next start.
#[must_use]
pub fn waits(data: &Path) -> bool {
    data.join(WANTED).exists()
}

/// Does what was asked for, if anything was. What is there is never touched before the backup was
/// looked through in its new place.
pub fn carry_out(data: &Path, files: &Arc<dyn Files>) {
    if lock::holder(data).is_some() {
        // Somebody uses the data; opening it says so.
        return;
    }
    finish(data, files);
    let Some(wanted) = read::<Wanted>(&data.join(WANTED)) else { return };
    let name = wanted.backup.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Wanted { backup: _, kept_in, by, why } = wanted.clone();
    let at_secs = Timestamp::now().as_second();
    let told = Told { backup: name, by, why, at_secs, aside: None, fault: None, kept_in };
    let done = put_beside(data, &wanted, &told, files);
    // Asked once, done once: whatever came of it is told.
    let removed = files.remove(&data.join(WANTED)).and_then(|()| files.sync_dir(data));
    if let Err(error) = removed {
        tracing::error!(%error, "the wish for a restore stays, so nothing is restored");
        return;
    }
    match done {
        Ok(()) => finish(data, files),
        Err(fault) => {
            tracing::error!(%fault, backup = told.backup, "the restore was not done; nothing was touched");
            fs::remove_dir_all(beside(data)).ok();
            tell(data, &Told { fault: Some(fault.to_string()), ..told }, files);
        }
    }
}

/// Puts the backup into a folder beside the data, and looks through it.
fn put_beside(
    data: &Path,
    wanted: &Wanted,
    told: &Told,
    files: &Arc<dyn Files>,
) -> Result<(), BackupFault> {
    let beside = beside(data);
    if beside.exists() {
        let fault = |source| BackupFault::File { doing: "clear", path: beside.clone(), source };
        fs::remove_dir_all(&beside).map_err(fault)?;
    }
    let backup = open(&wanted.backup)?;
    restore(&backup, &beside, None, files)?;
    let aside = named_aside(data, told.at_secs);
    let (aside, is_ready) = (Some(aside), READY);
    put(&beside, is_ready, &Told { aside, ..told.clone() }, files)
}

/// Lets the folder that is ready become the data.
fn finish(data: &Path, files: &Arc<dyn Files>) {
    let beside = beside(data);
    // A wish that still stands was cut short while the folder was made: it is made again.
    let is_ready = beside.join(READY).exists() && !data.join(WANTED).exists();
    if is_ready {
        let Some(told) = read::<Told>(&beside.join(READY)) else { return };
        let Some(aside) = told.aside.clone() else { return };
        let moved = if data.exists() { fs::rename(data, &aside) } else { Ok(()) };
        let moved = moved.and_then(|()| fs::rename(&beside, data));
        if let Err(error) = moved.and_then(|()| sync_above(data, files)) {
            tracing::error!(%error, "what was put back could not take the place of the data");
            if !data.exists() {
                fs::rename(&aside, data).ok();
            }
            let name = format!("{error}");
            fs::remove_dir_all(&beside).ok();
            tell(data, &Told { aside: None, fault: Some(name), ..told }, files);
            return;
        }
    }
    let Some(told) = read::<Told>(&data.join(READY)) else { return };
    if let (Some(kept_in), Some(aside)) = (&told.kept_in, &told.aside) {
        let from = kept_in.strip_prefix(data).map(|inside| aside.join(inside));
        // The backups stay where they are looked for.
        if let Ok(from) = from.as_ref()
            && from.exists()
            && !kept_in.exists()
            && let Err(error) = fs::rename(from, kept_in)
        {
            tracing::warn!(%error, from = %from.display(), "the backups stay with the old data");
        }
    }
    tracing::info!(backup = told.backup, "the hall was put back from a backup");
    let about = format!("restore {} by {}: {}", told.backup, told.by, told.why);
    if let Err(error) = command::leave(data, Kind::Backup, &about) {
        tracing::warn!(%error, "the audit trail does not hear of the restore");
    }
    tell(data, &told, files);
    files.remove(&data.join(READY)).ok();
}

fn sync_above(data: &Path, files: &Arc<dyn Files>) -> io::Result<()> {
    data.parent().map_or(Ok(()), |above| {
        let here = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        files.sync_dir(here)
    })
}

fn tell(data: &Path, told: &Told, files: &Arc<dyn Files>) {
    if let Err(fault) = put(data, TOLD, told, files) {
        tracing::warn!(%fault, "what came of the restore could not be kept");
    }
}

/// Where it is made.
fn beside(data: &Path) -> PathBuf {
    with_ending(data, "restoring")
}

/// Where the data of before goes.
fn named_aside(data: &Path, at_secs: i64) -> PathBuf {
    let at = Timestamp::from_second(at_secs).unwrap_or_default();
    with_ending(data, &format!("before-{}", at.strftime("%Y%m%d-%H%M%SZ")))
}

fn with_ending(data: &Path, ending: &str) -> PathBuf {
    let name = data.file_name().unwrap_or_default().to_string_lossy();
    data.with_file_name(format!("{name}.{ending}"))
}

fn put(
    folder: &Path,
    name: &str,
    what: &impl Serialize,
    files: &Arc<dyn Files>,
) -> Result<(), BackupFault> {
    let path = folder.join(name);
    let fault = |source| BackupFault::File { doing: "write", path: path.clone(), source };
    let text = serde_json::to_vec_pretty(what).map_err(|error| fault(error.into()))?;
    let making = folder.join(format!("{name}.making"));
    fs::remove_file(&making).ok();
    copy::write(files, &making, &text)?;
    files.rename(&making, &path).map_err(fault)?;
    files.sync_dir(folder).map_err(fault)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    let length = fs::metadata(path).ok()?.len();
    let bytes = (length <= BYTES_MAX).then(|| fs::read(path).ok()).flatten()?;
    serde_json::from_slice(&bytes)
        .inspect_err(|error| tracing::warn!(%error, path = %path.display(), "it cannot be read"))
        .ok()
}

/// What a backup holds, once every file of it was read.
///
/// # Errors
/// If it is not what was copied.
pub fn looked_through(
    folder: &Path,
    name: &str,
    files: &Arc<dyn Files>,
) -> Result<super::Backup, BackupFault> {
    let none = || BackupFault::Gone { path: folder.join(name) };
    // Only a name: no path leads out of the folder.
    let is_name =
        copy::stays_inside(name) && !name.contains('/') && name.starts_with(super::PREFIX);
    let path = folder.join(is_name.then_some(name).ok_or_else(none)?);
    if !path.is_dir() {
        return Err(none());
    }
    let backup = open(&path)?;
    prove(&backup, files)?;
    Ok(backup)
}

#[cfg(test)]
mod tests;
