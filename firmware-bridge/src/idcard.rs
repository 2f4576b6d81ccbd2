//! 身份证阅读器 (SAM): an identity card becomes a keyed mark, an age flag and a masked name.
//!
//! Nothing else leaves this folder: photo and address are dropped unread, what was read is wiped
//! after use, and no type here that holds a number, a name or a frame can be printed. Sources: the
//! reader's protocol paper (softs.im, 身份证阅读器通信协议); hev/hev-idcard-reader; the field lists of
//! the permits in FaceRecognitionTest. Marks of permits are our reading: try each kind of card.

pub mod frame;
pub mod reader;
pub mod text;
pub mod twin;

use hmac::{Hmac, Mac};
use sha2::Sha256;
use wire::reader::{KEY_BYTES, MARK_BYTES, hex};
use zeroize::Zeroize;

use crate::moment::Wall;

/// What a program that issues tickets gives to the reader: the hall's key for readers, which is none
/// of those that make marks in the record (`docs/decisions/0007-*`), and from which age a person
/// counts as elderly.
pub struct ReaderKey {
    bytes: [u8; KEY_BYTES],
    /// 老年人 from this age, in years.
    elderly_from: u8,
}

impl ReaderKey {
    /// A key that is wiped when it is dropped.
    #[must_use]
    pub const fn new(bytes: [u8; KEY_BYTES], elderly_from: u8) -> Self {
        Self { bytes, elderly_from }
    }

    /// A key for a trial, of which nobody is told anything.
    #[must_use]
    pub const fn nobodys() -> Self {
        Self::new([0; KEY_BYTES], u8::MAX)
    }

    /// HMAC-SHA256 of the number, cut to 16 bytes, as hexadecimal digits.
    fn mark(&self, number: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.bytes).expect("HMAC takes a key of any length");
        mac.update(number.as_bytes());
        let whole = mac.finalize().into_bytes();
        hex(&whole[..MARK_BYTES])
    }
}

impl Drop for ReaderKey {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// The age in whole years on this day; none if the dates make no sense.
fn age(birth: &str, today: Wall) -> Option<u8> {
    let at = |from: usize, to: usize| birth.get(from..to)?.parse::<u16>().ok();
    let (year, month, day) = (at(0, 4)?, at(4, 6)?, at(6, 8)?);
    let before_birthday = (u16::from(today.month), u16::from(today.day)) < (month, day);
    let years = today.year.checked_sub(year)?.checked_sub(u16::from(before_birthday))?;
    u8::try_from(years).ok().filter(|_| (1..=12).contains(&month) && (1..=31).contains(&day))
}

/// Keeps the first character, and the last of three and more.
fn masked(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    match letters[..] {
        [] => String::new(),
        [first] => first.to_string(),
        [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}{}{last}", "*".repeat((letters.len() - 2).min(4))),
    }
}

#[cfg(test)]
mod tests;
