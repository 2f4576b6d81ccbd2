//! Days of a hall, lived from a seed: its own rules, its own calendar, and people who come, wait, go away,
//! are served, sent on, told what is missing, and say how it was. Whoever wants to keep them is told every
//! event; nothing here is written by hand into a record.

mod desk;
mod office;
mod people;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

use hall::{
    Hall,
    answer::Answer,
    command::{Command, Input, SessionTimes, plan::SessionPlan},
    event::Event,
    ids::{DeviceId, LegId, RequestId, StaffNo, TicketId, WindowId, person::BookingNo},
    number::TicketNo,
    time::{Millis, Timestamp},
    words::Actor,
};
use queue_server::{
    clock::HallClock,
    day::{Daybook, HallNow},
    profile::Profile,
};

use waits::luck::Luck;

/// What must be kept of a step.
pub trait Keeper {
    /// Is told the events of a step, when the hall has taken them.
    fn keep(&mut self, hall: &Hall, events: &[Event]);
}

/// How busy a hall is.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What chance begins with.
    pub seed: u64,
    /// Tickets of a quiet working day, and of a busy one.
    pub tickets: (u64, u64),
    /// Windows that somebody sits at on a working day, of a thousand.
    pub staffed: u64,
}

/// What was lived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lived {
    /// Days that were opened.
    pub days: u32,
    /// Tickets taken.
    pub tickets: u64,
    /// Events.
    pub events: u64,
    /// Askings that the hall refused, as it does: nobody waits, too early, not this item.
    pub refused: u64,
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Comes,
    Books,
    ComesForBooking(BookingNo),
    Printed(TicketId),
    GivesUp(TicketId),
    ComesBack(TicketId),
    SitsDown(WindowId),
    IsFree(WindowId),
    Recalls(WindowId),
    NobodyCame(WindowId),
    Starts(WindowId),
    GoesAway(WindowId),
    Returns(WindowId, TicketNo, u8),
    Ends(WindowId),
    Says(LegId, bool),
    Office,
    Breaks(DeviceId),
    Works(DeviceId),
}

/// A hall that lives.
pub struct World<'a, K> {
    hall: Hall,
    keeper: K,
    shape: Shape,
    profile: &'a Profile,
    daybook: Daybook,
    clock: HallClock,
    luck: Luck,
    now: Timestamp,
    last: Timestamp,
    agenda: BinaryHeap<Reverse<(Timestamp, Next)>>,
    /// Windows whose clerks have nobody to call.
    idle: BTreeSet<WindowId>,
    /// Who sits where.
    clerks: BTreeMap<WindowId, StaffNo>,
    /// Share of the items that people come for, in the order of the profile.
    wanted: Vec<u32>,
    cases: u64,
    lived: Lived,
}

impl<'a, K: Keeper> World<'a, K> {
    /// A hall on the morning of a day that nobody has lived yet: "2026-01-01 00:00".
    ///
    /// # Panics
    /// If the moment is none.
    #[must_use]
    pub fn new(profile: &'a Profile, from: &str, shape: Shape, keeper: K) -> Self {
        let offset = profile.details.utc_offset_minutes;
        let clock = HallClock::real(offset);
        let now = HallClock::read(from, offset).expect("a literal moment is valid");
        Self {
            hall: Hall::new(profile.setup.clone()),
            keeper,
            shape,
            profile,
            daybook: Daybook::new(profile.calendar.clone(), clock),
            clock,
            luck: Luck::new(shape.seed),
            now,
            last: now,
            agenda: BinaryHeap::new(),
            idle: BTreeSet::new(),
            clerks: BTreeMap::new(),
            wanted: profile.setup.items().iter().map(|item| u32::from(item.per_day)).collect(),
            cases: 0,
            lived: Lived::default(),
        }
    }

    /// Lives on until a moment: "2026-12-31 15:00".
    ///
    /// # Panics
    /// If the moment is none.
    pub fn live_until(&mut self, end: &str) -> Lived {
        let offset = self.profile.details.utc_offset_minutes;
        let end = HallClock::read(end, offset).expect("a literal moment is valid");
        while let Some(at) = self.next_moment().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.keep_calendar();
            while self.hall.next_deadline().is_some_and(|at| at <= self.now) {
                if self.ask(Actor::Hall, Command::Tick).is_none() {
                    break;
                }
            }
            while let Some(Reverse((at, _))) = self.agenda.peek()
                && *at <= self.now
            {
                if let Some(Reverse((_, next))) = self.agenda.pop() {
                    self.happen(next);
                }
            }
        }
        self.now = self.now.max(end);
        self.lived
    }

    /// The hall as it is, and who kept it.
    #[must_use]
    pub fn end(self) -> (Hall, K) {
        (self.hall, self.keeper)
    }

    fn next_moment(&self) -> Option<Timestamp> {
        let planned = self.agenda.peek().map(|Reverse((at, _))| *at);
        let deadline = self.hall.next_deadline().filter(|at| *at > self.now);
        let calendar = Some(self.daybook.next(self.now));
        [planned, deadline, calendar].into_iter().flatten().min()
    }

    fn keep_calendar(&mut self) {
        while let Some((due, command)) = self.daybook.due(self.hall_now(), self.now) {
            let at = due.max(self.last).min(self.now);
            let mut opened = None;
            if let Command::OpenSession { session, plan } = &command {
                opened = Some((*session, plan.clone()));
            }
            self.lived.days += u32::from(matches!(command, Command::OpenDay { .. }));
            if self.ask_at(at, Actor::Hall, command.clone()).is_none() {
                self.daybook.was_refused(&command, self.now);
            } else if let Some((session, plan)) = opened {
                self.plan(session, &plan);
            }
        }
    }

    fn hall_now(&self) -> HallNow {
        let mut windows = self.hall.setup().windows().iter();
        let staffed = |id| self.hall.window(id).is_some_and(|window| window.staff().is_some());
        HallNow {
            day: self.hall.day(),
            session: self.hall.session(),
            opened_up_to: self.hall.opened_up_to(),
            staffed: windows.any(|window| staffed(window.id)),
            last: self.last,
        }
    }

    /// Who comes in a session, and who sits where.
    fn plan(&mut self, session: SessionTimes, plan: &SessionPlan) {
        self.plan_clerks(session, plan);
        self.plan_people(session, plan);
        self.plan_office(session);
    }

    fn happen(&mut self, next: Next) {
        match next {
            Next::Comes => self.comes(),
            Next::Books => self.books(),
            Next::ComesForBooking(no) => self.comes_for(no),
            Next::Printed(ticket) => self.printed(ticket),
            Next::GivesUp(ticket) => {
                self.ask(Actor::Citizen, Command::Cancel { ticket });
            }
            Next::ComesBack(ticket) => self.comes_back(ticket),
            Next::SitsDown(window) => self.sits_down(window),
            Next::IsFree(window) => self.is_free(window),
            Next::Recalls(window) => {
                self.ask_clerk(window, Command::Recall { window });
            }
            Next::NobodyCame(window) => self.nobody_came(window),
            Next::Starts(window) => self.starts(window),
            Next::GoesAway(window) => self.goes_away(window),
            Next::Returns(window, no, turn) => self.returns(window, no, turn),
            Next::Ends(window) => self.ends(window),
            Next::Says(leg, at_once) => self.says(leg, at_once),
            Next::Office => self.office(),
            Next::Breaks(device) => self.breaks(device),
            Next::Works(device) => self.works(device),
        }
    }

    fn later(&mut self, after: Millis, next: Next) {
        self.agenda.push(Reverse((self.now + after, next)));
    }

    fn in_secs(&mut self, from: u64, to: u64, next: Next) {
        let secs = self.luck.between(from * 1_000, to * 1_000);
        self.later(Millis(secs), next);
    }

    fn ask_clerk(&mut self, window: WindowId, command: Command) -> Option<Answer> {
        let by = self.clerks.get(&window).map_or(Actor::Hall, |staff| Actor::Staff(*staff));
        self.ask(by, command)
    }

    fn ask(&mut self, by: Actor, command: Command) -> Option<Answer> {
        self.ask_at(self.now, by, command)
    }

    /// None if the hall refuses.
    fn ask_at(&mut self, at: Timestamp, by: Actor, command: Command) -> Option<Answer> {
        let mut name = [0; 16];
        name[..8].copy_from_slice(&self.luck.next().to_le_bytes());
        name[8..].copy_from_slice(&self.luck.next().to_le_bytes());
        let request = Some(RequestId(name));
        let input = Input { at, luck: self.luck.next(), by, request, command };
        let Ok(events) = self.hall.decide(&input) else {
            self.lived.refused += 1;
            return None;
        };
        events.iter().for_each(|event| self.hall.apply(event));
        let last = events.last()?;
        self.last = last.at;
        self.lived.events += events.len() as u64;
        self.keeper.keep(&self.hall, &events);
        Some(self.hall.answer_to(&input, &events))
    }
}
