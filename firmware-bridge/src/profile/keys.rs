//! Tables of a profile: digits and a function key to a meaning, a byte to a grade.

use std::{collections::BTreeMap, fmt};

use wire::device::PadKey;

use super::{Profile, Said};
use crate::config::said;

/// The left side of a key table: "0C", "6+0F", "N+0C", "NN+0F".
struct Pattern<'a> {
    digits: &'a str,
    function: u8,
}

impl<'a> Pattern<'a> {
    fn parse(key: &'a str) -> Option<Self> {
        let (digits, function) = key.rsplit_once('+').unwrap_or(("", key));
        let digits = digits.trim();
        let known =
            digits.bytes().all(|byte| byte.is_ascii_digit()) || ["N", "NN"].contains(&digits);
        let function = byte(function).filter(|&byte| byte > 9)?;
        known.then_some(Self { digits, function })
    }

    /// No number is to be typed before it.
    fn is_exact(&self) -> bool {
        self.digits.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn fits(&self, digits: &str) -> bool {
        match self.digits {
            "N" => !digits.is_empty(),
            "NN" => digits.len() >= 2,
            exact => exact == digits,
        }
    }

    /// The exact one before the longer wildcard before the shorter.
    fn weight(&self) -> u8 {
        match self.digits {
            "N" => 0,
            "NN" => 1,
            _ => 2,
        }
    }
}

impl Profile {
    /// A grade by its byte; one that the table lacks is told and means nothing.
    #[must_use]
    pub fn grade(&self, data: &[u8]) -> Said {
        let [byte] = data else { return Said::Strange };
        let scale = self.grades.len() as u8;
        self.grades
            .get(&format!("{byte:02X}"))
            .map_or(Said::Strange, |&level| Said::Grade { level, scale })
    }

    /// A pad's key: digits 0 to 9, then the function key; none if the bytes are no key.
    #[must_use]
    pub fn key(&self, data: &[u8]) -> Option<PadKey> {
        let (&function, digits) = data.split_last()?;
        if function <= 9 || digits.iter().any(|&digit| digit > 9) {
            return None;
        }
        let digits: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let found = self
            .keys
            .iter()
            .filter_map(|(key, meaning)| Some((Pattern::parse(key)?, meaning)))
            .filter(|(pattern, _)| pattern.function == function && pattern.fits(&digits))
            .max_by_key(|(pattern, _)| pattern.weight());
        match found {
            Some((_, meaning)) => pad_key(meaning, &digits),
            None => Some(PadKey::Other(format!("{digits}+{function:02X}"))),
        }
    }

    /// A key that the table has under its bytes, as a described language does.
    #[must_use]
    pub fn key_of_bytes(&self, hex: &str) -> Option<PadKey> {
        self.keys.get(hex).and_then(|meaning| pad_key(meaning, ""))
    }

    /// The meanings that a pad has a key for, without those that need a number typed.
    #[must_use]
    pub fn meanings(&self) -> Vec<String> {
        let exact = |key: &&String| bytes_of_key(key).is_some();
        let mut meanings: Vec<String> =
            self.keys.iter().filter(|(key, _)| exact(key)).map(|(_, what)| what.clone()).collect();
        meanings.sort_unstable();
        meanings.dedup();
        meanings
    }

    /// What a pad sends for a meaning: the digits, then the function key.
    #[must_use]
    pub fn bytes_of(&self, meaning: &str) -> Option<Vec<u8>> {
        let keys = self.keys.iter().filter(|(_, what)| *what == meaning);
        keys.filter_map(|(key, _)| bytes_of_key(key)).next()
    }

    /// The national levels that an evaluator has a key for, 1 to 5, rising.
    #[must_use]
    pub fn levels(&self) -> Vec<u8> {
        let mut levels: Vec<u8> = self.grades.values().copied().collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    /// Brings the tables into the form in which they are looked up: "1" and "0a" are the bytes 01
    /// and 0A. Plain bytes are keys of a described language only.
    ///
    /// # Errors
    /// The sentence that says what cannot be used, in both languages.
    pub(super) fn tidy_tables(&mut self) -> Result<(), String> {
        let mut keys = BTreeMap::new();
        for (written, meaning) in &self.keys {
            let bytes = hex(written).filter(|_| self.language.is_some());
            let found = Pattern::parse(written).map(|pattern| pattern.to_string());
            let Some(key) = found.or(bytes.map(|bytes| plain(&bytes))) else {
                return Err(said("bridge.profile_bad_key", &[("key", written)]));
            };
            if pad_key(meaning, "1").is_none() {
                return Err(said("bridge.profile_bad_meaning", &[("meaning", meaning)]));
            }
            if keys.insert(key, meaning.clone()).is_some() {
                return Err(said("bridge.profile_key_twice", &[("key", written)]));
            }
        }
        let mut grades = BTreeMap::new();
        for (written, level) in &self.grades {
            let Some(grade) = byte(written).filter(|_| (1..=5).contains(level)) else {
                let values = [("byte", &**written), ("level", &level.to_string())];
                return Err(said("bridge.profile_bad_grade", &values));
            };
            if grades.insert(plain(&[grade]), *level).is_some() {
                return Err(said("bridge.profile_key_twice", &[("key", written)]));
            }
        }
        (self.keys, self.grades) = (keys, grades);
        Ok(())
    }
}

impl fmt::Display for Pattern<'_> {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        if !self.digits.is_empty() {
            write!(to, "{}+", self.digits)?;
        }
        write!(to, "{:02X}", self.function)
    }
}

fn bytes_of_key(key: &str) -> Option<Vec<u8>> {
    match Pattern::parse(key) {
        Some(pattern) if pattern.is_exact() => {
            let digits = pattern.digits.bytes().map(|digit| digit - b'0');
            Some(digits.chain([pattern.function]).collect())
        }
        Some(_) => None,
        None => hex(key),
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let bytes: Option<Vec<u8>> = text.split_whitespace().map(byte).collect();
    bytes.filter(|bytes| !bytes.is_empty())
}

/// A byte of one or two hexadecimal digits, however they are written.
fn byte(text: &str) -> Option<u8> {
    let text = text.trim();
    let is_hex = (1..=2).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(text, 16).ok()).flatten()
}

/// Bytes as a table has them.
fn plain(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn pad_key(meaning: &str, digits: &str) -> Option<PadKey> {
    Some(match meaning {
        "call_next" => PadKey::CallNext,
        "call_number" => match digits.parse() {
            Ok(number) => PadKey::CallNumber(number),
            Err(_) => PadKey::Other(format!("call_number {digits}")),
        },
        "recall" => PadKey::Recall,
        "start" => PadKey::Start,
        "finish" => PadKey::Finish,
        "no_show" => PadKey::NoShow,
        "pause" => PadKey::Pause,
        "resume" => PadKey::Resume,
        "hold" => PadKey::Hold,
        "unhold" => PadKey::Unhold,
        "transfer" => PadKey::Transfer(digits.to_owned()),
        "return" => PadKey::Return,
        "sign_on" => PadKey::SignOn(digits.to_owned()),
        "sign_off" => PadKey::SignOff,
        other => PadKey::Other(other.strip_prefix("other:")?.to_owned()),
    })
}
