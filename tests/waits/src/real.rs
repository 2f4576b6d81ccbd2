//! The sample halls as they stand in `assets/halls`, and what happens in them on days of the sources'
//! tables: who comes when, for what and with which rights; who stays away, leaves, is sent on, is
//! called out of turn, goes away for a moment.

mod advice;
mod day;
mod plans;
mod scores;

use std::{path::Path, sync::Arc};

use hall::{
    forecast::outlook::{Outlook, Tide},
    ids::{ItemId, QueueId},
    setup::Setup,
    time::{Day, Millis, TimeOfDay, Timestamp},
    words::people::DayKind,
};
use queue_server::profile::{Calendar, Minute, Profile};

pub use self::{
    advice::{HitRate, hit_rate},
    day::RealDay,
    scores::{History, score_days, table_of_days},
};
use crate::{day::MIDNIGHT, luck::Luck};

/// Shares of a day's people by interval: minute from midnight, minutes, per cent. Source: the arrival
/// profile of the sample halls.
const COURSE: [(u16, u16, f64); 16] = [
    (495, 15, 4.0),
    (510, 30, 9.0),
    (540, 30, 12.0),
    (570, 30, 12.0),
    (600, 30, 11.0),
    (630, 30, 8.0),
    (660, 30, 4.0),
    (690, 15, 1.0),
    (825, 15, 2.0),
    (840, 30, 7.0),
    (870, 30, 9.0),
    (900, 30, 8.0),
    (930, 30, 6.0),
    (960, 30, 4.0),
    (990, 30, 2.0),
    (1_020, 15, 1.0),
];

/// How many come on a weekday beside the standard day, Monday first. Source: the same.
const WEEKDAYS: [f64; 7] = [1.25, 1.05, 0.95, 0.90, 0.95, 0.30, 0.0];

/// With this a Monday of the first five days of a month has 1.40, as in the sources' reference run.
const MONTH_START: f64 = 1.12;

/// 赶集日 of a township.
const MARKET: f64 = 2.0;

/// A hall of the samples, and what is true of it.
#[derive(Debug, Clone)]
pub struct RealHall {
    /// Its profile.
    pub setup: Arc<Setup>,
    calendar: Calendar,
    /// How long each item takes really: the profile is somebody's guess.
    items: Vec<Truth>,
    /// How slow each window is.
    windows: Vec<f64>,
}

#[derive(Debug, Clone, Copy)]
struct Truth {
    item: ItemId,
    queue: QueueId,
    /// Milliseconds, and their deviation.
    mean: f64,
    deviation: f64,
    per_day: f64,
}

/// A kind of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// As it stands in the table.
    pub name: &'static str,
    weekday: u8,
    month_start: bool,
    market: bool,
}

/// The days of the county's hall that are predicted.
pub const COUNTY_DAYS: [Kind; 4] = [
    Kind { name: "Thursday", weekday: 3, month_start: false, market: false },
    Kind { name: "Tuesday", weekday: 1, month_start: false, market: false },
    Kind { name: "Monday", weekday: 0, month_start: false, market: false },
    Kind { name: "month start", weekday: 0, month_start: true, market: false },
];

/// The days of the township's hall that are predicted.
pub const TOWNSHIP_DAYS: [Kind; 2] = [
    Kind { name: "Wednesday", weekday: 2, month_start: false, market: false },
    Kind { name: "market day", weekday: 2, month_start: false, market: true },
];

/// A day of the calendar.
#[derive(Debug, Clone, Copy)]
pub struct Date {
    /// Which.
    pub day: Day,
    /// Monday is 0.
    pub weekday: u8,
    kind: DayKind,
}

impl RealHall {
    /// Reads a sample hall; what is true of it comes from a seed that no predictor knows.
    ///
    /// # Panics
    /// If there is no such profile, or it cannot be read.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/halls").join(name);
        let profile = Profile::read(&folder).unwrap_or_else(|it| panic!("{name}: {it:?}"));
        let mut luck = Luck::new(0x5ec7e7);
        let items = profile.setup.items().iter().map(|item| {
            let wrong = 0.75 + 0.5 * luck.part();
            Truth {
                item: item.id,
                queue: item.queue,
                mean: item.mean_service.0 as f64 * wrong,
                deviation: item.sd_service.0 as f64 * wrong,
                per_day: f64::from(item.per_day),
            }
        });
        let items = items.collect();
        let windows = profile.setup.windows().iter();
        let windows = windows.map(|_| (0.15 * luck.normal()).exp()).collect();
        Self { setup: profile.setup, calendar: profile.calendar, items, windows }
    }

    /// The working days from a Monday on, in their order: so many of them.
    #[must_use]
    pub fn history(&self, days: usize) -> Vec<Date> {
        let month = |number: usize| (1 + (number / 28 % 12) as u8, 1 + (number % 28) as u8);
        let all = (0..).filter(|number| number % 7 < 5);
        let date = |number: usize| {
            let ((month, day), weekday) = (month(number), (number % 7) as u8);
            self.date(Day { year: 2_026, month, day }, weekday)
        };
        all.take(days).map(date).collect()
    }

    /// Days of a kind that come after all history, so many of them.
    #[must_use]
    pub fn days_of(&self, kind: Kind, days: usize) -> Vec<Date> {
        let all = (0..).map(|number: usize| {
            let (month, day) = (1 + (number / 28 % 12) as u8, 1 + (number % 28) as u8);
            let year = 2_027 + (number / 336) as u16;
            self.date(Day { year, month, day }, (number % 7) as u8)
        });
        // In these months of four weeks a weekday has always the same dates: another weekday is
        // given to the date that is wanted.
        let fits = |date: &Date| {
            let start = date.day.day <= 5;
            start == kind.month_start && (date.kind == DayKind::Market) == kind.market
        };
        let all = all.filter(fits).take(days);
        all.map(|date| Date { weekday: kind.weekday, ..date }).collect()
    }

    fn date(&self, day: Day, weekday: u8) -> Date {
        let market = self.calendar.market_month_days.contains(&day.day);
        let kind = if market { DayKind::Market } else { DayKind::Ordinary };
        Date { day, weekday, kind }
    }

    /// How many come on a day for one who comes on a standard day.
    fn factor(date: Date) -> f64 {
        let start = if date.day.day <= 5 { MONTH_START } else { 1.0 };
        let market = if date.kind == DayKind::Market { MARKET } else { 1.0 };
        WEEKDAYS[usize::from(date.weekday)] * start * market
    }

    /// The sessions of a weekday.
    fn sessions(&self, date: Date) -> Vec<hall::command::SessionTimes> {
        let rules = self.calendar.sessions.iter();
        let today = rules.filter(|rule| rule.days[usize::from(date.weekday)]);
        let times = today.map(|rule| hall::command::SessionTimes {
            issue_from: at(rule.issue_from),
            opens: at(rule.opens),
            issue_until: at(rule.issue_until),
            closes: at(rule.closes),
        });
        times.collect()
    }

    /// What the calendar knows of a day.
    fn outlook(&self, date: Date) -> Outlook {
        let tides = self.calendar.tides.iter().filter(|tide| {
            tide.days[usize::from(date.weekday)] || tide.month_days.contains(&date.day.day)
        });
        let tide = |tide: &queue_server::profile::Tide| Tide {
            window: tide.window,
            queues: tide.queues.clone(),
            from: at(tide.from),
            until: at(tide.until),
        };
        Outlook {
            sessions: self.sessions(date),
            tides: tides.map(tide).collect(),
            ..Outlook::plain(MIDNIGHT, date.weekday)
        }
    }
}

/// The moment of a minute of the day.
fn at(minute: Minute) -> Timestamp {
    TimeOfDay(minute.0).after(MIDNIGHT)
}

fn after_midnight(minutes: f64) -> Timestamp {
    MIDNIGHT + Millis((minutes * 60_000.0) as u64)
}
