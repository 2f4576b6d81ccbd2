//! Why a sentence was not heard.

/// Why a sentence was not said.
#[derive(Debug, thiserror::Error)]
pub enum SpeakFault {
    /// The program is not there or cannot be started.
    #[error("failed to start {program}")]
    Start {
        /// Which.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// The program ended with an error.
    #[error("{program} ended with {status}: {words}")]
    Ended {
        /// Which.
        program: String,
        /// Its exit status.
        status: String,
        /// What it said about it.
        words: String,
    },
    /// The program took too long and was ended.
    #[error("{program} did not end within {secs} s and was ended")]
    TooLong {
        /// Which.
        program: String,
        /// The limit.
        secs: u64,
    },
    /// What the program gave is no sound.
    #[error("what {program} spoke cannot be played: {why}")]
    BadSpeech {
        /// Which.
        program: String,
        /// Why.
        why: String,
    },
    /// The recording.
    #[error("failed to write {path}")]
    Record {
        /// Its file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The display ends.
    #[error("the display ends")]
    Stopping,
    /// There is no clip for a part of the sentence.
    #[error("there is no clip for “{part}”")]
    NoClip {
        /// The part.
        part: String,
    },
    /// A clip cannot be used.
    #[error("the clip {clip} cannot be used: {why}")]
    BadClip {
        /// Its file.
        clip: String,
        /// Why.
        why: String,
    },
}

impl SpeakFault {
    /// The fault with its sources, in one line.
    #[must_use]
    pub fn in_full(&self) -> String {
        let mut words = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(inner) = source {
            words.push_str(": ");
            words.push_str(&inner.to_string());
            source = inner.source();
        }
        words
    }
}
