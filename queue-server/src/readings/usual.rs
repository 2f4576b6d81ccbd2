//! 平常: how many came, were served and waited by this time of the day on the last days of the same weekday.
//!
//! Each of those days is read once a day from the store and kept as moments; every board asks the
//! kept ones. Fewer days than three are no custom, and nothing is said.

use std::sync::{Arc, Mutex, PoisonError};

use hall::{
    Hall,
    time::{Day, Timestamp},
    words::TicketState,
};

use crate::{app::App, clock::date_of, store::TicketRow};

/// The last days of a weekday that are looked at: two months.
const DAYS_MAX: usize = 8;

/// Fewer are no custom.
const DAYS_LEAST: usize = 3;

/// The line of a day has a point every half hour.
const STEP_MILLIS: i64 = 30 * 60_000;

/// A day that goes on after midnight is over before the next one is.
const STEPS_MAX: usize = 96;

/// A day as it went, in milliseconds after its midnight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayCurve {
    /// When somebody came and when that one was called or left.
    waits: Vec<(i64, Option<i64>)>,
    /// When somebody was done.
    served: Vec<i64>,
    /// How many waited at each half hour since midnight.
    every: Vec<u32>,
}

/// How a day stood at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood {
    /// People who waited.
    pub waiting: u32,
    /// The longest of them, in whole seconds.
    pub longest_secs: u32,
    /// Tickets taken so far.
    pub issued: u32,
    /// Served so far.
    pub served: u32,
}

/// A figure of the usual days: the least, the middle one, the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// The least.
    pub low: u32,
    /// 中位数.
    pub mid: u32,
    /// The most.
    pub high: u32,
}

/// The usual days beside today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Of so many days it is made.
    pub days: usize,
    /// Waiting, longest wait in seconds, issued and served at this time.
    pub at_this_time: [Usual; 4],
    /// Every half hour from the first arrival to the last call: its minute of the day, how many
    /// waited usually, and today, up to now.
    pub line: Vec<(u32, Usual, Option<u32>)>,
}

/// The usual days of today, once they are read.
#[derive(Default)]
pub struct UsualDays(Mutex<Option<(Day, Arc<[DayCurve]>)>>);

impl DayCurve {
    /// A day of these tickets that began at `midnight`.
    pub fn of(tickets: impl Iterator<Item = TicketRow>, midnight: Timestamp) -> Self {
        let mut day = Self::default();
        for ticket in tickets {
            match ticket.state {
                // Nobody waited with a number that was never printed, and who left without being
                // called left at no known time.
                TicketState::NotPrinted => continue,
                TicketState::Cancelled if ticket.called.is_none() => continue,
                TicketState::Cancelled
                | TicketState::Reserved
                | TicketState::Waiting
                | TicketState::Called
                | TicketState::Serving
                | TicketState::Held
                | TicketState::Done
                | TicketState::NoShow
                | TicketState::Swept => {}
            }
            let since = |at: i64| at - midnight.0;
            day.waits.push((since(ticket.issued), ticket.called.map(since)));
            let done = ticket.finished.filter(|_| ticket.state == TicketState::Done);
            day.served.extend(done.map(since));
        }
        day.every = every_half_hour(&day.waits);
        day
    }

    /// How many waited at a half hour since midnight.
    fn at_half_hour(&self, step: i64) -> u32 {
        usize::try_from(step).ok().and_then(|step| self.every.get(step)).copied().unwrap_or(0)
    }

    /// How it stood so long after its midnight.
    #[must_use]
    pub fn at(&self, time: i64) -> Stood {
        let came = self.waits.iter().filter(|(came, _)| *came <= time);
        let waits = came.clone().filter(|(_, called)| called.is_none_or(|called| called > time));
        let first = waits.clone().map(|(came, _)| *came).min();
        Stood {
            waiting: count(waits),
            longest_secs: first
                .map_or(0, |first| u32::try_from((time - first) / 1_000).unwrap_or(0)),
            issued: count(came),
            served: count(self.served.iter().filter(|done| **done <= time)),
        }
    }

    /// From the first arrival to the last call.
    fn ends(&self) -> Option<(i64, i64)> {
        let first = self.waits.iter().map(|(came, _)| *came).min()?;
        let last = self.waits.iter().map(|(came, called)| called.unwrap_or(*came)).max()?;
        Some((first, last))
    }
}

/// Who waited at each half hour: everybody comes once and is called at most once.
fn every_half_hour(waits: &[(i64, Option<i64>)]) -> Vec<u32> {
    let mut changes = [0_i32; STEPS_MAX];
    let mut change = |at: i64, by: i32| {
        // What happens within a half hour is seen at the end of it.
        let step = at.div_euclid(STEP_MILLIS) + i64::from(at.rem_euclid(STEP_MILLIS) > 0);
        if let Some(place) = usize::try_from(step.max(0)).ok().and_then(|it| changes.get_mut(it)) {
            *place += by;
        }
    };
    for (came, called) in waits {
        change(*came, 1);
        called.iter().for_each(|called| change(*called, -1));
    }
    let sum = |here: &mut i32, by: &i32| {
        *here += by;
        Some(u32::try_from(*here).unwrap_or(0))
    };
    changes.iter().scan(0, sum).collect()
}

/// The middle one and the ends of some figures; none of none. Of an even number the lower middle.
fn usual(figures: impl Iterator<Item = u32>) -> Option<Usual> {
    let mut figures: Vec<u32> = figures.collect();
    figures.sort_unstable();
    let (low, high) = (*figures.first()?, *figures.last()?);
    Some(Usual { low, mid: figures[(figures.len() - 1) / 2], high })
}

fn count<T>(those: impl Iterator<Item = T>) -> u32 {
    u32::try_from(those.count()).unwrap_or(u32::MAX)
}

/// Today, up to `now`, beside usual days; none if these are too few.
#[must_use]
pub fn compare(days: &[DayCurve], today: &DayCurve, now: i64) -> Option<Compared> {
    if days.len() < DAYS_LEAST {
        return None;
    }
    let of =
        |time: i64, figure: fn(Stood) -> u32| usual(days.iter().map(|day| figure(day.at(time))));
    let ends = || days.iter().chain([today]).filter_map(DayCurve::ends);
    let first = ends().map(|(first, _)| first.div_euclid(STEP_MILLIS)).min()?;
    let last = ends().map(|(_, last)| last.div_euclid(STEP_MILLIS) + 1).max()?;
    let points = (first..=last).filter_map(|step| {
        let time = step * STEP_MILLIS;
        let today = (time <= now).then(|| today.at_half_hour(step));
        let usual = usual(days.iter().map(|day| day.at_half_hour(step)))?;
        Some((u32::try_from(time / 60_000).ok()?, usual, today))
    });
    Some(Compared {
        days: days.len(),
        at_this_time: [
            of(now, |stood| stood.waiting)?,
            of(now, |stood| stood.longest_secs)?,
            of(now, |stood| stood.issued)?,
            of(now, |stood| stood.served)?,
        ],
        line: points.collect(),
    })
}

/// Today beside the last open days of its weekday; none of a closed hall, or if these are too few.
#[must_use]
pub fn of(app: &App, hall: &Hall, now: Timestamp) -> Option<Compared> {
    // While the store is being made anew, days are still to come.
    let day = hall.day().filter(|_| app.store.is_whole())?;
    let midnight = app.clock.moment(date_of(day)?, 0);
    let today = DayCurve::of(hall.tickets().map(TicketRow::of), midnight);
    compare(&days(app, day), &today, now.0 - midnight.0)
}

/// The usual days of a day: read from the store once.
fn days(app: &App, today: Day) -> Arc<[DayCurve]> {
    let mut kept = app.usual_days.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, days)) = kept.as_ref().filter(|(of, _)| *of == today) {
        return Arc::clone(days);
    }
    let weekday = |day: Day| date_of(day).map(|date| date.weekday());
    let earlier = app.store.days().into_iter().rev();
    let same = earlier.filter(|day| *day < today && weekday(*day) == weekday(today));
    let curves = same.filter_map(|day| {
        let midnight = app.clock.moment(date_of(day)?, 0);
        let curve = DayCurve::of(app.store.tickets(day).into_iter(), midnight);
        // A day on which nobody came was none.
        (!curve.waits.is_empty()).then_some(curve)
    });
    let days: Arc<[DayCurve]> = curves.take(DAYS_MAX).collect();
    *kept = Some((today, Arc::clone(&days)));
    days
}

#[cfg(test)]
mod tests;
