//! 身份证阅读器: the key with which a reader makes marks, and what it tells the kiosk beside it.
//!
//! A number never leaves a reader. What leaves it is a mark, HMAC-SHA256 of the number under a key of
//! the hall, which the server makes of a typed number too (`docs/decisions/0007-*`).

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

/// The answer to `GET /reader-key`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReaderKeyAnswer {
    /// The hall's key for readers, 64 hexadecimal digits.
    #[schema(value_type = String)]
    pub key: KeyText,
    /// 老年人 from this age, in years.
    pub elderly_from_years: u8,
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
