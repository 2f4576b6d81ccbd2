//! 日历: a month of the draft as the hall would keep it: working days, holidays, swapped days, sessions.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::words::people::DayKind;
use jiff::{
    Span,
    civil::{Date, date},
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{SetupReader, Shared, Shell, html};
use crate::profile::{Calendar, Profile, forms::Form};

/// Days of a week.
const WEEK: usize = 7;

/// Which month: "2026-10".
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    month: String,
}

struct Day {
    number: i8,
    /// `holiday`, `swapped`, `market`, `weekend` or nothing.
    class: &'static str,
    word: String,
    sessions: Vec<String>,
    tides: Vec<String>,
    is_early: bool,
    is_today: bool,
}

struct Way {
    href: String,
    name: String,
}

struct View {
    title: String,
    base: String,
    before: String,
    after: String,
    heads: Vec<String>,
    weeks: Vec<Vec<Option<Day>>>,
    lists: Vec<Way>,
    is_wrong: bool,
    /// No plan of the year was written: its holidays are days like others.
    no_plan: Option<String>,
}

#[derive(Template)]
#[template(path = "setup_calendar.html")]
struct Page {
    s: Shell,
    v: View,
}

/// `GET /setup/calendar?month=2026-10`.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/setup");
    let today = app.clock.date(app.now());
    let first = format!("{}-01", asked.month).parse::<Date>().unwrap_or(today).first_of_month();
    let drafted = Profile::of(app.drafts.sources(&app.profile));
    let is_wrong = drafted.is_err();
    let calendar =
        drafted.map_or_else(|_| app.profile.calendar.clone(), |profile| profile.calendar);
    let v = fill(&calendar, first, today, is_wrong, s.t);
    html(&Page { s, v })
}

fn fill(calendar: &Calendar, first: Date, today: Date, is_wrong: bool, texts: &Texts) -> View {
    let days: Vec<Date> = first
        .series(Span::new().days(1))
        .take_while(|day| (day.year(), day.month()) == (first.year(), first.month()))
        .collect();
    let blank = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let mut cells: Vec<Option<Day>> = (0..blank).map(|_| None).collect();
    cells.extend(days.iter().map(|each| Some(day(calendar, *each, today, texts))));
    cells.resize_with(cells.len().next_multiple_of(WEEK), || None);
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(WEEK);
        weeks.push(std::mem::replace(&mut cells, rest));
    }
    let working = days.iter().filter(|day| calendar.is_working_day(**day)).count();
    let open = days.iter().filter(|day| calendar.sessions_of(**day).next().is_some()).count();
    let month = |day: Date| format!("/setup/calendar?month={:04}-{:02}", day.year(), day.month());
    let earliest = date(1, 1, 1);
    let before = first.checked_sub(Span::new().months(1)).unwrap_or(earliest);
    let after = first.checked_add(Span::new().months(1)).unwrap_or(first);
    let lists = ["sessions", "years", "tides", "early"].into_iter().filter_map(Form::of);
    let way = |form: &Form| Way {
        href: format!("/setup/rows?list={}", form.word),
        name: texts.get(&format!("setup.list.{}", form.word)).to_owned(),
    };
    let plan_lacks = !calendar.years.contains(&first.year());
    View {
        title: texts.fill("setup.month", &[("year", &first.year()), ("month", &first.month())]),
        base: texts.fill("setup.month_base", &[("working", &working), ("open", &open)]),
        before: month(before),
        after: month(after),
        heads: crate::profile::calendar::DAYS
            .iter()
            .map(|day| texts.get(&format!("setup.word.days_{day}")).to_owned())
            .collect(),
        weeks,
        lists: lists.map(way).collect(),
        is_wrong,
        no_plan: plan_lacks.then(|| texts.fill("setup.no_plan", &[("year", &first.year())])),
    }
}

fn day(calendar: &Calendar, each: Date, today: Date, texts: &Texts) -> Day {
    let class = match calendar.kind(each) {
        DayKind::Holiday => "holiday",
        DayKind::Swapped => "swapped",
        DayKind::Market => "market",
        DayKind::Weekend => "weekend",
        DayKind::Ordinary => "",
    };
    let word = match class {
        "" | "weekend" => String::new(),
        class => texts.get(&format!("setup.day_{class}")).to_owned(),
    };
    let tides = calendar.tides.iter().filter(|tide| tide.is_of(each));
    let is_open = calendar.sessions_of(each).next().is_some();
    let tide = |tide: &crate::profile::Tide| {
        let (from, until) = (tide.from, tide.until);
        let window = tide.window;
        texts.fill("setup.day_tide", &[("window", &window), ("from", &from), ("until", &until)])
    };
    Day {
        number: each.day(),
        class,
        word,
        sessions: calendar
            .sessions_of(each)
            .map(|session| format!("{}–{}", session.opens, session.closes))
            .collect(),
        tides: if is_open { tides.map(tide).collect() } else { Vec::new() },
        is_early: calendar.early.contains_key(&each),
        is_today: each == today,
    }
}
