//! 恢复: puts a hall back from a backup, into folders that are new, and looks through it.

use std::{fs, path::Path, sync::Arc};

use journal::files::Files;

use super::{Backup, BackupFault, DATA, HALL, copy, private, prove};

/// Puts the data, and the profile where that is wanted, back.
///
/// # Errors
/// If the backup is not what was copied, a folder holds something already, or a file cannot be
/// written. What is there already is never touched.
pub fn restore(
    backup: &Backup,
    data: &Path,
    hall: Option<&Path>,
    files: &Arc<dyn Files>,
) -> Result<(), BackupFault> {
    prove(backup, files)?;
    for folder in [Some(data), hall].into_iter().flatten() {
        let holds_something = fs::read_dir(folder).is_ok_and(|mut list| list.next().is_some());
        if holds_something {
            return Err(BackupFault::NotEmpty { path: folder.to_owned() });
        }
    }
    private(data)?;
    for file in &backup.manifest.file {
        let (from, place) = (backup.path.join(&file.path), Path::new(&file.path));
        let to = match (place.strip_prefix(DATA), place.strip_prefix(HALL), hall) {
            (Ok(place), _, _) => data.join(place),
            (Err(_), Ok(place), Some(hall)) => hall.join(place),
            (Err(_), _, _) => continue,
        };
        if let Some(folder) = to.parent() {
            private(folder)?;
        }
        let copied = copy::copy(files, &from, &to)?;
        if copied != (file.bytes, file.sha256.clone()) {
            return Err(BackupFault::Changed { path: to });
        }
    }
    super::whole(data, files).map(|_| ())
}
