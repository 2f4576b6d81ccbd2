//! 申诉与反映: a clerk sees the 差评 that are about them and appeals; what a visitor could not get done is
//! taken down at the window for a receipt.
//!
//! Whoever evaluated is protected: a clerk reads the day, the item and the reasons, never a number, an hour
//! or a visitor's own words (`domain.md` 7.3).

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
    command::{Command, matter::MatterWish},
    event::matter::Matter,
    ids::{MatterId, StaffNo, receipt::Receipt},
    state::handled::Asked,
    words::{Reason, matter::MatterKind},
};
use serde::Deserialize;
use wire::texts::{Language, Texts};

use crate::{
    access::Role,
    app::App,
    engine::NotDone,
    http::{body::Body, caller::Caller, matters::told, problem},
    pages::{
        Shared, board,
        guard::Reader,
        guide::{
            matter::{in_fours, told_by},
            order,
        },
        html,
        named::Names,
        office::tasks::{self, Entry},
        shell::Shell,
        written,
    },
};

/// A 差评 as the clerk whom it is about reads it.
struct Row {
    id: u32,
    day: String,
    item: String,
    reasons: String,
    state: String,
    due: String,
    /// `yellow`, `red` or nothing.
    level: &'static str,
    level_word: String,
    /// 申诉 may be made; what was typed before it was refused.
    may_appeal: Option<String>,
    /// So many steps were taken: pressed twice a form acts once.
    again: usize,
}

/// What was told for a receipt.
struct Told {
    receipt: String,
    stands: String,
}

struct View {
    rows: Vec<Row>,
    departments: Vec<String>,
    reasons: Vec<(&'static str, String)>,
    again: String,
    told: Option<Told>,
    refused: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_matters.html")]
struct Page {
    s: Shell,
    v: View,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    receipt: String,
}

/// `GET /desk/matters`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Desk])?;
    Ok(drawn(&app, &reader, &wanted, None))
}

/// An appeal that was refused: which, what was typed, and why.
type Refused = (u32, String, String);

fn drawn(app: &App, reader: &Reader, wanted: &Wanted, refused: Option<Refused>) -> Response {
    let texts = reader.texts;
    let s = Shell::of(app, reader, "/desk");
    let typed = refused.as_ref().map(|(id, note, _)| (*id, note.as_str()));
    let receipt: Option<Receipt> = wanted.receipt.parse().ok();
    let reason = |each: &Reason| (each.as_str(), texts.get(&format!("reason.{each}")).to_owned());
    let setup = &app.profile.setup;
    let v = View {
        rows: reader.identity.staff.map_or(Vec::new(), |staff| rows(app, staff, reader, typed)),
        departments: setup.departments().iter().map(|each| each.name.clone()).collect(),
        reasons: Reason::ALL.iter().map(reason).collect(),
        again: order::name(),
        told: receipt.and_then(|receipt| {
            let told = app.read(|hall| told::told_of(hall, &app.clock, receipt))?;
            let stands = told::stands(&told, texts);
            Some(Told { receipt: in_fours(&told.receipt.to_string()), stands })
        }),
        refused: refused.map(|(_, _, words)| words),
    };
    html(&Page { s, v })
}

/// Open ones, and those that were closed since the day began.
fn rows(app: &App, staff: StaffNo, reader: &Reader, typed: Option<(u32, &str)>) -> Vec<Row> {
    let about = |matter: &&Matter| is_about(matter, staff);
    app.read(|hall| {
        let open = hall.matters().filter(about).map(|matter| Entry::open(hall, matter));
        let closed = hall.matters_closed().iter().filter(|each| about(&&each.matter));
        let closed = closed.map(|closed| Entry::closed(hall, closed));
        let all = open.chain(closed);
        all.map(|entry| row(app, hall, &entry, reader.language, typed)).collect()
    })
}

fn is_about(matter: &Matter, staff: StaffNo) -> bool {
    matter.kind == MatterKind::Negative && matter.staff == Some(staff)
}

fn row(
    app: &App,
    hall: &Hall,
    entry: &Entry,
    language: Language,
    typed: Option<(u32, &str)>,
) -> Row {
    let texts = Texts::of(language);
    let matter = &entry.matter;
    let level = entry.level.map_or("", tasks::level_word);
    let outcome = entry
        .closed
        .as_ref()
        .map(|(_, outcome, _)| texts.get(&format!("matter_outcome.{outcome}")).to_owned());
    let appeal = match matter.appeal() {
        Asked::Never | Asked::Waits(_) => None,
        Asked::Granted => Some("task.appeal_granted"),
        Asked::Refused => Some("task.appeal_refused"),
    };
    let states = [Some(tasks::state(matter, texts)), appeal.map(|key| texts.get(key).to_owned())];
    let states = states.into_iter().chain([outcome]).flatten().collect::<Vec<_>>();
    let kept = typed.filter(|(id, _)| *id == matter.id.0).map_or("", |(_, note)| note);
    let may_appeal = entry.closed.is_none() && matter.appeal() == Asked::Never;
    Row {
        id: matter.id.0,
        day: written::date(&app.clock, matter.opened),
        item: matter
            .item
            .and_then(|item| Names::of(app, language).item_of(hall, item))
            .unwrap_or_default(),
        reasons: tasks::reasons(matter, texts),
        state: states.join(" · "),
        due: matter.due.map_or(String::new(), |due| due.to_string()),
        level,
        level_word: if level.is_empty() {
            String::new()
        } else {
            texts.get(&format!("task.{level}")).to_owned()
        },
        may_appeal: may_appeal.then(|| kept.to_owned()),
        again: matter.steps.len(),
    }
}

/// What the form of an appeal says.
#[derive(Debug, Deserialize)]
pub struct Appeal {
    id: u32,
    #[serde(default)]
    note: String,
    #[serde(default)]
    again: String,
}

/// `POST /desk/appeal`: of a 差评 about whoever appeals, and of no other.
pub async fn appeal(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Appeal>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Desk])?;
    let texts = reader.texts;
    let id = MatterId(form.id);
    let is_own = reader.identity.staff.is_some_and(|staff| {
        app.read(|hall| hall.matter(id).is_some_and(|matter| is_about(matter, staff)))
    });
    let done = if is_own {
        let wish = MatterWish::Appeal { reason: form.note.trim().to_owned() };
        let again = format!("appeal {} {}", form.id, form.again);
        board::ask(&app, &reader, &again, Command::HandleMatter { matter: id, wish }).await
    } else {
        Err(NotDone::Refused(hall::refusal::Refusal::NoSuchMatter))
    };
    let words = match done {
        Ok(()) => return Ok(Redirect::to("/desk/matters").into_response()),
        Err(why) => problem::why(&why, texts, &app.clock),
    };
    let page = drawn(&app, &reader, &Wanted::default(), Some((form.id, form.note, words)));
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// `POST /desk/matters`: 办不成事 is taken down, for a receipt.
pub async fn tell(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Desk])?;
    let caller = Caller { identity: reader.identity.clone(), language: reader.language };
    match told::tell_matter(State(app.clone()), caller, Body(told_by(&fields))).await {
        Ok((_, told)) => {
            let to = format!("/desk/matters?receipt={}", told.receipt);
            Ok(Redirect::to(&to).into_response())
        }
        Err(no) => {
            let refused = Some((0, String::new(), order::words(&no)));
            let status = no.status();
            Ok((status, drawn(&app, &reader, &Wanted::default(), refused)).into_response())
        }
    }
}
