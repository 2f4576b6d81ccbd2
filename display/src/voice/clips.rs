//! Recorded clips: a folder of WAVs, each named by the words it says. What no clip says, the
//! speech program says, so a missing clip never silences a call.

pub mod pack;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use wire::device::Delivery;

use super::{
    Speaker, Stop, chime,
    espeak::{Espeak, loudness},
    fault::SpeakFault,
    output::Output,
    wav::{self, Sound},
};
use crate::config::SpeechConfig;

/// Clips that are looked at; digits, letters and phrases are some eighty.
const CLIPS_MAX: usize = 1_000;

/// The longest name of a clip, in characters.
const NAME_CHARACTERS_MAX: usize = 24;

/// Punctuation becomes this much silence.
const COMMA: Duration = Duration::from_millis(250);

/// A speaker of recorded clips.
pub struct Clips {
    files: BTreeMap<String, PathBuf>,
    volume: u8,
    behind: Espeak,
    output: Box<dyn Output>,
}

impl Clips {
    /// As the configuration says; a missing folder leaves everything to the speech program.
    #[must_use]
    pub fn new(config: &SpeechConfig, output: Box<dyn Output>) -> Self {
        let files = config.clips_folder.as_deref().map(files).unwrap_or_default();
        if files.is_empty() {
            tracing::warn!(folder = ?config.clips_folder, "there are no clips; espeak-ng speaks");
        }
        Self { files, volume: config.volume, behind: Espeak::new(config), output }
    }

    /// The sentence as one sound, its clips without a gap between them.
    ///
    /// # Errors
    /// If a part of the sentence has no clip, or a clip cannot be used.
    pub fn sound(&self, text: &str) -> Result<Sound, SpeakFault> {
        let mut whole: Option<Sound> = None;
        for part in self.parts(text)? {
            match part {
                Part::Pause => {
                    if let Some(sound) = &mut whole {
                        let frames = sound.rate as usize * COMMA.as_millis() as usize / 1_000;
                        let silence = frames * usize::from(sound.channels);
                        sound.samples.extend(std::iter::repeat_n(0, silence));
                    }
                }
                Part::Clip(path) => append(&mut whole, path)?,
            }
        }
        whole.ok_or_else(|| no_clip(text))
    }

    /// The clips of a sentence, the longest that fits at each place.
    fn parts(&self, text: &str) -> Result<Vec<Part<'_>>, SpeakFault> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            if char.is_whitespace() {
                rest = &rest[char.len_utf8()..];
            } else if !char.is_alphanumeric() {
                parts.push(Part::Pause);
                rest = &rest[char.len_utf8()..];
            } else {
                let (said, path) = self.longest_match(rest).ok_or_else(|| no_clip(rest))?;
                parts.push(Part::Clip(path));
                rest = &rest[said..];
            }
        }
        Ok(parts)
    }

    /// How many bytes of the text the longest clip at its beginning says; spaces do not count.
    fn longest_match(&self, text: &str) -> Option<(usize, &Path)> {
        let mut words = String::new();
        let mut found = None;
        for (at, char) in text.char_indices() {
            if !char.is_whitespace() {
                words.push(char);
                if let Some(path) = self.files.get(&words) {
                    found = Some((at + char.len_utf8(), path.as_path()));
                }
            }
            if words.chars().count() >= NAME_CHARACTERS_MAX {
                break;
            }
        }
        found
    }
}

enum Part<'a> {
    Clip(&'a Path),
    Pause,
}

impl Speaker for Clips {
    fn say(&mut self, text: &str, how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        let sound = match self.sound(text) {
            Ok(sound) => sound.at(loudness(self.volume, how)),
            Err(fault) => {
                tracing::warn!(%fault, "espeak-ng says what the clips cannot");
                self.behind.sound(text, how, stop)?
            }
        };
        self.output.play(sound, stop)
    }

    fn chime(&mut self, how: Delivery, stop: &Stop) -> Result<(), SpeakFault> {
        self.output.play(chime::sound().at(loudness(self.volume, how)), stop)
    }
}

fn no_clip(rest: &str) -> SpeakFault {
    SpeakFault::NoClip { part: rest.chars().take(8).collect() }
}

fn append(whole: &mut Option<Sound>, path: &Path) -> Result<(), SpeakFault> {
    let clip = path.display().to_string();
    let bad = |why: String| SpeakFault::BadClip { clip: clip.clone(), why };
    let bytes = std::fs::read(path).map_err(|error| bad(error.to_string()))?;
    let sound = wav::read(&bytes).map_err(|why| bad(why.to_owned()))?;
    match whole {
        None => *whole = Some(sound),
        Some(first) if (first.rate, first.channels) == (sound.rate, sound.channels) => {
            first.samples.extend(sound.samples);
        }
        Some(first) => {
            let why = format!("it has {} Hz, the clip before it {} Hz", sound.rate, first.rate);
            return Err(bad(why));
        }
    }
    Ok(())
}

fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    let paths = entries.take(CLIPS_MAX).filter_map(|entry| entry.ok().map(|entry| entry.path()));
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("wav")))
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.to_owned();
            Some((name, path))
        })
        .collect()
}
