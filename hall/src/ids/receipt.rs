//! 回执号: with which somebody asks what came of what they told.

use alloc::string::String;
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

use super::MatterId;

/// 回执号: twelve digits. The first four count the matters, so that the office finds its place; the last
/// eight are made by chance, so that nobody comes upon other people's by trying. Receipts from before
/// have eight digits and are known still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receipt {
    value: u64,
    digits: u8,
}

impl Receipt {
    /// Its length.
    pub const DIGITS: usize = 12;

    /// The length of one from before.
    const DIGITS_BEFORE: usize = 8;

    const BY_CHANCE: u64 = 100_000_000;
    const COUNTED: u64 = 10_000;

    /// The receipt of a matter, with this luck.
    #[must_use]
    pub const fn of(matter: MatterId, luck: u64) -> Self {
        let counted = matter.0 as u64 % Self::COUNTED;
        Self {
            value: counted * Self::BY_CHANCE + luck % Self::BY_CHANCE,
            digits: Self::DIGITS as u8,
        }
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.value, width = usize::from(self.digits))
    }
}

/// A text that is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a receipt has twelve digits, or eight from before")]
pub struct BadReceipt;

impl FromStr for Receipt {
    type Err = BadReceipt;
    /// Reads it as people write it: blanks between the groups do not matter.
    fn from_str(text: &str) -> Result<Self, BadReceipt> {
        let mut value: u64 = 0;
        let mut digits = 0;
        for letter in text.chars().filter(|letter| *letter != ' ') {
            let digit = letter.to_digit(10).filter(|_| digits < Self::DIGITS).ok_or(BadReceipt)?;
            value = value * 10 + u64::from(digit);
            digits += 1;
        }
        let is_one = digits == Self::DIGITS || digits == Self::DIGITS_BEFORE;
        if is_one { Ok(Self { value, digits: digits as u8 }) } else { Err(BadReceipt) }
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
        let receipt = Receipt::of(MatterId(17), 90_482_531);
        assert_eq!(receipt.to_string(), "001790482531");
        assert_eq!("0017 9048 2531".parse(), Ok(receipt));
        // One in a hundred million for each try, however many one has seen.
        assert_ne!(Receipt::of(MatterId(17), 1), Receipt::of(MatterId(17), 2));
        let before: Receipt = "00017482".parse().unwrap();
        assert_eq!(before.to_string(), "00017482");
        assert_ne!(Ok(before), "000000017482".parse());
        for wrong in ["", "0001748", "000174820", "0001748x", "0017904825310"] {
            assert_eq!(wrong.parse::<Receipt>(), Err(BadReceipt), "{wrong}");
        }
    }
}
