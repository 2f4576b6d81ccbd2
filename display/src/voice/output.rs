//! Where sound goes: a player of the system, nowhere, or a file that can be listened to later.

use std::{
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use super::{Stop, fault::SpeakFault, process, wav, wav::Sound};
use crate::config::{OutputKind, SpeechConfig};

/// A recording ends after so long; a test listens for seconds, an acceptance for minutes.
const RECORDED_MAX: Duration = Duration::from_secs(30 * 60);

/// Samples a second of a recording.
const RATE: u32 = 22_050;

/// Something that sound comes out of. It returns when the sound has ended.
pub trait Output: Send {
    /// Plays a sound.
    ///
    /// # Errors
    /// If it was not heard to its end.
    fn play(&mut self, sound: Sound, stop: &Stop) -> Result<(), SpeakFault>;
}

/// The output that the configuration asks for.
#[must_use]
pub fn output(config: &SpeechConfig) -> Box<dyn Output> {
    match config.output {
        OutputKind::Player => Box::new(Player {
            command: config.player.clone(),
            longest: Duration::from_secs(config.sentence_secs_max.get()),
        }),
        OutputKind::Nowhere => Box::new(Nowhere),
        OutputKind::File => Box::new(Recording::new(&config.output_file)),
    }
}

/// A program that plays a WAV from its standard input.
pub struct Player {
    command: Vec<String>,
    longest: Duration,
}

impl Output for Player {
    fn play(&mut self, sound: Sound, stop: &Stop) -> Result<(), SpeakFault> {
        let Some((program, options)) = self.command.split_first() else { return Ok(()) };
        let mut command = Command::new(program);
        process::run(command.args(options), wav::write(&sound), self.longest, stop)
    }
}

/// Nothing is heard; it takes as long as if it were.
pub struct Nowhere;

impl Output for Nowhere {
    fn play(&mut self, sound: Sound, stop: &Stop) -> Result<(), SpeakFault> {
        stop.pause(sound.lasts());
        if stop.asked() { Err(SpeakFault::Stopping) } else { Ok(()) }
    }
}

/// A WAV file of all that would have been heard, with the silence between.
pub struct Recording {
    path: PathBuf,
    begun: Option<Instant>,
    /// Samples in the file.
    written: usize,
}

impl Recording {
    /// A recording into this file; what it held is gone with the first sound.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), begun: None, written: 0 }
    }

    fn append(&mut self, samples: &[i16]) -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        let fresh = self.written == 0;
        let mut file = options.write(true).create(true).truncate(fresh).open(&self.path)?;
        file.seek(SeekFrom::End(0))?;
        if fresh {
            file.write_all(&wav::head(RATE, 1, 0))?;
        }
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        file.write_all(&bytes)?;
        self.written += samples.len();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&wav::head(RATE, 1, self.written))
    }
}

impl Output for Recording {
    fn play(&mut self, sound: Sound, stop: &Stop) -> Result<(), SpeakFault> {
        let passed = self.begun.get_or_insert_with(Instant::now).elapsed();
        let lasts = sound.lasts();
        if passed + lasts < RECORDED_MAX {
            let due = (passed.as_secs_f64() * f64::from(RATE)) as usize;
            let silence = vec![0; due.saturating_sub(self.written)];
            let samples = [silence, sound.in_mono(RATE).samples].concat();
            self.append(&samples).map_err(|source| SpeakFault::Record {
                path: self.path.display().to_string(),
                source,
            })?;
        }
        stop.pause(lasts);
        if stop.asked() { Err(SpeakFault::Stopping) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests;
