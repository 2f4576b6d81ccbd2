//! The number of an identity document, for as long as it takes to make a mark of it.

use std::fmt;

use zeroize::Zeroize;

/// The shortest number that tells two persons apart; old passports have seven characters.
const CHARS_MIN: usize = 6;

/// The longest number of any document; the identity card has eighteen.
const CHARS_MAX: usize = 24;

/// A document's number, the same however it was typed or read; wiped when it is let go.
pub struct Document(String);

impl Document {
    /// Reads a number as people and card readers write it: blanks and dashes do not matter, nor
    /// do full-width characters or a small x. None if it can be no document's.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut number = Self(String::with_capacity(CHARS_MAX));
        for letter in text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-') {
            let letter = half_width(letter).to_ascii_uppercase();
            if !letter.is_ascii_alphanumeric() || number.0.len() == CHARS_MAX {
                return None;
            }
            number.0.push(letter);
        }
        (number.0.len() >= CHARS_MIN).then_some(number)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn half_width(letter: char) -> char {
    let narrow = u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32);
    narrow.filter(char::is_ascii_graphic).unwrap_or(letter)
}

impl Drop for Document {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Document(…)")
    }
}
