//! 诉求台账: what must be answered by a day, found by receipt and closed with what came of it.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    Hall, command::Command, event::matter, ids::MatterId, refusal::Refusal,
    words::alert::AlertLevel, words::matter::MatterOutcome,
};
use serde::Deserialize;
use wire::texts::Texts;

use crate::{
    access::Role,
    app::App,
    engine::NotDone,
    http::{
        matters::{
            self,
            told::{self, told_of},
        },
        origin, problem,
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
    kind: String,
    about: String,
    reasons: String,
    opened: String,
    due: String,
    /// `yellow`, `red` or nothing.
    level: &'static str,
    /// What came of it; empty while it is open.
    outcome: String,
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
}

/// `GET /office/matters?receipt=00017482`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let asked = asked.receipt.unwrap_or_default();
    let m = app.read(|hall| fill(&app, hall, &asked, s.t));
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
    headers: HeaderMap,
    Form(form): Form<Closed>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let outcome = MatterOutcome::parse(&form.outcome);
    let (true, Some(outcome)) = (origin::is_ours(&headers), outcome) else {
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
    done.map_err(|why| match why {
        NotDone::Refused(refusal) => told(problem::words(&refusal, reader.texts, &app.clock)),
        NotDone::Busy | NotDone::Stopped => told(reader.texts.get("api.busy").to_owned()),
    })?;
    Ok(Redirect::to("/office/matters").into_response())
}

fn fill(app: &App, hall: &Hall, asked: &str, texts: &Texts) -> View {
    let open = hall.matters().map(|matter| row(app, hall, matter, texts));
    let closed = hall.matters_closed().iter().rev().map(|closed| {
        let outcome = texts.get(&format!("matter_outcome.{}", closed.outcome)).to_owned();
        let outcome = format!("{outcome} · {}", closed.note);
        Row { outcome, level: "", ..row(app, hall, &closed.matter, texts) }
    });
    let outcomes = MatterOutcome::ALL.iter().map(|outcome| {
        (outcome.as_str(), texts.get(&format!("matter_outcome.{outcome}")).to_owned())
    });
    View {
        open: open.collect(),
        closed: closed.collect(),
        asked: asked.to_owned(),
        found: (!asked.is_empty()).then(|| found(app, hall, asked, texts)),
        outcomes: outcomes.collect(),
    }
}

fn row(app: &App, hall: &Hall, matter: &matter::Matter, texts: &Texts) -> Row {
    let window = matter.window.map(|window| texts.fill("pages.window_no", &[("no", &window)]));
    let no = matter.no.map(|no| no.to_string());
    let about = [matters::department(hall, matter), window, no];
    let reasons =
        matter.reasons.iter().map(|reason| texts.get(&format!("reason.{reason}")).to_owned());
    Row {
        id: matter.id.0,
        receipt: matter.receipt.map_or_else(String::new, |receipt| receipt.to_string()),
        kind: texts.get(&format!("matter_kind.{}", matter.kind)).to_owned(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        reasons: reasons.collect::<Vec<_>>().join(texts.get("pages.join")),
        opened: format!(
            "{} {}",
            app.clock.day(matter.opened),
            written::time(&app.clock, matter.opened)
        ),
        due: matter.due.map_or_else(String::new, |due| due.to_string()),
        level: match hall.matter_level(matter) {
            Some(AlertLevel::Red) => "red",
            Some(AlertLevel::Yellow) => "yellow",
            None => "",
        },
        outcome: String::new(),
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
