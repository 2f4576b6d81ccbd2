//! What is special about some days: holidays, swapped days, markets, tides, early ends.

use std::collections::BTreeSet;

use hall::{
    ids::{QueueId, WindowId},
    time::Day,
};
use jiff::civil::Date;

use super::{
    super::{
        index::{Index, Kind},
        problem::Problem,
        reader::Table,
        value::{DaySpan, YearNumber},
    },
    Calendar, FILE, Minute, Tide, weekdays,
};
use crate::clock::date_of;

/// The longest row of days that one entry may name: no holiday is longer than a month.
const SPAN_MAX: usize = 31;

pub fn read(top: &mut Table, calendar: &mut Calendar, index: &Index, problems: &mut Vec<Problem>) {
    for table in top.tables("year", problems) {
        year(table, calendar, problems);
    }
    let mut market = top.table("market");
    calendar.market_dates = dates(&mut market, "dates", problems);
    calendar.market_month_days = month_days(&mut market, problems);
    market.finish(problems);
    for table in top.tables("tide", problems) {
        let line = table.line();
        let Some(tide) = tide(table, index, problems) else { continue };
        let open = |(from, until)| from <= tide.from && tide.until <= until;
        let held = calendar.sessions.iter().any(|each| open((each.issue_from, each.closes)));
        if let Some(other) = calendar.tides.iter().find(|other| tide.meets(other)) {
            let problem =
                Problem::new(FILE, Some(line), "tide_overlap").with("window", tide.window);
            let problem = problem.with("from", tide.from).with("until", tide.until);
            problems.push(problem.with("other", other.from).warning());
        }
        if tide.until <= tide.from || !held {
            let problem = Problem::new(FILE, Some(line), "tide_outside");
            let problem = problem.with("window", tide.window).with("from", tide.from);
            problems.push(problem.with("until", tide.until));
        }
        calendar.tides.push(tide);
    }
    for table in top.tables("early", problems) {
        early(table, calendar, problems);
    }
    years_are_planned(calendar, problems);
}

impl Calendar {
    /// A warning if the official plan of today's year is missing, or in December that of the next:
    /// the notice is out by then.
    #[must_use]
    pub fn running_out(&self, today: Date) -> Option<Problem> {
        const DECEMBER: i8 = 12;
        let next = (today.month() == DECEMBER).then_some(today.year() + 1);
        let needed = [Some(today.year()), next].into_iter().flatten();
        let missing = needed.into_iter().find(|year| !self.years.contains(year))?;
        let problem = Problem::new(FILE, None, "year_running_out").with("year", missing);
        Some(problem.warning())
    }
}

/// A date of a year without its `[[year]]`: its holidays would be days like others.
fn years_are_planned(calendar: &Calendar, problems: &mut Vec<Problem>) {
    let of_tides = calendar.tides.iter().flat_map(|tide| &tide.dates);
    let dates = calendar.market_dates.iter().chain(of_tides).chain(calendar.early.keys());
    let years: BTreeSet<i16> = dates.map(|date| date.year()).collect();
    for year in years.difference(&calendar.years) {
        let problem = Problem::new(FILE, None, "year_without_plan").with("year", year);
        problems.push(problem.warning());
    }
}

/// `[[year]]`: the official plan of a year, with its source.
fn year(mut table: Table, calendar: &mut Calendar, problems: &mut Vec<Problem>) {
    let year = table.must::<YearNumber>("year", problems);
    table.name("source", problems);
    let holidays = dates(&mut table, "holidays", problems);
    let swapped = dates(&mut table, "swapped", problems);
    let all = holidays.iter().chain(&swapped);
    if let Some(year) = &year
        && let Some(other) = all.clone().find(|date| date.year() != year.value.0)
    {
        let problem = table.problem(year.line, "day_of_other_year").with("day", other);
        problems.push(problem.with("year", year.value.0));
    }
    if let Some(both) = holidays.intersection(&swapped).next() {
        problems.push(table.problem(table.line(), "holiday_and_swapped").with("day", both));
    }
    let weekday = |date: &&Date| date.weekday().to_monday_zero_offset() < 5;
    if let Some(day) = swapped.iter().find(weekday) {
        problems.push(table.problem(table.line(), "swapped_weekday").with("day", day));
    }
    calendar.years.extend(year.map(|year| year.value.0));
    calendar.holidays.extend(holidays);
    calendar.swapped.extend(swapped);
    table.finish(problems);
}

/// Single days and rows of days, written `2026-02-15/2026-02-23`.
fn dates(table: &mut Table, key: &str, problems: &mut Vec<Problem>) -> BTreeSet<Date> {
    let mut dates = BTreeSet::new();
    for found in table.list::<DaySpan>(key, problems) {
        let DaySpan(from, until) = found.value;
        let days: Vec<Date> = from
            .series(jiff::Span::new().days(1))
            .take_while(|date| *date <= until)
            .take(SPAN_MAX + 1)
            .collect();
        if days.is_empty() || days.len() > SPAN_MAX {
            let problem = table.problem(found.line, "bad_span").with("from", from);
            problems.push(problem.with("until", until).with("most", SPAN_MAX));
            continue;
        }
        dates.extend(days);
    }
    dates
}

fn month_days(table: &mut Table, problems: &mut Vec<Problem>) -> BTreeSet<u8> {
    let mut days = BTreeSet::new();
    for found in table.list::<u8>("month_days", problems) {
        if !(1..=31).contains(&found.value) {
            let problem = table.problem(found.line, "out_of_range").with("key", "month_days");
            problems.push(problem.with("low", 1).with("high", 31));
        }
        days.insert(found.value);
    }
    days
}

fn tide(mut table: Table, index: &Index, problems: &mut Vec<Problem>) -> Option<Tide> {
    let window = table.must::<WindowId>("window", problems);
    if let Some(window) = &window {
        index.require(Kind::Window, window.value, (FILE, window.line), problems);
    }
    let queues = queues(&mut table, "queues", index, problems);
    let from = table.must::<Minute>("from", problems);
    let until = table.must::<Minute>("until", problems);
    let (days, _) = weekdays(&mut table, problems);
    let (month_days, dates) =
        (month_days(&mut table, problems), dates(&mut table, "dates", problems));
    if queues.is_empty() && !table.has("queues") {
        problems.push(table.problem(table.line(), "missing").with("key", "queues"));
    }
    if !days.contains(&true) && month_days.is_empty() && dates.is_empty() {
        problems.push(table.problem(table.line(), "tide_without_day"));
    }
    table.finish(problems);
    let (window, from, until) = (window?.value, from?.value, until?.value);
    Some(Tide { window, queues, from, until, days, month_days, dates })
}

/// `[[early]]`: a day on which the hall ends before its time, known beforehand.
fn early(mut table: Table, calendar: &mut Calendar, problems: &mut Vec<Problem>) {
    let date = table.must::<Day>("date", problems);
    let issue_until = table.must::<Minute>("issue_until", problems);
    let closes = table.must::<Minute>("closes", problems);
    if let (Some(date), Some(issue_until), Some(closes)) = (date, issue_until, closes) {
        if closes.value < issue_until.value {
            problems.push(table.problem(closes.line, "early_order"));
        }
        match date_of(date.value) {
            Some(day) => {
                calendar.early.insert(day, (issue_until.value, closes.value));
            }
            None => {
                let problem = table.problem(date.line, "bad_day").with("key", "date");
                problems.push(problem.with("value", date.value));
            }
        }
    }
    table.finish(problems);
}

pub fn queues(
    table: &mut Table,
    key: &str,
    index: &Index,
    problems: &mut Vec<Problem>,
) -> Vec<QueueId> {
    let found = table.list::<QueueId>(key, problems);
    for queue in &found {
        index.require(Kind::Queue, queue.value, (FILE, queue.line), problems);
    }
    found.into_iter().map(|found| found.value).collect()
}

pub fn windows(
    table: &mut Table,
    key: &str,
    index: &Index,
    problems: &mut Vec<Problem>,
) -> Vec<WindowId> {
    let found = table.list::<WindowId>(key, problems);
    for window in &found {
        index.require(Kind::Window, window.value, (FILE, window.line), problems);
    }
    found.into_iter().map(|found| found.value).collect()
}
