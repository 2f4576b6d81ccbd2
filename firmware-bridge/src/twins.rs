//! Twins: virtual devices on pseudo-terminals, which look at what the bytes did. The demo, the
//! device room and the tests have them where a hall has hardware.

pub mod cable;
pub mod led;
pub mod line;
pub mod pty;
pub mod reader;
pub mod room;
pub mod shown;
pub mod twin;
mod uart;

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use wire::{device::Picture, ids::DeviceId};

use crate::{config, shelf::Shelf};
use line::{Habits, TwinLine};
use twin::{NoSuchKey, Twin};

/// All twins of a hall.
pub struct Twins {
    lines: Vec<TwinLine>,
}

/// Puts a twin on a pseudo-terminal for every device of these lines; the ports are made in
/// `folder` under the lines' names. Devices whose profile is unknown have no twin. Evaluators that
/// nobody presses go dark after `lit_for`.
///
/// # Errors
/// If the folder or a pseudo-terminal cannot be made.
pub fn start_for(
    folder: &Path,
    lines: &[config::Line],
    shelf: &Shelf,
    lit_for: Duration,
) -> io::Result<Twins> {
    fs::create_dir_all(folder)?;
    let mut started = Vec::new();
    for line in lines {
        let twins = line
            .devices
            .iter()
            .filter_map(|device| {
                let profile = shelf.get(&device.profile)?;
                Some(Twin::new(device.id, device.address, profile).lit_for(lit_for))
            })
            .collect();
        let habits = Habits { baud: line.baud, echo: false };
        started.push(TwinLine::start(&line.name, &folder.join(&line.name), twins, habits)?);
    }
    Ok(Twins { lines: started })
}

impl Twins {
    /// Each line's name and the path of its port, for the bridge's configuration.
    #[must_use]
    pub fn ports(&self) -> Vec<(String, PathBuf)> {
        self.lines.iter().map(|line| (line.name().to_owned(), line.path().to_owned())).collect()
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[TwinLine] {
        &self.lines
    }

    /// Every twin's id.
    #[must_use]
    pub fn ids(&self) -> Vec<DeviceId> {
        self.lines.iter().flat_map(TwinLine::ids).collect()
    }

    /// What a twin shows.
    #[must_use]
    pub fn picture(&self, id: DeviceId) -> Option<Picture> {
        self.lines.iter().find_map(|line| line.picture(id))
    }

    /// A strip as a PNG of its diodes.
    #[must_use]
    pub fn strip_png(&self, id: DeviceId) -> Option<Vec<u8>> {
        let diodes = |twin: &mut Twin| twin.diodes();
        let diodes = self.lines.iter().find_map(|line| line.with(id, diodes)).flatten()?;
        diodes.png().ok()
    }

    /// Presses a key; says when, or `None` if there is no such twin.
    pub fn press(&self, id: DeviceId, key: &str) -> Option<Result<Instant, NoSuchKey>> {
        self.lines.iter().find_map(|line| line.press(id, key))
    }
}

#[cfg(test)]
mod tests;
