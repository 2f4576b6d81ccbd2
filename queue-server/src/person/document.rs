//! A document that was typed or read, for as long as it takes to make a mark of it.

use std::fmt;

use wire::reader::{CARD_PREFIX, MARK_BYTES, bytes_of_hex};
use zeroize::{Zeroize, Zeroizing};

/// The shortest number that tells two persons apart; old passports have seven characters.
const CHARS_MIN: usize = 6;

/// The longest number of any document; the identity card has eighteen.
const CHARS_MAX: usize = 24;

/// A document, the same however its number was typed; wiped when it is let go.
pub struct Document(Shown);

enum Shown {
    /// 证件号码 as somebody typed it.
    Typed(String),
    /// What a card reader made of the number under the readers' key.
    Read([u8; MARK_BYTES]),
}

impl Document {
    /// Reads what was sent: `card:` and a reader's mark in 32 hexadecimal digits, or a number as
    /// people write it: blanks and dashes do not matter, nor do full-width characters or a small x.
    /// None if it is neither.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix(CARD_PREFIX) {
            return bytes_of_hex(digits).map(|mark| Self(Shown::Read(mark)));
        }
        let mut number = Zeroizing::new(String::with_capacity(CHARS_MAX));
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
            let letter = half_width(letter).to_ascii_uppercase();
            if !letter.is_ascii_alphanumeric() || number.len() == CHARS_MAX {
                return None;
            }
            number.push(letter);
        }
        let is_long_enough = number.len() >= CHARS_MIN;
        is_long_enough.then(|| Self(Shown::Typed(std::mem::take(&mut *number))))
    }

    /// The mark that a reader makes of it, with `make` for a number that was typed.
    pub(super) fn of_reader(
        &self,
        make: impl FnOnce(&[u8]) -> [u8; MARK_BYTES],
    ) -> Zeroizing<[u8; MARK_BYTES]> {
        Zeroizing::new(match &self.0 {
            Shown::Typed(number) => make(number.as_bytes()),
            Shown::Read(mark) => *mark,
        })
    }
}

fn half_width(letter: char) -> char {
    let narrow = u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32);
    narrow.filter(char::is_ascii_graphic).unwrap_or(letter)
}

impl Drop for Document {
    fn drop(&mut self) {
        match &mut self.0 {
            Shown::Typed(number) => number.zeroize(),
            Shown::Read(mark) => mark.zeroize(),
        }
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Document(…)")
    }
}
