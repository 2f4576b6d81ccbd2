//! What was done at the server's console, beside the server: left in a folder, and taken into the
//! trail by the server within a second, or when it is next started.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
    time::{SystemTime, UNIX_EPOCH},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Act, Kind, Outcome, Who};

/// Acts taken at once; the rest comes a second later.
const TAKEN_AT_ONCE_MAX: usize = 256;

/// The longest note.
const NOTE_BYTES_MAX: u64 = 4_096;

#[derive(Debug, Serialize, Deserialize)]
struct Note {
    kind: Kind,
    about: String,
}

fn waiting(data: &Path) -> PathBuf {
    data.join("audit.waiting")
}

/// Leaves a note of what a command did.
///
/// # Errors
/// If it cannot be written.
pub fn leave(data: &Path, kind: Kind, about: &str) -> io::Result<()> {
    let folder = waiting(data);
    fs::create_dir_all(&folder)?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = format!("{:020}-{}", since.as_nanos(), process::id());
    let when = Timestamp::now().strftime("%F %H:%M:%SZ");
    let note = Note { kind, about: format!("{about} · {when}") };
    let text = serde_json::to_string(&note)?;
    let making = folder.join(format!(".{name}"));
    fs::write(&making, text)?;
    fs::rename(making, folder.join(name))
}

/// The oldest notes, each with its file; what is no note is left where it is.
pub fn left(data: &Path) -> Vec<(PathBuf, Act)> {
    let Ok(list) = fs::read_dir(waiting(data)) else { return Vec::new() };
    let mut files: Vec<PathBuf> = list.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files.into_iter().filter_map(read).take(TAKEN_AT_ONCE_MAX).collect()
}

fn read(path: PathBuf) -> Option<(PathBuf, Act)> {
    let is_making = path.file_name()?.to_str()?.starts_with('.');
    if is_making || fs::metadata(&path).ok()?.len() > NOTE_BYTES_MAX {
        return None;
    }
    let note: Note = serde_json::from_str(&fs::read_to_string(&path).ok()?).ok()?;
    let act = Act::new(note.kind, Who::Console, "", &note.about, "", Outcome::Done);
    Some((path, act))
}
