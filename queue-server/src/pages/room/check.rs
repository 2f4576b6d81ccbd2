//! 一键自检: every device is asked once, waited for within a bound, and the result can be printed
//! on A4 and filed.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use wire::texts::Texts;

use super::{being, trial};
use crate::{
    access::Role,
    app::App,
    fleet::{
        Known,
        trials::{Checkup, Outcome},
    },
    pages::{Shared, Wanted, guard::Reader, html, shell::Shell, written},
};

/// One device's result.
struct Line {
    name: String,
    id: String,
    kind: String,
    window: String,
    trial: trial::Told,
    /// What is wrong, and where to look first.
    hint: String,
}

struct View {
    /// When it was, and how many passed; empty if there was none.
    summary: String,
    is_over: bool,
    version: String,
    /// Those that did not pass first.
    bad: Vec<Line>,
    good: Vec<Line>,
    /// They cannot answer: whoever checks looks at them, and ticks.
    seen: Vec<Line>,
}

#[derive(Template)]
#[template(path = "room_check.html")]
struct Page {
    s: Shell,
    c: View,
}

#[derive(Template)]
#[template(path = "room_check_live.html")]
struct Fragment {
    s: Shell,
    c: View,
}

/// `GET /room/check`: the last result.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let s = Shell::of(&app, &reader, "/room");
    let c = fill(&app, app.fleet.checkup(), s.t);
    Ok(if wanted.fragment.is_some() { html(&Fragment { s, c }) } else { html(&Page { s, c }) })
}

/// `POST /room/check`: begins one, unless one is under way.
pub async fn begin(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    if app.fleet.checkup().is_none_or(|checkup| checkup.is_over()) {
        app.fleet.check_all(app.now());
        app.devices_changed();
    }
    Ok(Redirect::to("/room/check").into_response())
}

/// Where to look first: what ails the device, or what it says of itself.
fn hint(app: &App, known: &Known, texts: &Texts) -> String {
    let ails = being::of(app, known, texts).hint;
    if !ails.is_empty() {
        return ails;
    }
    known.state.as_ref().map_or(String::new(), |state| super::program(&state.about, texts))
}

fn fill(app: &App, checkup: Option<Checkup>, texts: &Texts) -> View {
    let Some(checkup) = checkup else {
        let (summary, version) = (String::new(), String::new());
        let (bad, good, seen) = (Vec::new(), Vec::new(), Vec::new());
        return View { summary, is_over: true, version, bad, good, seen };
    };
    let devices = trial::in_order(app);
    let (mut bad, mut good, mut seen) = (Vec::new(), Vec::new(), Vec::new());
    for known in &devices {
        let Some(trial) = checkup.trials.get(&known.device.id) else { continue };
        let outcome = trial.outcome();
        let is_well = matches!(outcome, Outcome::Done | Outcome::Sent);
        let window = known.device.window;
        let line = Line {
            name: trial::name(known, texts),
            id: known.device.id.to_string(),
            kind: trial::kind(known, texts),
            window: window.map_or(String::new(), |window| window.to_string()),
            trial: trial::told(Some(trial), texts),
            hint: if is_well { String::new() } else { hint(app, known, texts) },
        };
        match outcome {
            Outcome::Done => good.push(line),
            Outcome::Sent => seen.push(line),
            Outcome::Waits
            | Outcome::Undone(_)
            | Outcome::NoAnswer
            | Outcome::Away
            | Outcome::Key(_) => bad.push(line),
        }
    }
    let is_over = checkup.is_over();
    let (n, look) = (good.len(), seen.len());
    let all = n + look + bad.len();
    let at = written::time(&app.clock, checkup.at);
    let day = app.clock.date(checkup.at);
    let key = if is_over { "room.checked" } else { "room.checking" };
    let summary =
        texts.fill(key, &[("day", &day), ("time", &at), ("n", &n), ("look", &look), ("all", &all)]);
    let version =
        format!("{summary}{}", bad.iter().map(|line| line.trial.word.as_str()).collect::<String>());
    View { summary, is_over, version, bad, good, seen }
}
