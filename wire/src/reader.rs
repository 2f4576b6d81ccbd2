//! 身份证阅读器: the key with which a reader makes marks, and what it and the kiosk beside it say to
//! each other, over a Unix socket that nobody else opens.
//!
//! A number never leaves a reader. What leaves it is a mark, HMAC-SHA256 of the number under a key of
//! the hall, which the server makes of a typed number too (`docs/decisions/0007-*`).

pub mod lines;

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::booking::DocumentText;

/// Bytes of a readers' key.
pub const KEY_BYTES: usize = 32;

/// Bytes of a reader's mark.
pub const MARK_BYTES: usize = 16;

/// Stands before a reader's mark where a number could stand, too
/// ([`DocumentText`](crate::http::booking::DocumentText)).
pub const CARD_PREFIX: &str = "card:";

/// The readers' key in 64 hexadecimal digits. Nothing prints it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct KeyText(String);

impl KeyText {
    /// The key of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8; KEY_BYTES]) -> Self {
        Self(hex(bytes))
    }

    /// Its digits, for whoever sends or keeps them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its bytes; none if it is no key.
    #[must_use]
    pub fn bytes(&self) -> Option<[u8; KEY_BYTES]> {
        bytes_of_hex(&self.0)
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyText(…)")
    }
}

/// The answer to `GET /reader-key`, and what a kiosk gives to its reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReaderKeyAnswer {
    /// The hall's key for readers, 64 hexadecimal digits.
    #[schema(value_type = String)]
    pub key: KeyText,
    /// 老年人 from this age, in years.
    pub elderly_from_years: u8,
}

/// What a kiosk says to its reader, one JSON object a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KioskSays {
    /// The hall's key. Without one no card is looked for.
    Key(ReaderKeyAnswer),
    /// Somebody is asked for a card now, or not any more. While nobody is, no card is looked for.
    Want(bool),
}

/// What a reader says to its kiosk, one JSON object a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReaderSays {
    /// It answers.
    Here,
    /// It cannot be used.
    Away {
        /// Why, in the codes of [`DeviceState::why`](crate::device::DeviceState::why).
        why: String,
    },
    /// A card was read. It is said once, however long the card lies.
    Card(ReadCard),
    /// A card that lies there gave nothing.
    Unread {
        /// Why.
        why: Unread,
    },
}

/// A card as the rest of the house may know it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCard {
    /// Which card.
    pub kind: CardKind,
    /// The number's mark under the readers' key, 32 hexadecimal digits.
    pub mark: String,
    /// 老年人.
    pub is_elderly: bool,
    /// "王*明"; empty if the card has no name.
    pub masked_name: String,
}

impl ReadCard {
    /// It as a document, for the server.
    #[must_use]
    pub fn document(&self) -> DocumentText {
        DocumentText(format!("{CARD_PREFIX}{}", self.mark))
    }
}

impl fmt::Debug for ReadCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadCard").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Which card was laid down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    /// 居民身份证.
    Citizen,
    /// 外国人永久居留身份证.
    Foreigner,
    /// 港澳台居民居住证.
    HongKongMacaoTaiwan,
}

/// Why a card that was laid down gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// Lay it down again.
    Again,
    /// A kind of card that is not known here.
    UnknownKind,
    /// The number does not fit its own check digit.
    WrongNumber,
}

/// The check digit of GB 11643: weights 2^(17−i) modulo 11.
#[must_use]
pub fn has_right_check(number: &str) -> bool {
    let bytes = number.as_bytes();
    let Some((&last, digits)) = bytes.split_last() else { return false };
    if digits.len() != 17 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum = digits.iter().fold(0_u32, |sum, &digit| (sum * 2 + u32::from(digit - b'0')) % 11);
    let check = (12 - sum * 2 % 11) % 11;
    let wanted = if check == 10 { b'X' } else { b'0' + check as u8 };
    last == wanted
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many bytes of hexadecimal digits; none if there are more, fewer or others.
#[must_use]
pub fn bytes_of_hex<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let is_hex = digits.len() == 2 * N && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let mut bytes = [0; N];
    if is_hex {
        for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        }
    }
    is_hex.then_some(bytes)
}
