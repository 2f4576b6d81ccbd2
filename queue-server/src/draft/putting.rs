//! A draft goes into the folder: all of it, or after a power cut at the next start.

use std::{io, path::Path, sync::Arc};

use hall::{
    ids::{SetupVersion, StaffNo},
    time::Timestamp,
    words::Actor,
};
use journal::files::Files;
use serde::{Deserialize, Serialize};

use super::{Draft, DraftFault, Drafts, Entry, Kept, folder, kept, pictures};
use crate::{
    profile::{
        Sources,
        forms::compare::{Change, compare},
        items::sheet,
        photos,
        sources::{self, OFF},
    },
    serve::lock::Lock,
};

/// What is being written into the folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Putting {
    sources: Sources,
    entry: Entry,
}

impl Putting {
    #[cfg(test)]
    pub(super) const fn new(sources: Sources, entry: Entry) -> Self {
        Self { sources, entry }
    }
}

impl Drafts {
    /// True if this person alone may put the draft in force.
    #[must_use]
    pub fn may_approve(&self, draft: &Draft, changes: &[Change], by: StaffNo) -> bool {
        self.one_person || !changes.iter().any(Change::is_guarded) || !draft.is_of(by)
    }

    /// 批准生效: keeps the draft's profile and writes it into the folder, from where it is reloaded.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn approve(
        &self,
        (by, at): (StaffNo, Timestamp),
        why: &str,
        seen: SetupVersion,
    ) -> Result<SetupVersion, DraftFault> {
        let mut kept = self.kept();
        let draft = Self::seen(&kept, seen)?.clone();
        let proposed = draft.proposed.clone();
        // Who approves may leave the proposal's own reason as it is.
        let why = match why.trim() {
            "" => proposed.as_ref().map_or("", |said| said.why.as_str()),
            why => why,
        };
        let profile = self.must_be_ready(&draft, why)?;
        let before = folder::as_it_is(&self.folder);
        let known = folder::sound(&self.folder);
        let changes = known.map(|known| compare(&known, &draft.sources));
        // What a folder with problems would have said cannot be compared: two look at it.
        let alone = match &changes {
            Some(changes) => self.may_approve(&draft, changes, by),
            None => self.one_person || !draft.is_of(by),
        };
        if !alone {
            return Err(DraftFault::SecondPerson);
        }
        self.profiles.keep(&profile)?;
        let entry = Entry {
            version: profile.version,
            at,
            by: Actor::Staff(by),
            proposed_by: proposed
                .as_ref()
                .map(|said| said.by)
                .or(draft.edits.last().map(|edit| edit.by)),
            why: why.to_owned(),
            brings_back: draft.brings_back,
        };
        let putting = Putting { sources: draft.sources, entry: entry.clone() };
        self.keep(&mut kept, |kept| kept.putting = Some(putting.clone()))?;
        if let Err(fault) = write(&self.folder, &putting.sources, (&self.pictures(), &*self.files))
        {
            // What the disk has taken of it goes back, as far as it lets us.
            if let Err(again) = write(&self.folder, &before, (&self.pictures(), &*self.files)) {
                tracing::error!(%again, "the profile's folder could not be put back as it was");
            }
            self.keep(&mut kept, |kept| kept.putting = None)?;
            return Err(fault);
        }
        self.keep(&mut kept, |kept| {
            (kept.putting, kept.draft, kept.awaited) = (None, None, Some(entry));
        })?;
        Ok(profile.version)
    }
}

/// Writes what a power cut left half written into the folder. Nothing is done while another server
/// has the data.
///
/// # Errors
/// If the folder cannot be written.
pub fn finish(data: &Path, folder: &Path, files: &Arc<dyn Files>) -> Result<(), DraftFault> {
    let path = data.join(kept::FILE);
    if !path.exists() {
        return Ok(());
    }
    let mut kept = Kept::read(&path, &**files);
    let Some(putting) = kept.putting.take() else { return Ok(()) };
    let Ok(_lock) = Lock::take(data) else { return Ok(()) };
    write(folder, &putting.sources, (&data.join(pictures::FOLDER), &**files))?;
    tracing::info!(version = %putting.entry.version, "an approved profile was written to its end");
    (kept.draft, kept.awaited) = (None, Some(putting.entry));
    kept.write(&path, &**files)
}

/// Writes the texts into the folder, each file whole, and the photographs if it speaks of them.
pub(super) fn write(
    folder: &Path,
    sources: &Sources,
    (pictures, files): (&Path, &dyn Files),
) -> Result<(), DraftFault> {
    let fault = |path: &Path, source: io::Error| DraftFault::File {
        path: path.display().to_string(),
        source,
    };
    for (file, text) in sources.files().filter(|(file, _)| *file != photos::FOLDER) {
        let path = folder.join(file);
        if file == sheet::XLSX || std::fs::read(&path).is_ok_and(|was| was == text.as_bytes()) {
            continue;
        }
        put(&path, text.as_bytes(), files).map_err(|source| fault(&path, source))?;
    }
    let (book, old) = (folder.join(sheet::XLSX), folder.join("items.xlsx.old"));
    if sources.has(sheet::XLSX) {
        let list = folder.join(sheet::CSV);
        if list.exists() {
            files.remove(&list).map_err(|source| fault(&list, source))?;
        }
        if !book.exists() && old.exists() {
            files.rename(&old, &book).map_err(|source| fault(&old, source))?;
        }
    } else {
        // The spreadsheet as it was stays beside: its colours and notes are somebody's work.
        if book.exists() {
            files.rename(&book, &old).map_err(|source| fault(&book, source))?;
        }
    }
    let optional = crate::profile::TEXTS.iter().copied().chain([OFF]);
    for file in optional.filter(|file| !sources.has(file) && !sources::FILES.contains(file)) {
        let path = folder.join(file);
        if path.exists() {
            files.remove(&path).map_err(|source| fault(&path, source))?;
        }
    }
    if sources.has(photos::FOLDER) {
        write_photos(folder, sources.get(photos::FOLDER), (pictures, files))?;
    }
    files.sync_dir(folder).map_err(|source| fault(folder, source))
}

/// Puts the photographs of a list that the folder lacks, and takes out those that the list lacks.
fn write_photos(
    folder: &Path,
    list: &str,
    (pictures, files): (&Path, &dyn Files),
) -> Result<(), DraftFault> {
    let place = folder.join(photos::FOLDER);
    let fault = |path: &Path, source: io::Error| DraftFault::File {
        path: path.display().to_string(),
        source,
    };
    let before = photos::list(folder, &mut Vec::new());
    for (file, mark) in photos::listed(list) {
        if photos::listed(&before).any(|each| each == (file, mark)) {
            continue;
        }
        let path = place.join(file);
        let bytes = pictures::read(pictures, mark);
        let bytes = bytes.ok_or_else(|| fault(&path, io::ErrorKind::NotFound.into()))?;
        put(&path, &bytes, files).map_err(|source| fault(&path, source))?;
    }
    for (file, _) in photos::listed(&before) {
        if !photos::listed(list).any(|(other, _)| other == file) {
            let path = place.join(file);
            files.remove(&path).map_err(|source| fault(&path, source))?;
        }
    }
    Ok(())
}

pub(super) fn put(path: &Path, bytes: &[u8], files: &dyn Files) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    files.make_dir(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let making = folder.join(format!(".{name}.making"));
    let file = files.create(&making)?;
    file.write_at(0, bytes)?;
    file.sync()?;
    files.rename(&making, path)?;
    files.sync_dir(folder)
}
