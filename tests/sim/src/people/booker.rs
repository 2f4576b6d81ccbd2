//! People who book, come in time or too late or not at all, and some who cancel.

use std::time::Duration;

use hall::{
    answer::Answer,
    command::{
        Command,
        people::{Book, BookableDay, BookingRef, CheckIn},
    },
    event::people::Grounds,
    ids::person::{Booker, BookingMark, BookingNo, PersonMark},
    time::{TimeOfDay, Timestamp},
    words::{Channel, PriorityClass},
};
use queue_server::{clock::HallClock, day::Daybook};

use crate::{
    calls::{Caller, Heard},
    world::{Deed, World},
};

/// Bookings asked for on a day.
const BOOKINGS: u64 = 14;

/// How long before or after the slot's beginning people come.
const COME: (i64, i64) = (-1_500, 2_000);

impl World {
    /// Plans who books this day, for today or one of the next days.
    pub fn plan_bookings(&mut self, midnight: Duration) {
        for _ in 0..self.luck.below(BOOKINGS) {
            let at = midnight + self.luck.secs(8 * 3_600 + 300, 10 * 3_600);
            self.plan(at, Deed::Book);
        }
    }

    /// Somebody books.
    pub fn book(&mut self) {
        let slots = &self.profile.setup.rules().booking.slots;
        let Some(line) = slots.get(self.luck.below(slots.len() as u64) as usize).cloned() else {
            return;
        };
        let slots: Vec<(TimeOfDay, TimeOfDay)> = line.each().collect();
        let Some((from, _)) = self.luck.pick(&slots).copied() else { return };
        let days = self.bookable_days();
        let Some(day) = self.luck.pick(&days).map(|day| day.day) else { return };
        let mark = self.mark();
        let book = Book {
            booker: Some(Booker { mark: BookingMark(mark), earlier: None }),
            agent: None,
            queue: line.queue,
            item: line.item,
            day,
            from,
            channel: Channel::Phone,
            days,
        };
        let after = COME.0 + self.luck.below((COME.1 - COME.0) as u64) as i64;
        self.asks_for_somebody(Caller::Booker(after), Command::Book(book));
    }

    /// Somebody has booked and knows the number, or was told no.
    pub fn booked(&mut self, after: i64, heard: Heard) {
        let Heard::Told(told) = heard else { return };
        let Answer::Booking(no) = told.answer else { return };
        let readers = self.server.up.as_ref().map(|up| &up.readers);
        let Some(from) =
            readers.and_then(|hall| hall.booking(no)).map(|each| each.booked.slot.from)
        else {
            return;
        };
        let wait = from.0 + after * 1_000 - self.unix_millis();
        let wait = Duration::from_millis(u64::try_from(wait).unwrap_or(0));
        match self.luck.below(10) {
            0 => {
                let wait = self.luck.secs(60, 3_000);
                self.after(wait, Deed::CancelBooking(no));
            }
            1 => {}
            _ => self.after(wait, Deed::CheckIn(no)),
        }
    }

    /// Somebody who booked has come.
    pub fn check_in(&mut self, no: BookingNo) {
        let check_in = CheckIn {
            booking: BookingRef::No(no),
            booker: None,
            person: Some(PersonMark(self.mark())),
            channel: Channel::GuideDesk,
            class: PriorityClass::Ordinary,
            grounds: Grounds::default(),
            paper: false,
            late_as_walk_in: self.luck.chance(700),
            estimate: None,
        };
        self.asks_for_somebody(Caller::Phone, Command::CheckIn(check_in));
    }

    /// Somebody who booked will not come.
    pub fn cancel_booking(&mut self, no: BookingNo) {
        let booking = BookingRef::No(no);
        self.asks_for_somebody(Caller::Phone, Command::CancelBooking { booking });
    }

    fn bookable_days(&self) -> Vec<BookableDay> {
        let now = self.hall_time();
        let clock = HallClock::told(480, now);
        let daybook = Daybook::new(self.profile.calendar.clone(), clock);
        let days = (0..3).map(|days| Timestamp(now.0 + days * 24 * 3_600_000));
        days.map(|at| {
            let date = clock.date(at);
            let open = daybook.sessions(date).map(|session| (session.opens, session.closes));
            let (day, begins) = (clock.day(at), clock.moment(date, 0));
            BookableDay { day, begins, open: open.collect(), items: None }
        })
        .collect()
    }

    /// One of a few people, so that some book twice and miss often.
    fn mark(&mut self) -> [u8; 16] {
        [self.luck.below(12) as u8; 16]
    }
}
