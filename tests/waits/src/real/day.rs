//! A day of a sample hall, through the hall's own rules and the calendar of its profile. A copy goes on
//! as the day would have: that is how one hears what would have come of something else.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

use hall::{
    Hall,
    answer::Answer,
    command::{
        Command, Input, Issue, Purpose, SendTo,
        people::{Book, BookableDay, BookingRef, CheckIn},
        plan::SessionPlan,
    },
    event::people::Grounds,
    forecast::{log::DayLog, outlook::Outlook},
    ids::{LegId, QueueId, StaffNo, TicketId, WindowId, person::BookingNo},
    number::TicketNo,
    time::{Millis, Timestamp},
    words::{
        Actor, Channel, PauseReason, PriorityClass, TicketState, WindowKind, legs::TransferReason,
        people::BookingState, post::PostRole,
    },
};

use super::{
    Date, RealHall,
    plans::{Onward, Person},
};
use crate::{
    day::{MIDNIGHT, Notices},
    luck::Luck,
};

/// The share of calls by hand.
const BY_HAND: f64 = 0.01;

/// Pauses of a clerk in a day, and how long they are in the mean, in milliseconds.
const PAUSES: f64 = 2.0;
const PAUSE: f64 = 600_000.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Opens(usize),
    Closes,
    TideOpens(usize),
    TideCloses(usize),
    SignsOn(usize),
    Comes(usize),
    Leaves(TicketId),
    Ends(usize),
    Holds(usize),
    IsBack(TicketId),
    Recall(usize, LegId),
    NoShow(usize, LegId),
    Resumes(usize),
    Returns(TicketId),
    Wakes,
}

/// A window of the day.
#[derive(Debug, Clone)]
struct Post {
    window: WindowId,
    staff: StaffNo,
    slow: f64,
    /// When its clerk goes away next, and for how long.
    away: Vec<(Timestamp, Millis)>,
    is_on: bool,
    /// Who of those that it held is back.
    back: Vec<(TicketId, TicketNo)>,
}

/// A day that goes on.
#[derive(Debug, Clone)]
pub struct RealDay {
    /// The hall.
    pub hall: Hall,
    /// What the calendar knows of the day.
    pub outlook: Outlook,
    /// The moment.
    pub now: Timestamp,
    date: Date,
    luck: Luck,
    agenda: BinaryHeap<Reverse<(Timestamp, Event)>>,
    people: Vec<Person>,
    by_ticket: BTreeMap<TicketId, usize>,
    /// What is left to be done for whom.
    rests: BTreeMap<TicketId, f64>,
    posts: Vec<Post>,
    idle: BTreeSet<(Timestamp, usize)>,
}

impl RealDay {
    /// The day of a date and a seed.
    ///
    /// # Panics
    /// If the profile has windows at which nobody works.
    #[must_use]
    pub fn new(real: &RealHall, date: Date, seed: u64) -> Self {
        let mut luck = Luck::new(seed);
        let (mut agenda, mut people) = (BinaryHeap::new(), Vec::new());
        for (comes, person) in real.people(date, &mut luck) {
            agenda.push(Reverse((comes, Event::Comes(people.len()))));
            people.push(person);
        }
        let outlook = real.outlook(date);
        for (at, session) in outlook.sessions.iter().enumerate() {
            agenda.push(Reverse((session.issue_from, Event::Opens(at))));
            agenda.push(Reverse((session.closes, Event::Closes)));
        }
        for (at, tide) in outlook.tides.iter().enumerate() {
            agenda.push(Reverse((tide.from, Event::TideOpens(at))));
            agenda.push(Reverse((tide.until, Event::TideCloses(at))));
        }
        let day = outlook.sessions.first().zip(outlook.sessions.last());
        let (begins, ends) = day.map_or((MIDNIGHT, MIDNIGHT), |(a, b)| (a.opens, b.closes));
        let windows = real.setup.windows().iter().zip(&real.windows);
        let post = |(window, slow): (&hall::setup::Window, &f64)| {
            let own = |role: Option<PostRole>| role == Some(PostRole::Primary);
            let mut staff = real.setup.staff().iter();
            let clerk = staff.find(|staff| own(staff.role_at(window.id)))?;
            let mut away: Vec<(Timestamp, Millis)> = (0..luck.poisson(PAUSES))
                .map(|_| {
                    let from = begins + Millis(luck.below(ends.since(begins).0.max(1)));
                    (from, Millis((PAUSE * (0.5 + luck.part())) as u64))
                })
                .collect();
            away.sort_unstable();
            let (window, staff) = (window.id, clerk.no);
            Some(Post { window, staff, slow: *slow, away, is_on: false, back: Vec::new() })
        };
        let posts = windows.filter_map(post).collect();
        Self {
            hall: Hall::new(real.setup.clone()),
            outlook,
            now: MIDNIGHT,
            date,
            luck,
            agenda,
            people,
            by_ticket: BTreeMap::new(),
            rests: BTreeMap::new(),
            posts,
            idle: BTreeSet::new(),
        }
    }

    /// The day begins: the hall's is opened, and whoever booked has done so.
    pub fn begin(&mut self) {
        self.ask(Command::OpenDay { day: self.date.day, working_days: Vec::new() });
        for at in 0..self.people.len() {
            if self.people[at].booked.is_some() && self.book(at).is_none() {
                let person = &mut self.people[at];
                (person.booked, person.class) = (None, PriorityClass::Ordinary);
            }
        }
    }

    /// Lives it to its end.
    pub fn live(&mut self, notices: &mut impl Notices) -> DayLog {
        self.begin();
        while self.step(notices) {}
        self.log()
    }

    /// What a server would have logged up to now.
    ///
    /// # Panics
    /// If the day was not begun.
    #[must_use]
    pub fn log(&self) -> DayLog {
        let log = DayLog::of(&self.hall, self.date.weekday, MIDNIGHT);
        log.expect("the day is open")
    }

    /// People of the day.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.people.len() as u64
    }

    /// When something happens next; none: the day is over.
    #[must_use]
    pub fn next(&self) -> Option<Timestamp> {
        self.agenda.peek().map(|Reverse((at, _))| *at)
    }

    /// The next thing happens; false: the day is over.
    pub fn step(&mut self, notices: &mut impl Notices) -> bool {
        let Some(Reverse((at, event))) = self.agenda.pop() else { return false };
        self.now = self.now.max(at);
        while self.hall.next_deadline().is_some_and(|due| due <= self.now) {
            if self.ask(Command::Tick).is_none() {
                break;
            }
        }
        match event {
            Event::Opens(session) => self.opens(session),
            Event::Closes => {
                self.ask(Command::CloseSession);
                self.everybody_looks();
            }
            Event::TideOpens(tide) => {
                let tide = self.outlook.tides[tide].clone();
                let (window, queues) = (tide.window, tide.queues);
                self.ask(Command::OpenTide { window, queues, minutes: None });
                self.everybody_looks();
            }
            Event::TideCloses(tide) => {
                let window = self.outlook.tides[tide].window;
                self.ask(Command::CloseTide { window, scheduled: true });
            }
            Event::SignsOn(post) => self.signs_on(post),
            Event::Comes(person) => self.comes(person, notices),
            Event::Leaves(ticket) => {
                if self.state(ticket) == Some(TicketState::Waiting) {
                    self.ask(Command::Cancel { ticket });
                }
            }
            Event::Ends(post) => self.ends(post),
            Event::Holds(post) => self.holds(post),
            Event::IsBack(ticket) => self.is_back(ticket),
            Event::Recall(post, leg) => {
                if self.current(post) == Some(leg) {
                    self.ask(Command::Recall { window: self.posts[post].window });
                }
            }
            Event::NoShow(post, leg) => self.no_show(post, leg),
            Event::Resumes(post) => {
                self.ask(Command::Resume { window: self.posts[post].window });
                self.free(post);
            }
            Event::Returns(ticket) => {
                if self.ask(Command::Reactivate { ticket }).is_some() {
                    self.offer(ticket);
                }
            }
            Event::Wakes => self.everybody_looks(),
        }
        true
    }

    /// Somebody does something that the day had not foreseen; none: the rules refuse it.
    pub fn intervene(&mut self, command: Command) -> Option<Answer> {
        let answer = self.ask(command)?;
        self.everybody_looks();
        Some(answer)
    }

    /// Somebody will sit at a window then who was not there.
    pub fn comes_to_work(&mut self, window: WindowId, staff: StaffNo, at: Timestamp) {
        if let Some(post) = self.posts.iter().position(|post| post.window == window) {
            self.posts[post].staff = staff;
            self.agenda.push(Reverse((at, Event::SignsOn(post))));
        }
    }

    /// Everybody looks again then.
    pub fn look_at(&mut self, at: Timestamp) {
        self.agenda.push(Reverse((at, Event::Wakes)));
    }

    /// Nobody comes for this queue from now on until then.
    pub fn stop_issue(&mut self, queue: QueueId, until: Timestamp) {
        let (now, people) = (self.now, &self.people);
        let stays = |at: Timestamp, event: Event| {
            let Event::Comes(person) = event else { return true };
            let person = &people[person];
            let turned = person.queue == queue && person.booked.is_none();
            !(turned && now <= at && at < until)
        };
        self.agenda.retain(|Reverse((at, event))| stays(*at, *event));
    }

    fn opens(&mut self, session: usize) {
        let times = self.outlook.sessions[session];
        let plan = SessionPlan { kind: self.date.kind, ..SessionPlan::default() };
        self.ask(Command::OpenSession { session: times, plan });
        for post in 0..self.posts.len() {
            let late = Millis(self.luck.below(180_000));
            self.agenda.push(Reverse((times.opens + late, Event::SignsOn(post))));
        }
    }

    fn signs_on(&mut self, post: usize) {
        let Post { window, staff, is_on, .. } = self.posts[post];
        let pauses = self.hall.window(window).is_some_and(|now| now.paused.is_some());
        if is_on && !pauses {
            return;
        }
        if self.ask(Command::SignOn { window, staff }).is_some() {
            self.posts[post].is_on = true;
            self.free(post);
        }
    }

    fn book(&mut self, at: usize) -> Option<BookingNo> {
        let person = self.people[at];
        let open = self.outlook.sessions.iter().map(|it| (it.opens, it.closes)).collect();
        let day = BookableDay { day: self.date.day, begins: MIDNIGHT, open, items: None };
        let book = Book {
            booker: None,
            agent: None,
            queue: person.queue,
            item: Some(person.item),
            day: self.date.day,
            from: person.booked?,
            channel: Channel::GuideDesk,
            days: vec![day],
        };
        let Some(Answer::Booking(no)) = self.ask(Command::Book(book)) else { return None };
        Some(no)
    }

    fn booking(&self, at: usize) -> Option<BookingNo> {
        let person = &self.people[at];
        let from = person.booked?.after(MIDNIGHT);
        let mut bookings = self.hall.bookings().filter(|it| it.state == BookingState::Booked);
        let mine = bookings.find(|it| {
            let booked = &it.booked;
            booked.queue == person.queue
                && booked.item == Some(person.item)
                && booked.slot.from == from
        })?;
        Some(mine.booked.no)
    }

    fn comes(&mut self, at: usize, notices: &mut impl Notices) {
        let who = self.people[at];
        let command = match self.booking(at) {
            Some(no) => Command::CheckIn(CheckIn {
                booking: BookingRef::No(no),
                booker: None,
                person: None,
                channel: Channel::Kiosk,
                class: PriorityClass::Ordinary,
                grounds: Grounds::default(),
                paper: false,
                late_as_walk_in: true,
                estimate: None,
            }),
            None => Command::Issue(Issue {
                queue: who.queue,
                item: Some(who.item),
                channel: Channel::Kiosk,
                class: without_booking(who.class),
                grounds: Grounds::default(),
                paper: false,
                person: None,
                agent: None,
                purpose: Purpose::One,
                silent: false,
                estimate: None,
            }),
        };
        let Some(Answer::Issued(ticket)) = self.ask(command) else { return };
        self.by_ticket.insert(ticket, at);
        let leaves = self.now + Millis(who.patience as u64);
        self.agenda.push(Reverse((leaves, Event::Leaves(ticket))));
        notices.taken(&self.hall, ticket, &self.outlook, self.people.len() as u64);
        self.offer(ticket);
    }

    /// Clerks who wait see that somebody waits.
    fn offer(&mut self, ticket: TicketId) {
        let Some(queue) = self.hall.ticket(ticket).map(|ticket| ticket.queue()) else { return };
        let able: Vec<usize> = self.idle.iter().map(|(_, at)| *at).collect();
        for post in able {
            let window = self.posts[post].window;
            let serves = self.hall.lists_of(window).is_some_and(|lists| lists.has(queue));
            if serves && self.free(post) {
                return;
            }
        }
    }

    fn everybody_looks(&mut self) {
        let idle: Vec<usize> = self.idle.iter().map(|(_, at)| *at).collect();
        for post in idle {
            self.free(post);
        }
    }

    /// A clerk who could call does; true if somebody was called.
    fn free(&mut self, post: usize) -> bool {
        self.idle.retain(|(_, at)| *at != post);
        let window = self.posts[post].window;
        let busy = self.hall.ticket_at(window).is_some();
        let open = self.hall.window(window).is_some_and(|now| now.is_open());
        if !self.posts[post].is_on || busy || !open {
            return false;
        }
        if let Some((ticket, no)) = self.posts[post].back.pop() {
            if self.ask(Command::ResumeHeld { window, no }).is_some() {
                let rest = self.rests.get(&ticket).copied().unwrap_or(60_000.0);
                self.agenda.push(Reverse((self.now + Millis(rest as u64), Event::Ends(post))));
                return true;
            }
            return self.free(post);
        }
        let due = self.posts[post].away.first().copied().filter(|(from, _)| *from <= self.now);
        if let Some((_, long)) = due {
            self.posts[post].away.remove(0);
            let reason = PauseReason::Away;
            self.ask(Command::Pause { window, reason, whereabouts: None });
            self.agenda.push(Reverse((self.now + long, Event::Resumes(post))));
            return false;
        }
        let answer = self
            .by_hand(window)
            .or_else(|| self.ask(Command::CallNext { window, finish_current: false }));
        let Some(Answer::Called { leg, .. }) = answer else {
            self.nobody_waits(post);
            return false;
        };
        self.called(post, leg);
        true
    }

    /// Whoever has nobody to call waits; after the session's end the clerk goes home.
    fn nobody_waits(&mut self, post: usize) {
        let window = self.posts[post].window;
        let kind = self.hall.setup().window(window).map(|window| window.kind);
        let over = self.hall.session().is_none();
        let held = self.hall.tickets().any(|ticket| ticket.state == TicketState::Held);
        if over && !held && kind != Some(WindowKind::Temporary) {
            self.ask(Command::SignOff { window });
            self.posts[post].is_on = false;
        } else {
            self.idle.insert((self.now, post));
        }
    }

    fn by_hand(&mut self, window: WindowId) -> Option<Answer> {
        if self.luck.part() >= BY_HAND {
            return None;
        }
        let lists = self.hall.lists_of(window)?;
        let mine = |ticket: &&hall::state::ticket::Ticket| {
            ticket.state == TicketState::Waiting && lists.primary.contains(&ticket.queue())
        };
        let mine: Vec<TicketNo> = self.hall.tickets().filter(mine).map(|it| it.no).collect();
        let no = *self.luck.pick(&mine)?;
        self.ask(Command::CallChosen { window, no })
    }

    fn called(&mut self, post: usize, leg: LegId) {
        let window = self.posts[post].window;
        let who = self.people[self.by_ticket[&leg.ticket]];
        let Some(ticket) = self.hall.ticket(leg.ticket) else { return };
        let waited = self.now.since(ticket.leg().entered).0 as f64 / 60_000.0;
        let first = ticket.legs.len() == 1 && ticket.leg().no_shows == 0;
        if first && who.absent < (0.03 + 0.002 * waited).min(0.25) {
            for secs in [20, 40] {
                let at = self.now + Millis::from_secs(secs);
                self.agenda.push(Reverse((at, Event::Recall(post, leg))));
            }
            let at = self.now + Millis::from_secs(60);
            self.agenda.push(Reverse((at, Event::NoShow(post, leg))));
            return;
        }
        let takes = if first || ticket.legs.len() == 1 { who.takes } else { onward_millis(&who) };
        self.ask(Command::Verify { window, fits: true });
        self.ask(Command::Start { window });
        let takes = takes * self.posts[post].slow;
        match who.held.filter(|_| first) {
            Some((part, _)) => {
                self.rests.insert(leg.ticket, takes * (1.0 - part));
                let at = self.now + Millis((takes * part) as u64);
                self.agenda.push(Reverse((at, Event::Holds(post))));
            }
            None => {
                let at = self.now + Millis(takes as u64);
                self.agenda.push(Reverse((at, Event::Ends(post))));
            }
        }
    }

    fn holds(&mut self, post: usize) {
        let window = self.posts[post].window;
        let Some(ticket) = self.hall.ticket_at(window).map(|ticket| ticket.id) else { return };
        let away = self.people[self.by_ticket[&ticket]].held.map_or(0.0, |(_, away)| away);
        // Nobody stays away for so long that the number would be lost.
        let back = self.now + Millis(away.min(1_500_000.0) as u64);
        if self.ask(Command::Hold { window }).is_some() {
            self.agenda.push(Reverse((back, Event::IsBack(ticket))));
            self.free(post);
        } else {
            let rest = self.rests.get(&ticket).copied().unwrap_or(0.0);
            self.agenda.push(Reverse((self.now + Millis(rest as u64), Event::Ends(post))));
        }
    }

    fn is_back(&mut self, id: TicketId) {
        let Some(ticket) = self.hall.ticket(id) else { return };
        let (no, window) = (ticket.no, ticket.leg().window);
        let post = self.posts.iter().position(|post| Some(post.window) == window);
        if let Some(post) = post {
            self.posts[post].back.push((id, no));
            self.free(post);
        }
    }

    fn no_show(&mut self, post: usize, leg: LegId) {
        if self.current(post) != Some(leg) {
            return;
        }
        self.ask(Command::NoShow { window: self.posts[post].window });
        let person = &self.people[self.by_ticket[&leg.ticket]];
        if let Some(after) = person.comes_back {
            let at = self.now + Millis(after as u64);
            self.agenda.push(Reverse((at, Event::Returns(leg.ticket))));
        }
        self.free(post);
    }

    fn ends(&mut self, post: usize) {
        let window = self.posts[post].window;
        let Some(ticket) = self.hall.ticket_at(window) else { return };
        let (id, first) = (ticket.id, ticket.legs.len() == 1);
        let onward = self.people[self.by_ticket[&id]].onward.filter(|_| first);
        let sent = match onward {
            None => None,
            Some(Onward::Pays(_)) => self.ask(Command::ToCashier { window }),
            Some(Onward::Goes(queue, item, _)) => {
                let to = SendTo { queue: Some(queue), window: None, item: Some(item) };
                self.ask(Command::Transfer { window, to, reason: TransferReason::OtherItem })
            }
        };
        if sent.is_some() {
            self.offer(id);
        } else {
            self.ask(Command::Finish { window, case: None, item: None, copies: None });
        }
        self.free(post);
    }

    fn current(&self, post: usize) -> Option<LegId> {
        self.hall.window(self.posts[post].window)?.current
    }

    fn state(&self, ticket: TicketId) -> Option<TicketState> {
        self.hall.ticket(ticket).map(|ticket| ticket.state)
    }

    /// Asks the hall; none: it refuses.
    fn ask(&mut self, command: Command) -> Option<Answer> {
        let by = Actor::Hall;
        let input = Input { at: self.now, luck: self.luck.next(), by, request: None, command };
        let events = self.hall.decide(&input).ok()?;
        events.iter().for_each(|event| self.hall.apply(event));
        Some(self.hall.answer_to(&input, &events))
    }
}

/// A booking that is over is no class any more.
fn without_booking(class: PriorityClass) -> PriorityClass {
    if class == PriorityClass::Booked { PriorityClass::Ordinary } else { class }
}

fn onward_millis(person: &Person) -> f64 {
    match person.onward {
        Some(Onward::Pays(takes) | Onward::Goes(_, _, takes)) => takes,
        None => person.takes,
    }
}
