//! What the hall remembers of its day. Only events change it; copies share what is unchanged.

pub mod alerts;
pub mod bookings;
pub(crate) mod catalogue;
pub(crate) mod changes;
pub mod desk;
pub(crate) mod evaluations;
pub mod handled;
pub mod held;
pub(crate) mod hours;
pub mod inspections;
pub mod ledger;
pub(crate) mod line;
pub mod lists;
pub mod matters;
pub mod numbers;
pub mod posts;
pub mod press;
pub mod queue;
pub(crate) mod shelf;
pub mod ticket;
pub(crate) mod unfound;
pub mod visits;
pub mod window;

use alloc::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
    vec::Vec,
};

use crate::{
    answer::Answer,
    command::SessionTimes,
    event::people::Carried,
    ids::{
        ItemId, LegId, QueueId, RequestId, StaffNo, TicketId, Token, WindowId,
        person::{BookingNo, PersonMark},
    },
    limits::LAST_CALLS_KEPT,
    number::TicketNo,
    state::{
        alerts::Alerts,
        bookings::Bookings,
        catalogue::Catalogue,
        changes::PostChanges,
        desk::Cases,
        evaluations::Evaluations,
        held::Held,
        hours::Hours,
        inspections::Inspections,
        ledger::Ledger,
        matters::Matters,
        numbers::Numbers,
        posts::Posts,
        queue::{Pace, QueueNow, Waiter},
        shelf::{Drawers, Shelf},
        ticket::Ticket,
        unfound::UnfoundKept,
        visits::Visits,
        window::WindowNow,
    },
    time::{Day, Timestamp},
    words::TicketState,
};

/// The state of the hall.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub day: Option<Day>,
    /// The day opened last, whether or not it is over.
    pub last_day: Option<Day>,
    pub session: Option<SessionTimes>,
    /// A session of the day is over and none is open.
    pub after_session: bool,
    /// The id that the next ticket gets.
    pub next_ticket: TicketId,
    first_ticket: TicketId,
    tickets: Shelf<Ticket>,
    by_token: Drawers<Token, TicketId>,
    pub numbers: Numbers,
    pub queues: BTreeMap<QueueId, QueueNow>,
    pub windows: BTreeMap<WindowId, WindowNow>,
    pub staff: BTreeMap<StaffNo, WindowId>,
    /// Reserved tickets whose slip is not known, by time of issue.
    pub pending: BTreeSet<(Timestamp, TicketId)>,
    pub answers: Drawers<RequestId, Answer>,
    /// The last calls, newest first, one for each leg.
    pub calls: VecDeque<LastRow>,
    /// Calls and recalls of the day.
    pub announcements: u64,
    pub item_paces: BTreeMap<ItemId, Pace>,
    /// What may still be evaluated.
    pub evaluations: Evaluations,
    /// Case numbers of today and of days before.
    pub cases: Cases,
    /// 工作日 after the day opened last, as its opening told them.
    pub working_days: Arc<[Day]>,
    /// The moment of the last event of the day.
    pub last_at: Option<Timestamp>,
    /// 诉求 that must be answered.
    pub matters: Matters,
    /// 上门服务.
    pub visits: Visits,
    /// 日巡查.
    pub inspections: Inspections,
    /// 没有找到的事项.
    pub unfound: UnfoundKept,
    /// 警报, and what they are judged by.
    pub alerts: Alerts,
    /// Where everybody is, and who stood in for whom.
    pub posts: Posts,
    /// The sessions of the day and their numbers.
    pub hours: Hours,
    /// 换岗申请.
    pub changes: PostChanges,
    /// Tickets of one person.
    pub by_person: Drawers<PersonMark, Vec<TicketId>>,
    pub bookings: Bookings,
    pub catalogue: Catalogue,
    /// Who is away for a moment.
    pub held: Held,
    /// What the figures need beside.
    pub ledger: Ledger,
}

/// A row of the last calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LastRow {
    pub announcement: u64,
    pub at: Timestamp,
    pub leg: LegId,
    pub window: WindowId,
    pub call: u8,
}

impl State {
    /// A hall that has never been open; ticket ids begin with 1.
    pub fn new() -> Self {
        Self { next_ticket: TicketId(1), ..Self::default() }
    }

    pub fn open_day(
        &mut self,
        day: Day,
        next_ticket: TicketId,
        (evaluations, cases): (Evaluations, Cases),
        carried: &Carried,
    ) {
        *self = Self {
            evaluations,
            cases,
            bookings: Bookings::of(&carried.bookings, &carried.misses),
            catalogue: Catalogue::of(carried, day),
            matters: Matters::of(carried),
            visits: Visits::of(carried),
            unfound: UnfoundKept::of_day(&carried.unfound),
            changes: PostChanges::of(carried),
            day: Some(day),
            last_day: Some(day),
            next_ticket,
            first_ticket: next_ticket,
            ..Self::default()
        };
    }

    pub fn add(&mut self, ticket: Ticket) {
        assert_eq!(ticket.id, self.next_ticket, "ticket ids go on without a gap");
        if ticket.offline.is_some() {
            self.numbers.hand_in(ticket.no, ticket.id);
        } else {
            self.numbers.add(ticket.no, ticket.id);
        }
        self.by_token.insert(ticket.token, ticket.id);
        if let Some(person) = ticket.person {
            self.by_person.entry(person).push(ticket.id);
        }
        self.next_ticket = TicketId(ticket.id.0 + 1);
        self.tickets.push(ticket);
    }

    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(usize::try_from(id.0.checked_sub(self.first_ticket.0)?).ok()?)
    }

    pub fn ticket_by_no(&self, no: TicketNo) -> Option<&Ticket> {
        self.ticket(self.numbers.find(no)?)
    }

    pub fn ticket_by_token(&self, token: Token) -> Option<&Ticket> {
        self.ticket(*self.by_token.get(&token)?)
    }

    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.iter()
    }

    /// A ticket that an event speaks of, in the state the event presumes.
    pub fn ticket_mut(&mut self, id: TicketId) -> &mut Ticket {
        let place = id.0.checked_sub(self.first_ticket.0).and_then(|at| usize::try_from(at).ok());
        let ticket = place.and_then(|at| self.tickets.get_mut(at));
        ticket.expect("an event speaks of tickets of its day")
    }

    pub fn window_mut(&mut self, id: WindowId) -> &mut WindowNow {
        self.windows.entry(id).or_default()
    }

    pub fn queue_mut(&mut self, id: QueueId) -> &mut QueueNow {
        self.queues.entry(id).or_default()
    }

    /// Puts a ticket into its queue at the place of its entry.
    pub fn join(&mut self, id: TicketId) {
        let ticket = self.ticket_mut(id);
        ticket.state = TicketState::Waiting;
        let (queue, to, waiter) = (ticket.leg().queue, ticket.leg().to, Waiter::of(ticket));
        self.queue_mut(queue).join(waiter, to);
    }

    /// Takes a ticket out of its queue.
    pub fn leave(&mut self, id: TicketId) {
        let ticket = self.ticket_mut(id);
        assert_eq!(ticket.state, TicketState::Waiting, "only who waits can leave a queue");
        let (queue, waiter) = (ticket.leg().queue, Waiter::of(ticket));
        self.queue_mut(queue).leave(waiter);
    }

    /// Takes a ticket away from wherever it is, for an end without service.
    pub fn end(&mut self, id: TicketId, at: Timestamp, state: TicketState) {
        let ticket = self.ticket_mut(id);
        let (was, issued, window) = (ticket.state, ticket.issued, ticket.leg().window);
        match was {
            TicketState::Reserved => {
                self.pending.remove(&(issued, id));
            }
            TicketState::Waiting => self.leave(id),
            TicketState::Held => drop(self.held.remove(id)),
            TicketState::Called => {
                let window = self.window_mut(window.expect("a called ticket has a window"));
                window.current = None;
                window.since = Some(at);
            }
            TicketState::Serving
            | TicketState::Done
            | TicketState::NoShow
            | TicketState::Swept
            | TicketState::Cancelled
            | TicketState::NotPrinted => {
                panic!("a ticket that is {was} cannot become {state}");
            }
        }
        let ticket = self.ticket_mut(id);
        ticket.state = state;
        ticket.ended = Some(at);
    }

    /// Writes a call on top of the last calls.
    pub fn announce(&mut self, at: Timestamp, leg: LegId, window: WindowId, call: u8) {
        self.announcements += 1;
        self.calls.retain(|row| row.leg != leg);
        self.calls.truncate(LAST_CALLS_KEPT - 1);
        let announcement = self.announcements;
        self.calls.push_front(LastRow { announcement, at, leg, window, call });
    }

    /// Takes the person away from a ticket; the ticket stays.
    pub fn erase(&mut self, id: TicketId) -> Option<BookingNo> {
        let ticket = self.ticket_mut(id);
        let (person, booking) = (ticket.person.take(), ticket.booking.take());
        if let Some(granted) = &mut ticket.granted {
            // Who wrote it may have named somebody.
            granted.grounds.note = None;
        }
        self.matters.erase_words(id);
        if let Some(person) = person {
            let tickets = self.by_person.entry(person);
            tickets.retain(|each| *each != id);
            if tickets.is_empty() {
                self.by_person.remove(&person);
            }
        }
        booking
    }

    pub fn remembered(&self) -> (usize, usize) {
        (self.tickets.len(), self.by_token.len())
    }
}
