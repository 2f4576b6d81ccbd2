//! Running texts of the hall screens: those of `[screen]` always run, a `[[running]]` by its days
//! and hours.

use jiff::civil::Date;

use crate::profile::{
    calendar::{DAYS, Minute},
    problem::Problem,
    reader::Table,
};

/// Running texts of a hall: a screen turns a page every eight seconds.
pub const RUNNING_MAX: usize = 60;

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
}

impl Running {
    /// A text that always runs.
    #[must_use]
    pub const fn always(text: String) -> Self {
        Self { text, days: [true; 7], from: Minute(0), until: Minute(24 * 60) }
    }

    /// True if it runs on this date at this minute of the day.
    #[must_use]
    pub fn runs(&self, date: Date, minute: i64) -> bool {
        let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let hours = i64::from(self.from.0)..i64::from(self.until.0);
        self.days[day] && hours.contains(&minute)
    }
}

/// Reads one `[[running]]`.
pub fn read(mut table: Table, problems: &mut Vec<Problem>) -> Option<Running> {
    let text = table.name("text", problems);
    let from = table.maybe::<Minute>("from", problems);
    let until = table.maybe::<Minute>("until", problems);
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
    Some(Running { text: text?.value, days, from, until })
}
