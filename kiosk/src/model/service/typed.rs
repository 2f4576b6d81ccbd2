//! What is typed on a service's keys: each kind of number has its own characters and length.

use wire::number::TicketNo;

/// A number that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Of what.
    pub what: Sought,
    /// So far.
    pub text: String,
    /// Nothing was found under it, or it cannot be one.
    pub wrong: bool,
}

/// What a typed number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// 排队查询: the number of a ticket, "A012".
    Ticket,
}

impl Sought {
    /// The longest that can be typed, in characters.
    #[must_use]
    pub const fn chars_max(self) -> usize {
        match self {
            Self::Ticket => 5,
        }
    }
}

impl Typed {
    /// Typing that has not begun.
    #[must_use]
    pub const fn new(what: Sought) -> Self {
        Self { what, text: String::new(), wrong: false }
    }

    /// True if a character may stand next.
    #[must_use]
    pub fn takes(&self, key: char) -> bool {
        let fits = match self.what {
            Sought::Ticket if self.text.is_empty() => key.is_ascii_uppercase(),
            Sought::Ticket => key.is_ascii_digit(),
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

    /// True once it can be asked for.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match self.what {
            Sought::Ticket => self.ticket_no().is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
