//! A profile: one model's or one site's habits as data. What differs from site to site stands
//! here and never in a dialect.

use std::{collections::BTreeMap, time::Duration};

use serde::Deserialize;
use wire::{
    device::{DeviceKind, PadKey, Tone},
    misspelt::Complaint,
};

use crate::dialects::{Dialect, Frame, ff68};

/// What a device of the bridge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// LED条屏.
    Strip,
    /// 叫号器.
    Pad,
    /// 评价器.
    Evaluator,
}

impl Kind {
    /// The kind's name on the wire.
    #[must_use]
    pub const fn on_the_wire(self) -> DeviceKind {
        match self {
            Self::Strip => DeviceKind::Strip,
            Self::Pad => DeviceKind::Pad,
            Self::Evaluator => DeviceKind::Evaluator,
        }
    }
}

/// How the host acknowledges what a device sends unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ack {
    /// It does not.
    #[default]
    None,
    /// The same frame back.
    Same,
    /// The same frame with the function byte 01.
    Func01,
    /// `68 02 02 68 addr 01 cs 16`: without FF and without data.
    Short,
}

/// The colour codes of a strip, by what the text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// Welcome, serving.
    pub steady: u8,
    /// Just called.
    pub calling: u8,
    /// Paused, closed.
    pub quiet: u8,
}

impl Colours {
    /// The code of a tone.
    #[must_use]
    pub const fn of(self, tone: Tone) -> u8 {
        match tone {
            Tone::Steady => self.steady,
            Tone::Calling => self.calling,
            Tone::Quiet => self.quiet,
        }
    }
}

/// How a strip blinks at a call; the host does it, frame by frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blink {
    /// How often the text goes and comes again.
    pub times: u8,
    /// How long it stands.
    pub on_millis: u64,
    /// How long it is gone.
    pub off_millis: u64,
}

/// One model's or one site's habits.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name: the file's.
    #[serde(skip)]
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The language of its frames.
    pub dialect: Dialect,
    /// How people call it, in Chinese.
    pub title_zh: String,
    /// How people call it, in English.
    pub title_en: String,
    /// Where its bytes are written down.
    pub source: String,
    /// The usual speed of its line.
    pub baud: u32,
    /// The first and the last usual address.
    pub addresses: [u8; 2],
    /// How many half-width characters a strip shows; 0: as many as come.
    #[serde(default)]
    pub cells: u8,
    /// How the host acknowledges.
    #[serde(default)]
    pub ack: Ack,
    /// Equal frames within this time are one press.
    #[serde(default)]
    pub debounce_millis: u64,
    /// The device answers each frame.
    #[serde(default)]
    pub answers: bool,
    /// How long an answer may take after the last byte.
    #[serde(default)]
    pub answer_millis: u64,
    /// How often a frame without an answer is sent again before the device counts as lost.
    #[serde(default)]
    pub retries: u8,
    /// The whole face is sent again this often; 0 never.
    #[serde(default)]
    pub refresh_secs: u64,
    /// The host tells the evaluator when to ask.
    #[serde(default)]
    pub asks: bool,
    /// What a pad shows: a frame each, positions parted by spaces.
    #[serde(default)]
    pub show: Vec<String>,
    /// Digits and function key to meaning.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
    /// The device's byte to the national level.
    #[serde(default)]
    pub grades: BTreeMap<String, u8>,
    /// Colour codes.
    #[serde(default)]
    pub colours: Colours,
    /// Blinking.
    #[serde(default)]
    pub blink: Blink,
}

/// What a frame means under a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A key of a pad.
    Key(PadKey),
    /// A grade.
    Grade {
        /// The national level, 1 to 5.
        level: u8,
        /// How many keys the device has.
        scale: u8,
    },
    /// The device confirms the last frame.
    Answer,
    /// Nothing to be done about it: a host's frame, a byte without a meaning.
    Nothing,
}

/// A profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("failed to read the profile {name}: {why}")]
pub struct BadProfile {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub why: String,
}

impl Profile {
    /// Reads a profile and checks that its tables can be used.
    ///
    /// # Errors
    /// [`BadProfile`] with the sentence that says what is wrong.
    pub fn parse(name: &str, text: &str) -> Result<Self, BadProfile> {
        let bad = |why: String| BadProfile { name: name.to_owned(), why };
        let mut profile: Self =
            toml::from_str(text).map_err(|error| bad(Complaint::of(&error, text).to_string()))?;
        profile.name = name.to_owned();
        for (key, meaning) in &profile.keys {
            Pattern::parse(key)
                .ok_or_else(|| bad(format!("{key:?} is not a key like \"6+0F\"")))?;
            pad_key(meaning, "1")
                .ok_or_else(|| bad(format!("{meaning:?} is not a meaning of a key")))?;
        }
        for (byte, level) in &profile.grades {
            if u8::from_str_radix(byte, 16).is_err() || !(1..=5).contains(level) {
                return Err(bad(format!("the grade {byte:?} = {level} is not a byte and 1 to 5")));
            }
        }
        for row in &profile.show {
            if row.split_whitespace().any(|place| ff68::Place::parse(place).is_none()) {
                return Err(bad(format!("{row:?} is not a row of _, T3, W3, W")));
            }
        }
        if profile.answers && profile.answer_millis == 0 {
            return Err(bad("answers = true needs answer_millis".to_owned()));
        }
        if profile.addresses[0] > profile.addresses[1] {
            return Err(bad("addresses go from the lower to the higher".to_owned()));
        }
        Ok(profile)
    }

    /// What a frame means.
    #[must_use]
    pub fn meaning(&self, frame: &Frame) -> Said {
        match self.dialect {
            Dialect::A090 if frame.answer => Said::Answer,
            Dialect::A090 => Said::Nothing,
            Dialect::Ff68 if frame.bare => Said::Nothing,
            Dialect::Ff68 => match (self.kind, frame.func) {
                (Kind::Pad, ff68::FUNC_KEY) => {
                    self.key(&frame.data).map_or(Said::Nothing, Said::Key)
                }
                (Kind::Evaluator, ff68::FUNC_RESULT) => self.grade(&frame.data),
                (Kind::Pad | Kind::Evaluator | Kind::Strip, _) => Said::Nothing,
            },
        }
    }

    fn grade(&self, data: &[u8]) -> Said {
        let [byte] = data else { return Said::Nothing };
        let scale = self.grades.len() as u8;
        self.grades
            .get(&format!("{byte:02X}"))
            .map_or(Said::Nothing, |&level| Said::Grade { level, scale })
    }

    fn key(&self, data: &[u8]) -> Option<PadKey> {
        let (&function, digits) = data.split_last()?;
        if function <= 9 || digits.iter().any(|&digit| digit > 9) {
            return None;
        }
        let digits: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let found = self
            .keys
            .iter()
            .filter_map(|(key, meaning)| Some((Pattern::parse(key)?, meaning)))
            .filter(|(pattern, _)| pattern.function == function && pattern.fits(&digits))
            .max_by_key(|(pattern, _)| pattern.weight());
        match found {
            Some((_, meaning)) => pad_key(meaning, &digits),
            None => Some(PadKey::Other(format!("{digits}+{function:02X}"))),
        }
    }

    /// The meanings that a pad has a key for, without those that need a number typed.
    #[must_use]
    pub fn meanings(&self) -> Vec<String> {
        let exact = |key: &&String| Pattern::parse(key).is_some_and(|key| key.is_exact());
        let mut meanings: Vec<String> =
            self.keys.iter().filter(|(key, _)| exact(key)).map(|(_, what)| what.clone()).collect();
        meanings.sort_unstable();
        meanings.dedup();
        meanings
    }

    /// What a pad sends for a meaning: the digits, then the function key.
    #[must_use]
    pub fn bytes_of(&self, meaning: &str) -> Option<Vec<u8>> {
        let keys = self.keys.iter().filter(|(_, what)| *what == meaning);
        let mut patterns = keys.filter_map(|(key, _)| Pattern::parse(key));
        let pattern = patterns.find(Pattern::is_exact)?;
        let digits = pattern.digits.bytes().map(|digit| digit - b'0');
        Some(digits.chain([pattern.function]).collect())
    }

    /// The national levels that an evaluator has a key for, 1 to 5, rising.
    #[must_use]
    pub fn levels(&self) -> Vec<u8> {
        let mut levels: Vec<u8> = self.grades.values().copied().collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    /// The time within which equal frames are one press.
    #[must_use]
    pub const fn debounce(&self) -> Duration {
        Duration::from_millis(self.debounce_millis)
    }
}

/// The left side of a key table: "0C", "6+0F", "N+0C", "NN+0F".
struct Pattern<'a> {
    digits: &'a str,
    function: u8,
}

impl<'a> Pattern<'a> {
    fn parse(key: &'a str) -> Option<Self> {
        let (digits, function) = key.rsplit_once('+').unwrap_or(("", key));
        let known =
            digits.bytes().all(|byte| byte.is_ascii_digit()) || ["N", "NN"].contains(&digits);
        let function = u8::from_str_radix(function, 16).ok().filter(|&byte| byte > 9)?;
        known.then_some(Self { digits, function })
    }

    /// No number is to be typed before it.
    fn is_exact(&self) -> bool {
        self.digits.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn fits(&self, digits: &str) -> bool {
        match self.digits {
            "N" => !digits.is_empty(),
            "NN" => digits.len() >= 2,
            exact => exact == digits,
        }
    }

    /// The exact one before the longer wildcard before the shorter.
    fn weight(&self) -> u8 {
        match self.digits {
            "N" => 0,
            "NN" => 1,
            _ => 2,
        }
    }
}

fn pad_key(meaning: &str, digits: &str) -> Option<PadKey> {
    Some(match meaning {
        "call_next" => PadKey::CallNext,
        "call_number" => match digits.parse() {
            Ok(number) => PadKey::CallNumber(number),
            Err(_) => PadKey::Other(format!("call_number {digits}")),
        },
        "recall" => PadKey::Recall,
        "start" => PadKey::Start,
        "finish" => PadKey::Finish,
        "no_show" => PadKey::NoShow,
        "pause" => PadKey::Pause,
        "resume" => PadKey::Resume,
        "hold" => PadKey::Hold,
        "unhold" => PadKey::Unhold,
        "transfer" => PadKey::Transfer(digits.to_owned()),
        "sign_on" => PadKey::SignOn(digits.to_owned()),
        "sign_off" => PadKey::SignOff,
        other => PadKey::Other(other.strip_prefix("other:")?.to_owned()),
    })
}
