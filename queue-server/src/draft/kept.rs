//! The file in which draft and history are kept, replaced whole and synced.

use std::{io, path::Path};

use journal::files::Files;
use serde::{Deserialize, Serialize};

use super::{Draft, DraftFault, Entry, putting::Putting};

/// The file in the folder of the data.
pub const FILE: &str = "setup.json";

/// Versions that are remembered; a hall changes its profile a few times a month.
pub const HISTORY_MAX: usize = 1_000;

/// The largest file: a draft with every published text, twice while it is put in force.
const BYTES_MAX: u64 = 256 << 20;

/// What is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Kept {
    /// The draft, if there is one.
    #[serde(default)]
    pub draft: Option<Draft>,
    /// What is being written into the folder.
    #[serde(default)]
    pub(super) putting: Option<Putting>,
    /// What was written there and is not in force yet.
    #[serde(default)]
    pub awaited: Option<Entry>,
    /// Which versions were in force, the last one last.
    #[serde(default)]
    pub history: Vec<Entry>,
}

impl Kept {
    /// What is kept; a file that cannot be read is put aside, for the hall goes on without it.
    pub fn read(path: &Path, files: &dyn Files) -> Self {
        match Self::found(path, files) {
            Ok(kept) => kept,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "the draft of the profile is lost");
                let aside = path.with_extension("damaged");
                if let Err(error) = files.rename(path, &aside) {
                    tracing::warn!(%error, "it could not be put aside");
                }
                Self::default()
            }
        }
    }

    fn found(path: &Path, files: &dyn Files) -> io::Result<Self> {
        let file = files.open_to_read(path)?;
        let size = file.size()?;
        if size > BYTES_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is too large"));
        }
        let mut text = vec![0; usize::try_from(size).map_err(io::Error::other)?];
        let mut at = 0;
        while at < text.len() {
            match file.read_at(at as u64, &mut text[at..])? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                more => at += more,
            }
        }
        serde_json::from_slice(&text).map_err(io::Error::other)
    }

    /// Keeps it, synced.
    pub fn write(&self, path: &Path, files: &dyn Files) -> Result<(), DraftFault> {
        let written = serde_json::to_vec(self).map_err(io::Error::other).and_then(|text| {
            let making = path.with_extension("making");
            let file = files.create(&making)?;
            file.write_at(0, &text)?;
            file.sync()?;
            files.rename(&making, path)?;
            files.sync_dir(path.parent().unwrap_or(Path::new(".")))
        });
        written.map_err(|source| DraftFault::File { path: path.display().to_string(), source })
    }

    /// Adds a version that is in force now.
    pub fn push(&mut self, entry: Entry) {
        self.awaited = self.awaited.take().filter(|awaited| awaited.version != entry.version);
        self.history.push(entry);
        let beyond = self.history.len().saturating_sub(HISTORY_MAX);
        self.history.drain(..beyond);
    }
}
