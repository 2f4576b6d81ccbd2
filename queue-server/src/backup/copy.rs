//! Copying a folder that is written to meanwhile, file by file, each made safe.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use journal::files::Files;
use sha2::{Digest, Sha256};

use super::{Backup, BackupFault, Listed, private};

/// What is never copied, by its place in the data: it is made again, or must not outlive its day.
const LEFT_OUT: &[&str] = &[
    "store",
    "lock",
    "access/sessions",
    "persons/day.key",
    "contacts",
    "audit.waiting",
    "restore.wanted",
    "restore.told",
    "webhooks",
];

/// The file that says how far the audit trail was written: first, for the trail only grows.
const FIRST: &str = "audit.head";

/// The file that says from where on the record is kept: last, for days may be forgotten meanwhile.
const LAST: &str = crate::record::kept::FILE;

/// Files of one backup, and folders in folders: a hall has a file a day, in few folders.
const FILES_MAX: usize = 200_000;
const DEPTH_MAX: usize = 8;

/// A file that is compressed while it is copied is found again under its other name.
const LOOKS_MAX: usize = 8;

/// Read and written at once.
const PIECE_BYTES: usize = 1 << 20;

pub struct Copying {
    files: Arc<dyn Files>,
    to: PathBuf,
    /// The backup before: what has not changed since is linked to it and takes no room.
    before: BTreeMap<String, (Listed, PathBuf)>,
    pub listed: Vec<Listed>,
}

impl Copying {
    pub fn new(files: Arc<dyn Files>, to: &Path, before: Option<Backup>) -> Self {
        let known = before.into_iter().flat_map(|backup| {
            let Backup { path, manifest } = backup;
            manifest.file.into_iter().map(move |file| {
                let place = path.join(&file.path);
                (file.path.clone(), (file, place))
            })
        });
        Self { files, to: to.to_owned(), before: known.collect(), listed: Vec::new() }
    }

    /// Copies a folder under a name, without what is left out and without these folders in it.
    pub fn take(&mut self, from: &Path, name: &str, without: &[&Path]) -> Result<(), BackupFault> {
        private(&self.to.join(name))?;
        for _ in 0..LOOKS_MAX {
            let mut found = Vec::new();
            walk(from, Path::new(""), without, 0, &mut found)?;
            found.sort_by_key(|place| (place == Path::new(LAST), place != Path::new(FIRST)));
            let mut all_there = true;
            for place in found {
                let listed = format!("{name}/{}", place.display());
                if self.listed.iter().any(|file| file.path == listed) {
                    continue;
                }
                match self.copy(&from.join(&place), &listed) {
                    Ok(file) => self.listed.push(file),
                    // It went under another name meanwhile: look again.
                    Err(BackupFault::File { source, .. })
                        if source.kind() == io::ErrorKind::NotFound =>
                    {
                        all_there = false;
                    }
                    Err(fault) => return Err(fault),
                }
            }
            if all_there {
                return Ok(());
            }
        }
        Err(BackupFault::Restless { path: from.to_owned() })
    }

    fn copy(&self, from: &Path, listed: &str) -> Result<Listed, BackupFault> {
        let to = self.to.join(listed);
        if let Some(folder) = to.parent() {
            private(folder)?;
        }
        let (known, place) = match self.before.get(listed) {
            Some((known, place)) => (Some(known), Some(place)),
            None => (None, None),
        };
        if let (Some(known), Some(place)) = (known, place)
            && digest(&self.files, from)? == (known.bytes, known.sha256.clone())
            // A copy that was damaged since is no copy: this one is made anew.
            && digest(&self.files, place).is_ok_and(|found| found == (known.bytes, known.sha256.clone()))
            && is_on_one_disk(place, &self.to)
            && fs::hard_link(place, &to).is_ok()
        {
            return Ok(known.clone());
        }
        let (bytes, sha256) = copy(&self.files, from, &to)?;
        Ok(Listed { path: listed.to_owned(), bytes, sha256 })
    }
}

fn is_on_one_disk(one: &Path, other: &Path) -> bool {
    let device = |path: &Path| fs::metadata(path).ok().map(|found| found.dev());
    device(one).is_some() && device(one) == device(other)
}

fn walk(
    from: &Path,
    place: &Path,
    without: &[&Path],
    depth: usize,
    found: &mut Vec<PathBuf>,
) -> Result<(), BackupFault> {
    let folder = from.join(place);
    let fault = |source| BackupFault::File { doing: "list", path: folder.clone(), source };
    for entry in fs::read_dir(&folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let (name, kind) = (entry.file_name(), entry.file_type().map_err(fault)?);
        let here = place.join(&name);
        let text = name.to_string_lossy();
        let is_half =
            text.ends_with(".making") || text.ends_with(".new") || text.ends_with(".lock");
        let is_out = LEFT_OUT.iter().any(|out| here == Path::new(out));
        let is_elsewhere = without.iter().any(|out| is_same(&entry.path(), out));
        if is_half || is_out || is_elsewhere {
            continue;
        }
        if found.len() >= FILES_MAX || (kind.is_dir() && depth >= DEPTH_MAX) {
            return Err(fault(io::Error::other("more files or folders than any hall has")));
        }
        if kind.is_dir() {
            walk(from, &here, without, depth + 1, found)?;
        } else if kind.is_file() {
            found.push(here);
        }
    }
    Ok(())
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// True for a place inside a folder and nowhere else.
pub fn stays_inside(path: &str) -> bool {
    !path.is_empty()
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes a small file whole and makes it safe.
pub fn write(files: &Arc<dyn Files>, path: &Path, bytes: &[u8]) -> Result<(), BackupFault> {
    let fault = |source| BackupFault::File { doing: "write", path: path.to_owned(), source };
    let file = files.create(path).map_err(fault)?;
    close(path).map_err(fault)?;
    file.write_at(0, bytes).map_err(fault)?;
    file.sync().map_err(fault)
}

/// Copies a file and makes it safe; gives its length and its SHA-256.
pub fn copy(files: &Arc<dyn Files>, from: &Path, to: &Path) -> Result<(u64, String), BackupFault> {
    let fault = |source| BackupFault::File { doing: "write", path: to.to_owned(), source };
    let into = files.create(to).map_err(fault)?;
    close(to).map_err(fault)?;
    let mut at = 0;
    let sum = read(files, from, |piece| {
        let written = into.write_at(at, piece);
        at += piece.len() as u64;
        written
    })?;
    into.sync().map_err(fault)?;
    Ok(sum)
}

/// A file's length and its SHA-256, as digits.
pub fn digest(files: &Arc<dyn Files>, path: &Path) -> Result<(u64, String), BackupFault> {
    read(files, path, |_| Ok(()))
}

fn read(
    files: &Arc<dyn Files>,
    path: &Path,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(u64, String), BackupFault> {
    let fault = |source| BackupFault::File { doing: "copy", path: path.to_owned(), source };
    let file = files.open_to_read(path).map_err(fault)?;
    let mut sum = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    let mut at = 0;
    loop {
        let more = file.read_at(at, &mut piece).map_err(fault)?;
        if more == 0 {
            break;
        }
        sum.update(&piece[..more]);
        each(&piece[..more]).map_err(fault)?;
        at += more as u64;
    }
    let digits = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((at, digits))
}

/// For its owner alone.
fn close(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}
