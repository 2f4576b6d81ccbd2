//! 回执号: with which somebody asks what came of what they told.

use alloc::string::String;
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

use super::MatterId;

/// 回执号: eight digits. The first five count the matters, so that the office finds its place; the last
/// three are made by chance, so that nobody reads other people's by counting on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receipt(u32);

impl Receipt {
    /// Its length.
    pub const DIGITS: usize = 8;

    const BY_CHANCE: u32 = 1_000;
    const COUNTED: u32 = 100_000;

    /// The receipt of a matter, with this luck.
    #[must_use]
    pub const fn of(matter: MatterId, luck: u64) -> Self {
        let chance = (luck % Self::BY_CHANCE as u64) as u32;
        Self(matter.0 % Self::COUNTED * Self::BY_CHANCE + chance)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.0)
    }
}

/// A text that is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a receipt has eight digits")]
pub struct BadReceipt;

impl FromStr for Receipt {
    type Err = BadReceipt;
    /// Reads it as people write it: blanks between the groups do not matter.
    fn from_str(text: &str) -> Result<Self, BadReceipt> {
        let mut value: u32 = 0;
        let mut digits = 0;
        for letter in text.chars().filter(|letter| *letter != ' ') {
            let digit = letter.to_digit(10).filter(|_| digits < Self::DIGITS).ok_or(BadReceipt)?;
            value = value * 10 + digit;
            digits += 1;
        }
        if digits == Self::DIGITS { Ok(Self(value)) } else { Err(BadReceipt) }
    }
}

impl Serialize for Receipt {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Receipt {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn a_receipt_counts_and_cannot_be_guessed_from_the_one_before() {
        let receipt = Receipt::of(MatterId(17), 90_482);
        assert_eq!(receipt.to_string(), "00017482");
        assert_eq!("0001 7482".parse(), Ok(receipt));
        for wrong in ["", "0001748", "000174820", "0001748x"] {
            assert_eq!(wrong.parse::<Receipt>(), Err(BadReceipt), "{wrong}");
        }
    }
}
