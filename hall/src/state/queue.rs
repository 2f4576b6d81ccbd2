//! 队列: who waits in a queue now, and what was seen of it today.

use alloc::collections::{BTreeMap, BTreeSet};

use crate::{
    ids::{ItemId, TicketId, WindowId},
    limits::PACE_PRIOR,
    order::{self, Returned, Standing},
    state::{
        line::{Line, Place},
        ticket::Ticket,
    },
    time::{Millis, Timestamp},
    words::PriorityClass,
};

/// 队列: how a queue stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueNow {
    /// Who waits, by class; re-activated tickets that must still let others pass are not here.
    lines: [Line; PriorityClass::ALL.len()],
    /// Re-activated tickets, soonest first.
    returned: BTreeSet<Returned>,
    /// Who waits, by when they came into this queue.
    by_entry: Line,
    /// Who waits for one window only.
    sent: BTreeMap<TicketId, WindowId>,
    /// Who waits, by item.
    by_item: BTreeMap<Option<ItemId>, u32>,
    /// Calls of the day, recalls not counted.
    pub(crate) called: u64,
    /// Tickets of the day.
    pub(crate) issued: u32,
    /// Legs served today, empty presses too.
    pub(crate) served: u32,
    /// Services of the day.
    pub(crate) pace: Pace,
}

/// Somebody who waits, as a queue needs to know it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waiter {
    pub place: Place,
    pub entered: Timestamp,
    pub class: PriorityClass,
    pub item: Option<ItemId>,
}

impl Waiter {
    pub fn of(ticket: &Ticket) -> Self {
        let leg = ticket.leg();
        let (place, entered) = ((leg.place, ticket.id), leg.entered);
        Self { place, entered, class: ticket.class, item: ticket.item }
    }
}

/// How long services took today, empty presses not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// How many.
    pub services: u64,
    /// Together, in milliseconds.
    pub millis: u64,
}

/// Somebody who stands at the head of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub place: Place,
    pub class: PriorityClass,
    pub returned: bool,
}

impl QueueNow {
    /// Everybody waiting.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        let in_lines: usize = self.lines.iter().map(Line::len).sum();
        (in_lines + self.returned.len()) as u32
    }

    /// Since when the longest waiting waits.
    #[must_use]
    pub fn oldest(&self) -> Option<Timestamp> {
        self.by_entry.first().map(|place| place.0)
    }

    /// Who could be called now among those who are able.
    pub(crate) fn heads_among<'q, F>(&'q self, able: F) -> impl Iterator<Item = Head> + 'q
    where
        F: Fn(&Head) -> bool + Copy + 'q,
    {
        order::heads_among(self, able)
    }

    /// Who waits for this window only.
    pub(crate) fn sent_to(&self, window: WindowId) -> impl Iterator<Item = TicketId> {
        self.sent.iter().filter(move |(_, to)| **to == window).map(|(id, _)| *id)
    }

    /// Everybody who waits for one window only.
    pub(crate) fn sent(&self) -> impl Iterator<Item = (TicketId, WindowId)> {
        self.sent.iter().map(|(id, to)| (*id, *to))
    }

    pub(crate) fn release(&mut self, id: TicketId) {
        self.sent.remove(&id);
    }

    /// Everybody waiting, in no order that matters.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = TicketId> {
        let in_lines = self.lines.iter().flat_map(Line::iter).map(|place| place.1);
        in_lines.chain(self.returned.iter().map(|each| each.place.1))
    }

    pub(crate) fn line(&self, class: PriorityClass) -> &Line {
        &self.lines[class as usize]
    }

    /// People waiting, by item.
    pub(crate) fn by_item(&self) -> impl Iterator<Item = (Option<ItemId>, u32)> {
        self.by_item.iter().map(|(item, count)| (*item, *count))
    }

    pub(crate) fn join(&mut self, waiter: Waiter, to: Option<WindowId>) {
        let new = self.lines[waiter.class as usize].insert(waiter.place);
        assert!(new, "ticket {} waits in its queue already", waiter.place.1.0);
        if let Some(to) = to {
            self.sent.insert(waiter.place.1, to);
        }
        self.note_joined(waiter);
    }

    pub(crate) fn join_behind(&mut self, waiter: Waiter, behind: u8) {
        self.join_after(waiter, self.called + u64::from(behind));
    }

    /// Back among the re-activated tickets, where it stood.
    pub(crate) fn join_after(&mut self, waiter: Waiter, after: u64) {
        let (place, class) = (waiter.place, waiter.class);
        let new = self.returned.insert(Returned { after, place, class });
        assert!(new, "ticket {} waits in its queue already", place.1.0);
        self.note_joined(waiter);
    }

    /// 过号激活: the queue's calls that must have been made before a ticket that came back.
    pub(crate) fn returned_after(&self, id: TicketId) -> Option<u64> {
        self.returned.iter().find(|each| each.place.1 == id).map(|each| each.after)
    }

    fn note_joined(&mut self, waiter: Waiter) {
        self.by_entry.insert((waiter.entered, waiter.place.1));
        *self.by_item.entry(waiter.item).or_default() += 1;
    }

    pub(crate) fn leave(&mut self, waiter: Waiter) {
        let Waiter { place, entered, class, item } = waiter;
        self.sent.remove(&place.1);
        self.by_entry.remove((entered, place.1));
        if !self.lines[class as usize].remove(place) {
            let found = self.returned.iter().find(|each| each.place == place).copied();
            let found = found.expect("a waiting ticket stands in its queue");
            self.returned.remove(&found);
        }
        let count = self.by_item.get_mut(&item).expect("a waiting ticket's item is counted");
        *count -= 1;
        if *count == 0 {
            self.by_item.remove(&item);
        }
    }
}

impl Standing for QueueNow {
    fn in_line(&self, class: PriorityClass) -> impl Iterator<Item = Place> {
        self.line(class).iter()
    }

    fn returned(&self) -> impl Iterator<Item = Returned> {
        self.returned.iter().copied()
    }

    fn called(&self) -> u64 {
        self.called
    }

    fn is_sent(&self, ticket: TicketId) -> bool {
        !self.sent.is_empty() && self.sent.contains_key(&ticket)
    }
}

impl Pace {
    pub(crate) fn note(&mut self, service: Millis) {
        self.services += 1;
        self.millis += service.0;
    }

    /// A service that was not one.
    pub(crate) fn forget(&mut self, service: Millis) {
        self.services = self.services.saturating_sub(1);
        self.millis = self.millis.saturating_sub(service.0);
    }

    /// The mean of today, drawn towards what was known before.
    #[must_use]
    pub fn mean(&self, before: Millis) -> Millis {
        let sum = self.millis.saturating_add(before.0.saturating_mul(PACE_PRIOR));
        Millis(sum / (self.services + PACE_PRIOR))
    }
}
