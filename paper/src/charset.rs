//! Which bytes a printer's resident Chinese font has for a character, if any.

use encoding_rs::{GB18030, GBK};
use serde::Deserialize;

/// The character set a printer's resident font is addressed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    /// GB 18030, of which only the two-byte part is trusted to be in the font.
    Gb18030,
    /// GBK: two bytes, 21,886 characters.
    Gbk,
    /// GB 2312: two bytes, both above A0, 7,445 characters.
    Gb2312,
}

impl Charset {
    /// Gives the bytes of a character, or nothing when the printer cannot be trusted to print it.
    pub fn bytes(self, c: char) -> Option<CharBytes> {
        if c == ' ' || c.is_ascii_graphic() {
            return Some(CharBytes { bytes: [c as u8, 0], len: 1 });
        }
        if c.is_ascii() || matches!(c, '\u{e000}'..='\u{f8ff}') {
            return None;
        }
        let mut utf8 = [0; 4];
        let text = c.encode_utf8(&mut utf8);
        let codec = match self {
            Self::Gb18030 => GB18030,
            Self::Gbk | Self::Gb2312 => GBK,
        };
        let (bytes, _, unmappable) = codec.encode(text);
        // encoding_rs gives the euro sign one byte in GBK, which no Chinese printer knows.
        let [lead, trail] = *bytes.as_ref() else { return None };
        if unmappable || (self == Self::Gb2312 && !is_gb2312(lead, trail)) {
            return None;
        }
        Some(CharBytes { bytes: [lead, trail], len: 2 })
    }

    /// Tells whether the printer can print every character of a text from its own font.
    pub fn can_print(self, text: &str) -> bool {
        text.chars().all(|c| self.bytes(c).is_some())
    }

    /// Reads a two-byte character back; nothing when the printer's font has no such place.
    pub(crate) fn read(self, lead: u8, trail: u8) -> Option<char> {
        let codec = match self {
            Self::Gb18030 => GB18030,
            Self::Gbk | Self::Gb2312 => GBK,
        };
        if self == Self::Gb2312 && !is_gb2312(lead, trail) {
            return None;
        }
        let pair = [lead, trail];
        let (text, bad) = codec.decode_without_bom_handling(&pair);
        let mut chars = text.chars();
        let first = chars.next().filter(|_| !bad && chars.next().is_none());
        first.filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}'))
    }

    /// Gives the codec by which the byte builder encodes.
    pub(crate) fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Gb18030 => GB18030,
            Self::Gbk | Self::Gb2312 => GBK,
        }
    }
}

/// The one or two bytes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharBytes {
    bytes: [u8; 2],
    len: usize,
}

impl CharBytes {
    /// Shows the bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Tells the filled places of GB 2312-80: symbols in rows 1 to 9, level 1 to row 55, level 2 to row 87.
fn is_gb2312(lead: u8, trail: u8) -> bool {
    match lead {
        0xa1 | 0xa3 => (0xa1..=0xfe).contains(&trail),
        0xa2 => matches!(trail, 0xb1..=0xe2 | 0xe5..=0xee | 0xf1..=0xfc),
        0xa4 => (0xa1..=0xf3).contains(&trail),
        0xa5 => (0xa1..=0xf6).contains(&trail),
        0xa6 => matches!(trail, 0xa1..=0xb8 | 0xc1..=0xd8),
        0xa7 => matches!(trail, 0xa1..=0xc1 | 0xd1..=0xf1),
        0xa8 => matches!(trail, 0xa1..=0xba | 0xc5..=0xe9),
        0xa9 => (0xa4..=0xef).contains(&trail),
        0xb0..=0xd6 | 0xd8..=0xf7 => (0xa1..=0xfe).contains(&trail),
        0xd7 => (0xa1..=0xf9).contains(&trail),
        _ => false,
    }
}

/// Says how many columns a character takes: one for ASCII, two for everything else.
pub fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Says how many columns a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

#[cfg(test)]
mod tests;
