//! 日报: today's figures, each with its base, and the two pictures a manager asks for.

pub mod accuracy;
pub mod audit;
mod charts;
pub mod csv;
pub mod evaluations;
pub mod inspection_photo;
pub mod inspections;
pub mod ledgers;
pub mod matters;
pub mod people;
pub mod plan;
pub mod report;
pub mod sheet;
pub(in crate::pages) mod stats;
mod tables;
pub mod task;
pub mod tasks;
pub mod unfound;
pub mod visit;
pub mod visits;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use wire::{tally::Tally, texts::Texts};

use super::{
    Shared, Wanted,
    guard::HallReader,
    html,
    named::Names,
    shell::{Shell, Stat},
    written,
};
use crate::app::App;
use tables::{ClerkRow, HalfRow, PauseRow, StandInRow};

struct QueueRow {
    id: String,
    name: String,
    issued: u32,
    served: u32,
    wait: String,
    p90: String,
    target: String,
    service: String,
    no_shows: u32,
}

struct WindowRow {
    id: String,
    name: String,
    served: u32,
    service: String,
    use_share: String,
    pauses: String,
    evaluated: u32,
    score: String,
}

struct Level {
    name: String,
    count: u32,
    bar: u32,
    colour: &'static str,
}

struct View {
    version: String,
    title: String,
    subtitle: String,
    stats: Vec<Stat>,
    curve: String,
    distribution: String,
    distribution_base: String,
    queues: Vec<QueueRow>,
    evaluated: String,
    levels: Vec<Level>,
    reasons: Vec<(String, u32)>,
    /// What is said when there are none.
    no_reasons: &'static str,
    /// 差评 with words of their own: of what, and the words.
    words: Vec<(String, String)>,
    windows: Vec<WindowRow>,
    clerks: Vec<ClerkRow>,
    pauses: Vec<PauseRow>,
    cases: Vec<(String, u32)>,
    at_desk: Vec<(String, u32)>,
    stand_ins: Vec<StandInRow>,
    halves: Vec<HalfRow>,
    waits: Vec<(String, u32)>,
    tables: Vec<(&'static str, String)>,
    day: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office.html")]
struct Page {
    s: Shell,
    o: View,
}

#[derive(Template)]
#[template(path = "office_live.html")]
struct Fragment {
    s: Shell,
    o: View,
}

/// `GET /office`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(wanted): Query<Wanted>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let o = fill(&app, &s);
    if wanted.fragment.is_some() { html(&Fragment { s, o }) } else { html(&Page { s, o }) }
}

/// The day in one line; a closed hall says when it opens.
fn subtitle(app: &App, tally: &Tally, texts: &Texts) -> String {
    let line = texts.fill(
        "office.subtitle",
        &[("issued", &tally.issued), ("served", &tally.served), ("waiting", &tally.waiting)],
    );
    if app.read(|hall| hall.day().is_some()) {
        return line;
    }
    format!("{line} · {}", written::opens_next(app, app.now(), texts))
}

fn fill(app: &App, shell: &Shell) -> View {
    let (texts, tally) = (shell.t, app.tally());
    let names = Names::by(app, texts);
    View {
        version: tally.sequence.to_string(),
        title: texts.fill("office.title", &[("day", &tally.day)]),
        subtitle: subtitle(app, &tally, texts),
        stats: stats::fill(&tally, app.profile.setup.rules(), shell),
        curve: charts::curve(&tally, &breaks(app, &tally), texts),
        distribution: charts::distribution(
            &tally,
            app.profile.setup.rules().wait_red_minutes,
            texts,
        ),
        distribution_base: texts.fill("board.of_people", &[("n", &tally.wait.count)]),
        queues: queues(&tally, names),
        evaluated: texts.fill(
            "office.evaluated_base",
            &[
                ("base", &written::share(&tally.evaluated)),
                ("satisfied", &written::share(&tally.satisfied)),
            ],
        ),
        levels: levels(&tally, texts),
        reasons: tables::reasons(&tally, texts),
        no_reasons: tables::no_reasons(&tally),
        words: tables::words(app, texts),
        windows: windows(&tally, names, texts),
        clerks: tables::clerks(&tally),
        pauses: tables::pauses(&tally, texts),
        cases: tables::cases(&tally, texts),
        at_desk: tables::at_desk(&tally, texts),
        stand_ins: tables::stand_ins(&tally, &app.clock),
        halves: tables::halves(&tally),
        waits: tables::waits(&tally),
        tables: csv::TABLES
            .iter()
            .map(|table| (*table, texts.get(&format!("office.csv_{table}")).to_owned()))
            .collect(),
        day: tally.day.clone(),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// 午休 and the like: minutes of the day in which the hall is closed between two sessions.
fn breaks(app: &App, tally: &Tally) -> Vec<(u32, u32)> {
    let Ok(date) = tally.day.parse::<jiff::civil::Date>() else { return Vec::new() };
    let midnight = app.clock.moment(date, 0);
    let minute = |at: hall::time::Timestamp| (at.since(midnight).0 / 60_000) as u32;
    let mut sessions: Vec<_> = app.daybook.sessions(date).collect();
    sessions.sort_by_key(|session| session.opens);
    let gaps = sessions.windows(2).map(|pair| (minute(pair[0].closes), minute(pair[1].issue_from)));
    gaps.filter(|(closes, opens)| closes < opens).collect()
}

fn queues(tally: &Tally, names: Names<'_>) -> Vec<QueueRow> {
    let row = |queue: &wire::tally::QueueTally| QueueRow {
        id: queue.id.to_string(),
        name: names.queue(queue.id),
        issued: queue.issued,
        served: queue.served,
        wait: written::mean(&queue.wait),
        p90: written::tenths(queue.wait.p90_secs, queue.wait.count),
        target: written::percent(&queue.wait_within_target),
        service: written::mean(&queue.service),
        no_shows: queue.no_shows,
    };
    tally.queues.iter().map(row).collect()
}

fn windows(tally: &Tally, names: Names<'_>, texts: &Texts) -> Vec<WindowRow> {
    let row = |window: &wire::tally::WindowTally| WindowRow {
        id: window.id.to_string(),
        name: names.window(window.id),
        served: window.served,
        service: written::mean(&window.service),
        use_share: written::percent(&window.utilisation),
        pauses: texts.fill(
            "office.pauses",
            &[("n", &window.pauses), ("minutes", &(window.paused_secs / 60))],
        ),
        evaluated: tables::evaluated(window.evaluations),
        score: tables::score(window.evaluations),
    };
    tally.windows.iter().map(row).collect()
}

fn levels(tally: &Tally, texts: &Texts) -> Vec<Level> {
    let most = tally.evaluations.iter().copied().max().unwrap_or(0).max(1);
    let names = ["very_dissatisfied", "dissatisfied", "fair", "satisfied", "very_satisfied"];
    let level = |(name, count): (&str, u32)| Level {
        name: texts.get(&format!("rating.{name}")).to_owned(),
        count,
        bar: count * 200 / most,
        colour: if name.ends_with("dissatisfied") { "f-red" } else { "f-brand" },
    };
    names.into_iter().zip(tally.evaluations).rev().map(level).collect()
}
