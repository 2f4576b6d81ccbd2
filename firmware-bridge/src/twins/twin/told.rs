//! What a frame of the host says to a device, read from its bytes, and what the device answers.

use std::time::Instant;

use super::card::{Card, command};
use crate::{
    dialects::{
        Dialect, Frame, a090, alpha, bx5k,
        bx5k::areas::{self, RawArea},
        digits, ff68, generic, modbus, qm, qm_pad,
    },
    profile::{Ack, Kind, Profile},
    twins::led::Letter,
};

/// What the host says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Show this.
    Text(Vec<Letter>),
    /// Show these areas of a panel.
    Areas(Vec<RawArea>),
    /// Show these digits.
    Digits(Vec<u8>),
    /// The key did something, or nothing.
    Feedback(bool),
    /// 蜂鸣.
    Beep,
    /// 请评价.
    Ask,
    /// It was heard.
    Ack,
    /// Was a key pressed?
    Poll,
    /// Anything that changes nothing to see, but wants an answer.
    Asked,
    /// Nothing that this device knows.
    Nothing,
}

/// Reads a frame as a device of this profile does.
#[must_use]
pub fn read(frame: &Frame, profile: &Profile) -> Told {
    match profile.dialect {
        Dialect::Ff68 => ff68_frame(frame, profile),
        Dialect::A090 if frame.func == a090::CMD_SHOW => Told::Text(a090::read_text(&frame.data)),
        Dialect::A090 => Told::Asked,
        Dialect::Qm => Told::Text(qm::read_text(&frame.data)),
        Dialect::QmPad => match (frame.func, &frame.data[..]) {
            (qm_pad::FUNC_POLL, _) => Told::Poll,
            (qm_pad::FUNC_SHOW, [0, 0]) => Told::Ack,
            (qm_pad::FUNC_SHOW, pairs) => {
                Told::Digits(pairs.iter().flat_map(|&pair| [pair >> 4, pair & 0x0F]).collect())
            }
            _ => Told::Nothing,
        },
        Dialect::Bx5k => card(frame),
        Dialect::Alpha if frame.func == alpha::CMD_TEXT => latin(&frame.data),
        Dialect::Digits if frame.func == digits::FUNC_SHOW => latin(&frame.data),
        Dialect::Alpha | Dialect::Digits => Told::Asked,
        Dialect::Modbus => latin(modbus::read_text(frame).as_bytes()),
        Dialect::Generic => described(frame, profile),
    }
}

/// What a device of this profile answers to a frame.
#[must_use]
pub fn answer(
    frame: &Frame,
    told: &Told,
    profile: &Profile,
    card: &Card,
    now: Instant,
) -> Option<Vec<u8>> {
    match profile.dialect {
        Dialect::A090 => Some(a090::answer(frame.address).to_vec()),
        Dialect::Modbus => Some(modbus::answer(frame)),
        Dialect::Bx5k => Some(card.answer(frame, *told != Told::Nothing, now)),
        Dialect::Generic => {
            let language = profile.language().filter(|_| profile.answers)?;
            language.frame(frame.address, &[language.heard.answer?])
        }
        Dialect::Ff68 | Dialect::Qm | Dialect::QmPad | Dialect::Alpha | Dialect::Digits => None,
    }
}

fn ff68_frame(frame: &Frame, profile: &Profile) -> Told {
    match (profile.kind, frame.func, &frame.data[..]) {
        (Kind::Pad, ff68::FUNC_KEY, _) => Told::Ack,
        (Kind::Pad, ff68::FUNC_BEEP, []) => Told::Beep,
        (Kind::Pad, ff68::FUNC_SHOW, &[done]) if done <= 1 => Told::Feedback(done == 1),
        (Kind::Pad, ff68::FUNC_SHOW, shown) => Told::Digits(shown.to_vec()),
        (Kind::Evaluator, ff68::FUNC_KEY, &[ff68::KEY_EVALUATE]) => Told::Ask,
        (Kind::Evaluator, ff68::FUNC_KEY, _) if acknowledges(profile, frame) => Told::Ack,
        _ => Told::Nothing,
    }
}

/// Lets through the acknowledgement of this profile only, so that a wrong style is noticed.
fn acknowledges(profile: &Profile, frame: &Frame) -> bool {
    match profile.ack {
        Ack::None | Ack::Own => false,
        Ack::Same => frame.func == ff68::FUNC_RESULT && !frame.bare,
        Ack::Func01 => !frame.bare && frame.data.len() == 1,
        Ack::Short => frame.bare && frame.data.is_empty(),
    }
}

fn card(frame: &Frame) -> Told {
    match command(frame) {
        bx5k::AREAS => {
            let payload = frame.data.get(4..).unwrap_or_default();
            areas::read(payload).map_or(Told::Nothing, Told::Areas)
        }
        bx5k::PING | bx5k::STATUS | bx5k::CLOCK | bx5k::BRIGHTNESS => Told::Asked,
        _ => Told::Nothing,
    }
}

fn described(frame: &Frame, profile: &Profile) -> Told {
    let Some(language) = profile.language() else { return Told::Nothing };
    match generic::understand(frame, language) {
        Some(("text", text)) => {
            let mut letters = Vec::new();
            let mut rest = &text[..];
            while let Some((letter, wide)) = crate::dialects::gb::read(rest) {
                letters.push((letter, 0));
                rest = &rest[wide..];
            }
            Told::Text(letters)
        }
        Some(("show", shown)) => Told::Digits(language.read_digits(&shown)),
        Some(("done", _)) => Told::Feedback(true),
        Some(("failed", _)) => Told::Feedback(false),
        Some(("beep", _)) => Told::Beep,
        Some(("ask", _)) => Told::Ask,
        Some(("ack", _)) => Told::Ack,
        Some(("poll", _)) => Told::Poll,
        Some(_) => Told::Asked,
        None => Told::Nothing,
    }
}

fn latin(text: &[u8]) -> Told {
    Told::Text(text.iter().map(|&byte| (char::from(byte), 0)).collect())
}
