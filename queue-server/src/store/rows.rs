//! A ticket of a closed day as reports need it.

use hall::{
    ids::{ItemId, QueueId, StaffNo, TicketId, WindowId},
    number::TicketNo,
    state::ticket::Ticket,
    time::Day,
    words::{CaseKind, Channel, PriorityClass, Rating, TicketState},
};
use serde::{Deserialize, Serialize};

/// A ticket of a closed day. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRow {
    /// Its identity.
    pub id: TicketId,
    /// Its number.
    pub no: TicketNo,
    /// The queue of its first leg.
    pub queue: QueueId,
    /// The item, if one was chosen.
    pub item: Option<ItemId>,
    /// How it was taken.
    pub channel: Channel,
    /// Its class.
    pub class: PriorityClass,
    /// How it ended.
    pub state: TicketState,
    /// Taken.
    pub issued: i64,
    /// First called.
    pub called: Option<i64>,
    /// Service began.
    pub started: Option<i64>,
    /// Service ended.
    pub finished: Option<i64>,
    /// Recalls.
    pub recalls: u16,
    /// The window.
    pub window: Option<WindowId>,
    /// The clerk.
    pub staff: Option<StaffNo>,
    /// 件类.
    pub case: Option<CaseKind>,
    /// 评价.
    pub rating: Option<Rating>,
}

impl TicketRow {
    /// The row of a ticket, by its last leg.
    #[must_use]
    pub fn of(ticket: &Ticket) -> Self {
        let leg = ticket.leg();
        Self {
            id: ticket.id,
            no: ticket.no,
            queue: ticket.legs[0].queue,
            item: ticket.item,
            channel: ticket.channel,
            class: ticket.class,
            state: ticket.state,
            issued: ticket.issued.0,
            called: ticket.legs[0].called_first.map(|at| at.0),
            started: leg.started.map(|at| at.0),
            finished: leg.finished.map(|at| at.0),
            recalls: leg.recalls,
            window: leg.window,
            staff: leg.staff,
            case: leg.case,
            rating: leg.evaluation.as_ref().map(|evaluation| evaluation.rating),
        }
    }
}

pub(super) fn prefix(day: Day) -> Vec<u8> {
    format!("{day}/").into_bytes()
}

pub(super) fn key(day: Day, ticket: TicketId) -> Vec<u8> {
    let mut key = prefix(day);
    key.extend(ticket.0.to_be_bytes());
    key
}
