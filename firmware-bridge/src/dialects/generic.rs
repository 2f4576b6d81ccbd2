//! A frame language that a profile describes wholly, so that an unknown evaluator or pad is added
//! without Rust. `docs/DEVICES.md` has a worked example.

mod language;

pub use language::{Language, LanguageDraft};

use super::{Decoded, Frame, Order, Unsupported, alpha, ff68, fit, gb};
use crate::profile::{Kind, Profile, Said};
use language::{Charset, Digits, Piece, Saying};

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if the profile has no words for it.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    let unsupported = || Unsupported::of(profile);
    let language = profile.language().ok_or_else(unsupported)?;
    let saying = saying(order).and_then(|name| language.saying(name)).ok_or_else(unsupported)?;
    let mut words = Vec::new();
    for piece in &saying.pieces {
        match (piece, order) {
            (Piece::Byte(byte), _) => words.push(*byte),
            (Piece::Data, Order::Ack(heard)) => words.extend_from_slice(&heard.data),
            (Piece::Digits, Order::Show { row, no, waiting }) => {
                let row = profile.show.get(*row).ok_or_else(unsupported)?;
                let digits = ff68::digits(row, no.map(|no| no.number), *waiting);
                words.extend(language.digits(&digits));
            }
            (Piece::Text, Order::Text { text, tone }) => {
                let shown = match language.charset {
                    Charset::Ascii => alpha::latin(text, *tone, profile),
                    Charset::Gbk | Charset::Gb2312 => fit::to_cells(text, profile.cells),
                };
                words.extend(shown.chars().flat_map(|character| language.bytes_of(character)));
            }
            (Piece::Data | Piece::Digits | Piece::Text, _) => return Err(unsupported()),
        }
    }
    language.frame(address, &words).ok_or_else(unsupported)
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8], language: &Language) -> Decoded {
    language.decode(bytes)
}

/// What a frame means.
#[must_use]
pub fn meaning(frame: &Frame, profile: &Profile) -> Said {
    let Some(language) = profile.language() else { return Said::Nothing };
    let heard = &language.heard;
    let is = |func: Option<u8>| !language.has_func() || func == Some(frame.func);
    if language.has_func() && heard.answer == Some(frame.func) {
        return Said::Answer;
    }
    match profile.kind {
        Kind::Pad if is(heard.key) => key(frame, profile, language),
        Kind::Evaluator if is(heard.grade) => profile.grade(&frame.data),
        Kind::Pad | Kind::Evaluator | Kind::Strip | Kind::Screen => Said::Nothing,
    }
}

/// What the host said, found by the profile's own words, and what stood at their open places.
#[must_use]
pub fn understand<'a>(frame: &Frame, language: &'a Language) -> Option<(&'a str, Vec<u8>)> {
    let mut words = Vec::new();
    words.extend(language.has_func().then_some(frame.func));
    words.extend_from_slice(&frame.data);
    language.sayings().find_map(|saying| Some((&*saying.name, saying.open_part(&words)?.to_vec())))
}

fn key(frame: &Frame, profile: &Profile, language: &Language) -> Said {
    let hex: Vec<String> = frame.data.iter().map(|byte| format!("{byte:02X}")).collect();
    if let Some(found) = profile.key_of_bytes(&hex.join(" ")) {
        return Said::Key(found);
    }
    let typed = |&byte: &u8| match language.digits {
        Digits::Ascii if byte.is_ascii_digit() => byte - b'0',
        Digits::Raw | Digits::Ascii | Digits::Bcd => byte,
    };
    let data: Vec<u8> = frame.data.iter().map(typed).collect();
    profile.key(&data).map_or(Said::Strange, Said::Key)
}

const fn saying(order: &Order) -> Option<&'static str> {
    Some(match order {
        Order::Text { .. } => "text",
        Order::Show { .. } => "show",
        Order::Feedback { done: true } => "done",
        Order::Feedback { done: false } => "failed",
        Order::Beep => "beep",
        Order::Ask => "ask",
        Order::Ack(_) => "ack",
        Order::Poll => "poll",
        Order::Identify => "identify",
        Order::Panel(_) | Order::Status | Order::SetClock(_) | Order::Brightness => return None,
    })
}

impl Language {
    fn digits(&self, digits: &[u8]) -> Vec<u8> {
        let plain = |digit: u8| if digit > 9 { self.blank } else { digit };
        match self.digits {
            Digits::Raw => digits.iter().map(|&digit| plain(digit)).collect(),
            Digits::Ascii => {
                digits.iter().map(|&digit| if digit > 9 { b' ' } else { b'0' + digit }).collect()
            }
            Digits::Bcd => {
                let half = |digit: Option<&u8>| digit.map_or(0, |&digit| digit.min(0x0F));
                digits.chunks(2).map(|pair| half(pair.first()) << 4 | half(pair.get(1))).collect()
            }
        }
    }

    /// Digits as a display takes them, a blank as 0A.
    #[must_use]
    pub fn read_digits(&self, shown: &[u8]) -> Vec<u8> {
        let raw = |byte: u8| if byte > 9 { ff68::BLANK } else { byte };
        match self.digits {
            Digits::Raw => shown.iter().map(|&byte| raw(byte)).collect(),
            Digits::Ascii => shown.iter().map(|byte| raw(byte.wrapping_sub(b'0'))).collect(),
            Digits::Bcd => {
                shown.iter().flat_map(|&pair| [raw(pair >> 4), raw(pair & 0x0F)]).collect()
            }
        }
    }

    fn bytes_of(&self, character: char) -> Vec<u8> {
        let find = match self.charset {
            Charset::Ascii | Charset::Gbk => gb::gbk,
            Charset::Gb2312 => gb::gb2312,
        };
        gb::printable(character, find).unwrap_or_default()
    }
}

impl Saying {
    /// What stands at the only open place, if the words are this saying.
    fn open_part<'w>(&self, words: &'w [u8]) -> Option<&'w [u8]> {
        let is_fixed = |piece: &&Piece| matches!(piece, Piece::Byte(_));
        let head = self.pieces.iter().take_while(is_fixed).count();
        let tail = self.pieces.iter().rev().take_while(is_fixed).count();
        let same = |pieces: &[Piece], bytes: &[u8]| {
            pieces.iter().zip(bytes).all(|(piece, byte)| *piece == Piece::Byte(*byte))
        };
        if head == self.pieces.len() {
            return (words.len() == head && same(&self.pieces, words)).then_some(&[]);
        }
        let open = words.get(head..words.len().checked_sub(tail)?)?;
        let last = words.len() - tail;
        let fits = same(&self.pieces[..head], words)
            && same(&self.pieces[self.pieces.len() - tail..], &words[last..]);
        fits.then_some(open)
    }
}
