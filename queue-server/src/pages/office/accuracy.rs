//! 预计准确度: what people were told when they took their numbers, beside when they were called; by
//! queue, and by queue and hour. Where the word was wrong too often, and so is told no more, this
//! says so.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{Hall, ids::QueueId, views::estimates::Accuracy};
use serde::Deserialize;
use wire::texts::Texts;

use super::{csv, sheet::About};
use crate::{
    app::App,
    forecasts::silence,
    pages::{
        Shared,
        guard::HallReader,
        html,
        named::Names,
        shell::{Shell, Stat},
        written::NOBODY,
    },
    store::forecast::{AccuracyRow, rows},
};

/// Closed days that may be looked at together, beside today alone.
const SPANS: [usize; 2] = [silence::DAYS, 20];

/// Of fewer people no share is shown: one more or less would turn it over.
const FEW: u32 = 5;

/// The share that the range is made for, in per cent.
const AIM: f64 = 80.0;

/// How many closed days are wanted; none: today.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    days: Option<usize>,
}

/// A span that may be looked at.
struct Span {
    href: String,
    name: String,
    here: bool,
}

/// A queue's line.
struct Row {
    id: String,
    name: String,
    people: u32,
    covered: String,
    width: String,
    error: String,
    bias: String,
    within_five: String,
    interval: String,
    by_length: String,
    /// `red`: nothing is told; `yellow`: below the aim; or nothing.
    level: &'static str,
    word: String,
}

/// A queue's shares, hour by hour.
struct Hours {
    id: String,
    /// The share called within the range, and `low` where it is below the aim.
    cells: Vec<(String, &'static str)>,
}

struct View {
    subtitle: String,
    spans: Vec<Span>,
    stats: Vec<Stat>,
    rows: Vec<Row>,
    hours: Vec<String>,
    by_hour: Vec<Hours>,
    learned: String,
    rule: String,
    csv: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_accuracy.html")]
struct Page {
    s: Shell,
    a: View,
}

/// `GET /office/accuracy?days=5`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let a = fill(&app, asked.days, s.t);
    html(&Page { s, a })
}

/// `GET /office/accuracy.csv?days=5`: every queue and hour.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let (found, of_days) = found(&app, asked.days);
    let about = About {
        title: reader.texts.get("office.accuracy").to_owned(),
        base: reader.texts.fill("report.days", &[("n", &of_days)]),
    };
    let span = asked.days.map_or_else(|| "today".to_owned(), |days| format!("{days}-days"));
    csv::answer(&format!("paihao-accuracy-{span}"), about, table(&app, &found, reader.texts))
}

/// The rows of a span, and how many days they are of.
fn found(app: &App, days: Option<usize>) -> (Vec<AccuracyRow>, usize) {
    let Some(days) = days else {
        let today = |hall: &Hall| hall.last_day().map(|day| rows(hall, &app.clock, day));
        return (app.read(today).unwrap_or_default(), 1);
    };
    let closed: Vec<_> = app.store.last_days(days.min(SPANS[1])).collect();
    (closed.iter().flat_map(|day| app.store.accuracy(*day)).collect(), closed.len())
}

fn fill(app: &App, days: Option<usize>, texts: &Texts) -> View {
    let (found, of_days) = found(app, days);
    let by_queue = silence::by_queue(&found);
    let all = Accuracy::together(by_queue.values());
    let span = |wanted: Option<usize>| Span {
        href: wanted.map_or_else(String::new, |days| format!("?days={days}")),
        name: match wanted {
            None => texts.get("accuracy.today").to_owned(),
            Some(days) => texts.fill("accuracy.last_days", &[("n", &days)]),
        },
        here: wanted == days,
    };
    let hours: BTreeSet<u8> = found.iter().map(|row| row.hour).collect();
    let knowledge = app.forecasts.knowledge();
    let counts = knowledge.learned.counts;
    View {
        subtitle: match days {
            None => texts.fill("accuracy.subtitle_today", &[("n", &all.count)]),
            Some(_) => texts.fill("accuracy.subtitle", &[("days", &of_days), ("n", &all.count)]),
        },
        spans: [None].into_iter().chain(SPANS.map(Some)).map(span).collect(),
        stats: stats(&all, texts),
        rows: app
            .profile
            .setup
            .queues()
            .iter()
            .filter_map(|queue| {
                let silent = knowledge.silent.contains(&queue.id);
                let accuracy = by_queue.get(&queue.id).copied();
                let name = Names::by(app, texts).queue(queue.id);
                (silent || accuracy.is_some())
                    .then(|| row(queue.id, name, accuracy.unwrap_or_default(), silent, texts))
            })
            .collect(),
        by_hour: by_hour(&found, &hours),
        hours: hours.iter().map(|hour| format!("{hour}:00")).collect(),
        learned: match knowledge.learned.through {
            None => texts.get("accuracy.learned_nothing").to_owned(),
            Some(day) => texts.fill(
                "accuracy.learned",
                &[
                    ("day", &day),
                    ("days", &counts.days),
                    ("services", &counts.services),
                    ("arrivals", &counts.arrivals),
                    ("cut", &(counts.empty + counts.cut)),
                ],
            ),
        },
        rule: texts.fill(
            "accuracy.rule",
            &[
                ("days", &silence::DAYS),
                ("n", &silence::PEOPLE_MIN),
                ("percent", &format!("{:.0}", silence::COVERED_MIN * 100.0)),
            ],
        ),
        csv: days.map_or_else(String::new, |days| format!("?days={days}")),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

fn stats(all: &Accuracy, texts: &Texts) -> Vec<Stat> {
    let people = texts.fill("board.of_people", &[("n", &all.count)]);
    let stat = |key: &str, value: String, unit: &str, base: String| {
        Stat::new(texts, key, figure(all.count, value), unit, base)
    };
    let aim = texts.fill("accuracy.aim", &[("n", &AIM)]);
    let below = all.count >= silence::PEOPLE_MIN && percent(all.covered) < AIM;
    let covered = stat("accuracy.covered", tenths(percent(all.covered)), "pages.percent", aim);
    let covered = if below {
        Stat { level: "yellow", word: texts.get("accuracy.below").to_owned(), ..covered }
    } else {
        covered
    };
    let by_length = texts.fill("accuracy.by_length", &[("n", &all.by_length)]);
    vec![
        covered,
        stat("accuracy.width", tenths(all.width_minutes), "pages.minutes", people.clone()),
        stat("accuracy.error", tenths(all.mean_error_minutes), "pages.minutes", people),
        stat("accuracy.bias", signed(all.bias_minutes), "pages.minutes", bias_says(all, texts)),
        stat(
            "accuracy.within_five",
            tenths(percent(all.within_five)),
            "pages.percent",
            texts.get("accuracy.within_five_base").to_owned(),
        ),
        stat(
            "accuracy.interval",
            tenths(percent(all.interval_covered)),
            "pages.percent",
            by_length,
        ),
    ]
}

/// Whether people are told too much or too little.
fn bias_says(all: &Accuracy, texts: &Texts) -> String {
    let key = match all.bias_minutes {
        bias if bias > 1.0 => "accuracy.bias_much",
        bias if bias < -1.0 => "accuracy.bias_little",
        _ => "accuracy.bias_none",
    };
    if all.count == 0 { String::new() } else { texts.get(key).to_owned() }
}

fn row(id: QueueId, name: String, of: Accuracy, silent: bool, texts: &Texts) -> Row {
    let share = |part: f64| if of.count < FEW { NOBODY.to_owned() } else { whole(part) };
    let below = of.count >= silence::PEOPLE_MIN && percent(of.covered) < AIM;
    let (level, word) = match (silent, below) {
        (true, _) => ("red", "accuracy.silent"),
        (false, true) => ("yellow", "accuracy.below"),
        (false, false) => ("", ""),
    };
    Row {
        id: id.to_string(),
        name,
        people: of.count,
        covered: share(of.covered),
        width: figure(of.count, tenths(of.width_minutes)),
        error: figure(of.count, tenths(of.mean_error_minutes)),
        bias: figure(of.count, signed(of.bias_minutes)),
        within_five: share(of.within_five),
        interval: if of.count < FEW {
            NOBODY.to_owned()
        } else {
            format!("{} / {}", whole(of.interval_covered), tenths(of.interval_minutes))
        },
        by_length: figure(of.count, of.by_length.to_string()),
        level,
        word: if word.is_empty() { String::new() } else { texts.get(word).to_owned() },
    }
}

fn by_hour(found: &[AccuracyRow], hours: &BTreeSet<u8>) -> Vec<Hours> {
    let mut cells: BTreeMap<(QueueId, u8), Accuracy> = BTreeMap::new();
    for row in found {
        let all = cells.entry((row.queue, row.hour)).or_default();
        *all = Accuracy::together([&*all, &row.accuracy]);
    }
    let queues: BTreeSet<QueueId> = found.iter().map(|row| row.queue).collect();
    let cell = |queue, hour: &u8| match cells.get(&(queue, *hour)) {
        None => (String::new(), ""),
        Some(few) if few.count < FEW => (NOBODY.to_owned(), ""),
        Some(of) => (whole(of.covered), if percent(of.covered) < AIM { "low" } else { "" }),
    };
    let row = |queue: QueueId| Hours {
        id: queue.to_string(),
        cells: hours.iter().map(|hour| cell(queue, hour)).collect(),
    };
    queues.into_iter().map(row).collect()
}

fn table(app: &App, found: &[AccuracyRow], texts: &Texts) -> csv::Rows {
    let heads = [
        "board.th_queue",
        "office.csv_name",
        "accuracy.th_hour",
        "accuracy.th_people",
        "accuracy.th_untold",
        "accuracy.th_by_length",
        "accuracy.th_covered",
        "accuracy.th_width",
        "accuracy.th_error",
        "accuracy.th_bias",
        "accuracy.th_within_five",
        "accuracy.th_interval_covered",
        "accuracy.th_interval_width",
    ];
    let mut cells: BTreeMap<(QueueId, u8), Accuracy> = BTreeMap::new();
    for row in found {
        let all = cells.entry((row.queue, row.hour)).or_default();
        *all = Accuracy::together([&*all, &row.accuracy]);
    }
    let name = |id: QueueId| Names::by(app, texts).queue(id);
    let mut rows = vec![heads.map(|key| texts.get(key).to_owned()).to_vec()];
    rows.extend(cells.into_iter().map(|((queue, hour), of)| {
        vec![
            queue.to_string(),
            name(queue),
            format!("{hour}:00"),
            of.count.to_string(),
            of.untold.to_string(),
            of.by_length.to_string(),
            tenths(percent(of.covered)),
            tenths(of.width_minutes),
            tenths(of.mean_error_minutes),
            signed(of.bias_minutes),
            tenths(percent(of.within_five)),
            tenths(percent(of.interval_covered)),
            tenths(of.interval_minutes),
        ]
    }));
    rows
}

fn figure(count: u32, value: String) -> String {
    if count == 0 { NOBODY.to_owned() } else { value }
}

fn percent(part: f64) -> f64 {
    part * 100.0
}

fn whole(part: f64) -> String {
    format!("{:.0}%", percent(part))
}

fn tenths(value: f64) -> String {
    format!("{value:.1}")
}

/// "+0.4"; what rounds to nothing has no sign of its own.
fn signed(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded == 0.0 { "0.0".to_owned() } else { format!("{rounded:+.1}") }
}
