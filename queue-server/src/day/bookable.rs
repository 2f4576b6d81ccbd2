//! 可预约日: the days that can be booked now.

use std::collections::BTreeSet;

use hall::{command::people::BookableDay, setup::booking::BookingRules, time::Timestamp};
use jiff::civil::Date;

use super::Daybook;

impl Daybook {
    /// The working days that can be booked, the nearest first: from so many working days after
    /// today to so many (`domain.md` 3.2). A working day without a session cannot be booked.
    #[must_use]
    pub fn bookable(&self, rules: &BookingRules, now: Timestamp) -> Vec<BookableDay> {
        let today = self.clock.date(now);
        let ahead = rules.working_days_ahead_min..=rules.working_days_ahead_max;
        let dates = ahead.filter_map(|days| self.calendar.working_day(today, days.into()));
        dates.filter_map(|date| self.bookable_on(date)).collect()
    }

    fn bookable_on(&self, date: Date) -> Option<BookableDay> {
        let begins = self.clock.moment(date, 0);
        let open: Vec<_> =
            self.sessions(date).map(|session| (session.opens, session.closes)).collect();
        let lists = self.calendar.sessions_of(date).map(|session| session.items);
        // Sessions of one day may offer different items; the check-in looks at its own session.
        let items = lists.reduce(either).flatten();
        let day = self.clock.day(begins);
        (!open.is_empty()).then_some(BookableDay { day, begins, open, items })
    }
}

/// What one of two lists holds; no list is everything.
fn either<T: Ord>(one: Option<BTreeSet<T>>, other: Option<BTreeSet<T>>) -> Option<BTreeSet<T>> {
    let (mut one, mut other) = (one?, other?);
    one.append(&mut other);
    Some(one)
}
