//! What the hall has learned of itself: made anew at night from the closed days, kept as a small file
//! that people can read, and read again at the start.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use hall::{forecast::learned::Learned, setup::Setup};
use journal::files::Files;

use super::{Forecasts, Knowledge, silence};
use crate::store::Store;

/// The file under the data.
const FILE: &str = "learned.json";

/// Larger than any hall's: what is larger was not written by a server.
const BYTES_MAX: u64 = 8 << 20;

/// The file could not be used. The hall opens all the same.
#[derive(Debug, thiserror::Error)]
pub enum LearnedFault {
    /// The disk says no.
    #[error("failed to use {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what a server writes.
    #[error("{path} holds nothing that was learned")]
    Broken {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
}

/// Where what was learned is kept, and what it is learned from.
#[derive(Clone)]
pub struct School {
    /// The data's folder.
    pub data: PathBuf,
    /// Its files.
    pub files: Arc<dyn Files>,
    /// The closed days.
    pub store: Store,
    /// Who is told.
    pub forecasts: Forecasts,
}

/// What was learned when the server ran last; nothing but the profile if there is no such file, or it
/// is broken, which is told in the log.
#[must_use]
pub fn at_start(data: &Path, files: &dyn Files, setup: &Setup) -> Learned {
    match read(data, files) {
        Ok(Some(learned)) => learned,
        Ok(None) => Learned::of_profile(setup),
        Err(fault) => {
            let why: &dyn std::error::Error = &fault;
            tracing::warn!(
                why,
                "what was learned could not be read; the forecast begins with the profile until \
                 it has learned again"
            );
            Learned::of_profile(setup)
        }
    }
}

/// Reads the file; none if there is none.
///
/// # Errors
/// If it cannot be read or is broken.
pub fn read(data: &Path, files: &dyn Files) -> Result<Option<Learned>, LearnedFault> {
    let path = data.join(FILE);
    let fault = |source| LearnedFault::File { path: path.clone(), source };
    let file = match files.open_to_read(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(fault(source)),
    };
    let size = file.size().map_err(fault)?.min(BYTES_MAX);
    let mut bytes = vec![0; usize::try_from(size).unwrap_or_default()];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read_at(filled as u64, &mut bytes[filled..]).map_err(fault)? {
            0 => break,
            more => filled += more,
        }
    }
    let learned = serde_json::from_slice(&bytes[..filled]);
    learned.map(Some).map_err(|source| LearnedFault::Broken { path: path.clone(), source })
}

/// Writes the file: a new one beside the old, then a rename.
///
/// # Errors
/// If the disk says no.
pub fn write(data: &Path, files: &dyn Files, learned: &Learned) -> Result<(), LearnedFault> {
    let path = data.join(FILE);
    let making = data.join("learned.making");
    let text = serde_json::to_vec_pretty(learned)
        .map_err(|source| LearnedFault::Broken { path: path.clone(), source })?;
    let written = || {
        let file = files.create(&making)?;
        file.write_at(0, &text)?;
        file.sync()?;
        files.rename(&making, &path)?;
        files.sync_dir(data)
    };
    written().map_err(|source| LearnedFault::File { path: path.clone(), source })
}

impl School {
    /// Learns from the closed days, if there is one that was not learned from, keeps that, and looks
    /// where the word was wrong too often. It takes a while: not on a thread that somebody waits for.
    pub fn learn(&self, setup: &Setup) {
        let known = self.forecasts.knowledge();
        let accuracy = silence::accuracy(&self.store);
        let silent = silence::of(&accuracy);
        for queue in silent.difference(&known.silent) {
            tracing::warn!(%queue, "the forecast was wrong too often; its waits are told no more");
        }
        for queue in known.silent.difference(&silent) {
            tracing::info!(%queue, "the forecast is right again; its waits are told again");
        }
        let last = self.store.last_logged();
        if last.is_none() || known.learned.through >= last {
            let learned = known.learned.clone();
            self.forecasts.know(Knowledge { learned, accuracy, silent });
            return;
        }
        let learned = Learned::of(setup, &self.store.day_logs());
        if let Err(fault) = write(&self.data, &*self.files, &learned) {
            let why: &dyn std::error::Error = &fault;
            tracing::warn!(
                why,
                "what was learned could not be kept; it is learned anew at the start"
            );
        }
        let counts = learned.counts;
        tracing::info!(
            days = counts.days,
            services = counts.services,
            arrivals = counts.arrivals,
            "the forecast has learned"
        );
        self.forecasts.know(Knowledge { learned, accuracy, silent });
    }
}

#[cfg(test)]
mod tests;
