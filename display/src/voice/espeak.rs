//! The speech program of the system.

use std::{path::PathBuf, process::Command, time::Duration};

use wire::device::Delivery;

use super::{Speaker, Stop, chime, fault::SpeakFault, process};
use crate::config::SpeechConfig;

/// espeak-ng, or a program that takes the same options.
#[derive(Debug, Clone)]
pub struct Espeak {
    program: PathBuf,
    voice: String,
    words_per_minute: u16,
    volume: u8,
    longest: Duration,
    player: Vec<String>,
}

impl Espeak {
    /// As the configuration says.
    #[must_use]
    pub fn new(config: &SpeechConfig) -> Self {
        Self {
            program: config.program.clone(),
            voice: config.voice.clone(),
            words_per_minute: config.words_per_minute.get(),
            volume: config.volume,
            longest: Duration::from_secs(config.sentence_secs_max.get()),
            player: config.player.clone(),
        }
    }

    /// The command that says the sentence aloud.
    #[must_use]
    pub fn command(&self, text: &str, how: Delivery) -> Command {
        let pace = u32::from(self.words_per_minute) * u32::from(how.pace_percent) / 100;
        let loud = u32::from(self.volume) * u32::from(how.volume_percent) / 100;
        let mut command = Command::new(&self.program);
        command
            .args(["-v", &self.voice])
            .args(["-s", &pace.to_string()])
            .args(["-a", &loud.to_string()])
            // After the double dash a sentence that begins with a dash is still a sentence.
            .args(["--", text]);
        command
    }
}

impl Speaker for Espeak {
    fn say(&mut self, text: &str, how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        process::run(&mut self.command(text, how), Vec::new(), self.longest, stop)
    }

    fn chime(&mut self, how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        play(&self.player, chime::wav(how.volume_percent), self.longest, stop)
    }
}

/// Plays a WAV through the configured player.
pub(super) fn play(
    player: &[String],
    wav: Vec<u8>,
    longest: Duration,
    stop: &Stop,
) -> Result<(), SpeakFault> {
    let Some((program, options)) = player.split_first() else { return Ok(()) };
    process::run(Command::new(program).args(options), wav, longest, stop)
}
