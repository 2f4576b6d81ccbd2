//! What one printer model can do, as data: `profiles/*.toml`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::charset::Charset;

/// The profiles that come with the program: name and text.
const BUILT_IN: [(&str, &str); 9] = [
    ("generic-80", include_str!("../profiles/generic-80.toml")),
    ("generic-58", include_str!("../profiles/generic-58.toml")),
    ("epson-80", include_str!("../profiles/epson-80.toml")),
    ("epson-58", include_str!("../profiles/epson-58.toml")),
    ("xprinter-80", include_str!("../profiles/xprinter-80.toml")),
    ("xprinter-58", include_str!("../profiles/xprinter-58.toml")),
    ("tear-80", include_str!("../profiles/tear-80.toml")),
    ("sprt-58-gb2312", include_str!("../profiles/sprt-58-gb2312.toml")),
    ("gbk-80", include_str!("../profiles/gbk-80.toml")),
];

/// One printer model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub(crate) name: String,
    pub(crate) width_dots: u16,
    pub(crate) margin_dots: u16,
    pub(crate) columns: u8,
    pub(crate) line_dots: u8,
    pub(crate) encoding: Charset,
    pub(crate) chinese_mode: bool,
    pub(crate) cutter: Cutter,
    pub(crate) feed_before_cut_dots: u8,
    pub(crate) near_end_sensor: bool,
    pub(crate) qr: QrBy,
    pub(crate) status: StatusBy,
    #[serde(default)]
    pub(crate) quirks: Quirks,
}

/// What the knife can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cutter {
    /// No knife: the slip is torn off.
    None,
    /// Leaves a point uncut.
    Partial,
    /// Cuts through, or leaves a point when asked.
    Full,
}

/// Who draws the QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QrBy {
    /// The printer, by GS ( k.
    Native,
    /// We, dot by dot.
    Raster,
}

/// How the printer tells its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusBy {
    /// It answers DLE EOT 1 to 4 at once, and GS r in turn.
    DleEot,
    /// It reports by itself after GS a, and answers GS r in turn.
    Asb,
    /// It answers GS r in turn and nothing at once: the paper is told while all is well, and any
    /// other trouble only by silence.
    GsR,
    /// It says nothing.
    None,
}

/// Where a model differs from the common rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Quirks {
    pub(crate) set_motion_units: bool,
    pub(crate) cut_command: CutCommand,
    pub(crate) size_times_max: u8,
    pub(crate) raster_rows_max: u8,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            set_motion_units: false,
            cut_command: CutCommand::FeedAndCut,
            size_times_max: 2,
            raster_rows_max: 128,
        }
    }
}

/// Which of the three cut commands the model obeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutCommand {
    /// GS V A n and GS V B n: feeds to the knife, then cuts.
    FeedAndCut,
    /// GS V 0 and GS V 1: cuts where the paper stands.
    Plain,
    /// ESC i and ESC m of old clones.
    Clone,
}

/// A profile that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileFault {
    /// No built-in profile has the name and no file is there.
    #[error("no printer profile is called {name}; there are {}", .known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// The file cannot be read.
    #[error("failed to read the printer profile {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The text is not a profile.
    #[error("the printer profile is wrong: {0}")]
    Form(#[from] toml::de::Error),
    /// The numbers contradict each other.
    #[error("the printer profile {name} is wrong: {problem}")]
    Numbers {
        /// The profile's name.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl Profile {
    /// Lists the names of the built-in profiles.
    pub fn names() -> Vec<&'static str> {
        BUILT_IN.iter().map(|(name, _)| *name).collect()
    }

    /// Finds a profile: a built-in name, or the path of a file ending in `.toml`.
    pub fn find(name_or_path: &str) -> Result<Self, ProfileFault> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_path) {
            return Self::parse(text);
        }
        if !name_or_path.ends_with(".toml") {
            let name = name_or_path.to_owned();
            return Err(ProfileFault::Unknown { name, known: Self::names() });
        }
        Self::load(Path::new(name_or_path))
    }

    /// Reads a profile from a file.
    pub fn load(path: &Path) -> Result<Self, ProfileFault> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ProfileFault::Read { path: path.to_owned(), source })?;
        Self::parse(&text)
    }

    /// Reads a profile from its text; unknown keys are errors.
    pub fn parse(text: &str) -> Result<Self, ProfileFault> {
        let profile: Self = toml::from_str(text)?;
        match profile.problem() {
            None => Ok(profile),
            Some(problem) => Err(ProfileFault::Numbers { name: profile.name, problem }),
        }
    }

    /// Says the profile's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Says the paper's printable width in dots.
    pub fn width_dots(&self) -> u16 {
        self.width_dots
    }

    /// Says how many ASCII letters of ordinary size stand in a line between the margins.
    pub fn columns(&self) -> u8 {
        self.columns
    }

    /// Says how the printer tells its state.
    pub fn status(&self) -> StatusBy {
        self.status
    }

    /// Says whether the printer answers questions; one that does not counts as having printed what it took.
    pub fn can_answer(&self) -> bool {
        self.status != StatusBy::None
    }

    /// Says whether the printer can tell that the roll is nearly used up.
    pub fn has_near_end_sensor(&self) -> bool {
        self.near_end_sensor
    }

    /// Says the width between the margins in dots.
    pub(crate) fn content_dots(&self) -> usize {
        usize::from(self.width_dots) - 2 * usize::from(self.margin_dots)
    }

    fn problem(&self) -> Option<&'static str> {
        let content = i32::from(self.width_dots) - 2 * i32::from(self.margin_dots);
        let checks = [
            (self.width_dots.is_multiple_of(8), "width_dots is not a multiple of 8"),
            ((192..=832).contains(&self.width_dots), "width_dots is not between 192 and 832"),
            (self.margin_dots.is_multiple_of(8), "margin_dots is not a multiple of 8"),
            (self.columns >= 16, "columns is less than 16"),
            (i32::from(self.columns) * 12 <= content, "columns of 12 dots do not fit the width"),
            ((24..=96).contains(&self.line_dots), "line_dots is not between 24 and 96"),
            (
                [1, 2, 4, 8].contains(&self.quirks.size_times_max),
                "size_times_max is not 1, 2, 4 or 8",
            ),
            (self.quirks.raster_rows_max >= 8, "raster_rows_max is less than 8"),
        ];
        checks.into_iter().find(|(good, _)| !good).map(|(_, problem)| problem)
    }
}

#[cfg(test)]
mod tests;
