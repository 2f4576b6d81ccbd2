//! What people see of a ticket: a letter and a number that come back tomorrow.

use alloc::string::String;
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

/// 排队号: the queue's letter and the number in its day, shown as `A012`.
///
/// Three digits up to 999, four from 1000 to 9999; a number is never given twice in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketNo {
    /// The queue's letter, `A` to `Z`.
    pub letter: char,
    /// The number, 1 to 9999.
    pub number: u16,
}

impl fmt::Display for TicketNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter, self.number)
    }
}

/// A text that is no ticket number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ticket number is a letter and three or four digits, like A012")]
pub struct BadTicketNo;

impl FromStr for TicketNo {
    type Err = BadTicketNo;
    fn from_str(text: &str) -> Result<Self, BadTicketNo> {
        let mut rest = text.chars();
        let letter = rest.next().filter(char::is_ascii_alphabetic).ok_or(BadTicketNo)?;
        let digits = rest.as_str();
        if !(3..=4).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BadTicketNo);
        }
        let number: u16 = digits.parse().map_err(|_| BadTicketNo)?;
        if number == 0 {
            return Err(BadTicketNo);
        }
        Ok(Self { letter: letter.to_ascii_uppercase(), number })
    }
}

impl Serialize for TicketNo {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TicketNo {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}
