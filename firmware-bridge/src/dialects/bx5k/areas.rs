//! Dynamic areas: rectangles of text in the card's RAM.

use wire::device::Tone;

use crate::{
    dialects::{Area, gb},
    profile::{Font, Panel, Profile},
};

/// Both papers of the vendor allow as many.
pub const AREAS_MAX: usize = 5;
/// Bytes of text in an area, by the smaller of the vendor's two figures.
pub const TEXT_BYTES_MAX: usize = 512;
/// Text of all areas together, so that the frame fits the card's buffer.
const TEXT_BYTES_IN_ALL: usize = 800;

/// Bit 15 of x and width: pixels, not units of eight.
const PIXELS: u16 = 0x8000;
/// Loops, and is gone when nothing new comes for the time-out: nobody sees an old number for long.
const UNTIL_TIMEOUT: u8 = 2;
/// Left and right in the middle, top and bottom in the middle.
const CENTRED: u8 = 0b1010;
const SINGLE_LINE: u8 = 1;
const MANY_LINES: u8 = 2;
/// Lines are broken where we say.
const OUR_BREAKS: u8 = 1;
const STILL: u8 = 1;
const TO_THE_LEFT: u8 = 3;
/// A middling speed; 0 is the fastest.
const SPEED: u8 = 2;
/// Five seconds, in halves.
const STAYS: u8 = 10;

/// An area as it stands in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawArea {
    /// From the left, in pixels.
    pub x: u16,
    /// From the top.
    pub y: u16,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// From 0.
    pub id: u8,
    /// How it goes on: 0 loops, 1 once, 2 until the time-out.
    pub run: u8,
    /// Seconds.
    pub timeout_secs: u16,
    /// Where in the rectangle.
    pub align: u8,
    /// One line or several.
    pub lines: u8,
    /// How it comes.
    pub effect: u8,
    /// The text with its marks.
    pub text: Vec<u8>,
}

/// The payload that shows these areas; what exceeds the card's room is left out.
#[must_use]
pub fn payload(areas: &[Area], panel: &Panel, profile: &Profile) -> Vec<u8> {
    let mut room = TEXT_BYTES_IN_ALL;
    let raw: Vec<RawArea> = areas
        .iter()
        .take(AREAS_MAX)
        .zip(0..)
        .map(|(area, id)| {
            let text = text(area, panel, profile, room.min(TEXT_BYTES_MAX));
            room -= text.len();
            RawArea {
                x: area.x,
                y: area.y,
                width: area.width,
                height: area.height,
                id,
                run: UNTIL_TIMEOUT,
                // What runs is sent again more seldom, because it begins anew each time.
                timeout_secs: panel.timeout_secs.saturating_mul(if area.runs { 10 } else { 1 }),
                align: CENTRED,
                lines: if area.runs { SINGLE_LINE } else { MANY_LINES },
                effect: if area.runs { TO_THE_LEFT } else { STILL },
                text,
            }
        })
        .collect();
    raw_payload(&raw)
}

/// The payload of areas; none of those that the card has is deleted first.
#[must_use]
pub fn raw_payload(areas: &[RawArea]) -> Vec<u8> {
    let mut payload = vec![0, areas.len() as u8];
    for area in areas {
        let bytes = area.bytes();
        payload.extend((bytes.len() as u16).to_le_bytes());
        payload.extend(bytes);
    }
    payload
}

impl RawArea {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0];
        bytes.extend((self.x | PIXELS).to_le_bytes());
        bytes.extend(self.y.to_le_bytes());
        bytes.extend((self.width | PIXELS).to_le_bytes());
        bytes.extend(self.height.to_le_bytes());
        let (line_spacing, speech, extra, exit) = (0, 0, 0, 0);
        bytes.extend([self.id, line_spacing, self.run]);
        bytes.extend(self.timeout_secs.to_le_bytes());
        bytes.extend([speech, extra, self.align, self.lines, OUR_BREAKS, self.effect, exit]);
        bytes.extend([SPEED, STAYS]);
        bytes.extend((self.text.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&self.text);
        bytes
    }

    /// Reads one area.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let two = |at: usize| Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let pixels = |at: usize| {
            let found = two(at)?;
            Some(if found & PIXELS == 0 { found * 8 } else { found & !PIXELS })
        };
        // Speech and further settings are not ours to send; a twin that gets them is told so.
        if bytes.get(14..16)? != [0, 0] {
            return None;
        }
        let length = u32::from_le_bytes(bytes.get(23..27)?.try_into().ok()?) as usize;
        Some(Self {
            x: pixels(1)?,
            y: two(3)?,
            width: pixels(5)?,
            height: two(7)?,
            id: *bytes.get(9)?,
            run: *bytes.get(11)?,
            timeout_secs: two(12)?,
            align: *bytes.get(16)?,
            lines: *bytes.get(17)?,
            effect: *bytes.get(19)?,
            text: bytes.get(27..)?.get(..length)?.to_vec(),
        })
    }
}

/// Reads the areas of a payload; none if any is wrong.
#[must_use]
pub fn read(payload: &[u8]) -> Option<Vec<RawArea>> {
    let [deleted, rest @ ..] = payload else { return None };
    let skipped = if *deleted == u8::MAX { 0 } else { usize::from(*deleted) };
    let [count, rest @ ..] = rest.get(skipped..)? else { return None };
    let mut rest = rest;
    let mut areas = Vec::new();
    for _ in 0..*count {
        let length = usize::from(u16::from_le_bytes([*rest.first()?, *rest.get(1)?]));
        areas.push(RawArea::read(rest.get(2..2 + length)?)?);
        rest = &rest[2 + length..];
    }
    Some(areas)
}

/// The text with marks for font, colour and line breaks.
fn text(area: &Area, panel: &Panel, profile: &Profile, most: usize) -> Vec<u8> {
    let mut pieces = vec![font(panel.font).as_bytes().to_vec()];
    let mut colour = None;
    for (place, (tone, line)) in area.lines.iter().enumerate() {
        if place > 0 {
            pieces.push(b"\\n".to_vec());
        }
        let wanted = profile.colours.of(*tone);
        if colour.replace(wanted) != Some(wanted) {
            pieces.push(format!("\\C{}", wanted.clamp(1, 7)).into_bytes());
        }
        pieces.extend(line.chars().map(neutral));
    }
    // Cut between two pieces, so that neither a mark nor a character is halved.
    let mut room = most;
    let fits = |piece: &Vec<u8>| {
        let fits = piece.len() <= room;
        room = room.saturating_sub(piece.len());
        fits
    };
    pieces.into_iter().take_while(fits).flatten().collect()
}

/// The marks of the letters' height; 16 dots is what a card begins with.
const fn font(font: Font) -> &'static str {
    match font {
        Font::Dots16 => "",
        Font::Dots24 => "\\FO001\\FE001",
        Font::Dots32 => "\\FO002\\FE002",
    }
}

/// A backslash begins a mark and has no escape, so a wide one stands for it.
fn neutral(character: char) -> Vec<u8> {
    let plain = if character == '\\' { '＼' } else { character };
    gb::printable(plain, gb::gb2312).unwrap_or_default()
}

/// The lines of a text with the colour code of each letter: 0 is red.
#[must_use]
pub fn read_text(text: &[u8]) -> Vec<Vec<(char, u8)>> {
    let (mut lines, mut colour, mut rest) = (vec![Vec::new()], 0, text);
    while let Some(&first) = rest.first() {
        let (used, found) = match (first, rest.get(1)) {
            (b'\\', Some(b'n')) => {
                lines.push(Vec::new());
                (2, None)
            }
            (b'\\', Some(b'C')) => {
                colour = rest.get(2).map_or(0, |digit| digit.wrapping_sub(b'1'));
                (3, None)
            }
            (b'\\', Some(b'F')) => (6, None),
            (b'\\', _) => (3, None),
            _ => match gb::read(rest) {
                Some((character, wide)) => (wide, Some(character)),
                None => break,
            },
        };
        if let (Some(character), Some(line)) = (found, lines.last_mut()) {
            line.push((character, colour));
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    lines
}

/// What a tone's colour code is if a profile says none: 1 red.
#[must_use]
pub const fn usual_colour(tone: Tone) -> u8 {
    match tone {
        Tone::Calling => 1,
        Tone::Steady => 2,
        Tone::Quiet => 3,
    }
}
