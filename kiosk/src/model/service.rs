//! Services beside 现场取号: pages on which something is asked of the server and told.

pub mod typed;

use wire::http::{booking::DocumentText, enquiry::FoundTicket};

use super::page::Choice;
use crate::moment::Moment;
use typed::Typed;

/// A page of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// A number is typed, or a code is scanned.
    Typing(Typed),
    /// 排队查询: where the person's tickets stand.
    Found(Found),
}

/// Tickets that were found, one a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The tickets.
    pub tickets: Vec<FoundTicket>,
    /// What shows that they are the person's.
    pub proof: Option<Proof>,
    /// Which of them is shown, from 0.
    pub leaf: usize,
}

impl Found {
    /// The ticket that is shown.
    #[must_use]
    pub fn shown(&self) -> Option<&FoundTicket> {
        self.tickets.get(self.leaf.min(self.tickets.len().saturating_sub(1)))
    }
}

/// What shows that a ticket is the person's.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// The secret of its slip.
    Token(String),
    /// The document with which it was taken.
    Document(DocumentText),
}

impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token(…)",
            Self::Document(_) => "Document(…)",
        })
    }
}

/// Who one is asked to be, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// 取号.
    Take(Choice),
    /// 排队查询.
    Find,
}

/// What the server is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// 排队查询 by the number that everybody sees.
    Number(wire::number::TicketNo),
    /// 排队查询 by what shows whose the ticket is.
    Proof(Proof),
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Tickets were found.
    Tickets(Vec<FoundTicket>),
    /// The server said no, in these words.
    Refused {
        /// The refusal's code.
        code: String,
        /// What happened.
        title: String,
        /// What to do.
        detail: Option<String>,
    },
    /// The server did not answer.
    Silent,
}

/// A question that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Which: a later answer to an earlier one is none.
    pub number: u32,
    /// What is asked.
    pub question: Question,
    /// Since when.
    pub since: Moment,
}
