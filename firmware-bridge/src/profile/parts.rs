//! Parts of a profile: colours, blinking, a card's panel, registers, words without Chinese.

use serde::Deserialize;
use wire::device::Tone;

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
    /// How often the text goes and comes again; up to 20.
    pub times: u8,
    /// How long it stands; up to 10,000.
    pub on_millis: u64,
    /// How long it is gone; up to 10,000.
    pub off_millis: u64,
}

/// The diodes behind an Onbon card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// Diodes from left to right, 16 to 2,048.
    pub width: u16,
    /// Diodes from top to bottom, 16 to 512.
    pub height: u16,
    /// The height of the letters.
    #[serde(default)]
    pub font: Font,
    /// An area without news for so long is taken away by the card itself; above twice
    /// `refresh_secs`, up to 3,600.
    pub timeout_secs: u16,
    /// None: as the card is set; one: always; 24: by the hour, from midnight. Each 0 to 15.
    #[serde(default)]
    pub brightness: Vec<u8>,
}

/// The heights of letters that cards have fonts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Font {
    /// 16 diodes.
    #[default]
    #[serde(rename = "16")]
    Dots16,
    /// 24 diodes.
    #[serde(rename = "24")]
    Dots24,
    /// 32 diodes.
    #[serde(rename = "32")]
    Dots32,
}

impl Font {
    /// The height in diodes; a Chinese character is as wide, a Latin one half.
    #[must_use]
    pub const fn dots(self) -> u16 {
        match self {
            Self::Dots16 => 16,
            Self::Dots24 => 24,
            Self::Dots32 => 32,
        }
    }
}

impl Panel {
    /// Half-width characters in a line.
    #[must_use]
    pub fn cells(&self) -> usize {
        usize::from(self.width / (self.font.dots() / 2))
    }

    /// Lines from top to bottom.
    #[must_use]
    pub fn rows(&self) -> usize {
        usize::from(self.height / self.font.dots())
    }

    /// What does not fit together, as a key of the texts.
    pub(super) fn problem(&self, refresh_secs: u64) -> Option<&'static str> {
        let checks = [
            ((16..=2_048).contains(&self.width), "bridge.panel_width"),
            ((16..=512).contains(&self.height), "bridge.panel_height"),
            (self.rows() > 0 && self.cells() > 1, "bridge.panel_letters"),
            ([0, 1, 24].contains(&self.brightness.len()), "bridge.panel_hours"),
            (self.brightness.iter().all(|level| *level <= 15), "bridge.panel_level"),
            (
                refresh_secs > 0 && u64::from(self.timeout_secs) > 2 * refresh_secs,
                "bridge.panel_timeout",
            ),
        ];
        checks.into_iter().find(|(good, _)| !good).map(|(_, problem)| problem)
    }
}

/// Where a display's registers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registers {
    /// The first one.
    pub first: u16,
    /// They hold letters, two each; else the first holds a number.
    pub holds_text: bool,
}

/// What a display without Chinese shows when there is no number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Welcome.
    pub steady: String,
    /// Paused, closed.
    pub quiet: String,
}

/// How bytes stand on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum Framing {
    /// Eight bits, no parity, one stop bit.
    #[default]
    #[serde(rename = "8N1")]
    Usual,
    /// Seven bits, even parity, two stop bits.
    #[serde(rename = "7E2")]
    Seven,
    /// Eight bits, even parity, one stop bit.
    #[serde(rename = "8E1")]
    Even,
}

impl Framing {
    /// Bits that a byte takes on the wire.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::Usual => 10,
            Self::Seven | Self::Even => 11,
        }
    }
}
