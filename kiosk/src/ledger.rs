//! 出票记录: what the kiosk must not forget between asking for a number and settling its slip.
//!
//! An entry is on the disk before the step it announces is taken.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wire::{
    http::{IssueRequest, PrintOutcome, unfound::UnfoundRequest},
    ids::{TicketId, Token},
    number::TicketNo,
    time::Day,
};

pub mod disk;

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// A number will be asked for.
    Asked {
        /// When, in milliseconds since 1970, by this machine.
        at: i64,
        /// What is asked, request id and all.
        order: IssueRequest,
    },
    /// The server reserved a number.
    Reserved {
        /// Which asking.
        request: String,
        /// The ticket.
        ticket: TicketId,
        /// Its number.
        no: TicketNo,
    },
    /// Bytes will be sent to the printer: from here on a slip may be out.
    Sending {
        /// Which asking.
        request: String,
    },
    /// What became of the slip; the server must be told.
    Came {
        /// Which asking.
        request: String,
        /// What became of it.
        outcome: PrintOutcome,
    },
    /// 离线: one of the kiosk's own numbers was given out; whatever becomes of it, it is used.
    Numbered {
        /// When, in milliseconds since 1970, by this machine.
        at: i64,
        /// What for.
        order: IssueRequest,
        /// Which number.
        own: Own,
    },
    /// 没有找到要办的事项: said, and to be handed in.
    Unfound {
        /// When, in milliseconds since 1970, by this machine.
        at: i64,
        /// What is handed in.
        said: UnfoundRequest,
    },
    /// What a new record begins with.
    Kept {
        /// The record's name.
        book: Token,
        /// The greatest numbers used, of one day.
        used: Used,
    },
    /// The server knows; nothing is left to do.
    Settled {
        /// Which asking.
        request: String,
        /// How it ended, for people who read the record.
        how: String,
    },
}

/// 离线号: a number that the kiosk gave out by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The day of the number.
    pub day: Day,
    /// The number.
    pub no: TicketNo,
    /// The secret on the slip.
    pub token: Token,
    /// When it was given out: the hall's time as it was reckoned here.
    pub taken: i64,
}

/// The greatest of the kiosk's own numbers that were used on the last day on which any was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    day: Option<Day>,
    last: BTreeMap<char, u16>,
}

impl Used {
    /// Notes that a number was used.
    pub fn note(&mut self, day: Day, no: TicketNo) {
        if self.day.is_none_or(|known| known < day) {
            *self = Self { day: Some(day), last: BTreeMap::new() };
        }
        if self.day == Some(day) {
            let last = self.last.entry(no.letter).or_default();
            *last = no.number.max(*last);
        }
    }

    /// The greatest number of a letter used on a day; 0 before the first. On days before the last
    /// one, all are.
    #[must_use]
    pub fn last(&self, day: Day, letter: char) -> u16 {
        match self.day {
            Some(known) if known > day => u16::MAX - 1,
            Some(known) if known == day => self.last.get(&letter).copied().unwrap_or(0),
            Some(_) | None => 0,
        }
    }
}

/// Where an unsettled asking stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// When it was asked, in milliseconds since 1970.
    pub at: i64,
    /// What was asked.
    pub order: IssueRequest,
    /// How far it came.
    pub step: Step,
}

/// How far an asking came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Asked; no answer is known.
    Asked,
    /// A number is reserved; nothing was sent to the printer.
    Reserved(TicketId),
    /// Something was sent to the printer; nobody knows what came out.
    Sending(TicketId),
    /// It is known what came out.
    Came(TicketId, PrintOutcome),
    /// 离线: a number of the kiosk's own, and what is known of its slip.
    Own(Own, OwnSlip),
}

/// What is known of the slip of a number of the kiosk's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnSlip {
    /// Nothing was sent to the printer.
    Unsent,
    /// Something was; nobody knows what came out.
    Sent,
    /// It is known what came out.
    Came(PrintOutcome),
}

/// Where entries are kept.
pub trait Book {
    /// Writes an entry so that it survives a power cut.
    ///
    /// # Errors
    /// [`BookFault`] if it may not be there afterwards.
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault>;

    /// The record's name: a record that was lost begins under another one.
    fn name(&self) -> Token;

    /// The kiosk's own numbers that were used.
    fn used(&self) -> &Used;
}

/// The record cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("failed to keep the record of slips: {0}")]
pub struct BookFault(pub String);

/// Folds entries into what is still open, by request id in the order of asking.
#[must_use]
pub fn open_of(entries: impl IntoIterator<Item = Entry>) -> Vec<Open> {
    let mut open: BTreeMap<String, (usize, Open)> = BTreeMap::new();
    for (place, entry) in entries.into_iter().enumerate() {
        match entry {
            Entry::Asked { at, order } => {
                let request = order.request_id.clone();
                open.insert(request, (place, Open { at, order, step: Step::Asked }));
            }
            Entry::Reserved { request, ticket, .. } => {
                if let Some((_, open)) = open.get_mut(&request) {
                    open.step = Step::Reserved(ticket);
                }
            }
            Entry::Sending { request } => {
                if let Some((_, open)) = open.get_mut(&request) {
                    open.step = open.step.sent();
                }
            }
            Entry::Came { request, outcome } => {
                if let Some((_, open)) = open.get_mut(&request) {
                    open.step = open.step.came(outcome);
                }
            }
            Entry::Numbered { at, order, own } => {
                let request = order.request_id.clone();
                let step = Step::Own(own, OwnSlip::Unsent);
                open.insert(request, (place, Open { at, order, step }));
            }
            Entry::Kept { .. } | Entry::Unfound { .. } => {}
            Entry::Settled { request, .. } => {
                open.remove(&request);
            }
        }
    }
    let mut open: Vec<(usize, Open)> = open.into_values().collect();
    open.sort_by_key(|(place, _)| *place);
    open.into_iter().map(|(_, open)| open).collect()
}

impl Step {
    /// The ticket, once it is known.
    #[must_use]
    pub const fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Asked | Self::Own(..) => None,
            Self::Reserved(ticket) | Self::Sending(ticket) | Self::Came(ticket, _) => Some(ticket),
        }
    }

    /// Bytes go to the printer now.
    #[must_use]
    pub const fn sent(self) -> Self {
        match self {
            Self::Reserved(ticket) => Self::Sending(ticket),
            Self::Own(own, OwnSlip::Unsent) => Self::Own(own, OwnSlip::Sent),
            Self::Asked | Self::Sending(_) | Self::Came(..) | Self::Own(..) => self,
        }
    }

    /// It is known what came out.
    #[must_use]
    pub const fn came(self, outcome: PrintOutcome) -> Self {
        match self {
            Self::Asked => self,
            Self::Own(own, _) => Self::Own(own, OwnSlip::Came(outcome)),
            Self::Reserved(ticket) | Self::Sending(ticket) | Self::Came(ticket, _) => {
                Self::Came(ticket, outcome)
            }
        }
    }
}
