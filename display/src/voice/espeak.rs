//! The speech program of the system.

use std::{path::PathBuf, process::Command, time::Duration};

use wire::device::Delivery;

use super::{Speaker, Stop, chime, fault::SpeakFault, output::Output, process, wav, wav::Sound};
use crate::config::SpeechConfig;

/// espeak-ng, or a program that takes the same options and writes a WAV to its standard output.
#[derive(Debug, Clone)]
pub struct Espeak {
    program: PathBuf,
    voice: String,
    words_per_minute: u16,
    volume: u8,
    longest: Duration,
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
        }
    }

    /// The command that writes the sentence as a WAV.
    #[must_use]
    pub fn command(&self, text: &str, pace_percent: u8) -> Command {
        let pace = u32::from(self.words_per_minute) * u32::from(pace_percent) / 100;
        let mut command = Command::new(&self.program);
        command
            .args(["-v", &self.voice])
            .args(["-s", &pace.to_string()])
            .arg("--stdout")
            // After the double dash a sentence that begins with a dash is still a sentence.
            .args(["--", text]);
        command
    }

    /// The sentence as a sound, as loud as it is to be heard.
    ///
    /// # Errors
    /// If the program did not speak.
    pub fn sound(&self, text: &str, how: Delivery, stop: &Stop) -> Result<Sound, SpeakFault> {
        let mut command = self.command(text, how.pace_percent);
        let wav = process::output(&mut command, self.longest, stop)?;
        let sound = wav::read(&wav).map_err(|why| SpeakFault::BadSpeech {
            program: self.program.display().to_string(),
            why: why.to_owned(),
        })?;
        Ok(sound.at(loudness(self.volume, how)))
    }
}

/// The announcer's own volume and the hour's, in hundredths.
pub(super) fn loudness(volume: u8, how: Delivery) -> u16 {
    u16::from(volume) * u16::from(how.volume_percent) / 100
}

/// The speech program and where its sound goes.
pub struct EspeakSpeaker {
    espeak: Espeak,
    output: Box<dyn Output>,
}

impl EspeakSpeaker {
    /// As the configuration says.
    #[must_use]
    pub fn new(config: &SpeechConfig, output: Box<dyn Output>) -> Self {
        Self { espeak: Espeak::new(config), output }
    }
}

impl Speaker for EspeakSpeaker {
    fn say(&mut self, text: &str, how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        let sound = self.espeak.sound(text, how, stop)?;
        self.output.play(sound, stop)
    }

    fn chime(&mut self, how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        self.output.play(chime::sound().at(loudness(self.espeak.volume, how)), stop)
    }
}
