//! 出票记录: what the kiosk must not forget between asking for a number and settling its slip.
//!
//! An entry is on the disk before the step it announces is taken.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wire::{
    http::{IssueRequest, PrintOutcome},
    ids::TicketId,
    number::TicketNo,
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
    /// The server knows; nothing is left to do.
    Settled {
        /// Which asking.
        request: String,
        /// How it ended, for people who read the record.
        how: String,
    },
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
}

/// Where entries are kept.
pub trait Book {
    /// Writes an entry so that it survives a power cut.
    ///
    /// # Errors
    /// [`BookFault`] if it may not be there afterwards.
    fn write(&mut self, entry: &Entry) -> Result<(), BookFault>;
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
                if let Some((_, open)) = open.get_mut(&request)
                    && let Step::Reserved(ticket) = open.step
                {
                    open.step = Step::Sending(ticket);
                }
            }
            Entry::Came { request, outcome } => {
                if let Some((_, open)) = open.get_mut(&request)
                    && let Some(ticket) = open.step.ticket()
                {
                    open.step = Step::Came(ticket, outcome);
                }
            }
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
            Self::Asked => None,
            Self::Reserved(ticket) | Self::Sending(ticket) | Self::Came(ticket, _) => Some(ticket),
        }
    }
}
