//! What is typed on a service's keys: each kind of number has its own characters and length.

use wire::{
    ids::{CaseNo, person::BookingNo, receipt::Receipt},
    number::TicketNo,
};

use crate::{scan, screens::words::in_fours};

/// No department numbers its cases with less.
const CASE_CHARS_MIN: usize = 4;

/// The hall takes no more digits in words.
const LACKING_DIGITS_MAX: usize = 4;

/// A number that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Of what.
    pub what: Sought,
    /// So far.
    pub text: String,
    /// Nothing was found under it, or it cannot be one.
    pub wrong: bool,
    /// 长者版 shows letters instead of digits.
    pub letters: bool,
}

/// What a typed number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// 排队查询: the number of a ticket, "A012".
    Ticket,
    /// 预约取号: the number of a booking, twelve digits.
    Booking,
    /// 领证取件: the number of a case, as its receipt has it.
    Case,
    /// 服务评价: the secret of a slip, thirteen digits and letters.
    Slip,
    /// 没有找到要办的事项: words, or nothing.
    Lacking,
    /// 我要反映: the number of a receipt, twelve digits; eight of one from before.
    Receipt,
}

impl Sought {
    /// The longest that can be typed, in characters.
    #[must_use]
    pub const fn chars_max(self) -> usize {
        match self {
            Self::Ticket => 5,
            Self::Booking => 12,
            Self::Case => 32,
            Self::Slip => 13,
            Self::Lacking => 20,
            Self::Receipt => Receipt::DIGITS,
        }
    }
}

impl Typed {
    /// Typing that has not begun.
    #[must_use]
    pub const fn new(what: Sought) -> Self {
        Self { what, text: String::new(), wrong: false, letters: false }
    }

    /// True if a character may stand next.
    #[must_use]
    pub fn takes(&self, key: char) -> bool {
        let fits = match self.what {
            Sought::Ticket if self.text.is_empty() => key.is_ascii_uppercase(),
            Sought::Ticket | Sought::Booking | Sought::Receipt => key.is_ascii_digit(),
            Sought::Case => key.is_ascii_digit() || key.is_ascii_uppercase() || key == '-',
            Sought::Slip => scan::is_of_token(key),
            Sought::Lacking if key.is_ascii_digit() => {
                // More digits would be a telephone or a document.
                self.text.chars().filter(char::is_ascii_digit).count() < LACKING_DIGITS_MAX
            }
            Sought::Lacking => key.is_ascii_uppercase() || key == ' ' && !self.text.is_empty(),
        };
        fits && self.text.len() < self.what.chars_max()
    }

    /// Adds a character, if it may stand there.
    pub fn push(&mut self, key: char) {
        self.wrong = false;
        if self.takes(key) {
            self.text.push(key);
        }
    }

    /// Takes the last character away.
    pub fn erase(&mut self) {
        self.wrong = false;
        self.text.pop();
    }

    /// It as a ticket's number: people leave the noughts before it out.
    #[must_use]
    pub fn ticket_no(&self) -> Option<TicketNo> {
        let (letter, digits) = self.text.split_at_checked(1)?;
        format!("{letter}{digits:0>3}").parse().ok()
    }

    /// It as a booking's number.
    #[must_use]
    pub fn booking_no(&self) -> Option<BookingNo> {
        if self.text.len() == self.what.chars_max() { self.text.parse().ok() } else { None }
    }

    /// It as a case's number.
    #[must_use]
    pub fn case_no(&self) -> Option<CaseNo> {
        self.text.parse().ok().filter(|_| self.text.len() >= CASE_CHARS_MIN)
    }

    /// It as the secret of a slip.
    #[must_use]
    pub fn token(&self) -> Option<String> {
        let text = self.text.to_ascii_lowercase();
        text.parse::<wire::ids::Token>().is_ok().then_some(text)
    }

    /// It as the number of a receipt.
    #[must_use]
    pub fn receipt(&self) -> Option<Receipt> {
        self.text.parse().ok()
    }

    /// It as people read numbers: long ones in fours.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.what {
            Sought::Ticket | Sought::Case | Sought::Lacking => self.text.clone(),
            Sought::Booking | Sought::Slip | Sought::Receipt => in_fours(&self.text),
        }
    }

    /// True once it can be asked for.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self.what {
            Sought::Ticket => self.ticket_no().is_some(),
            Sought::Booking => self.booking_no().is_some(),
            Sought::Case => self.case_no().is_some(),
            Sought::Slip => self.token().is_some(),
            Sought::Lacking => true,
            Sought::Receipt => self.receipt().is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_number_takes_its_own_characters_and_length() {
        for (what, keys, text, shown, whole) in [
            (Sought::Booking, "12345678901X23", "123456789012", "1234 5678 9012", true),
            (Sought::Booking, "123", "123", "123", false),
            (Sought::Case, "YX-2026-0031", "YX-2026-0031", "YX-2026-0031", true),
            (Sought::Case, "YX", "YX", "YX", false),
            (Sought::Slip, "7K3M9QF2X4W8A", "7K3M9QF2X4W8A", "7K3M 9QF2 X4W8 A", true),
            (Sought::Slip, "IOL7", "7", "7", false),
            (Sought::Lacking, "", "", "", true),
            (Sought::Lacking, " BU TIE 2026138", "BU TIE 2026", "BU TIE 2026", true),
        ] {
            let mut typed = Typed::new(what);
            keys.chars().for_each(|key| typed.push(key));
            assert_eq!((typed.text.as_str(), typed.shown().as_str()), (text, shown), "{keys}");
            assert_eq!(typed.is_whole(), whole, "{keys}");
        }
    }

    #[test]
    fn a_number_is_a_letter_and_digits_with_or_without_noughts() {
        let typed = |keys: &str| {
            let mut typed = Typed::new(Sought::Ticket);
            keys.chars().for_each(|key| typed.push(key));
            typed
        };
        for (keys, text, no) in [
            ("A12", "A12", Some("A012")),
            ("A012", "A012", Some("A012")),
            ("AB7", "A7", Some("A007")),
            ("12A5", "A5", Some("A005")),
            ("A10234", "A1023", Some("A1023")),
            ("A0", "A0", None),
            ("A", "A", None),
            ("", "", None),
        ] {
            let typed = typed(keys);
            assert_eq!(typed.text, text, "{keys}");
            assert_eq!(typed.ticket_no().map(|no| no.to_string()).as_deref(), no, "{keys}");
            assert_eq!(typed.is_whole(), no.is_some(), "{keys}");
        }
    }
}
