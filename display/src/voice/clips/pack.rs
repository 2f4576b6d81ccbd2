//! A clip pack from any voice: every word that the calls need, spoken by a program, its silence
//! trimmed, all equally loud.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use wire::texts::Texts;

use super::super::{Stop, fault::SpeakFault, process, wav, wav::Sound};

/// A word is spoken in less; a program that takes longer hangs.
const WORD_SECS_MAX: Duration = Duration::from_secs(20);

/// What is softer than this, in hundredths of the loudest, is silence.
const SILENT_PERCENT: u16 = 2;

/// So much of the silence stays, so that a soft first sound is not cut off.
const KEPT: Duration = Duration::from_millis(12);

/// How loud a clip is on the whole: the root of its mean square, of 32,767.
const LOUD: f64 = 4_500.0;

/// Letters that tickets and windows may bear.
const LETTERS: std::ops::RangeInclusive<char> = 'A'..='Z';

/// The sentences of calls.
const SENTENCES: [&str; 3] = ["voice.call", "voice.go_on", "voice.last_call"];

/// A pack that was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// Its clips.
    pub clips: usize,
    /// How long they are together.
    pub lasts: Duration,
}

/// The pack could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    /// The program.
    #[error("{word}: {source}")]
    Speech {
        /// For which word.
        word: String,
        /// Why.
        source: SpeakFault,
    },
    /// What the program gave.
    #[error("{word}: {why}")]
    Sound {
        /// For which word.
        word: String,
        /// Why.
        why: &'static str,
    },
    /// The folder or a file of it.
    #[error("failed to write {path}")]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// What the calls say in a language, one word or phrase a clip.
#[must_use]
pub fn needs(texts: &Texts) -> Vec<String> {
    let mut words: Vec<String> = LETTERS.map(String::from).collect();
    words.extend(texts.get("voice.digits").split(' ').map(str::to_owned));
    match texts.get("voice.ten") {
        "" => words.extend((10..=99).map(|number| number.to_string())),
        ten => words.push(ten.to_owned()),
    }
    words.extend(SENTENCES.iter().flat_map(|key| phrases(texts.get(key))));
    words.sort();
    words.dedup();
    words
}

/// The parts of a sentence that stand between what is filled in and its stops.
fn phrases(sentence: &str) -> Vec<String> {
    let mut phrases = vec![String::new()];
    let mut inside = false;
    for char in sentence.chars() {
        inside = (inside || char == '{') && char != '}';
        let spoken = !inside && (char.is_alphanumeric() || char.is_whitespace());
        match phrases.last_mut() {
            Some(phrase) if spoken => phrase.push(char),
            Some(_) | None => phrases.push(String::new()),
        }
    }
    let trimmed = phrases.into_iter().map(|phrase| phrase.trim().to_owned());
    trimmed.filter(|phrase| !phrase.is_empty()).collect()
}

/// Speaks each word with a program and writes it to the folder. `{text}` in the command is the word;
/// the program writes a WAV to its standard output.
///
/// # Errors
/// With the first word that could not be spoken or written.
pub fn write(folder: &Path, words: &[String], command: &[String]) -> Result<Written, PackFault> {
    std::fs::create_dir_all(folder)
        .map_err(|source| PackFault::Write { path: folder.to_owned(), source })?;
    let (mut lasts, mut rate) = (Duration::ZERO, None);
    for word in words {
        let spoken = speak(command, word)?;
        let sound = even(trim(spoken.in_mono_at(&mut rate)));
        if sound.samples.is_empty() {
            return Err(PackFault::Sound { word: word.clone(), why: "the program was silent" });
        }
        lasts += sound.lasts();
        let name: String = word.chars().filter(|char| !char.is_whitespace()).collect();
        let path = folder.join(format!("{name}.wav"));
        std::fs::write(&path, wav::write(&sound))
            .map_err(|source| PackFault::Write { path, source })?;
    }
    Ok(Written { clips: words.len(), lasts })
}

fn speak(command: &[String], word: &str) -> Result<Sound, PackFault> {
    let filled: Vec<String> = command.iter().map(|part| part.replace("{text}", word)).collect();
    let (program, options) = filled
        .split_first()
        .ok_or_else(|| PackFault::Sound { word: word.to_owned(), why: "there is no program" })?;
    let mut command = Command::new(program);
    let wav = process::output(command.args(options), WORD_SECS_MAX, &Stop::default())
        .map_err(|source| PackFault::Speech { word: word.to_owned(), source })?;
    wav::read(&wav).map_err(|why| PackFault::Sound { word: word.to_owned(), why })
}

impl Sound {
    /// In one channel at the rate of the first clip of a pack: only equal rates can be joined.
    fn in_mono_at(self, rate: &mut Option<u32>) -> Self {
        let rate = *rate.get_or_insert(self.rate);
        self.in_mono(rate)
    }
}

/// Without the silence at both ends.
fn trim(mut sound: Sound) -> Sound {
    let silent = sound.peak() / 100 * SILENT_PERCENT;
    let heard = |sample: &i16| sample.unsigned_abs() > silent;
    let kept = (f64::from(sound.rate) * KEPT.as_secs_f64()) as usize;
    let first = sound.samples.iter().position(heard);
    let last = sound.samples.iter().rposition(heard);
    let (Some(first), Some(last)) = (first, last) else {
        return Sound { samples: Vec::new(), ..sound };
    };
    sound.samples.truncate((last + 1 + kept).min(sound.samples.len()));
    sound.samples.drain(..first.saturating_sub(kept));
    sound
}

/// As loud as the others, and never cut off.
fn even(sound: Sound) -> Sound {
    let squares: f64 = sound.samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    let mean = (squares / sound.samples.len().max(1) as f64).sqrt();
    let percent = if mean > 0.0 { (LOUD / mean * 100.0).round() } else { 100.0 };
    // Twice at most in one step, so that a whisper is raised in two.
    let first = sound.at(percent.min(200.0) as u16);
    if percent > 200.0 { first.at((percent / 2.0).min(200.0) as u16) } else { first }
}

#[cfg(test)]
mod tests;
