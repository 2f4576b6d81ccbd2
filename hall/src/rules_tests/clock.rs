//! A clock that stands still, because it was set back, or jumps forward five minutes, an hour or a
//! night: no number, no order and no statistic breaks.

use std::{format, vec};

use alloc::{string::String, vec::Vec};

use proptest::prelude::*;

use super::parts;
use crate::{
    Hall,
    answer::Answer,
    command::{
        Command, Input, Issue, Purpose, SessionTimes,
        people::{Book, BookableDay, BookingRef, CheckIn, Erase},
        plan::{CloseEarly, Segment, SessionPlan},
    },
    event::people::Grounds,
    event::{Event, Fact},
    ids::{
        TicketId,
        person::{Booker, BookingMark, BookingNo, PersonMark},
    },
    invariants,
    number::TicketNo,
    setup::{Setup, booking::Slots},
    time::{Day, Millis, TimeOfDay, Timestamp},
    views::indicators,
    words::{
        Actor, Channel, PauseReason, PriorityClass,
        people::{DayKind, EarlyReason},
    },
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// How the clock goes from one asking to the next.
const PACES: [i64; 8] = [0, 0, 0, 1, 800, 40_000, 5 * MINUTE, 60 * MINUTE];

#[derive(Debug, Clone, Copy)]
enum Step {
    Issue { person: u8, b: bool, paper: bool },
    Printed { ticket: u64, certain: bool },
    Failed { ticket: u64 },
    Next { window: u8 },
    Start { window: u8 },
    Recall { window: u8 },
    NoShow { window: u8 },
    Reactivate { ticket: u64 },
    Pause { window: u8 },
    Resume { window: u8 },
    Off { window: u8 },
    On { window: u8 },
    Book { person: u8, hour: u16 },
    CheckIn { person: u8 },
    Reprint { ticket: u64 },
    Help { ticket: u64, by: Option<u8> },
    Erase { person: u8 },
    CloseEarly { day: bool },
    EndSession,
    Session,
    NextDay,
}

fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let (person, window, ticket) = (|| 0_u8..6, || 1_u8..3, || 0_u64..40);
    let step = prop_oneof![
        8 => (person(), any::<bool>(), any::<bool>())
            .prop_map(|(person, b, paper)| Step::Issue { person, b, paper }),
        3 => (ticket(), any::<bool>()).prop_map(|(ticket, certain)| Step::Printed { ticket, certain }),
        1 => ticket().prop_map(|ticket| Step::Failed { ticket }),
        8 => window().prop_map(|window| Step::Next { window }),
        3 => window().prop_map(|window| Step::Start { window }),
        2 => window().prop_map(|window| Step::Recall { window }),
        1 => window().prop_map(|window| Step::NoShow { window }),
        1 => ticket().prop_map(|ticket| Step::Reactivate { ticket }),
        1 => window().prop_map(|window| Step::Pause { window }),
        2 => window().prop_map(|window| Step::Resume { window }),
        1 => window().prop_map(|window| Step::Off { window }),
        3 => window().prop_map(|window| Step::On { window }),
        4 => (person(), 8_u16..20).prop_map(|(person, hour)| Step::Book { person, hour }),
        4 => person().prop_map(|person| Step::CheckIn { person }),
        1 => ticket().prop_map(|ticket| Step::Reprint { ticket }),
        2 => (ticket(), prop::option::of(0_u8..3)).prop_map(|(ticket, by)| Step::Help { ticket, by }),
        1 => person().prop_map(|person| Step::Erase { person }),
        1 => any::<bool>().prop_map(|day| Step::CloseEarly { day }),
        1 => Just(Step::EndSession),
        2 => Just(Step::Session),
        1 => Just(Step::NextDay),
    ];
    prop::collection::vec((step, prop::sample::select(&PACES[..])), 1..150)
}

struct Run {
    hall: Hall,
    log: Vec<Event>,
    now: i64,
    day: i64,
    opened: i64,
    first_ticket: u64,
    asked: u64,
}

impl Run {
    fn new() -> Self {
        let (hall, now) = (hall(), 8 * 60 * MINUTE);
        let mut run =
            Self { hall, log: vec![], now, day: 0, opened: now, first_ticket: 1, asked: 0 };
        run.open_day();
        run
    }

    fn open_day(&mut self) {
        self.ask(Command::OpenDay { day: day(self.day), working_days: Vec::new() });
        self.opened = self.now;
        self.first_ticket = self.hall.state.next_ticket.0;
        self.session();
        for window in 1..3 {
            self.step(Step::On { window });
        }
    }

    fn session(&mut self) {
        let at = |minutes: i64| Timestamp(self.now + minutes * MINUTE);
        let session = SessionTimes {
            issue_from: at(0),
            opens: at(15),
            issue_until: at(300),
            closes: at(330),
        };
        let segment = |from, until, cap| Segment { from: at(from), until: at(until), cap };
        let segments = vec![segment(0, 60, Some(3)), segment(60, 300, Some(9))];
        let segments = [("A".parse().unwrap(), segments)].into();
        let plan = SessionPlan { kind: DayKind::Market, segments, items: None };
        self.ask(Command::OpenSession { session, plan });
    }

    fn ask(&mut self, command: Command) -> Option<Answer> {
        self.asked += 1;
        let (at, luck) = (Timestamp(self.now), self.asked);
        let input = Input { at, luck, by: Actor::Hall, request: None, command };
        let events = self.hall.decide(&input).ok()?;
        for event in &events {
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
        }
        let answer = self.hall.answer_to(&input, &events);
        self.log.extend(events);
        Some(answer)
    }

    fn step(&mut self, step: Step) {
        let window = |window: u8| format!("{window}").parse().unwrap();
        let ticket = |ticket: u64| TicketId(self.first_ticket + ticket);
        let command = match step {
            Step::Issue { person, b, paper } => Command::Issue(Issue {
                queue: if b { "B" } else { "A" }.parse().unwrap(),
                item: None,
                channel: Channel::Kiosk,
                class: if person == 1 {
                    PriorityClass::Vulnerable
                } else {
                    PriorityClass::Ordinary
                },
                grounds: Grounds::default(),
                paper,
                person: (person > 1).then_some(PersonMark([person; 16])),
                agent: None,
                purpose: Purpose::One,
                silent: false,
                estimate: None,
            }),
            Step::Printed { ticket: at, certain } => {
                Command::ConfirmPrint { ticket: ticket(at), certain }
            }
            Step::Failed { ticket: at } => Command::FailPrint { ticket: ticket(at) },
            Step::Next { window: id } => {
                Command::CallNext { window: window(id), finish_current: true }
            }
            Step::Start { window: id } => Command::Start { window: window(id) },
            Step::Recall { window: id } => Command::Recall { window: window(id) },
            Step::NoShow { window: id } => Command::NoShow { window: window(id) },
            Step::Reactivate { ticket: at } => Command::Reactivate { ticket: ticket(at) },
            Step::Pause { window: id } => {
                Command::Pause { window: window(id), reason: PauseReason::Meal, whereabouts: None }
            }
            Step::Resume { window: id } => Command::Resume { window: window(id) },
            Step::Off { window: id } => Command::SignOff { window: window(id) },
            Step::On { window: id } => {
                Command::SignOn { window: window(id), staff: format!("s{id}").parse().unwrap() }
            }
            Step::Book { person, hour } => Command::Book(self.book(person, hour)),
            Step::CheckIn { person } => Command::CheckIn(CheckIn {
                booking: BookingRef::Person { booker: booker(person), day: day(self.day) },
                booker: None,
                person: Some(PersonMark([person; 16])),
                channel: Channel::Kiosk,
                class: PriorityClass::Ordinary,
                grounds: Grounds::default(),
                paper: person > 3,
                late_as_walk_in: true,
                estimate: None,
            }),
            Step::Help { ticket: at, by } => {
                let helper = by.map(|by| format!("z{by}").parse().unwrap());
                Command::SetHelper { ticket: ticket(at), helper }
            }
            Step::Reprint { ticket: at } => Command::Reprint { ticket: ticket(at) },
            Step::Erase { person } => Command::Erase(Erase::Person {
                mark: Some(PersonMark([person; 16])),
                booker: Some(booker(person)),
            }),
            Step::CloseEarly { day } => Command::CloseEarly(CloseEarly {
                issue_until: Timestamp(self.now),
                closes: Timestamp(self.now + 10 * MINUTE),
                reason: EarlyReason::Weather,
                for_the_day: day,
            }),
            Step::EndSession => Command::CloseSession,
            Step::Session => return self.session(),
            Step::NextDay => {
                self.ask(Command::CloseDay);
                self.day += 1;
                self.now = self.now.max(self.day * DAY);
                return self.open_day();
            }
        };
        self.ask(command);
    }

    fn book(&self, person: u8, hour: u16) -> Book {
        let begins = Timestamp((self.day + 1) * DAY);
        let bookable = BookableDay {
            day: day(self.day + 1),
            begins,
            open: vec![(begins, begins + Millis::from_days(1))],
            items: None,
        };
        Book {
            booker: Some(booker(person)),
            agent: None,
            queue: "A".parse().unwrap(),
            item: None,
            day: day(self.day + 1),
            from: TimeOfDay(hour * 60),
            channel: Channel::GuideDesk,
            days: vec![bookable],
        }
    }

    /// The figures are those of the tickets, and no span is longer than the day so far.
    fn figures(&self) -> Result<(), String> {
        let now = Timestamp(self.now);
        let day = now.since(Timestamp(self.opened));
        let figures = indicators::of_hall(&self.hall, now);
        let tickets = self.hall.tickets().count() as u32;
        let legs = || self.hall.tickets().flat_map(|ticket| &ticket.legs);
        let served = legs().filter(|leg| leg.finished.is_some()).count() as u32;
        let waiting = self.hall.tickets().filter(|ticket| ticket.is_live()).count() as u32;
        let ended = served + figures.no_shows + figures.swept + figures.cancelled;
        let all = ended + figures.not_printed + waiting;
        if (figures.issued, figures.served, all) != (tickets, served, tickets) {
            return Err(format!("{figures:?}: {tickets} tickets, {served} served, {all} in all"));
        }
        for spans in [&figures.waits, &figures.services, &figures.responses] {
            if spans.within(Millis(day.0 + 999)) < spans.count() {
                return Err(format!("{spans:?} in a day of {day:?}"));
            }
        }
        if figures.overtime > figures.serving || figures.paused.0 > 2 * day.0 {
            return Err(format!("{figures:?}"));
        }
        for leg in legs().filter(|leg| leg.finished.is_some()) {
            let order = [leg.called_first, leg.summoned, leg.started, leg.finished];
            let order: Vec<_> = order.into_iter().flatten().collect();
            if !order.is_sorted() {
                return Err(format!("a leg went {order:?}"));
            }
        }
        Ok(())
    }
}

fn hall() -> Hall {
    let mut parts = parts();
    parts.rules.booking.check_in_before_minutes = 600;
    parts.rules.booking.slots = vec![Slots {
        queue: "A".parse().unwrap(),
        item: None,
        from: TimeOfDay(0),
        until: TimeOfDay(24 * 60),
        each_minutes: 60,
        capacity: 2,
    }];
    Hall::new(alloc::sync::Arc::new(Setup::new(parts).unwrap()))
}

fn booker(person: u8) -> Booker {
    Booker { mark: BookingMark([person; 16]), earlier: None }
}

fn day(count: i64) -> Day {
    let count = u16::try_from(count).unwrap();
    Day {
        year: 2026 + count / 336,
        month: 1 + (count % 336 / 28) as u8,
        day: 1 + (count % 28) as u8,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_clock_that_stands_or_jumps_breaks_nothing(steps in steps()) {
        let mut run = Run::new();
        let mut numbers: Vec<(Option<Day>, TicketNo)> = vec![];
        let mut bookings: Vec<BookingNo> = vec![];
        for (step, pace) in steps {
            run.now += pace;
            if run.hall.next_deadline().is_some_and(|due| due.0 <= run.now) {
                run.ask(Command::Tick);
                prop_assert!(
                    run.hall.next_deadline().is_none_or(|due| due.0 > run.now),
                    "what is due is done"
                );
            }
            let before = run.log.len();
            run.step(step);
            for event in &run.log[before..] {
                if let Fact::Issued(issued) = &event.fact {
                    numbers.push((run.hall.day(), issued.no));
                }
                if let Fact::Booked(booked) = &event.fact {
                    bookings.push(booked.no);
                }
            }
            if let Err(wrong) = run.figures() {
                return Err(TestCaseError::fail(wrong));
            }
        }
        let (given, booked) = (numbers.len(), bookings.len());
        numbers.sort_unstable();
        numbers.dedup();
        bookings.sort_unstable();
        bookings.dedup();
        prop_assert_eq!((numbers.len(), bookings.len()), (given, booked), "given twice");
        prop_assert!(run.log.is_sorted_by_key(|event| event.at));

        // Replay, from the first day and from the last opening, gives the same hall.
        let opening = run.log.iter().rposition(|event| {
            matches!(event.fact, Fact::DayOpened { .. })
        });
        for from in [0, opening.unwrap()] {
            let mut again = hall();
            for event in &run.log[from..] {
                let text = serde_json::to_string(event).unwrap();
                again.apply(&serde_json::from_str(&text).unwrap());
            }
            prop_assert_eq!(&again, &run.hall);
        }
    }
}
