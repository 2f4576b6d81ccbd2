//! One list of the profile: its rows as the draft has them, found, filtered, and led to their forms.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{
    Reader, SetupReader, Shared, Shell, html,
    may::May,
    said::Said,
    words::{Words, row_href},
};
use crate::{
    app::App,
    profile::{
        Problem, Severity, Sources,
        forms::{self, FORMS, Field, Form, Row, Shape},
        sources::OFF,
    },
};

/// Rows of one page: the largest catalogue has 1,300.
const ROWS_SHOWN: usize = 2_000;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    list: String,
    find: String,
    queue: String,
    department: String,
    state: String,
    said: Option<String>,
}

/// A list that is led to.
pub struct Way {
    /// Where it is.
    pub href: String,
    /// Its name.
    pub name: String,
    /// It is the one that is read.
    pub here: bool,
}

struct Choice {
    value: String,
    name: String,
    here: bool,
}

struct Line {
    href: String,
    /// Each with whether it is a number.
    cells: Vec<(String, bool)>,
    /// `off`, `red`, `calling` or nothing, with its word.
    level: &'static str,
    state: String,
}

struct View {
    said: Option<Said>,
    list: &'static str,
    name: String,
    base: String,
    lists: Vec<Way>,
    area: String,
    /// Each with whether it is over numbers.
    heads: Vec<(String, bool)>,
    lines: Vec<Line>,
    find: String,
    queues: Vec<Choice>,
    departments: Vec<Choice>,
    states: Vec<Choice>,
    is_items: bool,
    is_calendar: bool,
    may: bool,
    is_drafted: bool,
}

#[derive(Template)]
#[template(path = "setup_rows.html")]
struct Page {
    s: Shell,
    v: View,
}

/// `GET /setup/rows?list=items&find=…&queue=…&department=…&state=…`.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(form) = Form::of(&asked.list) else {
        return Redirect::to(&list_href(&FORMS[0])).into_response();
    };
    if form.is_settings() {
        return Redirect::to(&row_href(form, "")).into_response();
    }
    let s = Shell::of(&app, &reader, "/setup");
    let v = fill(&app, &reader, form, &asked, s.t);
    html(&Page { s, v })
}

/// A row with what the draft makes of it.
pub struct Drawn {
    /// The row.
    pub row: Row,
    /// 停用.
    pub is_off: bool,
    /// The check finds something wrong with it.
    pub is_wrong: bool,
    /// The draft changes it.
    pub is_changed: bool,
}

/// The rows of a list, with those put aside behind the others.
pub fn drawn(app: &App, form: &Form, sources: &Sources, problems: &[Problem]) -> Vec<Drawn> {
    let before = app.drafts.folder_or(&app.profile);
    let was = forms::rows(&before, form);
    let is_changed = |row: &Row| {
        let same = |other: &Row| other.key == row.key && other.cells == row.cells;
        !was.iter().any(same)
    };
    let mut rows: Vec<Drawn> = forms::rows(sources, form)
        .into_iter()
        .map(|row| Drawn {
            is_off: false,
            is_wrong: problems
                .iter()
                .any(|each| each.severity == Severity::Error && is_of(each, form, &row)),
            is_changed: is_changed(&row),
            row,
        })
        .collect();
    if form.is_sheet() {
        let aside = forms::aside(sources).into_iter();
        rows.extend(aside.map(|row| Drawn {
            is_off: true,
            is_wrong: false,
            is_changed: was.iter().any(|other| other.key == row.key),
            row,
        }));
    }
    rows
}

/// True if a problem is one of this row.
pub fn is_of(problem: &Problem, form: &Form, row: &Row) -> bool {
    problem.file == form.file
        && problem.line.is_some_and(|line| (row.line..=row.until).contains(&line))
}

fn fill(
    app: &App,
    reader: &Reader,
    form: &'static Form,
    asked: &Asked,
    texts: &'static Texts,
) -> View {
    let sources = app.drafts.sources(&app.profile);
    let problems = app.drafts.problems();
    let words = Words::new(&sources, &sources, texts);
    let queues = forms::rows(&sources, form_of("queues"));
    let of_department = |queue: &str| {
        let found = queues.iter().find(|row| row.key == queue);
        found.map_or("", |row| row.get("department")).to_owned()
    };
    let sought = asked.find.trim().to_lowercase();
    let fits = |drawn: &Drawn| {
        let row = &drawn.row;
        let is_found = sought.is_empty()
            || [&row.key, row.get("name"), row.get("aliases"), row.get("english_name")]
                .iter()
                .any(|text| text.to_lowercase().contains(&sought))
            || row.cells.values().any(|text| text.to_lowercase() == sought);
        let is_in_queue = asked.queue.is_empty() || row.get("queue") == asked.queue;
        let department = if form.is_sheet() {
            of_department(row.get("queue"))
        } else {
            row.get("department").to_owned()
        };
        let is_in_department = asked.department.is_empty() || department == asked.department;
        let is_in_state = match asked.state.as_str() {
            "on" => !drawn.is_off,
            "off" => drawn.is_off,
            "changed" => drawn.is_changed,
            "wrong" => drawn.is_wrong,
            _ => true,
        };
        is_found && is_in_queue && is_in_department && is_in_state
    };
    let all = drawn(app, form, &sources, &problems);
    let (count, found): (usize, Vec<&Drawn>) =
        (all.len(), all.iter().filter(|each| fits(each)).take(ROWS_SHOWN).collect());
    let fields: Vec<&Field> = form.fields.iter().filter(|field| field.listed).collect();
    let lines = found.iter().map(|each| line(each, form, &fields, &words, texts)).collect();
    let field_name = |field: &&Field| {
        let name = texts.get(&format!("setup.field.{}", field.key)).to_owned();
        (name, field.shape == Shape::Number)
    };
    let choices = |list: &str, here: &str| {
        let rows = forms::rows(&sources, form_of(list)).into_iter();
        let choice = |row: Row| Choice {
            here: row.key == here,
            name: if list == "departments" {
                row.name().to_owned()
            } else {
                format!("{} {}", row.key, row.name())
            },
            value: row.key,
        };
        rows.map(choice).collect::<Vec<_>>()
    };
    let has = |field: &str| form.field(field).is_some();
    let state = |word: &&str| Choice {
        value: (*word).to_owned(),
        name: texts.get(&format!("setup.is_{word}")).to_owned(),
        here: *word == asked.state,
    };
    let states: &[&str] =
        if form.is_sheet() { &["on", "off", "changed", "wrong"] } else { &["changed", "wrong"] };
    View {
        said: asked.said.as_deref().and_then(|word| Said::of(word, texts)),
        list: form.word,
        name: texts.get(&format!("setup.list.{}", form.word)).to_owned(),
        base: if found.len() == count {
            texts.fill("setup.rows", &[("n", &count)])
        } else {
            texts.fill("setup.rows_of", &[("n", &found.len()), ("all", &count)])
        },
        lists: ways(form, texts),
        area: texts.get(&format!("setup.area.{}", form.area)).to_owned(),
        heads: fields.iter().map(field_name).collect(),
        lines,
        find: asked.find.clone(),
        queues: if has("queue") { choices("queues", &asked.queue) } else { Vec::new() },
        departments: if form.is_sheet() || has("department") {
            choices("departments", &asked.department)
        } else {
            Vec::new()
        },
        states: states.iter().map(state).collect(),
        is_items: form.is_sheet(),
        is_calendar: form.file == "calendar.toml",
        may: May::of(reader).changes(form),
        is_drafted: app.drafts.look(|kept| kept.draft.is_some()),
    }
}

fn form_of(word: &str) -> &'static Form {
    Form::of(word).unwrap_or(&FORMS[0])
}

/// The lists that are about the same.
pub fn ways(here: &Form, texts: &Texts) -> Vec<Way> {
    let way = |form: &Form| Way {
        href: list_href(form),
        name: texts.get(&format!("setup.list.{}", form.word)).to_owned(),
        here: form.word == here.word,
    };
    FORMS.iter().filter(|form| form.area == here.area).map(way).collect()
}

/// Where a list is read; settings are one form.
pub fn list_href(form: &Form) -> String {
    if form.is_settings() { row_href(form, "") } else { format!("/setup/rows?list={}", form.word) }
}

fn line(drawn: &Drawn, form: &Form, fields: &[&Field], words: &Words, texts: &Texts) -> Line {
    let (level, state) = if drawn.is_off {
        ("off", "setup.is_off")
    } else if drawn.is_wrong {
        ("red", "setup.is_wrong")
    } else if drawn.is_changed {
        ("calling", "setup.is_changed")
    } else {
        ("", "")
    };
    let cell = |field: &&Field| {
        let said = drawn.row.get(field.key);
        let said = match (field.shape, said) {
            (Shape::Flag(default), "") => words.plain(&default.to_string()),
            (shape, said) => words.value(field.key, Some(shape), said),
        };
        (super::words::cut(&said), field.shape == Shape::Number)
    };
    Line {
        href: row_href(form, &drawn.row.key),
        cells: fields.iter().map(cell).collect(),
        level,
        state: if state.is_empty() { String::new() } else { texts.get(state).to_owned() },
    }
}

/// 停用 of the draft.
#[must_use]
pub fn is_aside(sources: &Sources, key: &str) -> bool {
    sources.has(OFF) && forms::aside(sources).iter().any(|row| row.key == key)
}
