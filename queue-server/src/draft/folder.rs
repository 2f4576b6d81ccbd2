//! The profile's folder as a draft sees it: its texts. Photographs stay where they are.

use std::path::Path;

use crate::profile::{Profile, Sources, photos};

/// The texts of the folder, whatever they say.
pub fn as_it_is(folder: &Path) -> Sources {
    Sources::read(folder).0
}

/// The texts of the folder, if the check finds nothing wrong with them.
pub fn sound(folder: &Path) -> Option<Sources> {
    let (sources, unread) = Sources::read(folder);
    (unread.is_empty() && Profile::of(sources.clone()).is_ok()).then_some(sources)
}

/// The same without the list of the photographs.
pub fn without_photos(sources: &Sources) -> Sources {
    let mut sources = sources.clone();
    sources.drop(photos::FOLDER);
    sources
}

/// The same with the photographs of the draft, or of the folder if the draft does not speak of them.
pub fn with_photos(folder: &Path, mut sources: Sources) -> Sources {
    if !sources.has(photos::FOLDER) {
        sources.put(photos::FOLDER, photo_list(folder));
    }
    if sources.get(photos::FOLDER) == photos::NONE {
        sources.drop(photos::FOLDER);
    }
    sources
}

/// The list of the folder's photographs, which says so if there are none.
pub fn photo_list(folder: &Path) -> String {
    let list = photos::list(folder, &mut Vec::new());
    if list.is_empty() { photos::NONE.to_owned() } else { list }
}
