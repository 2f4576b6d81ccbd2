//! 办不成事台账: what people told for a receipt, graded, handed over and closed by its day; and how many of
//! them each department had in a month.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    Hall,
    command::Command,
    ids::MatterId,
    refusal::Refusal,
    words::{
        alert::AlertLevel,
        matter::{MatterKind, MatterOutcome},
    },
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{
    csv,
    report::period::Period,
    sheet::About,
    tasks::{self, Entry},
};
use crate::{
    access::Role,
    app::App,
    engine::NotDone,
    http::{
        matters::told::{self, told_of},
        problem,
    },
    pages::{
        Shared, board,
        guard::{HallReader, Reader},
        html,
        shell::Shell,
        written,
    },
};

/// A matter of the ledger.
struct Row {
    id: u32,
    receipt: String,
    about: String,
    reasons: String,
    opened: String,
    due: String,
    /// How far it is, and who sees to it.
    state: String,
    /// `yellow`, `red` or nothing.
    level: &'static str,
    /// It was graded, so what came of it may be said in its row.
    is_ready: bool,
    /// What came of it; empty while it is open.
    outcome: String,
}

/// 月统计 of a department.
#[derive(Default)]
struct Count {
    told: usize,
    closed: usize,
    in_time: usize,
    open: usize,
    overdue: usize,
}

/// What a receipt told.
struct Found {
    receipt: String,
    say: String,
}

struct View {
    open: Vec<Row>,
    closed: Vec<Row>,
    asked: String,
    found: Option<Found>,
    outcomes: Vec<(&'static str, String)>,
    title: String,
    base: String,
    months: Vec<(String, String)>,
    counts: Vec<(String, Count)>,
    csv: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_matters.html")]
struct Page {
    s: Shell,
    m: View,
}

/// Which receipt is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    receipt: Option<String>,
    #[serde(default)]
    month: Option<String>,
}

/// `GET /office/matters?month=2026-11&receipt=001790482531`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let m = fill(&app, &asked, s.t);
    html(&Page { s, m })
}

/// What the form of a matter says.
#[derive(Deserialize)]
pub struct Closed {
    id: u32,
    outcome: String,
    #[serde(default)]
    note: String,
}

/// `POST /office/matters`: closes one with what came of it.
pub async fn close(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Closed>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let outcome = MatterOutcome::parse(&form.outcome);
    let Some(outcome) = outcome else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    let note = form.note.trim().to_owned();
    let command = Command::CloseMatter { matter: MatterId(form.id), outcome, note };
    let told = |words: String| (StatusCode::CONFLICT, words).into_response();
    let done = board::ask(&app, &reader, "", command).await;
    // Pressed twice it is closed once, and nobody is told off.
    let is_closed =
        |hall: &Hall| hall.matters_closed().iter().any(|each| each.matter.id.0 == form.id);
    if matches!(done, Err(NotDone::Refused(Refusal::NoSuchMatter))) && app.read(is_closed) {
        return Ok(Redirect::to("/office/matters").into_response());
    }
    done.map_err(|why| told(problem::why(&why, reader.texts, &app.clock)))?;
    Ok(Redirect::to("/office/matters").into_response())
}

fn fill(app: &App, asked: &Asked, texts: &Texts) -> View {
    let receipt = asked.receipt.clone().unwrap_or_default();
    let period = tasks::month_of(app, asked.month.as_deref());
    let (open, closed) = tasks::entries(app, MatterKind::Unresolved, period);
    let counts = counts(app, (&open, &closed), period, texts);
    let month = period.written();
    let (title, base) = titled(&open, &closed, period, texts);
    let outcomes = MatterOutcome::ALL.iter().map(|outcome| {
        (outcome.as_str(), texts.get(&format!("matter_outcome.{outcome}")).to_owned())
    });
    let around = [(period.before(), "report.before"), (period.after(), "report.after")];
    let months = around.map(|(period, key)| {
        (format!("/office/matters?month={}", period.written()), texts.get(key).to_owned())
    });
    let found = (!receipt.is_empty()).then(|| app.read(|hall| found(app, hall, &receipt, texts)));
    View {
        open: open.iter().map(|entry| row(app, entry, texts)).collect(),
        closed: closed.iter().rev().map(|entry| row(app, entry, texts)).collect(),
        asked: receipt,
        found,
        outcomes: outcomes.collect(),
        title,
        base,
        months: months.into_iter().collect(),
        counts,
        csv: format!("/office/matters.csv?month={month}"),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// The title of a month's 台账, and its base.
fn titled(open: &[Entry], closed: &[Entry], period: Period, texts: &Texts) -> (String, String) {
    let overdue = open.iter().filter(|each| each.level == Some(AlertLevel::Red)).count();
    let counts: [(&str, &dyn std::fmt::Display); 3] =
        [("open", &open.len()), ("overdue", &overdue), ("closed", &closed.len())];
    let title = texts.fill("office.matters_of", &[("month", &period.written())]);
    (title, texts.fill("task.base", &counts))
}

/// 月统计: of each department what was told and closed in the month, and what is open now.
fn counts(
    app: &App,
    (open, closed): (&[Entry], &[Entry]),
    period: Period,
    texts: &Texts,
) -> Vec<(String, Count)> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for entry in open.iter().chain(closed) {
        let name = Some(entry.department.clone()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| texts.get("office.no_department").to_owned());
        let count = counts.entry(name).or_default();
        count.told += usize::from(period.has(app.clock.date(entry.matter.opened)));
        match &entry.closed {
            Some((at, ..)) => {
                count.closed += 1;
                count.in_time += usize::from(at.in_time);
            }
            None => {
                count.open += 1;
                count.overdue += usize::from(entry.level == Some(AlertLevel::Red));
            }
        }
    }
    counts.into_iter().collect()
}

/// The heads of the 台账.
const HEADS: [&str; 13] = [
    "task.th_no",
    "office.th_receipt",
    "office.th_told",
    "office.th_reason",
    "office.th_department",
    "task.th_grade",
    "task.th_owner",
    "task.th_call_back",
    "office.th_due",
    "task.th_closed",
    "office.th_outcome",
    "office.note",
    "task.th_in_time",
];

/// `GET /office/matters.csv?month=2026-11`: 办不成事台账, those that are open and those closed in the month.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let texts = reader.texts;
    let period = tasks::month_of(&app, asked.month.as_deref());
    let (open, closed) = tasks::entries(&app, MatterKind::Unresolved, period);
    let mut rows = vec![HEADS.iter().map(|key| texts.get(key).to_owned()).collect()];
    rows.extend(open.iter().chain(&closed).map(|entry| cells(&app, entry, texts)));
    let (title, base) = titled(&open, &closed, period, texts);
    csv::answer(&format!("paihao-{}-matters", period.written()), About { title, base }, rows)
}

fn cells(app: &App, entry: &Entry, texts: &Texts) -> Vec<String> {
    let matter = &entry.matter;
    let word = |under: &str, each: &str| texts.get(&format!("{under}.{each}")).to_owned();
    let owner = matter.assigned().and_then(|(_, staff)| staff);
    let (closed, outcome, note, in_time) = entry.closed.as_ref().map_or_else(
        || (String::new(), String::new(), String::new(), String::new()),
        |(at, outcome, note)| {
            let in_time = texts.get(if at.in_time { "task.yes" } else { "task.no" }).to_owned();
            let day = written::date(&app.clock, at.at);
            (day, word("matter_outcome", outcome.as_str()), note.clone(), in_time)
        },
    );
    vec![
        matter.id.0.to_string(),
        matter.receipt.map_or(String::new(), |receipt| receipt.to_string()),
        tasks::moment(&app.clock, matter.opened),
        tasks::reasons(matter, texts),
        entry.department.clone(),
        matter.grade().map_or(String::new(), |each| word("matter_grade", each.as_str())),
        owner.map_or(String::new(), |staff| staff.to_string()),
        matter.call_back().map_or(String::new(), |each| word("call_back", each.as_str())),
        matter.due.map_or(String::new(), |due| due.to_string()),
        closed,
        outcome,
        note,
        in_time,
    ]
}

fn row(app: &App, entry: &Entry, texts: &Texts) -> Row {
    let matter = &entry.matter;
    let owner = matter.assigned().and_then(|(_, staff)| staff);
    let owner = owner.map(|staff| texts.fill("pages.staff", &[("no", &staff)]));
    let state = [Some(tasks::state(matter, texts)), owner];
    Row {
        id: matter.id.0,
        receipt: matter.receipt.map_or_else(String::new, |receipt| receipt.to_string()),
        about: entry.department.clone(),
        reasons: tasks::reasons(matter, texts),
        opened: tasks::moment(&app.clock, matter.opened),
        due: matter.due.map_or_else(String::new, |due| due.to_string()),
        state: state.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        level: entry.level.map_or("", tasks::level_word),
        is_ready: matter.is_looked_into(),
        outcome: entry.closed.as_ref().map_or(String::new(), |(at, outcome, note)| {
            let outcome = texts.get(&format!("matter_outcome.{outcome}")).to_owned();
            format!("{} {outcome} · {note}", written::date(&app.clock, at.at))
        }),
    }
}

/// How what was told under a receipt stands, in a sentence.
fn found(app: &App, hall: &Hall, asked: &str, texts: &Texts) -> Found {
    let told = asked.parse().ok().and_then(|receipt| told_of(hall, &app.clock, receipt));
    let say = told.map_or_else(
        || texts.get("office.receipt_unknown").to_owned(),
        |told| told::stands(&told, texts),
    );
    Found { receipt: asked.to_owned(), say }
}
