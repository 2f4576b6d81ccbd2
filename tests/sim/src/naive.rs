//! A naive hall: lists, loops and no cleverness. It follows the events of the real one and says
//! what none of them may be.

mod bookings;
mod legs;
mod lists;
mod order;
mod past;
mod sums;
mod take_back;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hall::{
    event::{Event, Fact, evaluated::Evaluated, issued::Issued},
    ids::{
        LegId, LegNo, QueueId, RequestId, StaffNo, TicketId, Token, WindowId, person::BookingNo,
    },
    number::TicketNo,
    setup::Setup,
    time::{Day, Timestamp},
    words::{Channel, Printing, PriorityClass, QueueList, WhyRule, desk::Press},
};

use bookings::Bookings;
use lists::More;
use past::Past;
use take_back::Before;

/// What the naive hall knows of its day.
#[derive(Debug, Clone)]
pub struct Naive {
    /// Every setup that the hall ever has.
    setups: Vec<Arc<Setup>>,
    setup: Arc<Setup>,
    day: Option<Day>,
    last_day: Option<Day>,
    last_at: Timestamp,
    people: BTreeMap<TicketId, Person>,
    tokens: BTreeSet<Token>,
    numbers: BTreeMap<char, u16>,
    windows: BTreeMap<WindowId, Post>,
    calls: BTreeMap<QueueId, u64>,
    next_ticket: TicketId,
    answered: BTreeSet<RequestId>,
    answering: Option<RequestId>,
    /// Calls and recalls of the day.
    announcements: u64,
    past: Past,
    bookings: Bookings,
}

/// A ticket.
#[derive(Debug, Clone)]
struct Person {
    no: TicketNo,
    queue: QueueId,
    class: PriorityClass,
    taken_as: PriorityClass,
    channel: Channel,
    /// Order and waiting count from here; for a booking from its slot.
    entered: Timestamp,
    booking: Option<BookingNo>,
    reprints: u32,
    stand: Stand,
    /// The printer said that the slip is out.
    confirmed: bool,
    /// After a re-activation: the queue's calls that must have been made before.
    after: Option<u64>,
    reactivated: bool,
    /// Only this window calls it.
    to: Option<WindowId>,
    /// The present leg was called …
    called: bool,
    /// … and so many before it.
    legs_before: u32,
    /// The first leg is over.
    waited: bool,
    transfers: u32,
    to_cashier: u32,
    holds: u32,
    recalls: u32,
    no_shows: u32,
    /// Legs that were finished.
    done: BTreeMap<LegNo, Done>,
    /// 后续环节: the queues that still come.
    stops: Vec<QueueId>,
}

/// A leg that was finished.
#[derive(Debug, Clone, Copy)]
struct Done {
    finished: Timestamp,
    rating: Option<u8>,
    /// It was evaluated after the day was closed.
    while_closed: bool,
}

/// Where a person is: in exactly one place, because this is one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Reserved,
    Waits,
    Called(WindowId),
    Served(WindowId),
    Held,
    Done,
    NoShow,
    Swept,
    Cancelled,
    NotPrinted,
}

/// A window.
#[derive(Debug, Clone, Default)]
struct Post {
    staff: Option<StaffNo>,
    paused: bool,
    at_it: Option<TicketId>,
    in_a_row: u32,
    more: More,
    /// 撤回: who stood there before the last press, and how its calls had gone.
    before: Option<Box<Before>>,
}

/// What is wrong with an event.
pub type Wrong = String;

impl Naive {
    /// A hall that has never been open.
    #[must_use]
    pub fn new(setups: Vec<Arc<Setup>>) -> Self {
        Self {
            setup: setups[0].clone(),
            setups,
            day: None,
            last_day: None,
            last_at: Timestamp(i64::MIN),
            people: BTreeMap::new(),
            tokens: BTreeSet::new(),
            numbers: BTreeMap::new(),
            windows: BTreeMap::new(),
            calls: BTreeMap::new(),
            next_ticket: TicketId(1),
            answered: BTreeSet::new(),
            answering: None,
            announcements: 0,
            past: Past::default(),
            bookings: Bookings::default(),
        }
    }

    /// Follows the events of one step.
    ///
    /// # Errors
    /// The sentence that says which of them may not be.
    pub fn follow(&mut self, events: &[Event]) -> Result<(), Wrong> {
        self.answering = None;
        for event in events {
            self.once(event)?;
            if event.at < self.last_at {
                return Err(format!("time went back: {event:?} after {:?}", self.last_at));
            }
            self.last_at = event.at;
            self.fact(event.at, &event.fact).map_err(|wrong| format!("{wrong}: {event:?}"))?;
        }
        Ok(())
    }

    /// Calls and recalls of the day.
    #[must_use]
    pub const fn announcements(&self) -> u64 {
        self.announcements
    }

    /// True if a ticket of the day counts as not printed.
    #[must_use]
    pub fn is_not_printed(&self, ticket: TicketId) -> bool {
        self.people.get(&ticket).is_some_and(|person| person.stand == Stand::NotPrinted)
    }

    /// An asking acts once: all its events stand together, and never come again that day.
    fn once(&mut self, event: &Event) -> Result<(), Wrong> {
        if event.request.is_some() && event.request != self.answering {
            let request = event.request.unwrap_or(RequestId([0; 16]));
            if !self.answered.insert(request) {
                return Err(format!("an asking acted twice: {event:?}"));
            }
        }
        self.answering = event.request;
        Ok(())
    }

    fn fact(&mut self, at: Timestamp, fact: &Fact) -> Result<(), Wrong> {
        match fact {
            Fact::DayOpened { day, next_ticket, open_evaluations, carried, setup, .. } => {
                self.day_opened(*day, *next_ticket)?;
                must(*setup == self.setup.version(), "it opens with another setup")?;
                self.past.carried(at, open_evaluations)?;
                self.bookings.carried(&carried.bookings)
            }
            Fact::DayClosed { day } => self.day_closed(*day),
            Fact::SessionOpened { .. }
            | Fact::SessionClosed
            | Fact::SamePress { .. }
            | Fact::ClosedEarly { .. } => Ok(()),
            Fact::SetupChanged { to } => {
                must(self.setup.version() != Some(*to), "it is in force already")?;
                let found = self.setups.iter().find(|setup| setup.version() == Some(*to));
                self.setup = found.ok_or("a setup that nobody knows")?.clone();
                Ok(())
            }
            Fact::SignedOn { window, staff } => self.signed_on(*window, *staff),
            Fact::SignedOff { window } => self.signed_off(*window),
            Fact::TookOver { window, from, staff, .. } => {
                must(self.post(*window).staff == Some(*from), "another one was there")?;
                self.signed_off(*window)?;
                self.signed_on(*window, *staff)
            }
            Fact::Paused { window, .. } => {
                let post = self.post(*window);
                must(post.staff.is_some() && post.at_it.is_none(), "the window is not free")?;
                post.paused = true;
                Ok(())
            }
            Fact::Resumed { window } => {
                let was = std::mem::replace(&mut self.post(*window).paused, false);
                must(was, "it did not pause")
            }
            Fact::Issued(issued) => self.issued(at, issued),
            Fact::Printed { ticket, printing } => self.printed(*ticket, *printing),
            Fact::Cancelled { ticket } => self.end(*ticket, Stand::Cancelled),
            Fact::Called { leg, window, why } => {
                if why.rule == WhyRule::NextLeg {
                    return self.stays(leg.ticket, *window);
                }
                self.pressed(at, leg.ticket, *window, Press::Call);
                self.called(at, leg.ticket, *window, why.list == QueueList::Chosen)
            }
            Fact::Recalled { leg, window } => {
                self.stands(*leg, Stand::Called(*window))?.recalls += 1;
                self.announcements += 1;
                Ok(())
            }
            Fact::Started { leg, window, since, by_itself, .. } => {
                if *by_itself {
                    self.pressed(at, leg.ticket, *window, Press::Start);
                }
                must(*since <= at, "it began later than now")?;
                self.stands(*leg, Stand::Called(*window))?.stand = Stand::Served(*window);
                Ok(())
            }
            Fact::Finished { leg, window, .. } => {
                self.pressed(at, leg.ticket, *window, Press::Finish);
                let person = self.stands(*leg, Stand::Served(*window))?;
                (person.stand, person.waited) = (Stand::Done, true);
                let done = Done { finished: at, rating: None, while_closed: false };
                must(person.done.insert(leg.leg, done).is_none(), "that leg was done")?;
                self.post(*window).at_it = None;
                Ok(())
            }
            Fact::NoShowed { leg, window } => {
                self.pressed(at, leg.ticket, *window, Press::NoShow);
                let person = self.stands(*leg, Stand::Called(*window))?;
                person.stand = Stand::NoShow;
                person.no_shows += 1;
                self.post(*window).at_it = None;
                Ok(())
            }
            Fact::Reactivated { ticket, behind } => self.reactivated(*ticket, *behind),
            Fact::Evaluated(evaluated) => self.evaluated(at, evaluated),
            Fact::Swept { tickets } => {
                tickets.iter().try_for_each(|ticket| self.end(*ticket, Stand::Swept))
            }
            Fact::TideOpened { .. }
            | Fact::TideClosed { .. }
            | Fact::Lent { .. }
            | Fact::LendEnded { .. } => {
                self.lists_change(fact);
                Ok(())
            }
            Fact::SentOn { leg, window, via, queue, to, class, .. } => {
                if self.person(leg.ticket)?.stand != Stand::Done {
                    self.pressed(at, leg.ticket, *window, Press::SendOn);
                }
                self.sent_on((*leg, *window), *via, (*queue, *to), *class)
            }
            Fact::TakenBack { leg, window, press } => self.taken_back(*leg, *window, *press),
            Fact::StopsChanged { leg, window, stops, .. } => {
                self.pressed(at, leg.ticket, *window, Press::DropStops);
                let queues = stops.iter().map(|stop| stop.queue).collect();
                self.person(leg.ticket)?.stops = queues;
                Ok(())
            }
            Fact::Verified { leg, window, class, waits, .. } => {
                self.verified(*leg, *window, (*class, *waits))
            }
            Fact::Expedited { ticket, .. } => {
                let person = self.person(*ticket)?;
                must(person.stand == Stand::Waits, "only who waits is put in front")?;
                (person.class, person.after) = (PriorityClass::Special, None);
                Ok(())
            }
            Fact::Released { ticket, window } => self.released(*ticket, *window),
            Fact::Held { leg, window, .. } => self.held(*leg, *window),
            Fact::HoldEnded { leg, window } => self.called_back(*leg, *window),
            Fact::HoldExpired { leg } => {
                self.stands(*leg, Stand::Held)?.stand = Stand::NoShow;
                Ok(())
            }
            Fact::Booked(booked) => self.bookings.booked(booked),
            Fact::BookingCancelled { booking } => self.bookings.end(*booking),
            Fact::BookingEnded { booking, .. } => self.bookings.end(*booking),
            Fact::Reprinted { ticket } => {
                self.person(*ticket)?.reprints += 1;
                Ok(())
            }
            Fact::Erased(erased) => {
                erased.tickets.iter().try_for_each(|ticket| self.person(*ticket).map(drop))
            }
            Fact::CatalogueChanged(_) => Ok(()),
            // Alerts tell of what is; they move nobody.
            Fact::AlertRaised { .. }
            | Fact::AlertEased { .. }
            | Fact::AlertAcknowledged { .. }
            | Fact::AlertClosed { .. }
            | Fact::DeviceReported { .. }
            | Fact::CallsReported(_)
            | Fact::HelpAsked { .. }
            | Fact::NumbersReserved { .. }
            | Fact::Limited(_)
            | Fact::Staffing(_)
            | Fact::WindowsScheduled { .. } => Ok(()),
            // What is written down at the desk moves nobody.
            Fact::StandInAsked { .. }
            | Fact::SilentSet { .. }
            | Fact::HelperSet(_)
            | Fact::Announced { .. }
            | Fact::WhereaboutsSet { .. }
            | Fact::CaseNamed { .. }
            | Fact::ReturnedUnnoticed { .. }
            | Fact::Noticed { .. }
            | Fact::Accepted { .. }
            | Fact::Declined { .. }
            | Fact::CaseClosed { .. }
            | Fact::MatterOpened(_)
            | Fact::MatterClosed(_)
            | Fact::MatterHandled(_)
            | Fact::Visit(_)
            | Fact::UnfoundNoted(_)
            | Fact::Inspected(_)
            | Fact::DeliveryChosen { .. } => Ok(()),
        }
    }

    fn day_opened(&mut self, day: Day, next_ticket: TicketId) -> Result<(), Wrong> {
        must(self.day.is_none(), "a day is open")?;
        must(self.last_day.is_none_or(|last| last < day), "that day has been")?;
        must(next_ticket == self.next_ticket, "ticket ids do not go on")?;
        let (setup, setups) = (self.setup.clone(), std::mem::take(&mut self.setups));
        let (last_at, past) = (self.last_at, self.past_of_tomorrow());
        let bookings = std::mem::take(&mut self.bookings);
        *self = Self { setup, last_at, next_ticket, past, bookings, ..Self::new(setups) };
        (self.day, self.last_day) = (Some(day), Some(day));
        Ok(())
    }

    fn day_closed(&mut self, day: Day) -> Result<(), Wrong> {
        must(self.day == Some(day), "another day is open")?;
        let live = self.people.values().find(|person| person.is_live());
        if let Some(person) = live {
            return Err(format!("{} is still {:?}", person.no, person.stand));
        }
        must(self.windows.values().all(|post| post.staff.is_none()), "somebody still works")?;
        self.day = None;
        Ok(())
    }

    fn signed_on(&mut self, window: WindowId, staff: StaffNo) -> Result<(), Wrong> {
        let works = self.windows.values().any(|post| post.staff == Some(staff));
        must(!works, "works elsewhere")?;
        let post = self.post(window);
        must(post.staff.is_none(), "somebody else works there")?;
        post.staff = Some(staff);
        Ok(())
    }

    fn issued(&mut self, at: Timestamp, issued: &Issued) -> Result<(), Wrong> {
        must(self.day.is_some(), "the hall is closed")?;
        must(issued.ticket == self.next_ticket, "ticket ids do not go on")?;
        self.next_ticket = TicketId(issued.ticket.0 + 1);
        let last = self.numbers.entry(issued.no.letter).or_default();
        must(issued.no.number == *last + 1, "numbers do not go on")?;
        *last = issued.no.number;
        must(self.tokens.insert(issued.token), "its secret is somebody else's")?;
        if let Some(check_in) = issued.booking {
            self.bookings.kept(check_in.booking)?;
        }
        let reserved = issued.printing == Printing::Pending;
        let person = Person {
            no: issued.no,
            queue: issued.queue,
            class: issued.class,
            taken_as: issued.class,
            channel: issued.channel,
            entered: issued.waits_from.unwrap_or(at),
            booking: issued.booking.map(|check_in| check_in.booking),
            reprints: 0,
            stand: if reserved { Stand::Reserved } else { Stand::Waits },
            confirmed: false,
            after: None,
            reactivated: false,
            to: None,
            called: false,
            legs_before: 0,
            waited: false,
            transfers: 0,
            to_cashier: 0,
            holds: 0,
            recalls: 0,
            no_shows: 0,
            done: BTreeMap::new(),
            stops: issued.stops.iter().map(|stop| stop.queue).collect(),
        };
        self.people.insert(issued.ticket, person);
        Ok(())
    }

    fn printed(&mut self, ticket: TicketId, printing: Printing) -> Result<(), Wrong> {
        let person = self.person(ticket)?;
        let failed = printing == Printing::Failed;
        if person.confirmed && printing == Printing::Confirmed {
            // Said again; nothing comes of it.
            return Ok(());
        }
        person.confirmed |= printing == Printing::Confirmed;
        match (person.stand, failed) {
            (Stand::NotPrinted, true) => {}
            (Stand::Reserved | Stand::Waits, true) => {
                person.stand = Stand::NotPrinted;
                let booking = person.booking;
                self.bookings.reopened(booking);
            }
            (_, true) => return Err("the slip failed of somebody who was called".to_owned()),
            (Stand::Reserved, false) => person.stand = Stand::Waits,
            (Stand::NotPrinted | Stand::Swept | Stand::Cancelled, false) => {
                return Err("a slip of a dead number".to_owned());
            }
            (
                Stand::Waits
                | Stand::Called(_)
                | Stand::Served(_)
                | Stand::Held
                | Stand::Done
                | Stand::NoShow,
                false,
            ) => {}
        }
        Ok(())
    }

    fn called(
        &mut self,
        at: Timestamp,
        ticket: TicketId,
        window: WindowId,
        chosen: bool,
    ) -> Result<(), Wrong> {
        let post = self.windows.get(&window).cloned().unwrap_or_default();
        must(post.staff.is_some() && !post.paused, "the window is not open")?;
        must(post.at_it.is_none(), "somebody stands there")?;
        let person = self.person(ticket)?;
        must(person.stand == Stand::Waits, "that one does not wait")?;
        if !chosen {
            let wanted = self.pick(window, at);
            if wanted != Some(ticket) {
                let name = |id| self.people.get(&id).map(|person: &Person| person.no);
                return Err(format!(
                    "overtaken at window {window}: called {:?}, the naive hall {:?}",
                    name(ticket),
                    wanted.and_then(name)
                ));
            }
        }
        let person = self.person(ticket)?;
        // A booked one called before its slot went as an ordinary one.
        let early = person.class == PriorityClass::Booked && person.entered > at;
        let ordinary =
            person.class == PriorityClass::Ordinary || early && !chosen && person.after.is_none();
        (person.stand, person.called, person.after) = (Stand::Called(window), true, None);
        person.to = None;
        let queue = person.queue;
        *self.calls.entry(queue).or_default() += 1;
        self.announcements += 1;
        let post = self.post(window);
        post.at_it = Some(ticket);
        post.in_a_row = if ordinary { 0 } else { post.in_a_row + 1 };
        Ok(())
    }

    fn reactivated(&mut self, ticket: TicketId, behind: u8) -> Result<(), Wrong> {
        let queue = self.person(ticket)?.queue;
        let after = self.calls.get(&queue).copied().unwrap_or(0) + u64::from(behind);
        let person = self.person(ticket)?;
        must(person.stand == Stand::NoShow && !person.reactivated, "it may not come back")?;
        (person.stand, person.reactivated, person.after) = (Stand::Waits, true, Some(after));
        Ok(())
    }

    fn signed_off(&mut self, window: WindowId) -> Result<(), Wrong> {
        let post = self.post(window);
        must(post.at_it.is_none(), "somebody stands there")?;
        *post = Post { more: std::mem::take(&mut post.more), ..Post::default() };
        Ok(())
    }

    fn evaluated(&mut self, at: Timestamp, evaluated: &Evaluated) -> Result<(), Wrong> {
        let (level, closed) = (evaluated.rating.level(), self.day.is_none());
        let Some(person) = self.people.get_mut(&evaluated.leg.ticket) else {
            return self.past.evaluated(at, evaluated.leg, level, closed);
        };
        let done = person.done.get_mut(&evaluated.leg.leg).ok_or("it was not served")?;
        must(done.rating.is_none(), "it was evaluated before")?;
        (done.rating, done.while_closed) = (Some(level), closed);
        Ok(())
    }

    fn end(&mut self, ticket: TicketId, how: Stand) -> Result<(), Wrong> {
        let person = self.person(ticket)?;
        let was = std::mem::replace(&mut person.stand, how);
        match was {
            Stand::Reserved | Stand::Waits | Stand::Held => Ok(()),
            Stand::Called(window) => {
                self.post(window).at_it = None;
                Ok(())
            }
            Stand::Served(_)
            | Stand::Done
            | Stand::NoShow
            | Stand::Swept
            | Stand::Cancelled
            | Stand::NotPrinted => Err(format!("it was {was:?}")),
        }
    }

    fn stands(&mut self, leg: LegId, where_: Stand) -> Result<&mut Person, Wrong> {
        let person = self.person(leg.ticket)?;
        if person.stand != where_ {
            return Err(format!("{} is {:?}", person.no, person.stand));
        }
        Ok(person)
    }

    fn person(&mut self, ticket: TicketId) -> Result<&mut Person, Wrong> {
        self.people.get_mut(&ticket).ok_or_else(|| "no such ticket".to_owned())
    }

    fn post(&mut self, window: WindowId) -> &mut Post {
        self.windows.entry(window).or_default()
    }
}

impl Person {
    const fn is_live(&self) -> bool {
        match self.stand {
            Stand::Reserved | Stand::Waits | Stand::Called(_) | Stand::Served(_) | Stand::Held => {
                true
            }
            Stand::Done | Stand::NoShow | Stand::Swept | Stand::Cancelled | Stand::NotPrinted => {
                false
            }
        }
    }
}

fn must(is_so: bool, else_: &str) -> Result<(), Wrong> {
    if is_so { Ok(()) } else { Err(else_.to_owned()) }
}
