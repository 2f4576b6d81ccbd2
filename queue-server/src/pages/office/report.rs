//! 日报, 周报, 月小结, 季通报, 年考核: every indicator with its base, beside the period before and its
//! target; by zone, department, queue, item, window, clerk or device; the course, the half hours and
//! how waits and services are spread.

pub mod gather;
mod heat;
pub mod period;
mod said;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{
    setup::{Rules, Setup},
    views::indicators::{figures::Figures, spans::Spans},
    words::indicator::{Grouping, Indicator},
};
use jiff::civil::Date;
use serde::Deserialize;
use wire::texts::Texts;

use super::{csv, sheet::About};
use crate::{
    app::App,
    clock::date_of,
    pages::{Shared, guard::HallReader, html, named::Names, shell::Shell},
    readings::tally::{WAIT_CLASS_SECS, WAIT_CLASSES},
    store::sums::GroupSums,
};
use gather::Gathered;
use period::{Length, Period};
use said::Said;

/// What is wanted; what is not said is the day that is or was open last, of the hall.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    by: Option<String>,
}

/// A way to another report.
struct Way {
    href: String,
    name: String,
    here: bool,
}

struct Section {
    name: String,
    rows: Vec<Said>,
}

/// A figure in a table: its value, its base, and whether that is too small to say much.
struct Cell {
    value: String,
    base: String,
    is_of_few: bool,
}

struct GroupRow {
    name: String,
    cells: Vec<Cell>,
}

/// A step of the course.
struct StepRow {
    name: String,
    issued: u32,
    bar: u32,
    served: u32,
    wait: String,
    on_target: Cell,
    satisfied: Cell,
}

/// A class of a distribution.
struct ClassRow {
    name: String,
    count: u32,
    bar: u32,
}

struct View {
    title: String,
    base: String,
    goes_on: bool,
    lengths: Vec<Way>,
    groupings: Vec<Way>,
    around: Vec<Way>,
    csv: String,
    sections: Vec<Section>,
    group_title: String,
    /// Names of the columns, each with its unit.
    columns: Vec<String>,
    /// 上期, with the days that it is.
    before: String,
    /// 基数小.
    few: String,
    groups: Vec<GroupRow>,
    steps: Vec<StepRow>,
    heats: Vec<(String, String, heat::Map)>,
    spreads: Vec<(String, Vec<ClassRow>)>,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_report.html")]
struct Page {
    s: Shell,
    r: View,
}

/// What a request means.
#[derive(Clone, Copy)]
struct Wanted {
    period: Period,
    by: Grouping,
}

/// `GET /office/report?period=month&day=2026-11-23&by=queue`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let r = fill(&app, wanted(&app, &asked), s.t);
    html(&Page { s, r })
}

/// `GET /office/report.csv?period=month&day=2026-11-23&by=queue`: every indicator of every group.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let (wanted, texts) = (wanted(&app, &asked), reader.texts);
    let gathered = gather::gather(&app, wanted.period, wanted.by);
    let rows = table(Names::by(&app, texts), &app.profile.setup, &gathered, wanted.by, texts);
    let Period { length, from, .. } = wanted.period;
    let (title, base) = named_period(wanted.period, &gathered, texts);
    let title = format!("{title} · {}", texts.get(&format!("report.{}", wanted.by)));
    csv::answer(
        &format!("paihao-{}-{from}-{}", length.word(), wanted.by),
        About { title, base },
        rows,
    )
}

fn wanted(app: &App, asked: &Asked) -> Wanted {
    let length = asked.period.as_deref().and_then(Length::parse).unwrap_or(Length::Day);
    let by = asked.by.as_deref().and_then(Grouping::parse).unwrap_or(Grouping::Hall);
    let day = asked.day.as_deref().and_then(|text| text.parse::<Date>().ok());
    let last = || app.read(hall::Hall::last_day).and_then(date_of);
    let day = day.or_else(last).unwrap_or_else(|| app.clock.date(app.now()));
    Wanted { period: Period::around(length, day), by }
}

impl Wanted {
    fn href(self, path: &str) -> String {
        format!(
            "{path}?period={}&day={}&by={}",
            self.period.length.word(),
            self.period.from,
            self.by
        )
    }

    fn way(self, to: Self, name: &str) -> Way {
        let here = (to.period, to.by) == (self.period, self.by);
        Way { href: to.href("/office/report"), name: name.to_owned(), here }
    }
}

fn fill(app: &App, wanted: Wanted, texts: &Texts) -> View {
    let setup = &app.profile.setup;
    let (period, rules) = (wanted.period, setup.rules());
    let now = gather::gather(app, period, wanted.by);
    let before = gather::before(app, period);
    let (figures, was) = (now.hall.hall(), gather::of_hall_if_open(app, before));
    let today = app.clock.date(app.now());
    let (title, base) = named_period(period, &now, texts);
    // A shorter period begins with the last day of the longer one that has passed.
    let end = period.until.min(today).max(period.from);
    let length = |length: Length| {
        let to = Wanted { period: Period::around(length, end), ..wanted };
        wanted.way(to, texts.get(&format!("report.{}", length.word())))
    };
    let grouping = |by: &Grouping| {
        wanted.way(Wanted { by: *by, ..wanted }, texts.get(&format!("report.{by}")))
    };
    View {
        title,
        base,
        goes_on: period.has(today) && app.read(|hall| hall.day().is_some() || period.until > today),
        lengths: Length::ALL.into_iter().map(length).collect(),
        groupings: Grouping::ALL.iter().map(grouping).collect(),
        around: vec![
            wanted.way(Wanted { period: period.before(), ..wanted }, texts.get("report.before")),
            wanted.way(Wanted { period: period.after(), ..wanted }, texts.get("report.after")),
        ],
        csv: wanted.href("/office/report.csv"),
        sections: sections(&figures, was.as_ref(), rules, texts),
        group_title: texts.get(&format!("report.{}", wanted.by)).to_owned(),
        columns: said::columns(wanted.by)
            .iter()
            .map(|each| said::with_its_unit(*each, rules, texts))
            .collect(),
        before: texts.fill("report.before_of", &[("span", &span(before, texts))]),
        few: texts.get("report.few").to_owned(),
        groups: groups(Names::by(app, texts), setup, &now.groups, wanted.by),
        steps: steps(&now, rules),
        heats: heats(&now, texts),
        spreads: vec![
            (texts.get("report.waits").to_owned(), classes(&figures.waits)),
            (texts.get("report.services").to_owned(), classes(&figures.services)),
        ],
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// 日报, 月小结 …, with the days from which to which, and its base.
fn named_period(period: Period, now: &Gathered, texts: &Texts) -> (String, String) {
    let figures = now.hall.hall();
    let given: u32 = figures.given().iter().sum();
    let span = span(period, texts);
    let title = texts.fill(&format!("report.title_{}", period.length.word()), &[("span", &span)]);
    let base = texts.fill(
        "report.base",
        &[
            ("days", &now.days),
            ("issued", &figures.issued),
            ("served", &figures.served),
            ("given", &given),
        ],
    );
    (title, base)
}

/// "2026-11-23", or from which day to which.
fn span(period: Period, texts: &Texts) -> String {
    if period.from == period.until {
        return period.from.to_string();
    }
    texts.fill("report.to", &[("from", &period.from), ("until", &period.until)])
}

fn sections(now: &Figures, before: Option<&Figures>, rules: &Rules, texts: &Texts) -> Vec<Section> {
    let section = |(name, indicators): &(&str, &[Indicator])| Section {
        name: texts.get(&format!("report.{name}")).to_owned(),
        rows: indicators.iter().map(|each| said::said(*each, now, before, rules, texts)).collect(),
    };
    said::SECTIONS.iter().map(section).collect()
}

/// The groups of a period by their names, in the order of the profile; those that it no longer has
/// come last, by what they were called.
fn named<'s>(
    names: Names<'_>,
    setup: &Setup,
    sums: &'s GroupSums,
    by: Grouping,
) -> Vec<(String, String, &'s Figures)> {
    let known: Vec<(String, String)> = match by {
        Grouping::Hall => vec![(String::new(), names.hall())],
        Grouping::Zone => {
            setup.zones().iter().map(|it| (it.id.to_string(), names.zone(it.id))).collect()
        }
        Grouping::Department => setup
            .departments()
            .iter()
            .map(|it| (it.id.to_string(), names.department(it.id)))
            .collect(),
        Grouping::Queue => {
            setup.queues().iter().map(|it| (it.id.to_string(), names.queue(it.id))).collect()
        }
        Grouping::Item => {
            setup.items().iter().map(|it| (it.id.to_string(), names.item(it))).collect()
        }
        Grouping::Window => {
            setup.windows().iter().map(|it| (it.id.to_string(), names.window(it.id))).collect()
        }
        Grouping::Clerk | Grouping::Device => Vec::new(),
    };
    let mut rest: Vec<&String> = sums.groups.keys().collect();
    rest.retain(|id| !known.iter().any(|(known, _)| known == *id));
    let rest: Vec<(String, String)> =
        rest.into_iter().map(|id| (id.clone(), String::new())).collect();
    let all = known.into_iter().chain(rest);
    all.filter_map(|(id, name)| Some((id.clone(), name, sums.groups.get(&id)?))).collect()
}

fn groups(names: Names<'_>, setup: &Setup, sums: &GroupSums, by: Grouping) -> Vec<GroupRow> {
    let rules = setup.rules();
    let row = |(id, name, figures): (String, String, &Figures)| {
        let cell = |indicator: &Indicator| cell(*indicator, figures, rules);
        let name = if name.is_empty() { id } else { format!("{id} {name}") };
        GroupRow { name, cells: said::columns(by).iter().map(cell).collect() }
    };
    if by == Grouping::Hall {
        return Vec::new();
    }
    named(names, setup, sums, by).into_iter().map(row).collect()
}

fn cell(indicator: Indicator, figures: &Figures, rules: &Rules) -> Cell {
    let value = indicator.of(figures, rules);
    let base = value.base().filter(|_| value.number().is_some());
    Cell {
        value: said::number(value),
        base: base.map_or(String::new(), |base| format!("/{base:.0}")),
        is_of_few: said::is_of_few(indicator, figures, rules),
    }
}

fn steps(gathered: &Gathered, rules: &Rules) -> Vec<StepRow> {
    let steps = || gathered.steps.values().map(|(step, sums)| (step, sums.hall()));
    let most = steps().map(|(_, figures)| figures.issued).max().unwrap_or(0).max(1);
    let row = |(step, figures): (&Period, Figures)| {
        let written = |indicator: Indicator| said::number(indicator.of(&figures, rules));
        StepRow {
            name: step.written(),
            issued: figures.issued,
            bar: figures.issued * 200 / most,
            served: figures.served,
            wait: written(Indicator::Wait),
            on_target: cell(Indicator::WaitOnTarget, &figures, rules),
            satisfied: cell(Indicator::Satisfied, &figures, rules),
        }
    };
    steps().map(row).collect()
}

fn heats(gathered: &Gathered, texts: &Texts) -> Vec<(String, String, heat::Map)> {
    let text = |key: &str| texts.get(key).to_owned();
    let (issued, waiting) =
        (heat::issued(&gathered.by_day, texts), heat::waiting(&gathered.by_day, texts));
    vec![
        (text("report.heat"), text("report.heat_note"), issued),
        (text("report.heat_waiting"), text("report.heat_waiting_note"), waiting),
    ]
}

/// "0–5", …, "60+" minutes.
fn classes(spans: &Spans) -> Vec<ClassRow> {
    let counts = spans.classes::<WAIT_CLASSES>(WAIT_CLASS_SECS);
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let minutes = WAIT_CLASS_SECS as usize / 60;
    let class = |(at, count): (usize, u32)| {
        let (from, last) = (at * minutes, at + 1 == WAIT_CLASSES);
        let name = if last { format!("{from}+") } else { format!("{from}–{}", from + minutes) };
        ClassRow { name, count, bar: count * 200 / most }
    };
    counts.into_iter().enumerate().map(class).collect()
}

/// Every indicator of every group: its value and, behind it, its base.
fn table(
    names: Names<'_>,
    setup: &Setup,
    gathered: &Gathered,
    by: Grouping,
    texts: &Texts,
) -> csv::Rows {
    let rules = setup.rules();
    let base = texts.get("report.th_base");
    let mut head = vec![texts.get(&format!("report.{by}")).to_owned(), String::new()];
    head[1] = texts.get("office.csv_name").to_owned();
    for indicator in Indicator::ALL {
        let name = said::name(*indicator, texts);
        head.extend([said::with_its_unit(*indicator, rules, texts), format!("{name} {base}")]);
    }
    let sums = if by == Grouping::Hall { &gathered.hall } else { &gathered.groups };
    let mut rows = vec![head];
    let mut add = |id: String, name: String, figures: &Figures| {
        let mut row = vec![id, name];
        for indicator in Indicator::ALL {
            let value = indicator.of(figures, rules);
            let written = |number: f64| format!("{}", (number * 1_000.0).round() / 1_000.0);
            row.push(value.number().map_or(String::new(), written));
            row.push(value.base().map_or(String::new(), written));
        }
        rows.push(row);
    };
    for (id, name, figures) in named(names, setup, sums, by) {
        add(id, name, figures);
    }
    if by != Grouping::Hall {
        add(texts.get("office.csv_sum").to_owned(), String::new(), &gathered.hall.hall());
    }
    rows
}
