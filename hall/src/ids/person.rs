//! What the hall knows of a person: marks that only the shell can make, and a booking's number.

use alloc::string::String;
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

macro_rules! mark {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        // A mark is no name, but nothing about a person belongs into a log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}(…)", stringify!($name))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&Hex(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                unhex(&text).map(Self).ok_or_else(|| {
                    de::Error::custom("a person's mark is 32 hexadecimal digits")
                })
            }
        }
    };
}

mark! {
    /// 当日身份标记: one person for one day; the key that made it dies at night.
    PersonMark
}
mark! {
    /// 预约身份标记: one person for as long as a booking or a missed one is kept.
    BookingMark
}

struct Hex([u8; 16]);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..32).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// The marks of one person that outlive the day. Keys change: a person is known by the mark under
/// the present key, and for a time by the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booker {
    /// Under the present key.
    pub mark: BookingMark,
    /// Under the key before, while it lives.
    pub earlier: Option<BookingMark>,
}

impl Booker {
    /// Both marks, the present one first.
    pub fn marks(self) -> impl Iterator<Item = BookingMark> {
        [Some(self.mark), self.earlier].into_iter().flatten()
    }
}

/// 预约号: twelve digits made by chance, so that nobody finds another person's booking by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookingNo(u64);

impl BookingNo {
    const COUNT: u64 = 1_000_000_000_000;

    /// The number that this luck gives.
    #[must_use]
    pub const fn of(luck: u64) -> Self {
        Self(luck % Self::COUNT)
    }

    /// The one after it, round to the first.
    #[must_use]
    pub const fn next(self) -> Self {
        Self((self.0 + 1) % Self::COUNT)
    }

    pub(crate) const fn low_byte(self) -> u8 {
        self.0 as u8
    }
}

impl fmt::Display for BookingNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

/// A text that is no booking number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a booking number has twelve digits")]
pub struct BadBookingNo;

impl FromStr for BookingNo {
    type Err = BadBookingNo;
    /// Reads it as people write it: blanks between the groups do not matter.
    fn from_str(text: &str) -> Result<Self, BadBookingNo> {
        let mut value: u64 = 0;
        let mut digits = 0;
        for letter in text.chars().filter(|letter| *letter != ' ') {
            let digit = letter.to_digit(10).filter(|_| digits < 12).ok_or(BadBookingNo)?;
            value = value * 10 + u64::from(digit);
            digits += 1;
        }
        if digits == 12 { Ok(Self(value)) } else { Err(BadBookingNo) }
    }
}

impl Serialize for BookingNo {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BookingNo {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}
