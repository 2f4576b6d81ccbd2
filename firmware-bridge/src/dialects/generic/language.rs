//! The rules of a described language: where what stands in a frame, and which words the host has.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::dialects::{Decoded, Frame, checks::Check};

/// A frame is no longer.
const FRAME_BYTES_MAX: usize = 255;

/// The rules as a profile writes them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageDraft {
    /// The bytes that a frame begins with.
    head: String,
    /// The bytes that it ends with.
    #[serde(default)]
    tail: String,
    /// Where the address stands, counted from 0.
    address_at: usize,
    /// Where the function stands, if there is one.
    #[serde(default)]
    func_at: Option<usize>,
    /// Where the data begins.
    data_at: usize,
    /// Where the length stands, one byte.
    #[serde(default)]
    length_at: Option<usize>,
    /// What is added to it to get the length of the whole frame.
    #[serde(default)]
    length_plus: i16,
    /// The length of every frame, if they are all the same.
    #[serde(default)]
    length: Option<usize>,
    /// How the check is made.
    #[serde(default)]
    check: Option<Check>,
    /// The first byte that it covers.
    #[serde(default)]
    check_from: usize,
    /// A check of two bytes has the lower first.
    #[serde(default)]
    check_low_first: bool,
    /// How digits for a display are written.
    #[serde(default)]
    digits: Digits,
    /// What a blank position is among raw digits.
    #[serde(default = "usual_blank")]
    blank: u8,
    /// How a text is written.
    #[serde(default)]
    charset: Charset,
    /// The functions of what the device says.
    #[serde(default)]
    heard: Heard,
    /// What the host says, by order: hexadecimal bytes, the function first if there is one, with
    /// `{data}`, `{digits}` or `{text}` at an open place.
    #[serde(default)]
    says: BTreeMap<String, String>,
}

const fn usual_blank() -> u8 {
    0x0A
}

/// The function of each kind of frame that a device says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// A key of a pad.
    #[serde(default)]
    pub key: Option<u8>,
    /// A grade.
    #[serde(default)]
    pub grade: Option<u8>,
    /// It has heard.
    #[serde(default)]
    pub answer: Option<u8>,
}

/// How digits are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// A byte of 0 to 9 each.
    #[default]
    Raw,
    /// A letter each.
    Ascii,
    /// Two in a byte.
    Bcd,
}

/// How text is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Charset {
    /// No Chinese.
    Ascii,
    /// GBK.
    #[default]
    Gbk,
    /// Only its GB 2312 part.
    Gb2312,
}

/// A part of what the host says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// This byte.
    Byte(u8),
    /// The data of the frame that is acknowledged.
    Data,
    /// A row's digits.
    Digits,
    /// The text.
    Text,
}

/// Something the host says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// The order.
    pub name: String,
    /// Its parts; one at most is open.
    pub pieces: Vec<Piece>,
}

/// The rules, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    head: Vec<u8>,
    tail: Vec<u8>,
    draft: LanguageDraft,
    sayings: Vec<Saying>,
    /// How digits are written.
    pub digits: Digits,
    /// A blank among raw digits.
    pub blank: u8,
    /// How text is written.
    pub charset: Charset,
    /// What the device says.
    pub heard: Heard,
}

/// What the host can say.
const ORDERS: [&str; 9] =
    ["text", "show", "done", "failed", "beep", "ask", "ack", "poll", "identify"];

impl LanguageDraft {
    /// Checks that the rules fit together.
    ///
    /// # Errors
    /// The sentence that says what does not.
    pub fn finish(self) -> Result<Language, String> {
        let head = hex(&self.head).ok_or_else(|| wrong("head", &self.head))?;
        let tail = hex(&self.tail).ok_or_else(|| wrong("tail", &self.tail))?;
        if head.is_empty() {
            return Err("head has at least one byte".to_owned());
        }
        let places = [Some(self.address_at), self.func_at, self.length_at];
        for place in places.into_iter().flatten() {
            if place < head.len() || place >= self.data_at {
                return Err(format!("place {place} is not between the head and the data"));
            }
        }
        if self.data_at > 64 || self.check_from > self.data_at {
            return Err("the data begins within 64 bytes, and the check not after it".to_owned());
        }
        if self.length_at.is_none() && self.length.is_none() && tail.is_empty() {
            return Err("length_at, length or tail says where a frame ends".to_owned());
        }
        if self.length.is_some_and(|length| length > FRAME_BYTES_MAX) {
            return Err(format!("a frame has {FRAME_BYTES_MAX} bytes at most"));
        }
        let mut sayings = Vec::new();
        for (name, text) in &self.says {
            if !ORDERS.contains(&name.as_str()) {
                return Err(format!("{name:?} is none of {}", ORDERS.join(" ")));
            }
            let pieces = pieces(text).ok_or_else(|| wrong(name, text))?;
            sayings.push(Saying { name: name.clone(), pieces });
        }
        // What is written out wholly is understood before what has an open place.
        sayings.sort_by_key(|saying| saying.pieces.iter().filter(|piece| is_open(piece)).count());
        let (digits, blank, charset) = (self.digits, self.blank, self.charset);
        let heard = self.heard.clone();
        Ok(Language { head, tail, draft: self, sayings, digits, blank, charset, heard })
    }
}

impl Language {
    /// Frames have a function.
    #[must_use]
    pub const fn has_func(&self) -> bool {
        self.draft.func_at.is_some()
    }

    /// What the host says for an order.
    #[must_use]
    pub fn saying(&self, name: &str) -> Option<&Saying> {
        self.sayings.iter().find(|saying| saying.name == name)
    }

    /// Everything the host says.
    pub fn sayings(&self) -> impl Iterator<Item = &Saying> {
        self.sayings.iter()
    }

    /// A frame of these words, the function first if there is one; none if it were too long.
    #[must_use]
    pub fn frame(&self, address: u8, words: &[u8]) -> Option<Vec<u8>> {
        let draft = &self.draft;
        let mut bytes = self.head.clone();
        bytes.resize(draft.data_at, 0);
        bytes[draft.address_at] = address;
        let data = match draft.func_at {
            Some(at) => {
                let (func, data) = words.split_first()?;
                bytes[at] = *func;
                data
            }
            None => words,
        };
        bytes.extend_from_slice(data);
        let after = draft.check.map_or(0, Check::width) + self.tail.len();
        if let Some(length) = draft.length {
            if bytes.len() + after > length {
                return None;
            }
            bytes.resize(length - after, 0);
        }
        let whole = bytes.len() + after;
        if whole > FRAME_BYTES_MAX {
            return None;
        }
        if let Some(at) = draft.length_at {
            bytes[at] = u8::try_from(whole as i32 - i32::from(draft.length_plus)).ok()?;
        }
        bytes.extend(self.check(&bytes));
        bytes.extend_from_slice(&self.tail);
        Some(bytes)
    }

    /// What the bytes begin with.
    #[must_use]
    pub fn decode(&self, bytes: &[u8]) -> Decoded {
        let draft = &self.draft;
        if bytes.iter().zip(&self.head).any(|(found, want)| found != want) {
            return Decoded::Garbage;
        }
        let after = draft.check.map_or(0, Check::width) + self.tail.len();
        let whole = match (draft.length, draft.length_at) {
            (Some(length), _) => length as i32,
            (None, Some(at)) => match bytes.get(at) {
                Some(&told) => i32::from(told) + i32::from(draft.length_plus),
                None => return Decoded::NeedMore,
            },
            (None, None) => return self.decode_to_tail(bytes, after),
        };
        let fits = (draft.data_at + after) as i32..=FRAME_BYTES_MAX as i32;
        if !fits.contains(&whole) {
            return Decoded::Garbage;
        }
        match bytes.get(..whole as usize) {
            None => Decoded::NeedMore,
            Some(whole) => self
                .whole(whole, after)
                .map_or(Decoded::Garbage, |frame| Decoded::Frame { used: whole.len(), frame }),
        }
    }

    fn decode_to_tail(&self, bytes: &[u8], after: usize) -> Decoded {
        let least = self.draft.data_at + after;
        let most = bytes.len().min(FRAME_BYTES_MAX);
        for end in least..=most {
            if let Some(frame) = self.whole(&bytes[..end], after) {
                return Decoded::Frame { used: end, frame };
            }
        }
        if bytes.len() < FRAME_BYTES_MAX { Decoded::NeedMore } else { Decoded::Garbage }
    }

    fn whole(&self, bytes: &[u8], after: usize) -> Option<Frame> {
        let draft = &self.draft;
        let body = bytes.strip_suffix(&self.tail[..])?;
        let end = bytes.len().checked_sub(after)?;
        if body.get(end..)? != self.check(&body[..end]) {
            return None;
        }
        Some(Frame {
            address: *body.get(draft.address_at)?,
            func: draft.func_at.and_then(|at| body.get(at).copied()).unwrap_or(0),
            data: body.get(draft.data_at..end)?.to_vec(),
            bare: false,
            answer: false,
        })
    }

    fn check(&self, bytes: &[u8]) -> Vec<u8> {
        let Some(check) = self.draft.check else { return Vec::new() };
        let value = check.of(bytes.get(self.draft.check_from..).unwrap_or_default());
        match (check.width(), self.draft.check_low_first) {
            (1, _) => vec![value as u8],
            (_, true) => value.to_le_bytes().to_vec(),
            (_, false) => value.to_be_bytes().to_vec(),
        }
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).ok()).collect()
}

fn pieces(text: &str) -> Option<Vec<Piece>> {
    let pieces: Option<Vec<Piece>> = text
        .split_whitespace()
        .map(|word| match word {
            "{data}" => Some(Piece::Data),
            "{digits}" => Some(Piece::Digits),
            "{text}" => Some(Piece::Text),
            byte => u8::from_str_radix(byte, 16).ok().map(Piece::Byte),
        })
        .collect();
    pieces.filter(|pieces| pieces.iter().filter(|piece| is_open(piece)).count() <= 1)
}

const fn is_open(piece: &Piece) -> bool {
    !matches!(piece, Piece::Byte(_))
}

fn wrong(key: &str, text: &str) -> String {
    format!("{key} = {text:?} is not made of hexadecimal bytes and at most one open place")
}
