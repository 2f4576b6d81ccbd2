//! All profiles: those built in, and those of a folder of the site.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use crate::profile::{BadProfile, Profile};

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/shelf.rs"));
}

/// The vectors built in, by the name of their profile.
pub const VECTORS: &[(&str, &str)] = built_in::VECTORS;

/// Profiles a folder may hold; a hall has a handful of models.
const FILES_MAX: usize = 500;

/// Profiles by name.
#[derive(Debug, Clone)]
pub struct Shelf {
    profiles: BTreeMap<String, Arc<Profile>>,
}

impl Shelf {
    /// The profiles built into the program.
    #[must_use]
    pub fn built_in() -> Self {
        let profiles = built_in::PROFILES
            .iter()
            .map(|&(name, text)| {
                let profile =
                    Profile::parse(name, text).expect("the built-in profiles are tested to parse");
                (name.to_owned(), Arc::new(profile))
            })
            .collect();
        Self { profiles }
    }

    /// Adds every `*.toml` of a folder; one with a known name takes its place.
    ///
    /// # Errors
    /// If the folder or a file cannot be read, or a profile is wrong.
    pub fn add_folder(&mut self, folder: &Path) -> Result<(), BadProfile> {
        let bad = |path: &Path, error: std::io::Error| BadProfile {
            name: path.display().to_string(),
            why: error.to_string(),
        };
        let files = std::fs::read_dir(folder).map_err(|error| bad(folder, error))?;
        for file in files.take(FILES_MAX) {
            let path = file.map_err(|error| bad(folder, error))?.path();
            if path.extension().is_none_or(|end| end != "toml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(|error| bad(&path, error))?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let profile = Profile::parse(&name, &text)?;
            self.profiles.insert(name, Arc::new(profile));
        }
        Ok(())
    }

    /// The profile of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Arc<Profile>> {
        self.profiles.get(name).cloned()
    }

    /// Every profile, by name.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Profile>> {
        self.profiles.values()
    }
}

#[cfg(test)]
mod tests;
