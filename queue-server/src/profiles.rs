//! 配置底稿: every profile that was ever in force, by its version, so that the record can be replayed
//! whatever has become of the profile's folder since.

mod names;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use hall::{ids::SetupVersion, setup::Setup};
use journal::files::Files;

use crate::profile::{Problem, Profile, Sources};

const FOLDER: &str = "profiles";

/// A profile's texts at most; a catalogue of 1,300 items with every published text has 4 MiB.
const BYTES_MAX: u64 = 64 << 20;

/// A profile could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("failed to keep the profile {version} in {folder}")]
pub struct KeepFault {
    version: SetupVersion,
    folder: String,
    source: io::Error,
}

/// The folder of the profiles.
#[derive(Debug, Clone)]
pub struct Profiles {
    folder: PathBuf,
    files: Arc<dyn Files>,
    /// Of a demo's clock.
    speed: Option<f64>,
}

impl Profiles {
    /// The profiles beside a hall's record.
    #[must_use]
    pub fn of(data: &Path, files: Arc<dyn Files>) -> Self {
        Self { folder: data.join(FOLDER), files, speed: None }
    }

    /// The same for a demo, whose clock runs so many times as fast as the world's.
    #[must_use]
    pub fn at_speed(self, speed: Option<f64>) -> Self {
        Self { speed, ..self }
    }

    /// Reads a profile's folder.
    ///
    /// # Errors
    /// Every problem found.
    pub fn read(&self, folder: &Path) -> Result<Profile, Vec<Problem>> {
        Profile::read(folder).map(|profile| self.paced(profile))
    }

    fn paced(&self, mut profile: Profile) -> Profile {
        if let Some(speed) = self.speed {
            profile.setup = Arc::new(Setup::clone(&profile.setup).at_speed(speed));
        }
        profile
    }

    /// Keeps a profile, safe against a power cut: only then may an event name it.
    ///
    /// # Errors
    /// If the disk says no.
    pub fn keep(&self, profile: &Profile) -> Result<(), KeepFault> {
        // One whose names were erased is kept anew when it is in force again.
        if self.find(profile.version).is_some_and(|kept| !names::are_erased(&kept.sources)) {
            return Ok(());
        }
        self.write(profile.version, &profile.sources).map_err(|source| KeepFault {
            version: profile.version,
            folder: self.folder.display().to_string(),
            source,
        })
    }

    fn write(&self, version: SetupVersion, sources: &Sources) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(sources)?;
        if text.len() as u64 > BYTES_MAX {
            // A profile that could not be read again would end every replay.
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "its texts are over 64 MiB"));
        }
        self.files.make_dir(&self.folder)?;
        let making = self.folder.join("making");
        let file = self.files.create(&making)?;
        file.write_at(0, &text)?;
        file.sync()?;
        self.files.rename(&making, &self.path(version))?;
        self.files.sync_dir(&self.folder)
    }

    /// A profile that was kept; none if it was not, or is no longer read.
    #[must_use]
    pub fn find(&self, version: SetupVersion) -> Option<Profile> {
        let sources: Sources = serde_json::from_slice(&self.text_of(version)?).ok()?;
        let profile = names::of_erased(Profile::of_kept(sources).ok()?);
        (profile.version == version).then(|| self.paced(profile))
    }

    /// Its setup, for a replay.
    #[must_use]
    pub fn setup(&self, version: SetupVersion) -> Option<Arc<Setup>> {
        self.find(version).map(|profile| profile.setup)
    }

    fn text_of(&self, version: SetupVersion) -> Option<Vec<u8>> {
        let file = self.files.open_to_read(&self.path(version)).ok()?;
        let size = file.size().ok().filter(|size| *size <= BYTES_MAX)?;
        let (mut text, mut at) = (vec![0; usize::try_from(size).ok()?], 0);
        while at < text.len() {
            match file.read_at(at as u64, &mut text[at..]).ok()? {
                0 => return None,
                more => at += more,
            }
        }
        Some(text)
    }

    fn path(&self, version: SetupVersion) -> PathBuf {
        self.folder.join(format!("{version}.json"))
    }
}

#[cfg(test)]
mod tests;
