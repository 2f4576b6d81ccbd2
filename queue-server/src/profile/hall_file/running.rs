//! Running texts of the hall screens: those of `[screen]` always run, a `[[running]]` by its days
//! and hours. A `[[notice]]` stands in a place of its own, by the same schedule.

use hall::time::Day;
use jiff::civil::Date;

use crate::{
    clock::day_of,
    profile::{
        calendar::{DAYS, Minute},
        problem::Problem,
        reader::Table,
    },
};

/// Running texts of a hall: a screen turns a page every eight seconds.
pub const RUNNING_MAX: usize = 60;

/// Notices of a hall: a screen turns a page every eight seconds here too.
pub const NOTICES_MAX: usize = 12;

/// 公告: a notice and when it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub title: String,
    /// Its text, by its schedule.
    pub body: Running,
}

/// A running text and when it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The text.
    pub text: String,
    /// On these weekdays, Monday first.
    pub days: [bool; 7],
    /// From this minute of the day.
    pub from: Minute,
    /// Until this minute, which no longer counts.
    pub until: Minute,
    /// The last day; for ever if there is none.
    pub last_day: Option<Day>,
}

impl Running {
    /// A text that always runs.
    #[must_use]
    pub const fn always(text: String) -> Self {
        Self { text, days: [true; 7], from: Minute(0), until: Minute(24 * 60), last_day: None }
    }

    /// True if it runs on this date at this minute of the day.
    #[must_use]
    pub fn runs(&self, date: Date, minute: i64) -> bool {
        let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let hours = i64::from(self.from.0)..i64::from(self.until.0);
        let is_over = self.last_day.is_some_and(|last| last < day_of(date));
        self.days[day] && hours.contains(&minute) && !is_over
    }
}

/// Reads one `[[notice]]`.
pub fn notice(mut table: Table, problems: &mut Vec<Problem>) -> Option<Notice> {
    let title = table.name("title", problems);
    let body = read(table, problems);
    Some(Notice { title: title?.value, body: body? })
}

/// Reads one `[[running]]`.
pub fn read(mut table: Table, problems: &mut Vec<Problem>) -> Option<Running> {
    let text = table.name("text", problems);
    let from = table.maybe::<Minute>("from", problems);
    let until = table.maybe::<Minute>("until", problems);
    let last_day = table.maybe::<Day>("last_day", problems).map(|found| found.value);
    let mut days = [!table.has("days"); 7];
    for day in table.list::<String>("days", problems) {
        match DAYS.iter().position(|known| *known == day.value) {
            Some(place) => days[place] = true,
            None => problems.push(table.not_one_of(&day, DAYS.into_iter())),
        }
    }
    let line = until.as_ref().map_or(table.line(), |until| until.line);
    let from = from.map_or(Minute(0), |found| found.value);
    let until = until.map_or(Minute(24 * 60), |found| found.value);
    if until.0 <= from.0 {
        problems.push(table.problem(line, "running_ends_before"));
    }
    table.finish(problems);
    Some(Running { text: text?.value, days, from, until, last_day })
}
