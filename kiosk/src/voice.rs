//! The voice: a speech program of the system; a newer sentence cuts an older one short.

use std::{
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use wire::texts::Language;

use crate::limits;

/// Words a minute.
const PACE: u32 = 160;
/// 长者版: a fifth slower.
const PACE_SLOW: u32 = 128;

/// A sentence to be said; none: be silent.
pub type Sentence = Option<Said>;

/// What is said, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// Their language.
    pub language: Language,
    /// 1 to [`limits::VOLUME_MAX`].
    pub volume: u8,
    /// Slower by a fifth.
    pub slow: bool,
}

/// The voice, as the screen holds it.
pub struct Voice {
    sentences: SyncSender<Sentence>,
}

impl Voice {
    /// Begins to speak with a program that takes espeak-ng's options.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(program: String) -> std::io::Result<Self> {
        let (sentences, inbox) = sync_channel(limits::SENTENCES_MAX);
        thread::Builder::new().name("voice".to_owned()).spawn(move || speak(&program, &inbox))?;
        Ok(Self { sentences })
    }

    /// Says a sentence, or nothing; a voice that is behind misses it, the screen shows it.
    pub fn say(&self, sentence: Sentence) {
        if self.sentences.try_send(sentence).is_err() {
            tracing::debug!("the voice is behind");
        }
    }
}

fn speak(program: &str, inbox: &Receiver<Sentence>) {
    let mut speaking: Option<Child> = None;
    let mut told = false;
    while let Ok(first) = inbox.recv() {
        // Only the newest counts.
        let sentence = inbox.try_iter().last().unwrap_or(first);
        if let Some(mut child) = speaking.take() {
            drop(child.kill());
            drop(child.wait());
        }
        let Some(said) = sentence else { continue };
        match Command::new(program)
            .args(arguments(&said))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
        {
            Ok(child) => speaking = Some(child),
            Err(error) if !told => {
                tracing::warn!(program, %error, "the voice cannot speak");
                told = true;
            }
            Err(_) => {}
        }
    }
}

/// The program's options for a sentence.
#[must_use]
pub fn arguments(said: &Said) -> Vec<String> {
    let voice = match said.language {
        // The voice `cmn` of Debian 12 reads most characters as English letters; this one does not.
        Language::Chinese => "cmn-latn-pinyin",
        Language::English => "en",
    };
    let pace = if said.slow { PACE_SLOW } else { PACE };
    let loud = u32::from(said.volume) * 200 / u32::from(limits::VOLUME_MAX);
    [
        "-v".to_owned(),
        voice.to_owned(),
        "-s".to_owned(),
        pace.to_string(),
        "-a".to_owned(),
        loud.to_string(),
        "--".to_owned(),
        said.text.clone(),
    ]
    .into()
}
