//! The hall's calendar: when a day and a session open and close, and when is swept.
//!
//! The hall itself knows no calendar; the engine asks this one before every step. Each order bears
//! the moment it was due, so a server that was off catches up as if it had been there.

use hall::{
    command::{Command, SessionTimes, plan::SessionPlan},
    time::{Day, Timestamp},
};
use jiff::civil::Date;

use crate::{
    clock::{HallClock, date_of},
    profile::Calendar,
};

/// What the calendar must know of the hall.
#[derive(Debug, Clone, Copy)]
pub struct HallNow {
    /// The day that is open.
    pub day: Option<Day>,
    /// The session that is open.
    pub session: Option<SessionTimes>,
    /// No session that begins up to here opens any more: it was open, or the hall closed early.
    pub opened_up_to: Option<Timestamp>,
    /// Somebody has signed on at some window.
    pub staffed: bool,
    /// The moment of the last event.
    pub last: Timestamp,
}

/// The calendar at work.
#[derive(Debug, Clone)]
pub struct Daybook {
    calendar: Calendar,
    clock: HallClock,
    /// Sessions that ended up to here have been swept.
    swept: Option<Timestamp>,
    /// What the hall refused to open, not to be asked again.
    refused: Option<(Date, Option<Timestamp>)>,
}

impl Daybook {
    /// The daybook of a calendar.
    #[must_use]
    pub const fn new(calendar: Calendar, clock: HallClock) -> Self {
        Self { calendar, clock, swept: None, refused: None }
    }

    /// What is due now, and since when; nothing if all is done.
    pub fn due(&mut self, hall: HallNow, now: Timestamp) -> Option<(Timestamp, Command)> {
        let today = self.clock.date(now);
        let Some(day) = hall.day else {
            return self.opening(hall.last, today);
        };
        if let Some(session) = hall.session {
            let due = (session.closes <= now).then_some((session.closes, Command::CloseSession));
            return due.or_else(|| self.closing(day, now));
        }
        self.sweeping(day, hall.staffed, now)
            .or_else(|| self.closing(day, now))
            .or_else(|| self.session(day, hall.opened_up_to, now))
    }

    /// Notes that the hall would not open, so that it is not asked for ever.
    pub fn was_refused(&mut self, command: &Command, now: Timestamp) {
        let today = self.clock.date(now);
        if let Command::OpenSession { session, .. } = command {
            self.refused = Some((today, Some(session.issue_from)));
        } else {
            self.refused = Some((today, None));
        }
    }

    /// The next moment at which something may be due.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Timestamp {
        let today = self.clock.date(now);
        let tomorrow = self.clock.moment(today, 24 * 60);
        self.sessions(today)
            .flat_map(|session| [session.issue_from, session.closes])
            .chain(self.sweeps(today))
            .filter(|moment| *moment > now)
            .min()
            .unwrap_or(tomorrow)
    }

    /// The sessions of a date, by time.
    pub fn sessions(&self, date: Date) -> impl Iterator<Item = SessionTimes> {
        let weekday = date.weekday().to_monday_zero_offset().unsigned_abs();
        let moment =
            move |minute: crate::profile::Minute| self.clock.moment(date, i64::from(minute.0));
        self.calendar.sessions.iter().filter(move |rule| rule.days[usize::from(weekday)]).map(
            move |rule| SessionTimes {
                issue_from: moment(rule.issue_from),
                opens: moment(rule.opens),
                issue_until: moment(rule.issue_until),
                closes: moment(rule.closes),
            },
        )
    }

    /// When issuing begins next, within eight days.
    #[must_use]
    pub fn next_issuing(&self, now: Timestamp) -> Option<Timestamp> {
        let today = self.clock.date(now);
        today
            .series(jiff::Span::new().days(1))
            .take(8)
            .flat_map(|date| self.sessions(date))
            .map(|session| session.issue_from)
            .find(|from| *from > now)
    }

    fn sweeps(&self, date: Date) -> impl Iterator<Item = Timestamp> {
        self.calendar.sweep_at.iter().map(move |at| self.clock.moment(date, i64::from(at.0)))
    }

    fn opening(&self, last: Timestamp, today: Date) -> Option<(Timestamp, Command)> {
        let refused = self.refused == Some((today, None));
        if refused || self.sessions(today).next().is_none() {
            return None;
        }
        let midnight = self.clock.moment(today, 0);
        let day = self.clock.day(midnight);
        Some((midnight.max(last), Command::OpenDay { day }))
    }

    fn session(
        &self,
        day: Day,
        opened_up_to: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<(Timestamp, Command)> {
        let date = date_of(day)?;
        let session = self
            .sessions(date)
            .filter(|session| opened_up_to.is_none_or(|opened| session.issue_from > opened))
            .find(|session| session.issue_from <= now && now < session.closes)?;
        if self.refused == Some((date, Some(session.issue_from))) {
            return None;
        }
        Some((session.issue_from, Command::OpenSession { session, plan: SessionPlan::default() }))
    }

    /// 清号: after a session, as soon as the last window signed off, at the latest at its moment.
    fn sweeping(
        &mut self,
        day: Day,
        staffed: bool,
        now: Timestamp,
    ) -> Option<(Timestamp, Command)> {
        let date = date_of(day)?;
        let ended =
            self.sessions(date).map(|session| session.closes).filter(|at| *at <= now).max()?;
        if self.swept.is_some_and(|swept| swept >= ended) {
            return None;
        }
        let latest = self.sweeps(date).filter(|at| *at >= ended).min();
        let latest = latest.unwrap_or_else(|| self.clock.moment(date, 24 * 60));
        if staffed && latest > now {
            return None;
        }
        self.swept = Some(ended);
        Some((if staffed { latest } else { latest.min(now) }, Command::Sweep))
    }

    fn closing(&self, day: Day, now: Timestamp) -> Option<(Timestamp, Command)> {
        let end = self.clock.moment(date_of(day)?, 24 * 60);
        (end <= now).then_some((end, Command::CloseDay))
    }
}

#[cfg(test)]
mod tests;
