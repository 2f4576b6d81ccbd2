//! A day of such a hall, through the hall's own rules: people come, clerks call, serve, eat and go
//! away for a while.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    sync::Arc,
};

use hall::{
    Hall,
    answer::Answer,
    command::{
        Command, Input, Issue, Purpose, SendTo, SessionTimes,
        people::{Book, BookableDay, BookingRef, CheckIn},
        plan::SessionPlan,
    },
    event::people::Grounds,
    forecast::{log::DayLog, outlook::Outlook},
    ids::{TicketId, person::BookingNo},
    setup::Setup,
    time::{Day as Date, Millis, TimeOfDay, Timestamp},
    words::{Actor, Channel, PauseReason, PriorityClass, legs::TransferReason},
};

use super::{
    halls::{Scenario, Truth, item_id, queue_id, staff_no, window_id},
    log_of,
};
use crate::luck::Luck;

/// Every day begins at the same moment; a date tells them apart.
pub const MIDNIGHT: Timestamp = Timestamp(1_700_006_400_000);

/// Windows open at nine.
pub const OPENS_MINUTE: u64 = 540;

/// And close eight hours later.
const LONG: Millis = Millis::from_minutes(480);

const OPENS: Timestamp = Timestamp(MIDNIGHT.0 + OPENS_MINUTE as i64 * 60_000);

const MINUTE: f64 = 60_000.0;

/// Who does not come holds the window for so long.
const ABSENT: Millis = Millis::from_secs(60);

/// Sees the hall at each ticket that is taken, before anybody is called.
pub trait Notices {
    /// A ticket was taken; the day has about so many.
    fn taken(&mut self, hall: &Hall, ticket: TicketId, outlook: &Outlook, of_day: u64);
}

/// Nobody looks.
pub struct NoticesNothing;

impl Notices for NoticesNothing {
    fn taken(&mut self, _: &Hall, _: TicketId, _: &Outlook, _: u64) {}
}

/// Somebody who will come.
#[derive(Debug, Clone, Copy)]
struct Person {
    service: usize,
    class: PriorityClass,
    booking: Option<BookingNo>,
    /// How long the service takes at a window of the usual speed.
    takes: f64,
    stays_away: bool,
    patience: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Comes(usize),
    Leaves(usize),
    Ends(usize),
    Recall(usize),
    NoShow(usize),
    Back(usize),
    Returns(TicketId),
}

/// A day.
pub struct Day {
    truth: Truth,
    slower: f64,
    busier: f64,
    shut: usize,
    by_default: bool,
    hall: Hall,
    outlook: Outlook,
    luck: Luck,
    now: Timestamp,
    agenda: BinaryHeap<Reverse<(Timestamp, Event)>>,
    people: Vec<Person>,
    by_ticket: BTreeMap<TicketId, usize>,
    /// Windows without their clerk, each from when until when, and why.
    away: Vec<Vec<(Timestamp, Timestamp, PauseReason)>>,
    idle: BTreeSet<(Timestamp, usize)>,
    weekday: u8,
    date: Date,
}

impl Day {
    /// The day of this number and seed; a day that is tested is as the scenario says.
    pub fn new(
        scenario: &Scenario,
        setup: &Arc<Setup>,
        number: usize,
        seed: u64,
        tested: bool,
    ) -> Self {
        let weekday = (number % 5) as u8;
        let date =
            Date { year: 2_023, month: 1 + (number / 28 % 12) as u8, day: 1 + (number % 28) as u8 };
        let of_test = |value: f64| if tested { value } else { 1.0 };
        Self {
            truth: scenario.truth(),
            slower: of_test(scenario.slower),
            busier: of_test(scenario.busier),
            shut: if tested { scenario.shut } else { 0 },
            by_default: scenario.by_default,
            hall: Hall::new(setup.clone()),
            outlook: scenario.outlook(weekday),
            luck: Luck::new(seed),
            now: MIDNIGHT,
            agenda: BinaryHeap::new(),
            people: Vec::new(),
            by_ticket: BTreeMap::new(),
            away: Vec::new(),
            idle: BTreeSet::new(),
            weekday,
            date,
        }
    }

    /// Lives it: the hall in the evening, and what a server would have logged.
    pub fn live(mut self, notices: &mut impl Notices) -> (Hall, DayLog) {
        self.ask(Command::OpenDay { day: self.date, working_days: Vec::new() });
        let session = SessionTimes {
            issue_from: OPENS,
            opens: OPENS,
            issue_until: OPENS + LONG,
            closes: OPENS + LONG + Millis::from_minutes(240),
        };
        self.plan_people();
        self.plan_clerks();
        self.now = OPENS;
        self.ask(Command::OpenSession { session, plan: SessionPlan::default() });
        for at in self.shut..self.truth.windows.len() {
            self.ask(Command::SignOn { window: window_id(at), staff: staff_no(at) });
            self.idle.insert((OPENS, at));
        }
        while let Some(Reverse((at, event))) = self.agenda.pop() {
            self.now = self.now.max(at);
            match event {
                Event::Comes(person) => self.comes(person, notices),
                Event::Leaves(window) => self.leaves(window),
                Event::Ends(window) => self.ends(window),
                Event::Recall(window) => {
                    self.ask(Command::Recall { window: window_id(window) });
                }
                Event::NoShow(window) => self.no_show(window),
                Event::Returns(ticket) => {
                    self.ask(Command::Reactivate { ticket });
                    self.offer(self.people[self.by_ticket[&ticket]].service);
                }
                Event::Back(window) => {
                    self.ask(Command::Resume { window: window_id(window) });
                    self.free(window);
                }
            }
        }
        self.now = self.now.max(OPENS + LONG);
        for at in self.shut..self.truth.windows.len() {
            self.ask(Command::SignOff { window: window_id(at) });
        }
        self.now = self.now + Millis::from_minutes(60);
        while self.hall.bookings().any(|it| it.state == hall::words::people::BookingState::Booked) {
            self.ask(Command::Tick);
        }
        let log = log_of(&self.hall, self.weekday);
        (self.hall, log)
    }

    fn plan_people(&mut self) {
        let day = (0.12 * self.luck.normal()).exp() * self.busier;
        for half_hour in 0..self.truth.people.len() {
            for service in 0..self.truth.services.len() {
                let [_, _, share] = self.truth.services[service];
                let mean = self.truth.people[half_hour] * share * day;
                for _ in 0..self.luck.poisson(mean * 0.75) {
                    let at = self.within(half_hour);
                    let vulnerable = self.luck.part() < 0.06;
                    let class = if vulnerable {
                        PriorityClass::Vulnerable
                    } else {
                        PriorityClass::Ordinary
                    };
                    self.plan_person(at, service, class, None);
                }
                let usual = self.truth.people[half_hour] * share;
                for _ in 0..self.luck.poisson(usual * 0.25 / 0.85) {
                    self.plan_booked(half_hour, service);
                }
            }
        }
    }

    fn plan_booked(&mut self, half_hour: usize, service: usize) {
        let slot = self.within(half_hour).since(OPENS).0 / 1_200_000 * 20;
        let from = TimeOfDay((OPENS_MINUTE + slot) as u16);
        let day = BookableDay {
            day: self.date,
            begins: MIDNIGHT,
            open: vec![(OPENS, OPENS + LONG)],
            items: None,
        };
        let book = Book {
            booker: None,
            agent: None,
            queue: queue_id(service),
            item: Some(item_id(service)),
            day: self.date,
            from,
            channel: Channel::GuideDesk,
            days: vec![day],
        };
        let Answer::Booking(no) = self.ask(Command::Book(book)) else { return };
        if self.luck.part() < 0.85 {
            let after = (7.0 * self.luck.normal() - 3.0).clamp(-29.0, 19.0) * MINUTE;
            let at = Timestamp(from.after(MIDNIGHT).0 + after as i64).max(OPENS);
            self.plan_person(at, service, PriorityClass::Booked, Some(no));
        }
    }

    fn plan_person(
        &mut self,
        at: Timestamp,
        service: usize,
        class: PriorityClass,
        booking: Option<BookingNo>,
    ) {
        let takes = self.takes(service);
        let patience = ((75.0 * MINUTE).ln() + 0.5 * self.luck.normal()).exp();
        let stays_away = self.luck.part() < 0.07;
        self.people.push(Person { service, class, booking, takes, stays_away, patience });
        self.agenda.push(Reverse((at, Event::Comes(self.people.len() - 1))));
    }

    /// How long a service takes at a window of the usual speed.
    fn takes(&mut self, service: usize) -> f64 {
        let [mean, variation, _] = self.truth.services[service];
        let variance = (1.0 + variation * variation).ln();
        let log = (mean * self.slower).ln() - variance / 2.0 + variance.sqrt() * self.luck.normal();
        let desk = (15.0_f64.ln() + 0.5 * self.luck.normal()).exp();
        (log.exp() + desk) * 1_000.0
    }

    fn plan_clerks(&mut self) {
        for at in 0..self.truth.windows.len() {
            let lunch = self.outlook.shut.iter().filter(|shut| shut.window == window_id(at));
            let mut away: Vec<_> =
                lunch.map(|shut| (shut.from, shut.until, PauseReason::Meal)).collect();
            for _ in 0..self.luck.poisson(2.0).min(2) {
                let from = OPENS + Millis(self.luck.below(LONG.0));
                let long = 10.0 * MINUTE * (0.5 + self.luck.part());
                away.push((from, from + Millis(long as u64), PauseReason::Away));
            }
            away.sort_unstable();
            if at >= self.shut {
                for (from, _, _) in &away {
                    self.agenda.push(Reverse((*from, Event::Leaves(at))));
                }
            }
            self.away.push(away);
        }
    }

    fn comes(&mut self, person: usize, notices: &mut impl Notices) {
        let who = self.people[person];
        let answer = match who.booking {
            None => self.ask(Command::Issue(Issue {
                queue: queue_id(who.service),
                item: Some(item_id(who.service)),
                channel: Channel::Kiosk,
                class: who.class,
                grounds: Grounds::default(),
                paper: false,
                person: None,
                agent: None,
                purpose: Purpose::One,
                silent: false,
                estimate: None,
            })),
            Some(no) => self.ask(Command::CheckIn(CheckIn {
                booking: BookingRef::No(no),
                booker: None,
                person: None,
                channel: Channel::Kiosk,
                class: PriorityClass::Ordinary,
                grounds: Grounds::default(),
                paper: false,
                late_as_walk_in: true,
                estimate: None,
            })),
        };
        let Answer::Issued(ticket) = answer else { return };
        self.by_ticket.insert(ticket, person);
        notices.taken(&self.hall, ticket, &self.outlook, self.people.len() as u64);
        self.offer(who.service);
    }

    /// Clerks who wait see that somebody has come.
    fn offer(&mut self, service: usize) {
        let able: Vec<usize> = self.idle.iter().map(|(_, at)| *at).collect();
        for window in able {
            let serves = self.truth.windows[window].1[service];
            if serves && self.free(window) {
                return;
            }
        }
    }

    /// Nobody came; by the default rules some come back.
    fn no_show(&mut self, window: usize) {
        let ticket = self.hall.ticket_at(window_id(window)).map(|ticket| ticket.id);
        self.ask(Command::NoShow { window: window_id(window) });
        if let Some(id) = ticket.filter(|_| self.by_default)
            && self.luck.part() < 0.3
        {
            let person = &mut self.people[self.by_ticket[&id]];
            (person.stays_away, person.patience) = (false, f64::MAX);
            let later = Millis((-300_000.0 * (1.0 - self.luck.part()).ln()) as u64);
            self.agenda.push(Reverse((self.now + later, Event::Returns(id))));
        }
        self.free(window);
    }

    /// A clerk who could call does; true if somebody was called.
    fn free(&mut self, window: usize) -> bool {
        self.idle.retain(|(_, at)| *at != window);
        if let Some((until, reason)) = self.away_now(window) {
            self.pause(window, until, reason);
            return false;
        }
        let called =
            self.ask(Command::CallNext { window: window_id(window), finish_current: false });
        let Answer::Called { leg, .. } = called else {
            self.idle.insert((self.now, window));
            return false;
        };
        let who = self.people[self.by_ticket[&leg.ticket]];
        let issued = self.hall.ticket(leg.ticket).map_or(self.now, |ticket| ticket.issued);
        if who.stays_away || self.now.since(issued).0 as f64 > who.patience {
            if self.by_default {
                for secs in [20, 40] {
                    let at = self.now + Millis::from_secs(secs);
                    self.agenda.push(Reverse((at, Event::Recall(window))));
                }
            }
            self.agenda.push(Reverse((self.now + ABSENT, Event::NoShow(window))));
        } else {
            self.ask(Command::Start { window: window_id(window) });
            let takes = Millis((who.takes * self.truth.windows[window].0) as u64);
            self.agenda.push(Reverse((self.now + takes, Event::Ends(window))));
        }
        true
    }

    fn ends(&mut self, window: usize) {
        if !(self.by_default && self.luck.part() < 0.04 && self.goes_on(window)) {
            let window = window_id(window);
            self.ask(Command::Finish { window, case: None, item: None, copies: None });
        }
        self.free(window);
    }

    /// Somebody who was served goes on to another queue.
    fn goes_on(&mut self, window: usize) -> bool {
        let Some(id) = self.hall.ticket_at(window_id(window)).map(|ticket| ticket.id) else {
            return false;
        };
        let service = self.luck.below(self.truth.services.len() as u64) as usize;
        let (to, reason) = (
            SendTo { queue: Some(queue_id(service)), window: None, item: None },
            TransferReason::OtherItem,
        );
        let sent = self.ask(Command::Transfer { window: window_id(window), to, reason });
        if sent == Answer::Done {
            return false;
        }
        let takes = self.takes(service);
        let person = &mut self.people[self.by_ticket[&id]];
        (person.service, person.takes) = (service, takes);
        self.offer(service);
        true
    }

    fn leaves(&mut self, window: usize) {
        if self.idle.iter().any(|(_, at)| *at == window) {
            self.free(window);
        }
    }

    fn pause(&mut self, window: usize, until: Timestamp, reason: PauseReason) {
        self.ask(Command::Pause { window: window_id(window), reason, whereabouts: None });
        self.agenda.push(Reverse((until, Event::Back(window))));
    }

    fn away_now(&self, window: usize) -> Option<(Timestamp, PauseReason)> {
        let span = self.away[window]
            .iter()
            .find(|(from, until, _)| *from <= self.now && self.now < *until)?;
        Some((span.1, span.2))
    }

    /// Asks the hall; a refusal is an answer like another here.
    fn ask(&mut self, command: Command) -> Answer {
        let by = Actor::Hall;
        let input = Input { at: self.now, luck: self.luck.next(), by, request: None, command };
        let Ok(events) = self.hall.decide(&input) else { return Answer::Done };
        events.iter().for_each(|event| self.hall.apply(event));
        self.hall.answer_to(&input, &events)
    }

    fn within(&mut self, half_hour: usize) -> Timestamp {
        OPENS + Millis(half_hour as u64 * 1_800_000 + self.luck.below(1_800_000))
    }
}
