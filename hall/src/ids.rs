//! Every id is its own type, so that two of them cannot be swapped.

pub mod person;
pub mod receipt;

use alloc::string::{String, ToString};
use core::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

/// A short printable ASCII word held in place, at most `N` bytes: what ids are made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word<const N: usize>([u8; N]);

impl<const N: usize> Word<N> {
    /// Parses 1 to `N` printable ASCII characters without spaces or slashes.
    ///
    /// # Errors
    /// [`BadWord`] if the text is empty, too long or holds another character.
    pub fn parse(text: &str) -> Result<Self, BadWord> {
        let fits = (1..=N).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if !fits {
            return Err(BadWord { text: text.to_string(), longest: N });
        }
        let mut bytes = [0; N];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(bytes))
    }

    /// The word as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&byte| byte == 0).unwrap_or(N);
        core::str::from_utf8(&self.0[..end]).expect("a word holds ASCII only")
    }
}

/// A text that is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not an id: 1 to {longest} letters, digits, '-', '_' or '.'")]
pub struct BadWord {
    /// The text as given.
    pub text: String,
    /// The greatest length allowed.
    pub longest: usize,
}

macro_rules! word_id {
    ($(#[$doc:meta])* $name:ident, $longest:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Word<$longest>);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl FromStr for $name {
            type Err = BadWord;
            fn from_str(text: &str) -> Result<Self, BadWord> {
                Word::parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

word_id! {
    /// 窗口: the window's number as citizens read it ("3", "3A"); stable in a hall's profile.
    WindowId, 8
}
word_id! {
    /// 队列: a queue's letter or code; its first character is the ticket prefix.
    QueueId, 4
}
word_id! {
    /// 事项: the code of a service item in the catalogue ("A01").
    ItemId, 16
}
word_id! {
    /// 配置版本: names a profile; it changes with every change of the profile's files.
    SetupVersion, 16
}
word_id! {
    /// 流水线: ordered legs over several departments.
    PipelineId, 16
}
word_id! {
    /// 工号: the staff number of a window clerk.
    StaffNo, 16
}
word_id! {
    /// 区域: a zone of the hall ("A").
    ZoneId, 16
}
word_id! {
    /// 部门: a stationed department.
    DepartmentId, 24
}
word_id! {
    /// 设备: a kiosk, strip, pad, evaluator, screen or printer.
    DeviceId, 32
}
word_id! {
    /// 厅: the hall itself, as it stands in topics ("yunxi").
    HallId, 32
}

word_id! {
    /// 办件编号: a case's number in its department's system; it outlives the day.
    CaseNo, 32
}

/// 警报: an alert's number in its day.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct AlertId(pub u32);

/// 诉求: a matter's number; it goes on over the days.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MatterId(pub u32);

/// 上门编号: a home visit's number; it goes on over the days.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct VisitId(pub u32);

/// 号票: a ticket's identity for ever; never shown to a person.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TicketId(pub u64);

/// 环节: the place of a leg in its ticket, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LegNo(pub u8);

/// 环节: one visit of a ticket to one queue and window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LegId {
    /// The ticket the leg belongs to.
    pub ticket: TicketId,
    /// Which of the ticket's legs.
    pub leg: LegNo,
}

/// Who asks names the asking; asking twice with one id gives the first answer.
///
/// The shell makes the 16 bytes from the caller's identity and the text that the caller sent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub [u8; 16]);

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestId({self})")
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for RequestId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RequestId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return Err(de::Error::custom("a request id is 32 hexadecimal digits"));
        }
        for (byte, at) in bytes.iter_mut().zip((0..32).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(de::Error::custom)?;
        }
        Ok(Self(bytes))
    }
}

/// The secret of a ticket, printed as a code on its slip: who holds it may follow and evaluate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(pub u64);

/// Digits and letters without look-alikes, five bits each.
const TOKEN_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..13).rev() {
            let index = (self.0 >> (place * 5)) & 31;
            write!(f, "{}", TOKEN_ALPHABET[index as usize] as char)?;
        }
        Ok(())
    }
}

impl FromStr for Token {
    type Err = BadWord;
    fn from_str(text: &str) -> Result<Self, BadWord> {
        let bad = || BadWord { text: text.chars().take(32).collect(), longest: 13 };
        if text.len() != 13 {
            return Err(bad());
        }
        let mut value: u64 = 0;
        for byte in text.bytes() {
            let digit = TOKEN_ALPHABET.iter().position(|&letter| letter == byte).ok_or_else(bad)?;
            value = (value << 5) | digit as u64;
        }
        if Self(value).to_string() == text { Ok(Self(value)) } else { Err(bad()) }
    }
}

impl Serialize for Token {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(de::Error::custom)
    }
}
