//! A profile: one model's or one site's habits as data. What differs from site to site stands
//! here and never in a dialect.

mod keys;
mod limits;
mod parts;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

pub use parts::{Blink, Colours, Font, Framing, Panel, Registers, Words};
use serde::Deserialize;
use wire::{
    device::{DeviceKind, PadKey},
    misspelt::Complaint,
};

use crate::{
    config::said,
    dialects::{
        self, Dialect, Frame, Tongue, ff68,
        generic::{Language, LanguageDraft},
    },
};

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
    /// 综合屏 of diodes.
    Screen,
}

impl Kind {
    /// The kind's name on the wire.
    #[must_use]
    pub const fn on_the_wire(self) -> DeviceKind {
        match self {
            Self::Strip => DeviceKind::Strip,
            Self::Pad => DeviceKind::Pad,
            Self::Evaluator => DeviceKind::Evaluator,
            Self::Screen => DeviceKind::HallScreen,
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
    /// As the dialect has it.
    Own,
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
    /// The usual speed of its line, 300 to 921,600.
    pub baud: u32,
    /// The first and the last usual address.
    pub addresses: [u8; 2],
    /// How many half-width characters a strip shows; 0: as many as come.
    #[serde(default)]
    pub cells: u8,
    /// How the host acknowledges.
    #[serde(default)]
    pub ack: Ack,
    /// Equal frames within this time are one press; up to 5,000.
    #[serde(default)]
    pub debounce_millis: u64,
    /// The device answers each frame.
    #[serde(default)]
    pub answers: bool,
    /// How long an answer may take after the last byte; up to 5,000, and not 0 where one is awaited.
    #[serde(default)]
    pub answer_millis: u64,
    /// How often a frame without an answer is sent again before the device counts as lost; up
    /// to 10.
    #[serde(default)]
    pub retries: u8,
    /// The whole face is sent again this often; 0 never, up to 3,600.
    #[serde(default)]
    pub refresh_secs: u64,
    /// The host tells the evaluator when to ask.
    #[serde(default)]
    pub asks: bool,
    /// What a pad shows: up to eight frames, positions parted by spaces.
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
    /// How bytes usually stand on its line.
    #[serde(default)]
    pub framing: Framing,
    /// The line is quiet for so long after each frame to it; up to 2,000.
    #[serde(default)]
    pub gap_millis: u64,
    /// Two frames to it are at least so far apart; what is newer waits and what is older is left out.
    #[serde(default)]
    pub pace_millis: u64,
    /// It speaks only when asked, and is asked this often; 0: it speaks unasked.
    #[serde(default)]
    pub poll_millis: u64,
    /// Its answer begins like the frame it answers, so that it cannot be told from an echo.
    #[serde(default)]
    pub answers_alike: bool,
    /// A card's panel.
    #[serde(default)]
    pub panel: Option<Panel>,
    /// A display's registers.
    #[serde(default)]
    pub registers: Registers,
    /// What a display without Chinese shows.
    #[serde(default)]
    pub words: Words,
    /// The rules of its frames, if the dialect is `generic`.
    #[serde(default)]
    language: Option<LanguageDraft>,
    #[serde(skip)]
    described: Option<Arc<Language>>,
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
    /// It confirms, and tells how it is.
    Told(String),
    /// It says no, and why, in a code for the texts.
    Refused(&'static str),
    /// It spoke unasked, and the profile has no meaning for it.
    Strange,
    /// Nothing to be done about it: a host's frame.
    Nothing,
}

/// A profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {why}")]
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
        profile.tidy_tables().map_err(bad)?;
        if let Some(problem) = profile.number_problem() {
            return Err(bad(problem));
        }
        for row in &profile.show {
            if row.split_whitespace().any(|place| ff68::Place::parse(place).is_none()) {
                return Err(bad(said("bridge.profile_bad_row", &[("row", row)])));
            }
        }
        if let Some(problem) =
            profile.panel.as_ref().and_then(|panel| panel.problem(profile.refresh_secs))
        {
            return Err(bad(said(problem, &[])));
        }
        if (profile.dialect == Dialect::Bx5k) != profile.panel.is_some() {
            return Err(bad(said("bridge.profile_panel", &[])));
        }
        if (profile.dialect == Dialect::Generic) != profile.language.is_some() {
            return Err(bad(said("bridge.profile_language", &[])));
        }
        if let Some(draft) = profile.language.clone() {
            profile.described = Some(Arc::new(draft.finish().map_err(bad)?));
        }
        if profile.addresses[0] > profile.addresses[1] {
            return Err(bad(said("bridge.profile_addresses", &[])));
        }
        Ok(profile)
    }

    /// What a frame means.
    #[must_use]
    pub fn meaning(&self, frame: &Frame) -> Said {
        dialects::meaning(frame, self)
    }

    /// What finds its frames.
    #[must_use]
    pub fn tongue(&self) -> Tongue {
        self.described.clone().map_or(Tongue::Known(self.dialect), Tongue::Described)
    }

    /// The rules of a described language.
    #[must_use]
    pub fn language(&self) -> Option<&Language> {
        self.described.as_deref()
    }

    /// The time within which equal frames are one press.
    #[must_use]
    pub const fn debounce(&self) -> Duration {
        Duration::from_millis(self.debounce_millis)
    }
}

#[cfg(test)]
mod tests;
