//! 评价: every evaluation of a period with what it is about, the five levels with 主动评价率 beside 满意率,
//! and the file for a province's platform.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use hall::{
    setup::Setup,
    time::Timestamp,
    views::indicators::{define::Share, figures::Figures},
    words::{Rating, Reason},
};
use jiff::civil::Date;
use serde::Deserialize;
use wire::texts::Texts;

use super::{
    csv,
    report::{
        gather,
        period::{Length, Period},
    },
    sheet::{self, About},
    tasks,
};
use crate::{
    app::App,
    clock::{date_of, day_of},
    exports,
    pages::{Shared, guard::HallReader, html, named::Names, shell::Shell, written},
    store::said::{self, EvaluationRow},
};

/// Rows of one page; the file has all of them.
const ROWS_SHOWN: usize = 200;

/// A device with fewer levels than this is marked.
const LEVELS: u8 = 5;

/// Which are wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    level: Option<String>,
    #[serde(default)]
    window: Option<String>,
    #[serde(default)]
    platform: Option<String>,
}

struct Level {
    name: String,
    count: u32,
    share: String,
    bar: u32,
    colour: &'static str,
}

struct Row {
    at: String,
    no: String,
    window: String,
    staff: String,
    queue: String,
    item: String,
    rating: String,
    is_negative: bool,
    reasons: String,
    text: String,
    channel: String,
    few: Option<String>,
    /// The 处理单 of a 差评 that is known still.
    task: Option<u32>,
}

struct Way {
    href: String,
    name: String,
    here: bool,
}

struct View {
    title: String,
    base: String,
    /// 主动评价率 and 满意率, each with its base.
    shares: Vec<(String, String, String)>,
    levels: Vec<Level>,
    reasons: Vec<(String, u32)>,
    few: String,
    lengths: Vec<Way>,
    around: Vec<Way>,
    ratings: Vec<(String, String, bool)>,
    windows: Vec<(String, bool)>,
    period: &'static str,
    day: String,
    rows: Vec<Row>,
    more: Option<String>,
    csv: String,
    export: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_evaluations.html")]
struct Page {
    s: Shell,
    v: View,
}

/// What a request means.
struct Wanted {
    period: Period,
    level: Option<Rating>,
    negative: bool,
    window: Option<String>,
}

const NEGATIVE: &str = "negative";

fn wanted(app: &App, asked: &Asked) -> Wanted {
    let length = asked.period.as_deref().and_then(Length::parse).unwrap_or(Length::Day);
    let day = asked.day.as_deref().and_then(|text| text.parse::<Date>().ok());
    let last = || app.read(hall::Hall::last_day).and_then(date_of);
    let day = day.or_else(last).unwrap_or_else(|| app.clock.date(app.now()));
    Wanted {
        period: Period::around(length, day),
        level: asked.level.as_deref().and_then(Rating::parse),
        negative: asked.level.as_deref() == Some(NEGATIVE),
        window: asked.window.clone().filter(|window| !window.is_empty()),
    }
}

impl Wanted {
    fn includes(&self, row: &EvaluationRow) -> bool {
        let level = self.level.is_none_or(|level| row.rating == level);
        let negative = !self.negative || row.rating.is_negative();
        let of_row = || row.window.map(|window| window.to_string());
        level
            && negative
            && self.window.as_ref().is_none_or(|window| of_row().as_ref() == Some(window))
    }

    fn level_word(&self) -> String {
        let level = self.level.map(|level| level.to_string());
        level.unwrap_or_else(|| if self.negative { NEGATIVE.to_owned() } else { String::new() })
    }

    fn href(&self, path: &str, period: Period) -> String {
        let (length, from) = (period.length.word(), period.from);
        let window = self.window.as_deref().map_or(String::new(), tasks::encoded);
        format!("{path}?period={length}&day={from}&level={}&window={window}", self.level_word())
    }
}

/// The evaluations of a period, the newest first: closed days from the store, the open one from the hall.
fn rows(app: &App, period: Period) -> Vec<EvaluationRow> {
    let span = (day_of(period.from), day_of(period.until));
    let mut rows: Vec<EvaluationRow> = app.store.evaluations(span).collect();
    let open = app.read(hall::Hall::day).and_then(date_of).filter(|date| period.has(*date));
    if open.is_some() {
        rows.extend(app.read(said::evaluations));
    }
    rows.reverse();
    rows
}

/// `GET /office/evaluations?period=week&day=2026-11-23&level=negative&window=20`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let v = fill(&app, &wanted(&app, &asked), s.t);
    html(&Page { s, v })
}

fn fill(app: &App, wanted: &Wanted, texts: &Texts) -> View {
    let period = wanted.period;
    let figures = gather::of_hall(app, period);
    let all: Vec<EvaluationRow> =
        rows(app, period).into_iter().filter(|row| wanted.includes(row)).collect();
    let more = all.len().saturating_sub(ROWS_SHOWN);
    let shown = all.iter().take(ROWS_SHOWN).map(|each| row(app, each, texts)).collect();
    let length = |length: Length| Way {
        href: wanted.href(
            "/office/evaluations",
            Period::around(length, period.until.min(app.clock.date(app.now())).max(period.from)),
        ),
        name: texts.get(&format!("report.{}", length.word())).to_owned(),
        here: length == period.length,
    };
    let around = [(period.before(), "report.before"), (period.after(), "report.after")];
    let around = around.map(|(period, key)| Way {
        href: wanted.href("/office/evaluations", period),
        name: texts.get(key).to_owned(),
        here: false,
    });
    let share = |key: &str, share: Share| {
        let percent = share.percent().map_or(written::NOBODY.to_owned(), |it| format!("{it:.1}%"));
        (
            texts.get(&format!("indicator.{key}")).to_owned(),
            percent,
            format!("{}/{}", share.part, share.whole),
        )
    };
    let (given, few) = (figures.given().iter().sum::<u32>(), figures.few_levels);
    View {
        title: texts.fill("evaluations.title", &[("span", &span(period, texts))]),
        base: texts.fill("evaluations.base", &[("served", &figures.served), ("given", &given)]),
        shares: vec![
            share("evaluated", figures.evaluated()),
            share("satisfied", figures.satisfied()),
            share("praised", figures.praised()),
            share("negative", figures.negative()),
        ],
        levels: levels(&figures, texts),
        reasons: negative_reasons(&figures, texts),
        few: texts.fill("evaluations.few", &[("n", &few), ("of", &given)]),
        lengths: Length::ALL.into_iter().map(length).collect(),
        around: around.into_iter().collect(),
        ratings: ratings(wanted, texts),
        windows: windows(&app.profile.setup, wanted),
        period: period.length.word(),
        day: period.from.to_string(),
        rows: shown,
        more: (more > 0).then(|| texts.fill("evaluations.more", &[("n", &more)])),
        csv: wanted.href("/office/evaluations.csv", period),
        export: format!("{}&platform=plain", wanted.href("/office/evaluations.csv", period)),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// "2026-11-23", or from which day to which.
fn span(period: Period, texts: &Texts) -> String {
    if period.from == period.until {
        return period.from.to_string();
    }
    texts.fill("report.to", &[("from", &period.from), ("until", &period.until)])
}

fn levels(figures: &Figures, texts: &Texts) -> Vec<Level> {
    let given = figures.given();
    let whole: u32 = given.iter().sum();
    let level = |(rating, count): (&Rating, u32)| {
        let share = Share::of(count, whole);
        Level {
            name: tasks::rating_word(*rating, texts),
            count,
            share: share.percent().map_or(written::NOBODY.to_owned(), |it| format!("{it:.1}%")),
            bar: share.ratio().map_or(0, |ratio| (ratio * 200.0).round() as u32),
            colour: if rating.is_negative() { "f-red" } else { "f-brand" },
        }
    };
    Rating::ALL.iter().zip(given).rev().map(level).collect()
}

fn negative_reasons(figures: &Figures, texts: &Texts) -> Vec<(String, u32)> {
    let counts = Reason::ALL.iter().zip(figures.negative_reasons).filter(|(_, count)| *count > 0);
    let mut counts: Vec<(&Reason, u32)> = counts.collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let word = |reason: &Reason| texts.get(&format!("reason.{reason}")).to_owned();
    counts.into_iter().map(|(reason, count)| (word(reason), count)).collect()
}

fn ratings(wanted: &Wanted, texts: &Texts) -> Vec<(String, String, bool)> {
    let here = wanted.level_word();
    let each = |word: String, name: &str| (word.clone(), name.to_owned(), word == here);
    let all = each(String::new(), texts.get("evaluations.all"));
    let negative = each(NEGATIVE.to_owned(), texts.get("evaluations.negative"));
    let levels = Rating::ALL.iter().rev();
    let levels = levels.map(|level| each(level.to_string(), texts.get(&format!("rating.{level}"))));
    [all, negative].into_iter().chain(levels).collect()
}

fn windows(setup: &Setup, wanted: &Wanted) -> Vec<(String, bool)> {
    let ids = setup.windows().iter().map(|window| window.id.to_string());
    ids.map(|id| (id.clone(), wanted.window.as_ref() == Some(&id))).collect()
}

fn row(app: &App, row: &EvaluationRow, texts: &Texts) -> Row {
    let names = Names::by(app, texts);
    let (item, task) = app.read(|hall| {
        let item = row.item.and_then(|item| names.item_of(hall, item));
        let of_leg = row.leg.and_then(|leg| hall.matter_of(leg));
        let matter = of_leg.or_else(|| hall.matter_of_visit(row.visit?));
        (item, matter.map(|matter| matter.id.0))
    });
    let reasons = row.reasons.iter().map(|each| texts.get(&format!("reason.{each}")).to_owned());
    let queue = row.queue.map(|queue| {
        let known = app.profile.setup.queue(queue);
        known.map_or_else(|| queue.to_string(), |queue| names.queue(queue.id))
    });
    let of_visit = row.visit.map(|visit| texts.fill("visit.no", &[("no", &visit.0)]));
    Row {
        at: tasks::moment(&app.clock, Timestamp(row.at)),
        no: row.no.map(|no| no.to_string()).or(of_visit).unwrap_or_default(),
        window: row.window.map_or(String::new(), |window| window.to_string()),
        staff: row.staff.map_or(String::new(), |staff| staff.to_string()),
        queue: queue.unwrap_or_default(),
        item: item.unwrap_or_default(),
        rating: tasks::rating_word(row.rating, texts),
        is_negative: row.rating.is_negative(),
        reasons: reasons.collect::<Vec<_>>().join(texts.get("pages.join")),
        text: row.text.clone(),
        channel: texts.get(&format!("evaluation_channel.{}", row.channel)).to_owned(),
        few: (row.scale < LEVELS)
            .then(|| texts.fill("evaluations.levels_of", &[("n", &row.scale)])),
        task,
    }
}

/// `GET /office/evaluations.csv`: the same as a table, or with `platform=plain` as a platform takes it.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let texts = reader.texts;
    let made = sheet::at_leisure(move || made(&app, &asked, texts)).await;
    made.unwrap_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn made(app: &App, asked: &Asked, texts: &Texts) -> Response {
    let wanted = wanted(app, asked);
    let all = rows(app, wanted.period);
    let all = all.iter().filter(|row| wanted.includes(row));
    let name = format!("paihao-{}-{}-evaluations", wanted.period.length.word(), wanted.period.from);
    let Some(platform) = asked.platform.as_deref().filter(|name| !name.is_empty()) else {
        let figures = gather::of_hall(app, wanted.period);
        let given = figures.given().iter().sum::<u32>();
        let about = About {
            title: texts.fill("evaluations.title", &[("span", &span(wanted.period, texts))]),
            base: texts.fill("evaluations.base", &[("served", &figures.served), ("given", &given)]),
        };
        return csv::answer(&name, about, table(app, all, texts));
    };
    let Some(platform) = exports::platform(platform) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let rows = app.read(|hall| exports::table(platform, hall, &app.clock, all));
    csv::plainly(&format!("{name}-{}", platform.name()), &rows)
}

/// The heads of the table.
const HEADS: [&str; 11] = [
    "evaluations.th_at",
    "task.th_ticket",
    "office.th_window",
    "office.th_clerk",
    "board.th_queue",
    "task.th_item",
    "task.th_rating",
    "office.th_reason",
    "task.th_text",
    "evaluations.th_channel",
    "evaluations.th_levels",
];

fn table<'r>(app: &App, all: impl Iterator<Item = &'r EvaluationRow>, texts: &Texts) -> csv::Rows {
    let mut rows = vec![HEADS.iter().map(|key| texts.get(key).to_owned()).collect()];
    rows.extend(all.map(|each| {
        let said = row(app, each, texts);
        vec![
            said.at,
            said.no,
            said.window,
            said.staff,
            said.queue,
            said.item,
            said.rating,
            said.reasons,
            said.text,
            said.channel,
            each.scale.to_string(),
        ]
    }));
    rows
}
