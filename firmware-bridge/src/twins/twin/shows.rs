//! What a virtual device shows.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use wire::device::Picture;

use super::told::Told;
use crate::{
    dialects::{
        bx5k::areas::{self, RawArea},
        ff68,
    },
    profile::{Kind, Panel, Profile},
    twins::led::{Diodes, Letter},
};

/// Positions of a pad's display.
const POSITIONS: usize = 6;

/// What it shows.
#[derive(Debug)]
pub enum Shows {
    /// A line of letters.
    Strip {
        /// The letters.
        text: Vec<Letter>,
    },
    /// A card's areas, by their number.
    Panel {
        /// The areas, and until when each stands without news.
        areas: BTreeMap<u8, (RawArea, Instant)>,
        /// Their letters, one line after another.
        text: Vec<Letter>,
    },
    /// A pad's display.
    Pad {
        /// Its positions.
        digits: [u8; POSITIONS],
        /// How often it beeped.
        beeps: u32,
        /// The last success or failure that it was told.
        feedback: Option<bool>,
    },
    /// An evaluator's lamps.
    Evaluator {
        /// Until when they burn.
        lit_until: Option<Instant>,
    },
}

impl Shows {
    /// Just switched on.
    #[must_use]
    pub const fn dark(profile: &Profile) -> Self {
        match (profile.kind, &profile.panel) {
            (_, Some(_)) => Self::Panel { areas: BTreeMap::new(), text: Vec::new() },
            (Kind::Strip | Kind::Screen, None) => Self::Strip { text: Vec::new() },
            (Kind::Pad, None) => {
                Self::Pad { digits: [ff68::BLANK; POSITIONS], beeps: 0, feedback: None }
            }
            (Kind::Evaluator, None) => Self::Evaluator { lit_until: None },
        }
    }

    /// The host said something; true if the picture is another.
    pub fn take(&mut self, told: &Told, lit_for: Duration, now: Instant) -> bool {
        match (self, told) {
            (Self::Strip { text }, Told::Text(read)) => {
                let shown = text != read;
                text.clone_from(read);
                shown
            }
            (Self::Panel { areas, text }, Told::Areas(read)) => {
                for area in read {
                    let until = now + Duration::from_secs(area.timeout_secs.into());
                    areas.insert(area.id, (area.clone(), until));
                }
                let before = std::mem::replace(text, letters(areas));
                before != *text
            }
            (Self::Pad { beeps, .. }, Told::Beep) => {
                *beeps = beeps.wrapping_add(1);
                true
            }
            (Self::Pad { feedback, .. }, Told::Feedback(done)) => {
                *feedback = Some(*done);
                true
            }
            (Self::Pad { digits, .. }, Told::Digits(shown)) => put(digits, shown),
            (Self::Evaluator { lit_until }, Told::Ask) => {
                lit_until.replace(now + lit_for).is_none()
            }
            (
                Self::Strip { .. } | Self::Panel { .. } | Self::Pad { .. } | Self::Evaluator { .. },
                _,
            ) => false,
        }
    }

    /// Time has passed: lamps go out, and areas without news go away; true if anything did.
    pub fn handle_timeout(&mut self, now: Instant) -> bool {
        match self {
            Self::Evaluator { lit_until } if lit_until.is_some_and(|until| until <= now) => {
                *lit_until = None;
                true
            }
            Self::Panel { areas, text } => {
                let before = areas.len();
                areas.retain(|_, (_, until)| *until > now);
                let gone = areas.len() < before;
                if gone {
                    *text = letters(areas);
                }
                gone
            }
            Self::Strip { .. } | Self::Pad { .. } | Self::Evaluator { .. } => false,
        }
    }

    /// When [`Shows::handle_timeout`] is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        match self {
            Self::Evaluator { lit_until } => *lit_until,
            Self::Panel { areas, .. } => areas.values().map(|(_, until)| *until).min(),
            Self::Strip { .. } | Self::Pad { .. } => None,
        }
    }

    /// Its letters.
    #[must_use]
    pub fn letters(&self) -> Option<&[Letter]> {
        match self {
            Self::Strip { text } | Self::Panel { text, .. } => Some(text),
            Self::Pad { .. } | Self::Evaluator { .. } => None,
        }
    }

    /// Its diodes; of what runs, the beginning.
    #[must_use]
    pub fn diodes(&self, panel: Option<&Panel>) -> Option<Diodes> {
        match (self, panel) {
            (Self::Strip { text }, _) => Some(Diodes::strip(text)),
            (Self::Panel { areas, .. }, Some(panel)) => Some(drawn(areas, panel)),
            (Self::Panel { .. } | Self::Pad { .. } | Self::Evaluator { .. }, _) => None,
        }
    }

    /// For the device room.
    #[must_use]
    pub fn picture(&self, profile: &Profile) -> Picture {
        match self {
            Self::Strip { text } => Picture::Strip {
                text: characters(text),
                colour: text.first().map_or(0, |(_, colour)| *colour),
            },
            Self::Panel { text, .. } => {
                let drawn =
                    self.diodes(profile.panel.as_ref()).and_then(|diodes| diodes.png().ok());
                Picture::Panel {
                    text: characters(text),
                    png_base64: STANDARD.encode(drawn.unwrap_or_default()),
                }
            }
            Self::Pad { digits, beeps, .. } => {
                let digit = |&digit: &u8| match digit {
                    0..=9 => char::from(b'0' + digit),
                    _ => ' ',
                };
                let digits = digits.iter().map(digit).collect();
                Picture::Pad { digits, beeps: *beeps, keys: profile.meanings() }
            }
            Self::Evaluator { lit_until } => {
                let levels = profile.levels();
                Picture::Evaluator { asking: lit_until.is_some(), keys: levels.len() as u8, levels }
            }
        }
    }
}

fn characters(text: &[Letter]) -> String {
    text.iter().map(|(character, _)| *character).collect()
}

/// All lines of all areas, with a space between them.
fn letters(found: &BTreeMap<u8, (RawArea, Instant)>) -> Vec<Letter> {
    let lines = found.values().flat_map(|(area, _)| areas::read_text(&area.text));
    let mut letters = Vec::new();
    for line in lines {
        if !letters.is_empty() {
            letters.push((' ', 0));
        }
        letters.extend(line);
    }
    letters
}

/// Lines stand in the middle of their area, as the bits of its place ask for.
fn drawn(found: &BTreeMap<u8, (RawArea, Instant)>, panel: &Panel) -> Diodes {
    let mut diodes = Diodes::dark(panel.width.into(), panel.height.into());
    let dots = usize::from(panel.font.dots());
    for (area, _) in found.values() {
        let lines = areas::read_text(&area.text);
        let (width, height) = (usize::from(area.width), usize::from(area.height));
        let above = height.saturating_sub(lines.len() * dots) / 2;
        for (row, line) in lines.iter().enumerate() {
            let cells: usize = line.iter().map(|(letter, _)| wide(*letter)).sum();
            let before = width.saturating_sub(cells * dots / 2) / 2;
            let corner = (usize::from(area.x) + before, usize::from(area.y) + above + row * dots);
            diodes.write(line, corner, width.saturating_sub(before), dots);
        }
    }
    diodes
}

const fn wide(letter: char) -> usize {
    if letter.is_ascii() { 1 } else { 2 }
}

/// Digits come from the left. A blank beside digits leaves its position as it is: S11 sends the
/// number and the waiting count one after the other, each with blanks in the other's place; how a
/// real pad takes that is our reading.
fn put(digits: &mut [u8; POSITIONS], shown: &[u8]) -> bool {
    let before = *digits;
    let whole = shown.len() >= POSITIONS;
    let all_blank = shown.iter().all(|&digit| digit == ff68::BLANK);
    for (place, digit) in digits.iter_mut().enumerate() {
        match shown.get(place) {
            Some(&ff68::BLANK) if whole && !all_blank => {}
            Some(&found) => *digit = found,
            None => *digit = ff68::BLANK,
        }
    }
    *digits != before
}
