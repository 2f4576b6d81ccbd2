//! Bookings of a naive hall: one list, read from end to end. Chance compares the real one with it.

use std::vec;

use alloc::{string::String, vec::Vec};

use proptest::prelude::*;

use super::parts;
use crate::{
    Hall,
    answer::Answer,
    command::{
        Command, Input, SessionTimes,
        people::{Book, BookableDay, BookingRef, CheckIn},
        plan::SessionPlan,
    },
    event::people::Grounds,
    ids::person::{Booker, BookingMark, BookingNo, PersonMark},
    invariants,
    setup::{Setup, booking::Slots},
    time::{Day, Millis, TimeOfDay, Timestamp},
    words::{Actor, Channel, PriorityClass, people::BookingState},
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const CAPACITY: usize = 2;

/// What the naive hall knows of a booking; days count from the first.
#[derive(Debug, Clone)]
struct Naive {
    no: BookingNo,
    person: u8,
    day: i64,
    from: i64,
    state: BookingState,
    ticket_live: bool,
}

#[derive(Debug, Clone)]
enum Step {
    Book { person: u8, ahead: i64, hour: u16, phone: bool },
    Unbook { which: usize },
    CheckIn { which: usize, late: bool },
    CancelTicket { which: usize },
    Wait { minutes: i64 },
    NextDay,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = || 0_usize..12;
    let step = prop_oneof![
        6 => (0_u8..4, 0_i64..4, 9_u16..12, any::<bool>())
            .prop_map(|(person, ahead, hour, phone)| Step::Book { person, ahead, hour, phone }),
        1 => which().prop_map(|which| Step::Unbook { which }),
        4 => (which(), any::<bool>()).prop_map(|(which, late)| Step::CheckIn { which, late }),
        1 => which().prop_map(|which| Step::CancelTicket { which }),
        5 => prop_oneof![0_i64..20, 0_i64..90].prop_map(|minutes| Step::Wait { minutes }),
        3 => Just(Step::NextDay),
    ];
    prop::collection::vec(step, 1..80)
}

struct Both {
    hall: Hall,
    bookings: Vec<Naive>,
    misses: Vec<(u8, i64)>,
    day: i64,
    now: i64,
    asked: u64,
}

impl Both {
    /// Two misses in three days restrict for two days.
    fn open() -> Self {
        let mut parts = parts();
        let rules = &mut parts.rules.booking;
        rules.misses_max = 2;
        rules.misses_within_days = 3;
        rules.restricted_days = 2;
        rules.slots = vec![Slots {
            queue: "A".parse().unwrap(),
            item: None,
            from: TimeOfDay(9 * 60),
            until: TimeOfDay(11 * 60),
            each_minutes: 60,
            capacity: CAPACITY as u16,
        }];
        let hall = Hall::new(alloc::sync::Arc::new(Setup::new(parts).unwrap()));
        let mut both =
            Self { hall, bookings: vec![], misses: vec![], day: 0, now: 8 * HOUR, asked: 0 };
        both.open_day();
        both
    }

    fn open_day(&mut self) {
        let (opens, closes) = (Timestamp(self.day * DAY), Timestamp(self.day * DAY + 18 * HOUR));
        let session = SessionTimes { issue_from: opens, opens, issue_until: closes, closes };
        self.ask(Command::OpenDay { day: day(self.day), working_days: Vec::new() }).unwrap();
        self.ask(Command::OpenSession { session, plan: SessionPlan::default() }).unwrap();
    }

    /// What the hall answers, or the code of its refusal.
    fn ask(&mut self, command: Command) -> Result<Answer, &'static str> {
        self.asked += 1;
        let (at, luck) = (Timestamp(self.now), self.asked.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let input = Input { at, luck, by: Actor::Hall, request: None, command };
        let events = self.hall.decide(&input).map_err(|refusal| refusal.code())?;
        for event in &events {
            self.hall.apply(event);
            invariants::check(&self.hall).unwrap();
        }
        Ok(self.hall.answer_to(&input, &events))
    }

    /// Says tick when it is due, as the engine does before everything else.
    fn tick(&mut self) {
        if self.hall.next_deadline().is_some_and(|due| due.0 <= self.now) {
            self.ask(Command::Tick).unwrap();
        }
        for booking in &mut self.bookings {
            let until = booking.from + HOUR;
            if booking.state == BookingState::Booked && until <= self.now {
                let noticed = self.now - until <= 10 * 60_000 && booking.day == self.day;
                booking.state = if noticed { BookingState::Missed } else { BookingState::Released };
                if noticed {
                    self.misses.push((booking.person, until));
                }
            }
        }
    }

    fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        self.tick();
        match *step {
            Step::Wait { minutes } => {
                // The day is not over before it is closed.
                self.now = (self.now + minutes * 60_000).min(self.day * DAY + 17 * HOUR);
            }
            Step::NextDay => self.next_day(),
            Step::Book { person, ahead, hour, phone } => {
                let expected = self.book_expected(person, ahead, hour, phone);
                let answer = self.ask(Command::Book(self.book(person, ahead, hour, phone)));
                prop_assert_eq!(answer.map(|_| ()), expected);
                if let Ok(Answer::Booking(no)) = answer {
                    let day = self.day + ahead;
                    let from = day * DAY + i64::from(hour) * HOUR;
                    let state = BookingState::Booked;
                    let naive = Naive { no, person, day, from, state, ticket_live: false };
                    self.bookings.push(naive);
                }
            }
            Step::Unbook { which } => {
                let Some(naive) = self.bookings.get(which).cloned() else { return Ok(()) };
                let late = self.now + 2 * HOUR > naive.from;
                let in_time = if late { Err("too_late_to_cancel") } else { Ok(()) };
                let expected = self.to_come(&naive).and(in_time);
                let booking = BookingRef::No(naive.no);
                let answer = self.ask(Command::CancelBooking { booking });
                prop_assert_eq!(answer.map(|_| ()), expected);
                if expected.is_ok() {
                    self.bookings[which].state = BookingState::Cancelled;
                }
            }
            Step::CheckIn { which, late } => return self.check_in(which, late),
            Step::CancelTicket { which } => {
                let no = self.bookings.get(which).map(|naive| naive.no);
                let ticket = no.and_then(|no| self.hall.booking(no)?.ticket);
                if let Some(ticket) = ticket.filter(|_| self.bookings[which].ticket_live) {
                    self.ask(Command::Cancel { ticket }).unwrap();
                    self.bookings[which].ticket_live = false;
                }
            }
        }
        Ok(())
    }

    fn next_day(&mut self) {
        self.now = self.now.max(self.day * DAY + 18 * HOUR);
        self.tick();
        self.ask(Command::CloseDay).unwrap();
        self.day += 1;
        self.now = self.day * DAY;
        self.open_day();
        for naive in &mut self.bookings {
            naive.ticket_live = false;
        }
    }

    fn book(&self, person: u8, ahead: i64, hour: u16, phone: bool) -> Book {
        let bookable = |ahead: i64| {
            let begins = (self.day + ahead) * DAY;
            let open = vec![(Timestamp(begins + 8 * HOUR), Timestamp(begins + 18 * HOUR))];
            let (day, begins) = (day(self.day + ahead), Timestamp(begins));
            BookableDay { day, begins, open, items: None }
        };
        Book {
            booker: Some(booker(person)),
            agent: None,
            queue: "A".parse().unwrap(),
            item: None,
            day: day(self.day + ahead),
            from: TimeOfDay(hour * 60),
            channel: if phone { Channel::Phone } else { Channel::Kiosk },
            days: (1..=3).map(bookable).collect(),
        }
    }

    fn book_expected(
        &self,
        person: u8,
        ahead: i64,
        hour: u16,
        phone: bool,
    ) -> Result<(), &'static str> {
        let day = self.day + ahead;
        let from = day * DAY + i64::from(hour) * HOUR;
        if ahead == 0 {
            return Err("day_not_bookable");
        }
        if hour > 10 {
            return Err("no_such_slot");
        }
        let own: Vec<i64> =
            self.misses.iter().filter(|miss| miss.0 == person).map(|miss| miss.1).collect();
        let restricted = (1..own.len())
            .any(|at| own[at] - own[at - 1] <= 3 * DAY && self.now < own[at] + 2 * DAY);
        if phone && restricted {
            return Err("booking_restricted");
        }
        let counts =
            |naive: &&Naive| matches!(naive.state, BookingState::Booked | BookingState::Kept);
        let alive: Vec<&Naive> = self.bookings.iter().filter(counts).collect();
        if alive.iter().any(|naive| naive.person == person && naive.day == day) {
            return Err("booked_already");
        }
        if alive.iter().filter(|naive| naive.from == from).count() >= CAPACITY {
            return Err("slot_full");
        }
        Ok(())
    }

    /// What is over is known for the day only.
    fn to_come(&self, naive: &Naive) -> Result<(), &'static str> {
        match naive.state {
            BookingState::Booked => Ok(()),
            BookingState::Kept
            | BookingState::Cancelled
            | BookingState::Missed
            | BookingState::Released => Err(if self.hall.booking(naive.no).is_some() {
                "booking_over"
            } else {
                "no_such_booking"
            }),
        }
    }

    fn check_in(&mut self, which: usize, late: bool) -> Result<(), TestCaseError> {
        let Some(naive) = self.bookings.get(which).cloned() else { return Ok(()) };
        let open = self.now < self.day * DAY + 18 * HOUR;
        let (minutes, person) = ((self.now - naive.from).div_euclid(60_000), naive.person);
        let holds = self.bookings.iter().any(|each| each.ticket_live && each.person == person);
        let in_time = self.now <= naive.from + 15 * 60_000;
        let expected = if open { self.to_come(&naive) } else { Err("issue_closed") };
        let expected = expected.and(match () {
            () if minutes < -30 => Err("booking_early"),
            () if !in_time && !late => Err("booking_late"),
            () if holds => Err("has_ticket"),
            () => Ok(()),
        });
        let answer = self.ask(Command::CheckIn(CheckIn {
            booking: BookingRef::No(naive.no),
            booker: None,
            person: Some(PersonMark([person; 16])),
            channel: Channel::Kiosk,
            class: PriorityClass::Ordinary,
            grounds: Grounds::default(),
            paper: false,
            late_as_walk_in: late,
            estimate: None,
        }));
        prop_assert_eq!(answer.map(|_| ()), expected);
        if let Ok(Answer::Issued(id)) = answer {
            let ticket = self.hall.ticket(id).unwrap();
            let class = if in_time { PriorityClass::Booked } else { PriorityClass::Ordinary };
            prop_assert_eq!(ticket.class, class);
            prop_assert_eq!(ticket.leg().entered.0, self.now.max(naive.from));
            self.bookings[which].state = BookingState::Kept;
            self.bookings[which].ticket_live = true;
        }
        Ok(())
    }
}

fn booker(person: u8) -> Booker {
    Booker { mark: BookingMark([person; 16]), earlier: None }
}

fn day(count: i64) -> Day {
    let count = u8::try_from(count).unwrap();
    Day { year: 2026, month: 1 + count / 28, day: 1 + count % 28 }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn bookings_go_as_in_a_naive_hall(steps in steps()) {
        let mut both = Both::open();
        for step in &steps {
            both.step(step)?;
            both.tick();
            for naive in &both.bookings {
                if let Some(real) = both.hall.booking(naive.no) {
                    prop_assert_eq!(real.state, naive.state, "{:?} at {}", naive, both.now);
                }
            }
        }
        let live = both.bookings.iter().filter(|naive| naive.state == BookingState::Booked);
        prop_assert_eq!(both.hall.state.bookings.to_come(), live.count());
    }
}

#[test]
fn misses_are_forgotten_when_they_can_restrict_nobody_any_more() {
    let mut both = Both::open();
    both.step(&Step::Book { person: 1, ahead: 1, hour: 9, phone: true }).unwrap();
    both.next_day();
    both.step(&Step::Wait { minutes: 10 * 60 }).unwrap();
    both.tick();
    let kept = |both: &Both| both.hall.state.bookings.misses_of(BookingMark([1; 16])).len();
    assert_eq!(kept(&both), 1);
    let days: Vec<usize> = (0..7)
        .map(|_| {
            both.next_day();
            kept(&both)
        })
        .collect();
    assert_eq!(days, [1, 1, 1, 1, 1, 0, 0], "three days and two");
    assert_eq!(Millis::from_days(5), both.hall.misses_kept_for());
    let text = String::from("482190357716");
    assert_eq!("4821 9035 7716".parse::<BookingNo>().unwrap(), text.parse().unwrap());
}
