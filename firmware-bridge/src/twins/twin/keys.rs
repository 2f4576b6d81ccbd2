//! The keys of virtual devices: what is printed on them, and the frames that they say.

use crate::{
    dialects::{Dialect, ff68, qm_pad},
    profile::{Kind, Profile},
};

/// The keys of a pad of the FF 68 family.
const FF68_KEYS: [(&str, u8); 9] = [
    ("start", 0x0A),
    ("finish", 0x0B),
    ("call", 0x0C),
    ("recall", 0x0D),
    ("cancel", 0x0E),
    ("ok", 0x0F),
    ("one_metre", 0x11),
    ("pause", 0x12),
    ("transfer", 0x13),
];

/// The keys of a QM pad.
const QM_KEYS: [(&str, u8); 6] = [
    ("call", 0xCC),
    ("recall", 0x33),
    ("number", 0x0F),
    ("pause", 0xAA),
    ("query", 0x55),
    ("transfer", 0xF0),
];

/// The function keys that are printed on a pad.
#[must_use]
pub const fn printed(profile: &Profile) -> &'static [(&'static str, u8)] {
    match profile.dialect {
        Dialect::Ff68 => &FF68_KEYS,
        Dialect::QmPad => &QM_KEYS,
        Dialect::A090
        | Dialect::Qm
        | Dialect::Bx5k
        | Dialect::Alpha
        | Dialect::Modbus
        | Dialect::Digits
        | Dialect::Generic => &[],
    }
}

/// How many digits can be typed before a function key; S11 drops frames with more than two.
#[must_use]
pub const fn typed_max(profile: &Profile) -> usize {
    match profile.dialect {
        Dialect::QmPad => 4,
        Dialect::Ff68
        | Dialect::A090
        | Dialect::Qm
        | Dialect::Bx5k
        | Dialect::Alpha
        | Dialect::Modbus
        | Dialect::Digits
        | Dialect::Generic => 2,
    }
}

/// The names of a device's keys.
#[must_use]
pub fn names(profile: &Profile) -> Vec<String> {
    match profile.kind {
        Kind::Strip | Kind::Screen => Vec::new(),
        Kind::Pad => {
            let digits = (0..=9).map(|digit: u8| digit.to_string());
            let printed = printed(profile).iter().map(|(name, _)| (*name).to_owned());
            let known: Vec<String> = digits.chain(printed).collect();
            let meant = profile.meanings();
            let meant: Vec<String> = meant.into_iter().filter(|key| !known.contains(key)).collect();
            [known, meant].concat()
        }
        Kind::Evaluator => profile.levels().iter().map(u8::to_string).collect(),
    }
}

/// The frame that a pad says: digits, then the function key, or the bytes of a described key.
#[must_use]
pub fn pad_frame(address: u8, data: &[u8], profile: &Profile) -> Option<Vec<u8>> {
    match (profile.dialect, profile.language()) {
        (Dialect::QmPad, _) => {
            let (&act, digits) = data.split_last()?;
            let digit =
                |from_end: usize| digits.len().checked_sub(from_end).map_or(0, |at| digits[at]);
            let pairs = [digit(4) << 4 | digit(3), digit(2) << 4 | digit(1)];
            Some(qm_pad::key(address, act, pairs))
        }
        (_, Some(language)) => said(address, language.heard.key, data, profile),
        _ => Some(ff68::frame(address, ff68::FUNC_KEY, data)),
    }
}

/// The frame that an evaluator says for a national level.
#[must_use]
pub fn grade_frame(address: u8, level: u8, profile: &Profile) -> Option<Vec<u8>> {
    let byte = profile.grades.iter().find(|(_, found)| **found == level);
    let byte = byte.and_then(|(byte, _)| u8::from_str_radix(byte, 16).ok())?;
    match profile.language() {
        Some(language) => said(address, language.heard.grade, &[byte], profile),
        None => Some(ff68::frame(address, ff68::FUNC_RESULT, &[byte])),
    }
}

fn said(address: u8, func: Option<u8>, data: &[u8], profile: &Profile) -> Option<Vec<u8>> {
    let language = profile.language()?;
    let func = if language.has_func() { Some(func?) } else { None };
    let words: Vec<u8> = func.into_iter().chain(data.iter().copied()).collect();
    language.frame(address, &words)
}
