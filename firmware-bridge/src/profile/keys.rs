//! Tables of a profile: digits and a function key to a meaning, a byte to a grade.

use wire::device::PadKey;

use super::{Profile, Said};

/// The left side of a key table: "0C", "6+0F", "N+0C", "NN+0F".
struct Pattern<'a> {
    digits: &'a str,
    function: u8,
}

impl<'a> Pattern<'a> {
    fn parse(key: &'a str) -> Option<Self> {
        let (digits, function) = key.rsplit_once('+').unwrap_or(("", key));
        let known =
            digits.bytes().all(|byte| byte.is_ascii_digit()) || ["N", "NN"].contains(&digits);
        let function = u8::from_str_radix(function, 16).ok().filter(|&byte| byte > 9)?;
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

    /// What is wrong with the tables; plain bytes are keys of a described language only.
    pub(super) fn table_problem(&self) -> Option<String> {
        for (key, meaning) in &self.keys {
            let is_key =
                Pattern::parse(key).is_some() || (self.language.is_some() && hex(key).is_some());
            if !is_key {
                return Some(format!("{key:?} is not a key like \"6+0F\""));
            }
            if pad_key(meaning, "1").is_none() {
                return Some(format!("{meaning:?} is not a meaning of a key"));
            }
        }
        let wrong = |(byte, level): &(&String, &u8)| {
            u8::from_str_radix(byte, 16).is_err() || !(1..=5).contains(*level)
        };
        let (byte, level) = self.grades.iter().find(wrong)?;
        Some(format!("the grade {byte:?} = {level} is not a byte and 1 to 5"))
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
    text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).ok()).collect()
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
