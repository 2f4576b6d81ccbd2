//! 工作照 of a draft: the pictures lie beside the data until they are approved, and the draft names them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hall::{ids::StaffNo, time::Timestamp};

use super::{DraftFault, Drafts, folder, putting};
use crate::profile::{Profile, Sources, photos};

/// The folder beside the draft.
pub(super) const FOLDER: &str = "setup-photos";

impl Drafts {
    /// Puts a photograph of somebody into the draft, or takes it away.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn put_photo(
        &self,
        (by, at): (StaffNo, Timestamp),
        in_force: &Profile,
        no: StaffNo,
        picture: Option<&[u8]>,
    ) -> Result<(), DraftFault> {
        let mark = picture.map(photos::mark);
        if let Some((bytes, mark)) = picture.zip(mark.as_deref()) {
            self.forget_pictures();
            let path = file(&self.pictures(), mark);
            putting::put(&path, bytes, &*self.files).map_err(|source| {
                let path = path.display().to_string();
                DraftFault::File { path, source }
            })?;
        }
        self.edit((by, at), in_force, &format!("photos {no}"), |sources| {
            let before = folder::photo_list(&self.folder);
            let list = if sources.has(photos::FOLDER) {
                sources.get(photos::FOLDER)
            } else {
                before.as_str()
            };
            let list = photos::relisted(list, no, mark.as_deref());
            if list == before {
                sources.drop(photos::FOLDER);
            } else {
                sources.put(photos::FOLDER, list);
            }
            Ok(())
        })
    }

    /// The mark of somebody's photograph as the draft has it; nothing if the draft does not say.
    #[must_use]
    pub fn photo_of(&self, no: StaffNo) -> Option<Option<String>> {
        self.look(|kept| {
            let sources = &kept.draft.as_ref()?.sources;
            let list = sources.has(photos::FOLDER).then(|| sources.get(photos::FOLDER))?;
            let found = photos::listed(list).find(|(file, _)| photos::staff_no(file) == Some(no));
            Some(found.map(|(_, mark)| mark.to_owned()))
        })
    }

    /// The bytes of a photograph that the draft brings.
    #[must_use]
    pub fn picture(&self, mark: &str) -> Option<Vec<u8>> {
        let is_named =
            self.look(|kept| kept.draft.as_ref().is_some_and(|draft| has(&draft.sources, mark)));
        is_named.then(|| read(&self.pictures(), mark)).flatten()
    }

    pub(super) fn pictures(&self) -> PathBuf {
        self.path.with_file_name(FOLDER)
    }

    /// Pictures that no draft names any more go.
    fn forget_pictures(&self) {
        let Ok(entries) = fs::read_dir(self.pictures()) else { return };
        let sources = self.look(|kept| kept.draft.as_ref().map(|draft| draft.sources.clone()));
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let mark = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !sources.as_ref().is_some_and(|sources| has(sources, &mark))
                && let Err(error) = fs::remove_file(&path)
            {
                tracing::warn!(path = %path.display(), %error, "a picture of no draft stays");
            }
        }
    }
}

fn has(sources: &Sources, mark: &str) -> bool {
    photos::listed(sources.get(photos::FOLDER)).any(|(_, each)| each == mark)
}

fn file(folder: &Path, mark: &str) -> PathBuf {
    folder.join(format!("{mark}.jpg"))
}

/// A picture by its mark, if it is still the one.
pub(super) fn read(folder: &Path, mark: &str) -> Option<Vec<u8>> {
    let is_mark = !mark.is_empty() && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bytes = is_mark.then(|| fs::read(file(folder, mark)).ok()).flatten()?;
    (photos::mark(&bytes) == mark).then_some(bytes)
}
