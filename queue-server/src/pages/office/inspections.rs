//! 日巡查: the form that somebody carries through the hall, and the 巡查台账 of a month.
//!
//! Nothing counts as looked at unless somebody says so, zone by zone or window by window; what was looked at is
//! in order unless something is touched. So a round of a hundred windows is a round of a few touches.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    command::Command,
    event::inspected::{Inspected, WindowInspected},
    ids::WindowId,
    state::inspections::InspectionDone,
    words::{
        Actor,
        inspection::{HallAspect, InspectionRound, WindowAspect},
    },
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{csv, report::period::Period, sheet::About, tasks};
use crate::{
    access::Role,
    app::App,
    clock::{date_of, day_of},
    http::problem,
    inspection_photos::{Finding, KEPT_MONTHS, OF_A_DAY_MAX, OF_A_FINDING_MAX, PhotoName},
    pages::{
        Shared, board,
        guard::{HallReader, Reader},
        guide, html,
        named::Names,
        shell::Shell,
        written,
    },
};

/// The afternoon's round begins here: 13:00.
const AFTERNOON_FROM_MINUTES: u16 = 13 * 60;

/// A box that may be touched.
struct Tick {
    name: String,
    word: String,
    on: bool,
}

struct WindowRow {
    id: String,
    name: String,
    staff: String,
    looked: bool,
    ticks: Vec<Tick>,
    note: String,
}

struct ZoneRows {
    name: String,
    /// Every window of it where somebody is was looked at.
    all: Tick,
    windows: Vec<WindowRow>,
}

struct FormView {
    rounds: Vec<(&'static str, String, bool)>,
    hall: Vec<Tick>,
    zones: Vec<ZoneRows>,
    note: String,
    again: String,
    refused: Option<String>,
    is_closed: bool,
}

#[derive(Template)]
#[template(path = "office_inspection.html")]
struct FormPage {
    s: Shell,
    v: FormView,
}

type Fields = BTreeMap<String, String>;

/// `GET /office/inspection`.
pub async fn form(State(app): Shared, HallReader(reader): HallReader) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let v = form_view(&app, &Fields::new(), None, s.t);
    html(&FormPage { s, v })
}

/// `POST /office/inspection`.
pub async fn note(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let again = format!("inspection {}", field(&fields, "again"));
    let command = Command::Inspect(said(&app, &fields));
    let refused = match board::ask(&app, &reader, &again, command).await {
        Ok(()) => return Ok(Redirect::to("/office/inspections").into_response()),
        Err(why) => problem::why(&why, reader.texts, &app.clock),
    };
    let s = Shell::of(&app, &reader, "/office");
    let v = form_view(&app, &fields, Some(refused), s.t);
    Ok((StatusCode::CONFLICT, html(&FormPage { s, v })).into_response())
}

fn field(fields: &Fields, name: &str) -> String {
    fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default()
}

/// What the form says: windows that were looked at, with what was touched.
fn said(app: &App, fields: &Fields) -> Inspected {
    let round = InspectionRound::parse(&field(fields, "round"));
    let windows = app.profile.setup.windows().iter().filter_map(|window| {
        let id = window.id;
        let is_poor = |aspect: &&WindowAspect| fields.contains_key(&format!("{aspect}.{id}"));
        let poor: Vec<_> = WindowAspect::ALL.iter().filter(is_poor).copied().collect();
        let note = field(fields, &format!("note.{id}"));
        let with_its_zone = fields.contains_key(&format!("zone.{}", window.zone))
            && app.read(|hall| hall.staff_at(id).is_some());
        let is_seen = with_its_zone
            || fields.contains_key(&format!("seen.{id}"))
            || !poor.is_empty()
            || !note.is_empty();
        is_seen.then_some(WindowInspected { window: id, staff: None, poor, note })
    });
    let hall =
        HallAspect::ALL.iter().filter(|aspect| fields.contains_key(&format!("hall.{aspect}")));
    Inspected {
        round: round.unwrap_or(InspectionRound::Unannounced),
        windows: windows.collect(),
        hall: hall.copied().collect(),
        note: field(fields, "note"),
    }
}

fn form_view(app: &App, kept: &Fields, refused: Option<String>, texts: &Texts) -> FormView {
    let is_new = kept.is_empty();
    let now = if app.clock.time_of_day(app.now()).0 < AFTERNOON_FROM_MINUTES {
        InspectionRound::Morning
    } else {
        InspectionRound::Afternoon
    };
    let chosen = InspectionRound::parse(&field(kept, "round")).unwrap_or(now);
    let round = |round: &InspectionRound| {
        let name = texts.get(&format!("inspection_round.{round}")).to_owned();
        (round.as_str(), name, *round == chosen)
    };
    let tick = |name: String, word: String| Tick { on: kept.contains_key(&name), name, word };
    let hall = HallAspect::ALL.iter().map(|aspect| {
        tick(format!("hall.{aspect}"), texts.get(&format!("hall_aspect.{aspect}")).to_owned())
    });
    let (setup, names) = (&app.profile.setup, Names::by(app, texts));
    let staff = |window| app.read(|hall| hall.staff_at(window).map(|staff| staff.to_string()));
    let window = |window: &hall::setup::Window| WindowRow {
        id: window.id.to_string(),
        name: names.window(window.id),
        staff: staff(window.id).unwrap_or_default(),
        looked: kept.contains_key(&format!("seen.{}", window.id)),
        ticks: WindowAspect::ALL
            .iter()
            .map(|aspect| {
                let word = texts.get(&format!("window_aspect.{aspect}")).to_owned();
                tick(format!("{aspect}.{}", window.id), word)
            })
            .collect(),
        note: field(kept, &format!("note.{}", window.id)),
    };
    let zones = setup.zones().iter().map(|zone| ZoneRows {
        name: names.zone(zone.id),
        all: tick(format!("zone.{}", zone.id), texts.get("inspection.whole_zone").to_owned()),
        windows: setup.windows().iter().filter(|each| each.zone == zone.id).map(window).collect(),
    });
    FormView {
        rounds: InspectionRound::ALL.iter().map(round).collect(),
        hall: hall.collect(),
        zones: zones.filter(|zone| !zone.windows.is_empty()).collect(),
        note: field(kept, "note"),
        again: if is_new { guide::order::name() } else { field(kept, "again") },
        refused,
        is_closed: app.read(|hall| hall.day().is_none()),
    }
}

/// Which month.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: Option<String>,
}

/// A line of the 台账: what was found at a window, or in the hall.
struct Line {
    at: String,
    round: String,
    by: String,
    place: String,
    staff: String,
    found: String,
    note: String,
    is_poor: bool,
    photos: Vec<Photo>,
    /// Where a picture can still be added: the inspection and the place.
    adds: Option<(i64, String)>,
}

struct Photo {
    href: String,
    name: String,
    /// "09:58 20 号窗口".
    of: String,
    removes: String,
}

struct View {
    refused: Option<String>,
    title: String,
    base: String,
    months: Vec<(String, String)>,
    lines: Vec<Line>,
    csv: String,
    ledger_note: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_inspections.html")]
struct Page {
    s: Shell,
    v: View,
}

/// `GET /office/inspections?month=2026-11`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let period = tasks::month_of(&app, asked.month.as_deref());
    shown(&app, &reader, period, None)
}

/// The ledger of a month, with why something was not done.
pub fn shown(app: &App, reader: &Reader, period: Period, refused: Option<String>) -> Response {
    let s = Shell::of(app, reader, "/office");
    let (done, texts) = (done(app, period), s.t);
    let around = [(period.before(), "report.before"), (period.after(), "report.after")];
    let month = |(period, key): (Period, &str)| {
        (format!("/office/inspections?month={}", period.written()), texts.get(key).to_owned())
    };
    let About { title, base } = about(&done, period, texts);
    let v = View {
        refused,
        title,
        base,
        months: around.into_iter().map(month).collect(),
        lines: done.iter().rev().flat_map(|each| lines(app, each, texts)).collect(),
        csv: format!("/office/inspections.csv?month={}", period.written()),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
        ledger_note: texts.fill(
            "inspection.ledger_note",
            &[("each", &OF_A_FINDING_MAX), ("day", &OF_A_DAY_MAX), ("months", &KEPT_MONTHS)],
        ),
    };
    html(&Page { s, v })
}

/// `GET /office/inspections.csv?month=2026-11`.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let (texts, period) = (reader.texts, tasks::month_of(&app, asked.month.as_deref()));
    let done = done(&app, period);
    let heads = ["at", "round", "by", "place", "staff", "found", "note", "photos"];
    let heads = heads.map(|head| texts.get(&format!("inspection.th_{head}")).to_owned());
    let mut rows = vec![heads.to_vec()];
    rows.extend(done.iter().flat_map(|each| lines(&app, each, texts)).map(|line| {
        let photos = line.photos.len().to_string();
        vec![line.at, line.round, line.by, line.place, line.staff, line.found, line.note, photos]
    }));
    let name = format!("paihao-{}-inspections", period.written());
    csv::answer(&name, about(&done, period, texts), rows)
}

/// Those of a month, today's included, the oldest first.
fn done(app: &App, period: Period) -> Vec<InspectionDone> {
    let span = (day_of(period.from), day_of(period.until));
    let mut all: Vec<InspectionDone> = app.store.inspections(span).collect();
    let today = app.read(hall::Hall::day).and_then(date_of).filter(|date| period.has(*date));
    if today.is_some() {
        all.extend(app.read(|hall| hall.inspections().to_vec()));
    }
    all
}

fn about(done: &[InspectionDone], period: Period, texts: &Texts) -> About {
    let windows: usize = done.iter().map(|each| each.found.windows.len()).sum();
    let poor = |each: &InspectionDone| {
        each.found.windows.iter().filter(|window| !window.poor.is_empty()).count()
    };
    let poor: usize = done.iter().map(poor).sum();
    let counts: [(&str, &dyn std::fmt::Display); 3] =
        [("n", &done.len()), ("windows", &windows), ("poor", &poor)];
    About {
        title: texts.fill("inspection.title", &[("month", &period.written())]),
        base: texts.fill("inspection.base", &counts),
    }
}

/// What was found, a line each; a round in which everything was in order is one line.
fn lines(app: &App, done: &InspectionDone, texts: &Texts) -> Vec<Line> {
    let found = &done.found;
    let join = |words: Vec<String>| words.join(texts.get("pages.join"));
    let day = app.clock.day(done.at);
    let taken = app.inspection_photos.of_day(day);
    let is_today = app.read(hall::Hall::day) == Some(day);
    let hall = texts.get("inspection.hall");
    let shown = |window: Option<WindowId>, place: &str| {
        let of = Finding { day, at: done.at, window };
        let at = tasks::moment(&app.clock, done.at);
        let of_place = texts.fill("inspection.photo_of", &[("at", &at), ("place", &place)]);
        let photo = |name: &PhotoName| Photo {
            href: format!("/office/inspection/photo?name={name}"),
            name: name.to_string(),
            of: of_place.clone(),
            removes: texts.fill("inspection.photo_removes", &[("of", &of_place)]),
        };
        let photos: Vec<Photo> = taken.iter().filter(|name| name.of == of).map(photo).collect();
        let adds = is_today && photos.len() < OF_A_FINDING_MAX && taken.len() < OF_A_DAY_MAX;
        let place = window.map_or_else(String::new, |window| window.to_string());
        (photos, adds.then_some((done.at.0, place)))
    };
    let line = |window: Option<WindowId>, staff: String, found, note, is_poor: bool| {
        let place = window
            .map_or_else(|| hall.to_owned(), |no| texts.fill("pages.window_no", &[("no", &no)]));
        let (photos, adds) = shown(window, &place);
        Line {
            at: tasks::moment(&app.clock, done.at),
            round: texts.get(&format!("inspection_round.{}", done.found.round)).to_owned(),
            by: match &done.by {
                Actor::Staff(staff) => staff.to_string(),
                Actor::Device(name) | Actor::System(name) => name.to_string(),
                Actor::Hall | Actor::Citizen => written::NOBODY.to_owned(),
            },
            place,
            staff,
            found,
            note,
            is_poor,
            photos,
            adds,
        }
    };
    let poor =
        found.windows.iter().filter(|window| !window.poor.is_empty() || !window.note.is_empty());
    let windows = poor.map(|window| {
        let words =
            window.poor.iter().map(|each| texts.get(&format!("window_aspect.{each}")).to_owned());
        let staff = window.staff.map_or(String::new(), |staff| staff.to_string());
        let found = join(words.collect());
        line(Some(window.window), staff, found, window.note.clone(), !window.poor.is_empty())
    });
    let mut all: Vec<Line> = windows.collect();
    let words = found.hall.iter().map(|each| texts.get(&format!("hall_aspect.{each}")).to_owned());
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        all.push(line(None, String::new(), join(words), found.note.clone(), true));
    } else if all.is_empty() {
        let fine = texts.fill("inspection.fine", &[("n", &found.windows.len())]);
        all.push(line(None, String::new(), fine, found.note.clone(), false));
    } else if !found.note.is_empty() {
        all.push(line(None, String::new(), String::new(), found.note.clone(), false));
    }
    all
}
