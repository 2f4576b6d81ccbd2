//! 大厅配置: what is in force and was before, the draft, and how it comes in force.

pub mod calendar;
pub mod compared;
pub mod import;
mod may;
pub mod photo;
pub mod row;
pub mod rows;
pub mod rules;
mod said;
mod sent;
pub mod texts;
pub mod words;

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{FromRequestParts, Query, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use hall::{event::people::CatalogueChanged, ids::SetupVersion, words::Actor};
use serde::Deserialize;
use wire::texts::Texts;

use super::{Shared, guard::Reader, html, shell::Shell};
use crate::{
    access::Role,
    app::App,
    clock::day_of,
    draft::{Draft, DraftFault, Entry, REASON_CHARS_MAX, Said as Reason, catalogue},
    http::audited::Told,
    profile::{
        Severity,
        forms::{AREAS, FORMS, compare::Change, rows},
    },
    reload::words as reload_words,
};
use may::May;
use rows::list_href;
use said::Said;
use words::{Told as Line, Words};

/// Who may read how the hall is set up; others are led to their own page.
const READS: &[Role] = &[Role::Office, Role::Supervisor, Role::Auditor];

/// Somebody of those.
pub struct SetupReader(pub Reader);

impl FromRequestParts<Arc<App>> for SetupReader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let reader = Reader::from_request_parts(parts, app).await?;
        reader.must_be(READS)?;
        Ok(Self(reader))
    }
}

/// Versions of the history on the page.
const HISTORY_SHOWN: usize = 50;

/// Changes of the draft on the page; the comparison has all of them.
const CHANGES_SHOWN: usize = 12;

/// Problems of the draft on the page.
pub const PROBLEMS_SHOWN: usize = 50;

struct Version {
    version: String,
    at: String,
    by: String,
    proposed: String,
    why: String,
    brings_back: String,
    /// Compared with the one before, and with what is in force.
    before: Option<String>,
    to_now: Option<String>,
    is_now: bool,
}

struct Problem {
    place: String,
    words: String,
    is_warning: bool,
}

struct Drafted {
    /// `calling` while it is worked on, `yellow` while it waits for somebody, `red` if it was sent back.
    level: &'static str,
    state: String,
    editors: String,
    said: String,
    changes: Vec<Line>,
    more: Option<String>,
    problems: Vec<Problem>,
    wrong: usize,
    is_folder_changed: bool,
    is_proposed: bool,
    may_approve: bool,
    /// Why this reader may not, if they could otherwise.
    approve_hint: String,
    seen: String,
}

struct List {
    href: String,
    name: String,
    /// How many; settings are not counted.
    rows: Option<usize>,
}

/// Lists that are about the same.
struct Area {
    name: String,
    lists: Vec<List>,
}

struct View {
    said: Option<Said>,
    now: String,
    waits: Vec<String>,
    /// 目录变更 that do not stand in the catalogue yet.
    decided: Vec<String>,
    takes_in: bool,
    draft: Option<Drafted>,
    areas: Vec<Area>,
    versions: Vec<Version>,
    may: May,
    reason_chars: usize,
}

#[derive(Template)]
#[template(path = "setup.html")]
struct Page {
    s: Shell,
    v: View,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    said: Option<String>,
}

/// `GET /setup`.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Response {
    let said = asked.said.as_deref().and_then(|word| Said::of(word, reader.texts));
    shown(&app, &reader, said)
}

fn shown(app: &App, reader: &Reader, said: Option<Said>) -> Response {
    let s = Shell::of(app, reader, "/setup");
    let v = fill(app, reader, said, s.t);
    html(&Page { s, v })
}

/// What a form of the page asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Order {
    act: String,
    reason: String,
    seen: String,
    version: String,
    confirm: Option<String>,
}

/// `POST /setup`: proposes, approves, sends back, gives up, brings back.
pub async fn act(
    State(app): Shared,
    reader: Reader,
    Form(order): Form<Order>,
) -> Result<Response, Response> {
    let may = May::of(&reader);
    let Some(by) = reader.identity.staff.filter(|_| may.proposes) else {
        reader.must_be(&[Role::Office])?;
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    let reason: String = order.reason.trim().chars().take(REASON_CHARS_MAX).collect();
    let told = |about: String, refused| Told { about, refused, ..Told::default() };
    let about = about(&app, &order);
    let done = do_it(&app, may, by, &order, reason).await;
    match done {
        Ok(word) => {
            let mut response = Redirect::to(&format!("/setup?said={word}")).into_response();
            response.extensions_mut().insert(told(about, None));
            Ok(response)
        }
        Err(fault) => {
            if matches!(fault, DraftFault::Keep(_) | DraftFault::File { .. }) {
                tracing::error!(%fault, "the profile was not changed");
            }
            let said = Said::no(&fault, reader.texts);
            let refused = Some(format!("setup_{}", fault.code()));
            let mut response = (StatusCode::UNPROCESSABLE_ENTITY, shown(&app, &reader, Some(said)))
                .into_response();
            response.extensions_mut().insert(told(about, refused));
            Ok(response)
        }
    }
}

/// What the audit trail says of it.
fn about(app: &App, order: &Order) -> String {
    let draft = app.drafts.look(|kept| {
        let draft = kept.draft.as_ref()?;
        let proposed = draft.proposed.as_ref().map(|said| format!(" proposed_by={}", said.by));
        Some(format!(" draft={}{}", draft.version(), proposed.unwrap_or_default()))
    });
    let version =
        if order.version.is_empty() { String::new() } else { format!(" to={}", order.version) };
    let alone = if app.drafts.is_of_one_person() { " one_person" } else { "" };
    let in_force = app.profile.version;
    format!("act={} in_force={in_force}{}{version}{alone}", order.act, draft.unwrap_or_default())
}

async fn do_it(
    app: &std::sync::Arc<App>,
    may: May,
    by: hall::ids::StaffNo,
    order: &Order,
    reason: String,
) -> Result<&'static str, DraftFault> {
    let at = app.now();
    if ["propose", "approve"].contains(&order.act.as_str()) {
        let crossed = catalogue::crossed(&app.drafts.changes(&app.profile), &unwritten(app));
        if !crossed.is_empty() {
            return Err(DraftFault::Catalogue(crossed));
        }
    }
    let seen = || order.seen.parse::<SetupVersion>().map_err(|_| DraftFault::Changed);
    let said = Reason { at, by, why: reason.clone() };
    let (acting, act) = (app.clone(), order.act.clone());
    let work: Box<dyn FnOnce() -> Result<&'static str, DraftFault> + Send> = match act.as_str() {
        "propose" => {
            let seen = seen()?;
            Box::new(move || acting.drafts.propose(said, seen).map(|()| "proposed"))
        }
        "send_back" if may.approves => {
            let seen = seen()?;
            Box::new(move || acting.drafts.send_back(said, seen).map(|()| "sent_back"))
        }
        "discard" => {
            if order.confirm.is_none() {
                return Err(DraftFault::Unconfirmed);
            }
            let seen = seen()?;
            Box::new(move || acting.drafts.discard(seen).map(|()| "discarded"))
        }
        "go_on" if may.approves => {
            let seen = seen()?;
            Box::new(move || acting.drafts.go_on(by, seen).map(|()| "gone_on"))
        }
        "bring_back" if may.approves => {
            let has_draft = app.drafts.look(|kept| kept.draft.is_some());
            if has_draft && order.confirm.is_none() {
                return Err(DraftFault::HasDraft);
            }
            let version = order.version.parse().map_err(|_| DraftFault::NoSuchVersion)?;
            Box::new(move || {
                let drafts = &acting.drafts;
                drafts.bring_back((by, at), &acting.profile, version).map(|()| "brought_back")
            })
        }
        "take_in" => {
            let (unwritten, today) = (unwritten(app), day_of(app.clock.date(at)));
            Box::new(move || {
                let profile = &acting.profile;
                acting.drafts.edit((by, at), profile, "catalogue", |sources| {
                    catalogue::take_in(sources, &unwritten, &profile.setup, today)
                })?;
                Ok("taken_in")
            })
        }
        "approve" if may.approves => {
            let seen = seen()?;
            return app.put_in_force((by, at), reason, seen).await;
        }
        _ => return Err(DraftFault::SecondPerson),
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(DraftFault::Changed))
}

/// 目录变更 that the draft, or the folder, does not hold yet.
fn unwritten(app: &App) -> Vec<CatalogueChanged> {
    let changes = app.read(|hall| hall.catalogue_changes().to_vec());
    catalogue::unwritten(&changes, &app.drafts.sources(&app.profile))
}

/// The same in words, those that may be taken in by now and those to come.
fn decided(app: &App, texts: &Texts) -> Vec<(String, bool)> {
    let today = day_of(app.clock.date(app.now()));
    let line = |change: CatalogueChanged| {
        let kind = texts.get(&format!("setup.change_{}", change.kind)).to_owned();
        let words = texts.fill(
            "setup.decided_line",
            &[
                ("number", &change.number),
                ("item", &change.item),
                ("kind", &kind),
                ("day", &change.effective),
                ("by", &change.approver),
            ],
        );
        (words, change.effective <= today)
    };
    unwritten(app).into_iter().map(line).collect()
}

fn fill(app: &App, reader: &Reader, said: Option<Said>, texts: &'static Texts) -> View {
    let history = app.drafts.look(|kept| kept.history.clone());
    let now = app.profile.version;
    let last = history.iter().rev().find(|entry| entry.version == now);
    let may = May::of(reader);
    let row = |at: usize, entry: &Entry| {
        let before = at.checked_sub(1).and_then(|at| history.get(at));
        version(app, entry, before, texts)
    };
    let versions = history.iter().enumerate().rev().take(HISTORY_SHOWN);
    let sources = app.drafts.sources(&app.profile);
    let list = |form: &crate::profile::forms::Form| List {
        href: list_href(form),
        name: texts.get(&format!("setup.list.{}", form.word)).to_owned(),
        rows: (!form.is_settings()).then(|| rows(&sources, form).len()),
    };
    let area = |word: &&str| Area {
        name: texts.get(&format!("setup.area.{word}")).to_owned(),
        lists: FORMS.iter().filter(|form| form.area == *word).map(list).collect(),
    };
    View {
        said,
        now: match last {
            Some(entry) => texts.fill(
                "setup.now",
                &[
                    ("version", &now),
                    ("at", &app.clock.written(entry.at)),
                    ("by", &actor(&entry.by, texts)),
                ],
            ),
            None => texts.fill("setup.now_only", &[("version", &now)]),
        },
        waits: waits(app, texts),
        takes_in: decided(app, texts).iter().any(|(_, now)| *now),
        decided: decided(app, texts).into_iter().map(|(words, _)| words).collect(),
        draft: drafted(app, reader, may, texts),
        areas: AREAS.iter().map(area).collect(),
        versions: versions.map(|(at, entry)| row(at, entry)).collect(),
        may,
        reason_chars: REASON_CHARS_MAX,
    }
}

/// What was approved and waits, and for what.
fn waits(app: &App, texts: &Texts) -> Vec<String> {
    let Some(entry) = app.drafts.look(|kept| kept.awaited.clone()) else { return Vec::new() };
    let Some(profile) = app.drafts.profiles().find(entry.version) else { return Vec::new() };
    let obstacles = app.read(|hall| hall.obstacles(&profile.setup));
    let first = texts.fill("setup.waits", &[("version", &entry.version), ("why", &entry.why)]);
    let why = obstacles.iter().map(|each| reload_words::obstacle(each, texts));
    std::iter::once(first).chain(why).collect()
}

fn version(app: &App, entry: &Entry, before: Option<&Entry>, texts: &Texts) -> Version {
    let now = app.profile.version;
    let is_now = entry.version == now;
    let compared = |from, to| format!("/setup/compare?from={from}&to={to}");
    Version {
        version: entry.version.to_string(),
        at: app.clock.written(entry.at),
        by: actor(&entry.by, texts),
        proposed: entry.proposed_by.map_or_else(String::new, |by| by.to_string()),
        why: entry.why.clone(),
        brings_back: entry.brings_back.map_or_else(String::new, |version| {
            texts.fill("setup.brings_back", &[("version", &version)])
        }),
        before: before.map(|before| compared(before.version, entry.version)),
        to_now: (!is_now).then(|| compared(entry.version, now)),
        is_now,
    }
}

fn drafted(app: &App, reader: &Reader, may: May, texts: &'static Texts) -> Option<Drafted> {
    let draft: Draft = app.drafts.look(|kept| kept.draft.clone())?;
    let by = reader.identity.staff?;
    let changes: Vec<Change> = app.drafts.changes(&app.profile);
    let words = Words::new(&app.profile.sources, &draft.sources, texts);
    let more = changes.len().saturating_sub(CHANGES_SHOWN);
    let problems = app.drafts.problems();
    let wrong = problems.iter().filter(|each| each.severity == Severity::Error).count();
    let may_approve = may.approves && app.drafts.may_approve(&draft, &changes, by);
    let names: Vec<String> = draft.editors.iter().map(ToString::to_string).collect();
    let said = |key: &str, said: &Reason| {
        let at = app.clock.written(said.at);
        texts.fill(key, &[("by", &said.by), ("at", &at), ("why", &said.why)])
    };
    let (level, state, what) = match (&draft.proposed, &draft.sent_back) {
        (Some(each), _) => ("yellow", "setup.state_proposed", said("setup.said_proposed", each)),
        (None, Some(each)) => ("red", "setup.state_back", said("setup.said_back", each)),
        (None, None) => ("calling", "setup.state_open", String::new()),
    };
    Some(Drafted {
        level,
        state: texts.get(state).to_owned(),
        editors: texts.fill("setup.editors", &[("who", &names.join(texts.get("pages.join")))]),
        said: what,
        changes: changes.iter().take(CHANGES_SHOWN).map(|each| words.told(each)).collect(),
        more: (more > 0).then(|| texts.fill("setup.more_changes", &[("n", &more)])),
        problems: problems.iter().take(PROBLEMS_SHOWN).map(|each| problem(each, texts)).collect(),
        wrong,
        is_folder_changed: app.drafts.is_folder_changed(),
        is_proposed: draft.proposed.is_some(),
        may_approve,
        approve_hint: if may.approves && !may_approve {
            texts.get("setup.second_person").to_owned()
        } else {
            String::new()
        },
        seen: draft.version().to_string(),
    })
}

fn problem(problem: &crate::profile::Problem, texts: &Texts) -> Problem {
    Problem {
        place: problem.place(),
        words: problem.sentence(texts.language()),
        is_warning: problem.severity == Severity::Warning,
    }
}

/// Who put something in force.
fn actor(actor: &Actor, texts: &Texts) -> String {
    match actor {
        Actor::Staff(no) => no.to_string(),
        Actor::Hall => texts.get("setup.by_hall").to_owned(),
        Actor::Device(name) | Actor::System(name) if name.as_str() == "console" => {
            texts.get("audit.who_console").to_owned()
        }
        Actor::Device(name) | Actor::System(name) => name.to_string(),
        Actor::Citizen => String::new(),
    }
}
