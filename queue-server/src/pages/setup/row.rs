//! The form of one row: every field, what is wrong beside it, and what became of the row over time.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form as Sent,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{
    Reader, SetupReader, Shared, Shell, actor, html,
    may::May,
    photo,
    rows::{Way, is_aside, is_of, ways},
    said::Said,
    sent,
    words::{Told as Line, Words, row_href},
};
use crate::{
    app::App,
    draft::{DraftFault, Entry},
    http::audited::Told,
    profile::{
        Severity, Sources,
        forms::{self, BETWEEN, Field, Form, Row, Shape, compare::compare},
    },
};

/// Versions in which a row's history is looked for.
const VERSIONS_LOOKED_MAX: usize = 60;

/// Letters of one field.
const FIELD_CHARS_MAX: usize = 20_000;

/// Which row.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    list: String,
    key: String,
    copy: String,
    said: Option<String>,
}

struct Choice {
    value: String,
    name: String,
    on: bool,
}

struct Input {
    key: &'static str,
    name: String,
    /// `text`, `long`, `lines`, `one`, `some`, `flag`.
    kind: &'static str,
    value: String,
    choices: Vec<Choice>,
    must: bool,
    hint: String,
    wrong: Vec<String>,
    /// The key of a row that there is stays.
    is_fixed: bool,
}

/// A time at which the row became another.
struct Past {
    at: String,
    by: String,
    proposed: String,
    why: String,
    change: Line,
}

struct View {
    said: Option<Said>,
    list: &'static str,
    list_name: String,
    title: String,
    key: String,
    was: String,
    inputs: Vec<Input>,
    wrong: Vec<String>,
    lists: Vec<Way>,
    area: String,
    is_settings: bool,
    is_new: bool,
    is_off: bool,
    can_switch: bool,
    may: bool,
    photo: Option<String>,
    takes_photo: bool,
    past: Vec<Past>,
}

#[derive(Template)]
#[template(path = "setup_row.html")]
struct Page {
    s: Shell,
    v: View,
}

/// `GET /setup/row?list=items&key=A01`; without a key a new one, with `copy` as another is.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    let Some(form) = Form::of(&asked.list) else {
        return Err(Redirect::to("/setup").into_response());
    };
    let sources = app.drafts.sources(&app.profile);
    let cells = if asked.key.is_empty() && !form.is_settings() {
        let copied = find(&sources, form, &asked.copy).map(|row| row.cells).unwrap_or_default();
        copied.into_iter().filter(|(field, _)| field != form.key).collect()
    } else {
        match find(&sources, form, &asked.key) {
            Some(row) => row.cells,
            None => return Err(Redirect::to(&back(form, "")).into_response()),
        }
    };
    let said = asked.said.as_deref().and_then(|word| Said::of(word, reader.texts));
    let typed = Typed { key: asked.key, was: String::new(), cells };
    Ok(shown(&app, &reader, form, typed, said))
}

/// What a form holds.
struct Typed {
    key: String,
    /// What the row was when the form was opened; empty: what it is now.
    was: String,
    cells: BTreeMap<String, String>,
}

fn find(sources: &Sources, form: &Form, key: &str) -> Option<Row> {
    let mut rows = forms::rows(sources, form);
    if form.is_sheet() {
        rows.extend(forms::aside(sources));
    }
    rows.into_iter().find(|row| row.key == key)
}

fn back(form: &Form, said: &str) -> String {
    let said = if said.is_empty() { String::new() } else { format!("&said={said}") };
    format!("/setup/rows?list={}{said}", form.word)
}

/// `POST /setup/row`: saves, removes, switches off and on, all in the draft.
pub async fn act(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, Response> {
    let said = |name: &str| {
        let found = sent.iter().find(|(each, _)| each == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let form = Form::of(&said("list"));
    let (Some(form), Some(by)) = (form, reader.identity.staff) else {
        return Err(StatusCode::BAD_REQUEST.into_response());
    };
    if !May::of(&reader).changes(form) {
        return Err(StatusCode::FORBIDDEN.into_response());
    }
    let (act, key) = (said("act"), said("key"));
    let typed = Typed { key: key.clone(), was: said("was"), cells: typed(form, &sent) };
    let about = format!("act={act} {} {key}", form.word);
    let now = app.now();
    let (acting, cells, was) = (app.clone(), typed.cells.clone(), typed.was.clone());
    let order = act.clone();
    let done = tokio::task::spawn_blocking(move || {
        let what = format!("{} {key}", form.word);
        let profile = &*acting.profile;
        acting.drafts.edit((by, now), profile, &what, |sources| {
            let there = find(sources, form, &key);
            let is_there = form.is_settings() || !key.is_empty();
            if is_there && mark(there.as_ref()) != was {
                return Err(forms::EditFault::Meanwhile);
            }
            match order.as_str() {
                "remove" => forms::remove(sources, form, &key).map(|()| ("removed", key)),
                "off" => forms::switch(sources, &key, false).map(|()| ("off", key)),
                "on" => forms::switch(sources, &key, true).map(|()| ("on", key)),
                _ => {
                    let of = Some(key.as_str()).filter(|_| is_there);
                    forms::put(sources, form, of, &cells).map(|key| ("saved", key))
                }
            }
        })
    });
    let done = done.await.unwrap_or(Err(DraftFault::Changed));
    let told = |refused| Told { about, refused, ..Told::default() };
    match done {
        Ok((word, key)) => {
            let to = if word == "removed" {
                back(form, word)
            } else {
                format!("{}&said={word}", row_href(form, &key))
            };
            let mut response = Redirect::to(&to).into_response();
            response.extensions_mut().insert(told(None));
            Ok(response)
        }
        Err(fault) => {
            let said = Said::no(&fault, reader.texts);
            let refused = Some(format!("setup_{}", fault.code()));
            // Nothing typed is lost; whoever saves again has seen this.
            let page =
                shown(&app, &reader, form, Typed { was: String::new(), ..typed }, Some(said));
            let mut response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
            response.extensions_mut().insert(told(refused));
            Ok(response)
        }
    }
}

/// What was typed, by field.
fn typed(form: &Form, sent: &[(String, String)]) -> BTreeMap<String, String> {
    let said = |field: &Field| sent::said(field.shape, field.key, sent, FIELD_CHARS_MAX);
    form.fields.iter().map(|field| (field.key.to_owned(), said(field))).collect()
}

/// Changes with everything that stands in a row.
fn mark(row: Option<&Row>) -> String {
    let cells = row.iter().flat_map(|row| &row.cells);
    sent::mark(cells.map(|(field, cell)| (field.as_str(), cell.as_str())))
}

fn shown(
    app: &App,
    reader: &Reader,
    form: &'static Form,
    typed: Typed,
    said: Option<Said>,
) -> Response {
    let s = Shell::of(app, reader, "/setup");
    let v = fill(app, reader, form, typed, said, s.t);
    html(&Page { s, v })
}

fn fill(
    app: &App,
    reader: &Reader,
    form: &'static Form,
    typed: Typed,
    said: Option<Said>,
    texts: &'static Texts,
) -> View {
    let sources = app.drafts.sources(&app.profile);
    let is_there = form.is_settings() || !typed.key.is_empty();
    let there = find(&sources, form, &typed.key).filter(|_| is_there);
    let words = Words::new(&sources, &sources, texts);
    let problems = app.drafts.problems();
    let of_row = there.as_ref().map_or_else(Vec::new, |row| {
        let wrong = problems.iter().filter(|each| is_of(each, form, row));
        wrong.map(|each| (each.key().unwrap_or_default().to_owned(), each)).collect::<Vec<_>>()
    });
    let sentence = |each: &crate::profile::Problem| each.sentence(texts.language());
    let input = |field: &'static Field| {
        let wrong = of_row.iter().filter(|(key, _)| key == field.key);
        let wrong = wrong.map(|(_, each)| sentence(each)).collect();
        let is_fixed = there.is_some() && field.key == form.key;
        input(field, &typed.cells, &sources, &words, (wrong, is_fixed), texts)
    };
    let is_beside = |(key, _): &&(String, _)| form.field(key).is_none();
    let is_off = form.is_sheet() && is_aside(&sources, &typed.key);
    let one = texts.get(&format!("setup.one.{}", form.word)).to_owned();
    let name = there.as_ref().map_or("", |row| row.name());
    let owned = form.owner().zip(there.as_ref());
    let title = match &there {
        Some(_) if form.is_settings() => one.clone(),
        Some(_) if let Some(((of, field), row)) = owned => {
            format!("{one} {}", words.named(of.word, row.get(field)))
        }
        Some(_) => format!("{one} {} {name}", typed.key).trim_end().to_owned(),
        None => texts.fill("setup.new", &[("what", &one)]),
    };
    let may = May::of(reader).changes(form);
    let errors = || of_row.iter().filter(|(_, each)| each.severity == Severity::Error);
    let first = form.fields.iter().find(|field| errors().any(|(key, _)| key == field.key));
    let first = first.map(|field| field.key.to_owned());
    View {
        said: said.map(|said| said.beside(errors().count(), first, texts)),
        list: form.word,
        list_name: texts.get(&format!("setup.list.{}", form.word)).to_owned(),
        title,
        was: if typed.was.is_empty() { mark(there.as_ref()) } else { typed.was.clone() },
        inputs: form.fields.iter().map(input).collect(),
        wrong: of_row.iter().filter(is_beside).map(|(_, each)| told(each, texts)).collect(),
        is_new: there.is_none(),
        is_off,
        can_switch: form.is_sheet() && there.is_some(),
        may,
        photo: photo(app, reader, form, &typed.key),
        takes_photo: may && form.word == "staff" && there.is_some(),
        lists: ways(form, texts),
        area: texts.get(&format!("setup.area.{}", form.area)).to_owned(),
        is_settings: form.is_settings(),
        past: if (form.key.is_empty() && !form.is_settings()) || there.is_none() {
            Vec::new()
        } else {
            past(app, form, &typed.key, texts)
        },
        key: typed.key,
    }
}

fn told(problem: &crate::profile::Problem, texts: &Texts) -> String {
    let words = problem.sentence(texts.language());
    match problem.severity {
        Severity::Error => words,
        Severity::Warning => format!("{} {words}", texts.get("check.warning")),
    }
}

/// 工作照, as the draft has it, or the plate shows it.
fn photo(app: &App, reader: &Reader, form: &Form, key: &str) -> Option<String> {
    let no = key.parse().ok().filter(|_| photo::sees(reader) && form.word == "staff")?;
    let in_force = app.profile.photos.get(&no).map(|photo| photo.mark.clone());
    match app.drafts.photo_of(no) {
        Some(drafted) if drafted != in_force => {
            drafted.map(|mark| format!("/setup/photo?mark={mark}"))
        }
        Some(_) | None => in_force.map(|mark| format!("/api/v1/photos/{mark}")),
    }
}

/// The form of somebody, with why their photograph was not taken.
pub fn of_staff(app: &App, reader: &Reader, no: &str, said: Said) -> Response {
    let Some(form) = Form::of("staff") else { return Redirect::to("/setup").into_response() };
    let found = find(&app.drafts.sources(&app.profile), form, no);
    let cells = found.map(|row| row.cells).unwrap_or_default();
    let typed = Typed { key: no.to_owned(), was: String::new(), cells };
    shown(app, reader, form, typed, Some(said))
}

fn input(
    field: &'static Field,
    cells: &BTreeMap<String, String>,
    sources: &Sources,
    words: &Words,
    (wrong, is_fixed): (Vec<String>, bool),
    texts: &Texts,
) -> Input {
    let said = cells.get(field.key).cloned().unwrap_or_default();
    let of_list = |list: &str| {
        let rows = Form::of(list).map_or_else(Vec::new, |form| forms::rows(sources, form));
        let keys = rows.into_iter().map(|row| (row.key.clone(), words.named(list, &row.key)));
        keys.collect::<Vec<_>>()
    };
    let of_words = |known: &[&str]| {
        let word = |each: &&str| ((*each).to_owned(), words.word(field.key, known, each));
        known.iter().map(word).collect::<Vec<_>>()
    };
    let (kind, known) = match field.shape {
        Shape::Text | Shape::Number | Shape::Time | Shape::Date => ("text", Vec::new()),
        Shape::Long => ("long", Vec::new()),
        Shape::Texts | Shape::Numbers => ("lines", Vec::new()),
        Shape::Flag(_) => ("flag", Vec::new()),
        Shape::One(known) => ("one", of_words(known)),
        Shape::Of(list) => ("one", of_list(list)),
        Shape::Some(known) => ("some", of_words(known)),
        Shape::Many(list) => ("some", of_list(list)),
    };
    let values: Vec<&str> =
        if field.shape.is_list() { forms::values(&said).collect() } else { vec![said.as_str()] };
    // What stands there and is no choice stays to be seen.
    let strange = values.iter().filter(|value| {
        !value.is_empty() && !known.is_empty() && !known.iter().any(|(key, _)| key == *value)
    });
    let strange: Vec<(String, String)> =
        strange.map(|value| ((*value).to_owned(), (*value).to_owned())).collect();
    let choices = known.into_iter().chain(strange).map(|(value, name)| Choice {
        on: values.contains(&value.as_str()),
        value,
        name,
    });
    let value = match field.shape {
        Shape::Texts | Shape::Numbers => said.replace(BETWEEN, "\n"),
        Shape::Flag(default) if said.is_empty() => default.to_string(),
        Shape::Text
        | Shape::Long
        | Shape::Number
        | Shape::Flag(_)
        | Shape::Time
        | Shape::Date
        | Shape::One(_)
        | Shape::Some(_)
        | Shape::Of(_)
        | Shape::Many(_) => said.clone(),
    };
    let hint = match field.shape {
        Shape::Time => "setup.hint_time",
        Shape::Date => "setup.hint_date",
        Shape::Texts | Shape::Numbers => "setup.hint_lines",
        Shape::Text
        | Shape::Long
        | Shape::Number
        | Shape::Flag(_)
        | Shape::One(_)
        | Shape::Some(_)
        | Shape::Of(_)
        | Shape::Many(_) => "",
    };
    Input {
        key: field.key,
        name: texts.get(&format!("setup.field.{}", field.key)).to_owned(),
        kind,
        choices: choices.collect(),
        value,
        must: field.must,
        hint: if hint.is_empty() { String::new() } else { texts.get(hint).to_owned() },
        wrong,
        is_fixed,
    }
}

/// When the row became another, by whom, and who approved it; the latest first.
fn past(app: &App, form: &Form, key: &str, texts: &'static Texts) -> Vec<Past> {
    let history = app.drafts.look(|kept| kept.history.clone());
    let looked = history.len().saturating_sub(VERSIONS_LOOKED_MAX);
    let found = history[looked..].iter().filter_map(|entry| {
        let profile = app.drafts.profiles().find(entry.version)?;
        Some((entry, Sources::clone(&profile.sources)))
    });
    let found: Vec<(&Entry, Sources)> = found.collect();
    let mut past = Vec::new();
    for pair in found.windows(2) {
        let [(_, before), (entry, after)] = pair else { continue };
        let changes = compare(before, after);
        let of_row =
            |change: &&forms::compare::Change| change.form == Some(form.word) && change.key == key;
        let Some(change) = changes.iter().find(of_row) else { continue };
        past.push(Past {
            at: app.clock.written(entry.at),
            by: actor(&entry.by, texts),
            proposed: entry.proposed_by.map_or_else(String::new, |by| by.to_string()),
            why: entry.why.clone(),
            change: Line { href: None, ..Words::new(before, after, texts).told(change) },
        });
    }
    past.reverse();
    past
}
