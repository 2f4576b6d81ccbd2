//! 到期清理: each sort of data, what it is for, how long it is kept, the oldest that is there, and what the
//! last night erased.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use hall::time::Timestamp;
use wire::texts::Texts;

use super::{Shared, guard::Reader, html, shell::Shell};
use crate::{
    access::Role,
    app::App,
    contacts, inspection_photos, person,
    retention::{ASIDE_DAYS, Doubt, Limits, Line, Sort},
};

struct Row {
    name: String,
    purpose: String,
    how: String,
    limit: String,
    oldest: String,
    erased: String,
    fault: String,
}

struct View {
    subtitle: String,
    /// `yes`, `no` or nothing.
    level: &'static str,
    said: String,
    hint: String,
    rows: Vec<Row>,
    may_ask: bool,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "retention.html")]
struct Page {
    s: Shell,
    r: View,
}

/// `GET /retention`.
pub async fn page(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(&[Role::Auditor])?;
    let s = Shell::of(&app, &reader, "/retention");
    let r = fill(&app, &reader, s.t);
    Ok(html(&Page { s, r }))
}

/// `POST /retention`: asks for it now.
pub async fn now(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    app.retention.ask();
    Ok(Redirect::to("/retention").into_response())
}

fn fill(app: &App, reader: &Reader, texts: &Texts) -> View {
    let (memory, limits) = (app.retention.memory(), app.retention.limits());
    let today = app.clock.day(app.now());
    let last = memory.last.as_ref();
    let at = last.map(|night| app.clock.written(Timestamp(night.at))).unwrap_or_default();
    let is_late = app.retention.is_late(today);
    let (level, said) = match last {
        Some(night) if night.doubt.is_some() => ("no", doubted(night.doubt, texts)),
        _ if is_late => ("no", texts.get("retention.late").to_owned()),
        Some(night) if !night.is_whole() => ("no", texts.fill("retention.failed", &[("at", &at)])),
        Some(night) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("at", &at), ("n", &night.erased())];
            ("yes", texts.fill("retention.last", &values))
        }
        None => ("", texts.get("retention.not_yet").to_owned()),
    };
    let lines = last.map(|night| night.lines.as_slice()).unwrap_or_default();
    let row = |sort: &Sort| row(*sort, lines.iter().find(|line| line.sort == *sort), app, texts);
    View {
        subtitle: texts.fill("retention.subtitle", &[("hour", &limits.hour)]),
        level,
        said,
        hint: texts.get("retention.hint").to_owned(),
        rows: Sort::ALL.iter().map(row).collect(),
        may_ask: reader.identity.role == Role::Admin,
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

fn doubted(doubt: Option<Doubt>, texts: &Texts) -> String {
    match doubt {
        Some(Doubt::ClockJumped { known }) => {
            texts.fill("retention.clock_jumped", &[("known", &known)])
        }
        None => String::new(),
    }
}

fn row(sort: Sort, line: Option<&Line>, app: &App, texts: &Texts) -> Row {
    let word = sort.word();
    let text = |key: &str| texts.get(&format!("retention.{key}_{word}")).to_owned();
    let erased = line.map(|line| line.erased);
    Row {
        name: text("name"),
        purpose: text("purpose"),
        how: text("how"),
        limit: limit(sort, app, texts),
        oldest: line.and_then(|line| line.oldest.clone()).unwrap_or_else(|| "–".to_owned()),
        erased: erased.map_or_else(|| "–".to_owned(), |n| n.to_string()),
        fault: line.and_then(|line| line.fault.clone()).unwrap_or_default(),
    }
}

fn limit(sort: Sort, app: &App, texts: &Texts) -> String {
    let Limits { years, staff_years, backup_days, hour: _ } = app.retention.limits();
    let of = |key: &str, n: &dyn std::fmt::Display| {
        texts.fill(&format!("retention.limit_{key}"), &[("n", n)])
    };
    match sort {
        Sort::DayKey => texts.get("retention.limit_day").to_owned(),
        Sort::BookingKeys => of("days", &(2 * person::LASTING_DAYS)),
        Sort::Contacts => of("after_visit", &contacts::KEPT_DAYS),
        Sort::Record | Sort::Tickets | Sort::Words | Sort::Inspections => of("years", &years),
        Sort::InspectionPhotos => of("months", &inspection_photos::KEPT_MONTHS),
        Sort::Sums => texts.get("retention.limit_ever").to_owned(),
        Sort::Names => of("left", &staff_years),
        Sort::Profiles => of("unneeded", &years),
        Sort::Trail => of("months", &app.audit.months_kept()),
        Sort::Backups => of("backups", &backup_days),
        Sort::Aside => of("days", &ASIDE_DAYS),
    }
}
