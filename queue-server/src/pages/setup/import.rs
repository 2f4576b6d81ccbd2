//! 导入事项: a sheet is read and checked, everything wrong is told by row and column, and only then
//! somebody says that it goes into the draft. And the sheets to begin with.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    Form as Sent,
    body::to_bytes,
    extract::{Query, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::texts::{Language, Texts};

use super::{
    Reader, SetupReader, Shared, Shell, html,
    may::May,
    said::Said,
    words::{Told as Line, Words},
};
use crate::{
    app::App,
    draft::{DraftFault, Offered},
    http::{audited::Told, limits::SHEET_BYTES_MAX},
    pages::upload,
    profile::{
        Problem, Profile, Severity, Sources,
        forms::{self, Form, compare::compare},
        items::{book, sheet},
    },
};

/// Problems and changes that are told.
const TOLD_MAX: usize = 300;

struct Wrong {
    row: String,
    column: String,
    chinese: String,
    english: String,
    is_warning: bool,
}

struct Looked {
    name: String,
    rows: String,
    problems: Vec<Wrong>,
    errors: usize,
    changes: Vec<Line>,
    count: usize,
    mark: String,
}

struct View {
    said: Option<Said>,
    looked: Option<Looked>,
    mib: usize,
}

#[derive(Template)]
#[template(path = "setup_import.html")]
struct Page {
    s: Shell,
    v: View,
}

/// `GET /setup/import`.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
) -> Result<Response, Response> {
    let (_, form) = items();
    if !May::of(&reader).changes(form) {
        return Err(Redirect::to("/setup").into_response());
    }
    Ok(shown(&app, &reader, None, None))
}

fn items() -> (&'static str, &'static Form) {
    ("items", Form::of("items").unwrap_or(&forms::FORMS[0]))
}

fn shown(app: &App, reader: &Reader, said: Option<Said>, looked: Option<Looked>) -> Response {
    let s = Shell::of(app, reader, "/setup");
    html(&Page { s, v: View { said, looked, mib: SHEET_BYTES_MAX >> 20 } })
}

/// `POST /setup/import`: reads and checks a sheet; nothing is taken over.
pub async fn look(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    request: Request,
) -> Result<Response, Response> {
    let (list, form) = items();
    let (parts, body) = request.into_parts();
    let may = May::of(&reader).changes(form);
    let Some(by) = reader.identity.staff.filter(|_| may) else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let bytes = to_bytes(body, SHEET_BYTES_MAX)
        .await
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    let found = upload::parts(kind.unwrap_or_default(), &bytes).unwrap_or_default();
    let file = found.iter().find(|part| part.name == "file" && !part.bytes.is_empty());
    let Some(file) = file else {
        let words = reader.texts.get("setup.no_file").to_owned();
        let page =
            shown(&app, &reader, Some(Said { words, is_no: true, href: String::new() }), None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let replaces = found.iter().any(|part| part.name == "way" && part.bytes == b"replace");
    let name: String = file.file.clone().unwrap_or_default().chars().take(80).collect();
    let (bytes, acting) = (file.bytes.to_vec(), app.clone());
    let read = tokio::task::spawn_blocking(move || read(&acting, bytes, replaces)).await;
    let (problems, sources) = read.unwrap_or_default();
    let about = format!("look {list} problems={}", problems.len());
    let looked = looked(&app, &reader, name, &problems, &sources);
    if looked.errors == 0 {
        let before = app.drafts.sources(&app.profile).version();
        app.drafts.offer(Offered { by, mark: looked.mark.clone(), before, sources });
    }
    let mut response = shown(&app, &reader, None, Some(looked));
    response.extensions_mut().insert(Told { about, ..Told::default() });
    Ok(response)
}

/// The draft as it would be with the sheet, and what is wrong with it.
fn read(app: &App, bytes: Vec<u8>, replaces: bool) -> (Vec<Problem>, Sources) {
    let mut sources = app.drafts.sources(&app.profile);
    // A workbook is a zip archive, which begins with these two letters.
    let text = if bytes.starts_with(b"PK") {
        book::as_text(bytes).map_err(|problem| *problem)
    } else {
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            Problem::new(sheet::CSV, Some(line), "not_utf8").with("what", "GBK")
        })
    };
    let text = match text {
        Ok(text) => unescaped(&text),
        Err(problem) => return (vec![problem], sources),
    };
    // What is wrong is told by the sheet's own rows, as if it were the whole catalogue.
    let mut alone = sources.clone();
    alone.put_catalogue(text.clone());
    let before: BTreeSet<String> = known(&sources).iter().map(ToString::to_string).collect();
    let mut problems: Vec<Problem> = match Profile::of(alone) {
        Ok(profile) => profile.warnings,
        Err(problems) => problems,
    };
    problems.retain(|problem| {
        // What other files name and a part of the catalogue lacks is no fault of the sheet.
        problem.file == sheet::CSV || (replaces && !before.contains(&problem.to_string()))
    });
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return (problems, sources);
    }
    if replaces {
        sources.put_catalogue(text);
        return (problems, sources);
    }
    let (_, form) = items();
    let there: BTreeSet<String> =
        forms::rows(&sources, form).into_iter().map(|row| row.key).collect();
    let mut sheet = Sources::default();
    sheet.put_catalogue(text);
    for row in forms::rows(&sheet, form) {
        let key = Some(row.key.as_str()).filter(|key| there.contains(*key));
        if let Err(fault) = forms::put(&mut sources, form, key, &row.cells) {
            let problem = Problem::new(sheet::CSV, Some(row.line), "syntax");
            problems.push(problem.with("why", fault));
        }
    }
    if let Err(found) = Profile::of(sources.clone()) {
        problems.extend(found.into_iter().filter(|each| !before.contains(&each.to_string())));
    }
    (problems, sources)
}

fn known(sources: &Sources) -> Vec<Problem> {
    Profile::of(sources.clone()).err().unwrap_or_default()
}

fn looked(
    app: &App,
    reader: &Reader,
    name: String,
    problems: &[Problem],
    sources: &Sources,
) -> Looked {
    let (_, form) = items();
    let texts = reader.texts;
    let before = app.drafts.sources(&app.profile);
    let changes = compare(&before, sources);
    let words = Words::new(&before, sources, texts);
    let errors = problems.iter().filter(|each| each.severity == Severity::Error).count();
    let wrong = |problem: &Problem| Wrong {
        row: problem.line.map_or_else(String::new, |line| line.to_string()),
        column: problem.key().map_or_else(String::new, |key| column(form, key, texts)),
        chinese: problem.sentence(Language::Chinese),
        english: problem.sentence(Language::English),
        is_warning: problem.severity == Severity::Warning,
    };
    Looked {
        name,
        rows: texts.fill("setup.sheet_rows", &[("n", &changes.len())]),
        problems: problems.iter().take(TOLD_MAX).map(wrong).collect(),
        errors,
        count: changes.len(),
        changes: changes.iter().take(TOLD_MAX).map(|change| words.told(change)).collect(),
        mark: sources.version().to_string(),
    }
}

fn column(form: &Form, key: &str, texts: &Texts) -> String {
    match form.field(key) {
        Some(field) => texts.get(&format!("setup.field.{}", field.key)).to_owned(),
        None => key.to_owned(),
    }
}

/// What a person says about the sheet that was looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Taken {
    mark: String,
}

/// `POST /setup/import/take`: the sheet that was looked at goes into the draft.
pub async fn take(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Sent(taken): Sent<Taken>,
) -> Result<Response, Response> {
    let (list, form) = items();
    let may = May::of(&reader).changes(form);
    let Some(by) = reader.identity.staff.filter(|_| may) else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    let now = app.now();
    let acting = app.clone();
    let done = tokio::task::spawn_blocking(move || {
        let offered = acting.drafts.offered(by, &taken.mark).ok_or(DraftFault::Changed)?;
        acting.drafts.edit((by, now), &acting.profile, "items import", |sources| {
            if sources.version() != offered.before {
                return Err(forms::EditFault::Meanwhile);
            }
            *sources = offered.sources;
            Ok(())
        })
    });
    let about = format!("import {list}");
    let (mut response, refused) = match done.await.unwrap_or(Err(DraftFault::Changed)) {
        Ok(()) => (Redirect::to("/setup?said=imported").into_response(), None),
        Err(fault) => {
            let page = shown(&app, &reader, Some(Said::no(&fault, reader.texts)), None);
            let refused = format!("setup_{}", fault.code());
            ((StatusCode::UNPROCESSABLE_ENTITY, page).into_response(), Some(refused))
        }
    };
    response.extensions_mut().insert(Told { about, refused, ..Told::default() });
    Ok(response)
}

/// Which sheet is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    empty: Option<u8>,
}

/// `GET /setup/items.csv`: the list as the draft has it, or with `empty=1` the heads alone.
pub async fn csv_file(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    let table = table(&app, reader.texts, wanted.empty.is_some());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &table {
        let cells = row.iter().map(|cell| escaped(cell));
        if writer.write_record(cells).is_err() {
            return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    // Spreadsheets take a text for UTF-8 if it begins so.
    let text = ["\u{feff}".as_bytes(), &bytes].concat();
    Ok(file("items.csv", "text/csv; charset=utf-8", text))
}

/// `GET /setup/items.xlsx`: the same as a workbook that can be imported as it is.
pub async fn book_file(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(wanted): Query<Wanted>,
) -> Response {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let table = table(&app, reader.texts, wanted.empty.is_some());
    match workbook(&table) {
        Ok(bytes) => file("items.xlsx", KIND, bytes),
        Err(error) => {
            tracing::error!(%error, "a workbook could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let heads =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (heads, bytes).into_response()
}

fn workbook(table: &[Vec<String>]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    use rust_xlsxwriter::{Format, Workbook};
    let head = Format::new().set_bold().set_text_wrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (line, row) in (0_u32..).zip(table) {
        for (place, cell) in (0_u16..).zip(row) {
            if line == 0 {
                sheet.write_string_with_format(line, place, cell, &head)?;
            } else {
                // Codes and numbers alike: what is read is the text.
                sheet.write_string(line, place, cell)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    workbook.save_to_buffer()
}

/// The catalogue with the heads of the reader's language, which an import knows in both.
fn table(app: &App, texts: &Texts, is_empty: bool) -> Vec<Vec<String>> {
    let (_, form) = items();
    let word = |key: &str| texts.get(&format!("sheet.{key}")).to_owned();
    let mut table = vec![form.fields.iter().map(|field| word(field.key)).collect::<Vec<_>>()];
    if is_empty {
        return table;
    }
    let sources = app.drafts.sources(&app.profile);
    let cell = |row: &forms::Row, field: &forms::Field| {
        let said = row.get(field.key);
        let one = |said: &str| word(&format!("{}_{said}", field.key));
        match field.shape {
            forms::Shape::One(known) if known.contains(&said) => one(said),
            forms::Shape::Some(known) => {
                let words = forms::values(said)
                    .map(|each| if known.contains(&each) { one(each) } else { each.to_owned() });
                words.collect::<Vec<_>>().join(&forms::BETWEEN.to_string())
            }
            forms::Shape::One(_)
            | forms::Shape::Text
            | forms::Shape::Long
            | forms::Shape::Number
            | forms::Shape::Flag(_)
            | forms::Shape::Time
            | forms::Shape::Date
            | forms::Shape::Of(_)
            | forms::Shape::Many(_)
            | forms::Shape::Texts
            | forms::Shape::Numbers => said.to_owned(),
        }
    };
    let rows = forms::rows(&sources, form).into_iter();
    table.extend(rows.map(|row| form.fields.iter().map(|field| cell(&row, field)).collect()));
    table
}

/// What a spreadsheet would reckon is marked as a text.
fn escaped(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if !is_number && cell.starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The mark is taken off again.
fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for begin in ['=', '+', '-', '@'] {
        for before in [",", ",\"", "\n", "\n\""] {
            text = text.replace(&format!("{before}'{begin}"), &format!("{before}{begin}"));
        }
    }
    text
}
