//! 身份核验: what the person shows of themselves, for as long as it takes to ask for a ticket.

use std::fmt;

use wire::{http::booking::DocumentText, reader::has_right_check};
use zeroize::Zeroize;

/// Characters of the identity card's number.
pub const NUMBER_CHARS: usize = 18;

/// How far the person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A card is waited for.
    Card {
        /// One was laid down and gave nothing.
        unread: bool,
    },
    /// The number is typed.
    Typing {
        /// So far.
        number: TypedNumber,
        /// It was found wrong.
        wrong: bool,
    },
    /// The card was read.
    Read,
}

impl Step {
    /// Typing that has not begun.
    #[must_use]
    pub fn typing() -> Self {
        Self::Typing { number: TypedNumber::default(), wrong: false }
    }
}

/// A number that is being typed; wiped when it is let go, and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedNumber(String);

impl Default for TypedNumber {
    fn default() -> Self {
        // All of it at once: what grows leaves its beginnings behind.
        Self(String::with_capacity(NUMBER_CHARS))
    }
}

impl TypedNumber {
    /// Adds a character, if it may stand there: digits, and an X at the end.
    pub fn push(&mut self, key: char) {
        let last = self.0.len() + 1 == NUMBER_CHARS;
        let fits = key.is_ascii_digit() || (key == 'X' && last);
        if fits && self.0.len() < NUMBER_CHARS {
            self.0.push(key);
        }
    }

    /// Takes the last character away.
    pub fn erase(&mut self) {
        self.0.pop();
    }

    /// True before anything was typed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True once it is as long as a number.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.0.len() == NUMBER_CHARS
    }

    /// It as a document, if it passes its own check (GB 11643).
    #[must_use]
    pub fn document(&self) -> Option<DocumentText> {
        has_right_check(&self.0).then(|| DocumentText(self.0.clone()))
    }

    /// True if who has this number is so old on a day: its digits 7 to 14 are the birthday (GB 11643).
    #[must_use]
    pub fn is_of_age(&self, years: u8, today: wire::time::Day) -> bool {
        let part = |from: usize, to: usize| self.0.get(from..to)?.parse::<u16>().ok();
        let birthday = part(6, 10).zip(part(10, 12)).zip(part(12, 14));
        birthday.is_some_and(|((year, month), day)| {
            let reached = (year + u16::from(years), month, day);
            reached <= (today.year, today.month.into(), today.day.into())
        })
    }

    /// "990000 19900101 0012", as cards print it, for the screen alone.
    #[must_use]
    pub fn shown(&self) -> Shown {
        let part = |from: usize, to: usize| {
            let to = to.min(self.0.len());
            self.0.get(from..to).unwrap_or_default()
        };
        let parts = [part(0, 6), part(6, 14), part(14, NUMBER_CHARS)];
        Shown(parts.join(" ").trim_end().to_owned())
    }
}

impl Drop for TypedNumber {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for TypedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypedNumber({} characters)", self.0.len())
    }
}

/// A typed number as the screen draws it; wiped and never printed, like the number.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// The words, for whoever draws them.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shown({} characters)", self.0.len())
    }
}

/// What the person has shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Presented {
    /// For the server: a reader's mark, or a typed number.
    pub document: DocumentText,
    /// "王*明"; empty if nothing was read.
    pub masked_name: String,
}

impl fmt::Debug for Presented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Presented(…)")
    }
}
