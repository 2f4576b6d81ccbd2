//! What one asking found for the whole hall.

use std::collections::{BTreeMap, BTreeSet};

use hall::{
    event::wait_range::WaitRange,
    forecast::{
        ask::Forecast,
        hour::{Hour, QueueHour},
    },
    ids::{ItemId, QueueId, TicketId},
    state::ticket::Ticket,
    time::{Millis, Timestamp},
    words::{PriorityClass, TicketState},
};

/// 预计等候 of everybody who waits and of whoever would come, at one moment of the hall.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The journal's sequence number up to which it speaks.
    pub sequence: u64,
    /// The hall's moment from which it looks ahead.
    pub at: Timestamp,
    /// Runs that it rests on; fewer than asked for if the budget was spent.
    pub runs: u32,
    /// After so long it is not told any more.
    pub(super) fresh_for: Millis,
    pub(super) newcomers: BTreeMap<(QueueId, PriorityClass), Newcomer>,
    pub(super) tickets: BTreeMap<TicketId, Waiting>,
    /// Items that not every window of their queue handles.
    pub(super) items_apart: BTreeSet<ItemId>,
    /// The hour ahead, queue by queue; none where too few runs were made.
    pub hour: Option<Hour>,
}

/// Somebody who would take a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newcomer {
    /// What would be told.
    pub forecast: Forecast,
    /// People who stood before somebody of this class.
    pub ahead: u32,
}

/// A ticket that waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Waiting {
    pub forecast: Forecast,
    /// What it waited for: one that has gone on is another matter.
    pub queue: QueueId,
    pub legs: usize,
    pub class: PriorityClass,
}

impl Picture {
    /// True while it may be told: the thread that makes pictures is not far behind.
    #[must_use]
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.since(self.at) <= self.fresh_for
    }

    /// What somebody of this class is told who comes to the hall as it stood; none where no window
    /// serves the queue.
    #[must_use]
    pub fn of_newcomer(&self, queue: QueueId, class: PriorityClass) -> Option<Newcomer> {
        self.newcomers.get(&(queue, class)).copied()
    }

    /// What a ticket is told that waits since before the picture; none if it was not there or stood
    /// elsewhere.
    #[must_use]
    pub fn of_ticket(&self, ticket: &Ticket, now: Timestamp) -> Option<Forecast> {
        let found = self.tickets.get(&ticket.id)?;
        let is_same = found.legs == ticket.legs.len()
            && found.class == ticket.class
            && found.queue == ticket.queue();
        let waits = ticket.state == TicketState::Waiting;
        (is_same && waits).then(|| found.forecast.after(now.since(self.at)))
    }

    /// What it says to everybody, as it is told: two pictures that say the same are one to a reader.
    pub(super) fn ranges(&self) -> Vec<WaitRange> {
        let comers = self.newcomers.values().map(|each| each.forecast.range(each.ahead > 0));
        comers.chain(self.tickets.values().map(|each| each.forecast.range(true))).collect()
    }

    /// How a queue does in the hour ahead.
    #[must_use]
    pub fn hour_of(&self, queue: QueueId) -> Option<&QueueHour> {
        self.hour.as_ref()?.queues.iter().find(|hour| hour.queue == queue)
    }

    /// Queues of which some answer is doubtful: the queue's length says something very different.
    pub fn doubtful(&self) -> impl Iterator<Item = QueueId> {
        let doubtful = self.newcomers.iter().filter(|(_, found)| found.forecast.doubtful);
        doubtful.map(|((queue, _), _)| *queue)
    }
}
