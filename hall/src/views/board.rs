//! 实时看板: queues, windows and the last calls as they stand now.

use alloc::vec::Vec;

use crate::{
    hall::Hall,
    ids::{QueueId, StaffNo, TicketId, WindowId},
    number::TicketNo,
    order,
    refusal::Refusal,
    setup::{Queue, Window},
    state::ticket::Ticket,
    time::{Millis, Timestamp},
    words::{PauseReason, QueueList, TicketState, WindowState},
};

/// A queue as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueView {
    /// The queue.
    pub id: QueueId,
    /// People waiting.
    pub waiting: u32,
    /// The longest wait now.
    pub longest: Millis,
    /// Windows open for it.
    pub open_windows: u16,
    /// Tickets can be taken.
    pub issuing: bool,
    /// 排队号已取完.
    pub sold_out: bool,
    /// Issued today.
    pub issued: u32,
    /// Served today.
    pub served: u32,
}

/// A window as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowView {
    /// The window.
    pub id: WindowId,
    /// Its state.
    pub state: WindowState,
    /// Who works there.
    pub staff: Option<StaffNo>,
    /// The number at the window.
    pub no: Option<TicketNo>,
    /// Since when the state holds.
    pub since: Option<Timestamp>,
    /// Why it pauses.
    pub pause: Option<PauseReason>,
    /// Who waits for its primary queues.
    pub waiting: u32,
    /// Served today.
    pub served: u32,
}

/// A row of the hall screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallView {
    /// The number.
    pub no: TicketNo,
    /// The ticket.
    pub ticket: TicketId,
    /// Its queue.
    pub queue: QueueId,
    /// Where.
    pub window: WindowId,
    /// The ticket's state now.
    pub state: TicketState,
    /// 1 is the first call.
    pub call: u8,
    /// Grows with every call of the day.
    pub announcement: u64,
    /// When.
    pub at: Timestamp,
}

/// A queue.
#[must_use]
pub fn queue(hall: &Hall, queue: &Queue, now: Timestamp) -> QueueView {
    let state = hall.queue(queue.id);
    let issuing = hall.may_issue(queue, now);
    let open = hall.posts_serving(queue.id).filter(|(window, now)| {
        now.is_some_and(|now| now.is_open()) && hall.serves_at((window, *now), queue.id)
    });
    QueueView {
        id: queue.id,
        waiting: order::waiting(hall, queue.id),
        longest: state.and_then(|state| state.oldest()).map_or(Millis(0), |at| now.since(at)),
        open_windows: open.count() as u16,
        issuing: queue.issued && issuing.is_ok() && hall.has_item_today(queue.id),
        sold_out: issuing == Err(Refusal::SoldOut),
        issued: state.map_or(0, |state| state.issued),
        served: state.map_or(0, |state| state.served),
    }
}

/// A window.
#[must_use]
pub fn window(hall: &Hall, window: &Window, now: Timestamp) -> WindowView {
    let state = hall.state.windows.get(&window.id);
    WindowView {
        id: window.id,
        state: hall.window_state(window.id, now),
        staff: state.and_then(|state| state.staff()),
        no: hall.ticket_at(window.id).map(|ticket| ticket.no),
        since: state.and_then(|state| state.since),
        pause: state.and_then(|state| state.paused).map(|(reason, _)| reason),
        waiting: hall.lists_of(window.id).map_or(0, |lists| {
            let own: u32 =
                lists.primary.iter().map(|queue| hall.waiting_for(window.id, *queue)).sum();
            own + hall.sent_to(window.id).count() as u32
        }),
        served: state.map_or(0, |state| state.served),
    }
}

/// The last calls, newest first.
#[must_use]
pub fn calls(hall: &Hall) -> Vec<CallView> {
    let view = |row: &crate::state::LastRow| {
        let ticket = hall.ticket(row.leg.ticket)?;
        Some(CallView {
            no: ticket.no,
            ticket: ticket.id,
            queue: ticket.leg_at(row.leg.leg)?.queue,
            window: row.window,
            state: ticket.state,
            call: row.call,
            announcement: row.announcement,
            at: row.at,
        })
    };
    hall.state.calls.iter().filter_map(view).collect()
}

/// Who waits for a window, in about the order of call, at most so many.
#[must_use]
pub fn waiting_for(hall: &Hall, window: &Window, now: Timestamp, most: usize) -> Vec<TicketId> {
    let mut tickets = Vec::new();
    let Some(lists) = hall.lists_of(window.id) else { return tickets };
    let server = hall.server_at(window.id);
    for list in [QueueList::Primary, QueueList::Secondary] {
        let queues = if list == QueueList::Primary { lists.primary } else { lists.secondary };
        let everybody = queues.iter().filter_map(|id| hall.queue(*id));
        let everybody = everybody.flat_map(|queue| queue.everybody());
        let everybody =
            everybody.filter(|id| hall.ticket(*id).is_some_and(|it| it.leg().to.is_none()));
        let sent = hall.sent_to(window.id).map(|head| head.place.1);
        let everybody = everybody.chain(sent.filter(|_| list == QueueList::Primary));
        let waiting = everybody.filter_map(|id| hall.ticket(id));
        let mut waiting: Vec<&Ticket> = waiting
            .filter(|ticket| server.may_serve(ticket.class, ticket.queue(), ticket.item))
            .collect();
        waiting.sort_by_key(|ticket| {
            let place = ticket.leg().place;
            (order::standing(hall.setup().rules(), ticket.class, place, now), place, ticket.id)
        });
        tickets.extend(waiting.into_iter().take(most - tickets.len()).map(|ticket| ticket.id));
    }
    tickets
}

/// Everybody waiting in the hall.
#[must_use]
pub fn waiting(hall: &Hall) -> u32 {
    hall.state.queues.values().map(|queue| queue.waiting()).sum()
}

/// The longest wait in the hall now.
#[must_use]
pub fn longest(hall: &Hall, now: Timestamp) -> Millis {
    let oldest = hall.state.queues.values().filter_map(|queue| queue.oldest()).min();
    oldest.map_or(Millis(0), |at| now.since(at))
}
