//! The hall's calendar: when a day and a session open and close, and when is swept.
//!
//! The hall itself knows no calendar; the engine asks this one before every step. Each order bears
//! the moment it was due, so a server that was off catches up as if it had been there.

mod bookable;

use std::collections::BTreeMap;

use hall::{
    Hall,
    command::{
        Command, SessionTimes,
        plan::{Segment, SessionPlan},
    },
    ids::{QueueId, WindowId},
    limits::WORKING_DAYS_TOLD,
    time::{Day, Timestamp},
};
use jiff::civil::Date;

use crate::{
    clock::{HallClock, date_of, day_of},
    profile::{Calendar, Minute, SessionRule},
};

/// Days in which the next opening is looked for: the longest holiday is shorter.
const LOOKED_AHEAD_DAYS: usize = 31;

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
    /// The session whose windows were told to be staffed.
    scheduled: Option<Timestamp>,
    /// The queues that the tide brought, by window.
    tides: BTreeMap<WindowId, Vec<QueueId>>,
    /// What the hall refused to open, not to be asked again.
    refused: Option<(Date, Option<Timestamp>)>,
}

impl Daybook {
    /// The daybook of a calendar.
    #[must_use]
    pub const fn new(calendar: Calendar, clock: HallClock) -> Self {
        let tides = BTreeMap::new();
        Self { calendar, clock, swept: None, scheduled: None, tides, refused: None }
    }

    /// Takes over the tides that stood open when the server stopped, so that their end is said, and
    /// whether the open session's windows were told.
    pub fn take_over(&mut self, hall: &Hall) {
        let session = hall.session().map(|session| (session.issue_from, session.closes));
        self.scheduled = session
            .filter(|(from, closes)| {
                hall.scheduled_from().is_some_and(|at| *from <= at && at < *closes)
            })
            .map(|(from, _)| from);
        let tides = hall.scheduled_tides();
        self.tides = tides.map(|(window, queues)| (window, queues.to_vec())).collect();
    }

    /// Another calendar from now on. The open session keeps its times; a tide that is not in the
    /// calendar any more ends.
    pub fn change(&mut self, calendar: Calendar) {
        self.calendar = calendar;
        self.refused = None;
    }

    /// What is due now, and since when; nothing if all is done.
    pub fn due(&mut self, hall: HallNow, now: Timestamp) -> Option<(Timestamp, Command)> {
        let today = self.clock.date(now);
        let Some(day) = hall.day else {
            return self.opening(hall.last, today);
        };
        if let Some(session) = hall.session {
            let due = (session.closes <= now).then_some((session.closes, Command::CloseSession));
            return due
                .or_else(|| self.closing(day, now))
                .or_else(|| self.tide(true, now))
                .or_else(|| self.schedule(day, session, now));
        }
        if let Some(order) = self.tide(false, now) {
            return Some(order);
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
        } else if matches!(command, Command::OpenDay { .. }) {
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
            .chain(self.turns(today))
            .filter(|moment| *moment > now)
            .min()
            .unwrap_or(tomorrow)
    }

    /// The sessions of a date, by time.
    pub fn sessions(&self, date: Date) -> impl Iterator<Item = SessionTimes> {
        self.rules(date).map(|(session, _)| session)
    }

    fn rules(&self, date: Date) -> impl Iterator<Item = (SessionTimes, SessionRule)> {
        let moment = move |minute: Minute| self.clock.moment(date, i64::from(minute.0));
        self.calendar.sessions_of(date).map(move |rule| {
            let session = SessionTimes {
                issue_from: moment(rule.issue_from),
                opens: moment(rule.opens),
                issue_until: moment(rule.issue_until),
                closes: moment(rule.closes),
            };
            (session, rule)
        })
    }

    /// What is special about a session of a date.
    fn plan(&self, date: Date, rule: &SessionRule) -> SessionPlan {
        let moment = |minute: Minute| self.clock.moment(date, i64::from(minute.0));
        let mut plan = SessionPlan {
            kind: self.calendar.kind(date),
            items: rule.items.clone(),
            ..SessionPlan::default()
        };
        for each in &rule.segments {
            let (from, until) = (moment(each.from), moment(each.until));
            let segment = Segment { from, until, cap: each.cap };
            plan.segments.entry(each.queue).or_default().push(segment);
        }
        plan.segments.values_mut().for_each(|list| list.sort_by_key(|segment| segment.from));
        plan
    }

    /// 排班 of the open session, told once. Nobody is missed before the hall asks for them: a server
    /// that starts after the opening gives people the usual time to sign on.
    fn schedule(
        &mut self,
        day: Day,
        session: SessionTimes,
        now: Timestamp,
    ) -> Option<(Timestamp, Command)> {
        if self.scheduled == Some(session.issue_from) {
            return None;
        }
        self.scheduled = Some(session.issue_from);
        let is_this = |times: &SessionTimes| times.issue_from == session.issue_from;
        let mut rules = self.rules(date_of(day)?);
        let (_, rule) = rules.find(|(times, _)| is_this(times))?;
        let (from, until) = (session.opens.max(now), session.closes);
        let some = !rule.windows.is_empty();
        some.then_some((now, Command::ScheduleWindows { windows: rule.windows, from, until }))
    }

    /// 潮汐: opens, changes and closes by the calendar, while a session is open. Tides of one window
    /// that run at the same time are one.
    fn tide(&mut self, in_session: bool, now: Timestamp) -> Option<(Timestamp, Command)> {
        let wanted = self.tides_wanted(in_session, now);
        if let Some(window) = self.tides.keys().copied().find(|id| !wanted.contains_key(id)) {
            self.tides.remove(&window);
            return Some((now, Command::CloseTide { window, scheduled: true }));
        }
        let new = |(window, queues): &(WindowId, Vec<QueueId>)| {
            self.tides.get(window).is_none_or(|brought| brought != queues)
        };
        let (window, queues) = wanted.into_iter().find(new)?;
        self.tides.insert(window, queues.clone());
        Some((now, Command::OpenTide { window, queues, minutes: None }))
    }

    fn tides_wanted(&self, in_session: bool, now: Timestamp) -> BTreeMap<WindowId, Vec<QueueId>> {
        let date = self.clock.date(now);
        let minute = Minute(self.clock.time_of_day(now).0);
        let held = in_session
            && self.sessions(date).any(|each| each.issue_from <= now && now < each.closes);
        let mut wanted: BTreeMap<WindowId, Vec<QueueId>> = BTreeMap::new();
        for tide in self.calendar.tides_at(date, minute).filter(|_| held) {
            wanted.entry(tide.window).or_default().extend(&tide.queues);
        }
        for queues in wanted.values_mut() {
            queues.sort_unstable();
            queues.dedup();
        }
        wanted
    }

    /// When tides turn on a date.
    fn turns(&self, date: Date) -> impl Iterator<Item = Timestamp> {
        let today = self.calendar.tides.iter().filter(move |tide| tide.is_of(date));
        today
            .flat_map(|tide| [tide.from, tide.until])
            .map(move |minute| self.clock.moment(date, i64::from(minute.0)))
    }

    /// When issuing begins next, within a month.
    #[must_use]
    pub fn next_issuing(&self, now: Timestamp) -> Option<Timestamp> {
        let today = self.clock.date(now);
        today
            .series(jiff::Span::new().days(1))
            .take(LOOKED_AHEAD_DAYS)
            .flat_map(|date| self.sessions(date))
            .map(|session| session.issue_from)
            .find(|from| *from > now)
    }

    /// When the doors open next, within a month.
    #[must_use]
    pub fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        let today = self.clock.date(now);
        today
            .series(jiff::Span::new().days(1))
            .take(LOOKED_AHEAD_DAYS)
            .flat_map(|date| self.sessions(date))
            .map(|session| session.opens)
            .find(|opens| *opens > now)
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
        let working_days = self.working_days(today);
        Some((midnight.max(last), Command::OpenDay { day, working_days }))
    }

    /// 工作日 after a date, as many as a day's opening tells.
    #[must_use]
    pub fn working_days(&self, date: Date) -> Vec<Day> {
        let ahead = 1..=u16::try_from(WORKING_DAYS_TOLD).unwrap_or(u16::MAX);
        ahead.map_while(|days| self.calendar.working_day(date, days)).map(day_of).collect()
    }

    fn session(
        &self,
        day: Day,
        opened_up_to: Option<Timestamp>,
        now: Timestamp,
    ) -> Option<(Timestamp, Command)> {
        let date = date_of(day)?;
        let (session, rule) = self
            .rules(date)
            .filter(|(session, _)| opened_up_to.is_none_or(|opened| session.issue_from > opened))
            .find(|(session, _)| session.issue_from <= now && now < session.closes)?;
        if self.refused == Some((date, Some(session.issue_from))) {
            return None;
        }
        let plan = self.plan(date, &rule);
        Some((session.issue_from, Command::OpenSession { session, plan }))
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
