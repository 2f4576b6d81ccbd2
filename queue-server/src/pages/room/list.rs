//! 设备清单: every device with where it is, how it is, what it must show and shows, its counters,
//! and what can be tried with it; also as a table for a spreadsheet.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::ids::DeviceId;
use serde::Deserialize;
use wire::{
    device::{Face, Picture},
    texts::Texts,
};

use super::{Being, being, program, refused, short, trial};
use crate::{
    access::Role,
    app::App,
    fleet::{Known, trials::Tried},
    pages::{Shared, Wanted, guard::Reader, html, office::csv, shell::Shell},
};

/// One device.
struct Row {
    id: String,
    name: String,
    kind: String,
    place: String,
    model: String,
    is: Being,
    wanted: String,
    shows: String,
    revisions: String,
    /// It owes its newest face.
    behind: bool,
    counters: String,
    tries: Vec<Try>,
    trial: trial::Told,
}

/// Something that can be tried.
struct Try {
    name: &'static str,
    word: String,
}

impl Row {
    fn version(&self) -> String {
        let Self { is, wanted, shows, revisions, counters, trial, .. } = self;
        format!("{}{wanted}{shows}{revisions}{counters}{}", is.version(), trial.word)
    }
}

#[derive(Template)]
#[template(path = "room_list.html")]
struct Page {
    s: Shell,
    rows: Vec<Row>,
    summary: String,
}

#[derive(Template)]
#[template(path = "room_list_live.html")]
struct Fragment {
    s: Shell,
    rows: Vec<Row>,
    summary: String,
}

/// `GET /room/devices`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let s = Shell::of(&app, &reader, "/room");
    let rows = trial::in_order(&app).iter().map(|known| row(&app, known, s.t)).collect();
    let (online, all) = app.fleet.online();
    let summary = s.t.fill("board.devices_online", &[("online", &online), ("all", &all)]);
    Ok(if wanted.fragment.is_some() {
        html(&Fragment { s, rows, summary })
    } else {
        html(&Page { s, rows, summary })
    })
}

fn row(app: &App, known: &Known, texts: &Texts) -> Row {
    let id = known.device.id;
    let trying = |tried: &Tried| Try {
        name: tried.as_str(),
        word: texts.get(&format!("room.try_{}", tried.as_str())).to_owned(),
    };
    Row {
        id: id.to_string(),
        name: trial::name(known, texts),
        kind: trial::kind(known, texts),
        place: place(app, known, texts),
        model: model(known, texts),
        is: being::of(app, known, texts),
        wanted: known.wanted.as_ref().map_or(String::new(), |wanted| face(&wanted.face, texts)),
        shows: shows(known, texts),
        revisions: revisions(known, texts),
        behind: app.fleet.is_stale(id),
        counters: counters(known, texts).join(" · "),
        tries: Tried::of(known).iter().map(trying).collect(),
        trial: trial::told(app.fleet.trial(id).as_ref(), texts),
    }
}

/// Window, line, speed and address; of a device without a line its window, of a reader its kiosk.
fn place(app: &App, known: &Known, texts: &Texts) -> String {
    let device = &known.device;
    let window = device.window.map(|window| texts.fill("pages.window_no", &[("no", &window)]));
    let kiosk = device.kiosk.and_then(|kiosk| app.fleet.device(kiosk));
    let kiosk = kiosk.map(|kiosk| kiosk.device.name);
    let line = device
        .line
        .as_ref()
        .map(|name| baud(app, known).map_or_else(|| name.clone(), |baud| format!("{name} {baud}")));
    let address =
        device.address.map(|address| texts.fill("room.address", &[("address", &address)]));
    let bridge = known.bridge.map(|bridge| bridge.to_string());
    let parts = [window, kiosk, bridge, line, address];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The speed of its line.
fn baud(app: &App, known: &Known) -> Option<u32> {
    let name = known.device.line.as_ref()?;
    app.profile.lines.iter().find(|line| line.name == *name).map(|line| line.baud)
}

/// Its profile, and what it says of itself.
fn model(known: &Known, texts: &Texts) -> String {
    let about = known.state.as_ref().map_or("", |state| state.about.as_str());
    let (profile, told) = (&known.device.profile, program(about, texts));
    if profile.is_empty() || about.starts_with(profile.as_str()) {
        return told;
    }
    if told.is_empty() { profile.clone() } else { format!("{profile} · {told}") }
}

/// A face in words.
fn face(face: &Face, texts: &Texts) -> String {
    match face {
        Face::Strip { text, .. } => text.clone(),
        Face::Pad { no, waiting } => {
            let no = no.map_or("–".to_owned(), |no| no.to_string());
            texts.fill("room.pad_face", &[("no", &no), ("n", waiting)])
        }
        Face::Evaluator { ask: Some(ask) } => texts.fill("room.asks", &[("no", &ask.no)]),
        Face::Evaluator { ask: None } => texts.get("room.asks_nobody").to_owned(),
        Face::WindowScreen(screen) => {
            let state = texts.get(&format!("window_state.{}", screen.state)).to_owned();
            let no = screen.no.map_or(String::new(), |no| format!("{no} "));
            format!("{no}{state}")
        }
        Face::Tablet(tablet) => match tablet.ask {
            Some(ask) => texts.fill("room.asks", &[("no", &ask.no)]),
            None => texts.get("room.asks_nobody").to_owned(),
        },
        Face::HallScreen(screen) => texts.fill("room.screen_face", &[("n", &screen.rows.len())]),
    }
}

/// What a twin's bytes made it show; a real device is believed what it confirmed.
fn shows(known: &Known, texts: &Texts) -> String {
    match &known.picture {
        Some(Picture::Strip { text, .. } | Picture::Panel { text, .. }) => text.trim().to_owned(),
        Some(Picture::Pad { digits, .. }) => digits.trim().to_owned(),
        Some(Picture::Evaluator { asking: true, .. }) => texts.get("room.lit").to_owned(),
        Some(Picture::Evaluator { asking: false, .. }) => texts.get("room.asks_nobody").to_owned(),
        Some(Picture::Slip { slips, .. }) => texts.fill("room.slips", &[("n", slips)]),
        None => match (&known.wanted, known.shown) {
            (Some(wanted), Some(shown)) if shown >= wanted.revision => face(&wanted.face, texts),
            (Some(_) | None, _) => String::new(),
        },
    }
}

/// "应 305 已 305".
fn revisions(known: &Known, texts: &Texts) -> String {
    let Some(wanted) = &known.wanted else { return String::new() };
    if known.device.is_screen_program() && known.shown.is_none() {
        // A program without a window shows nothing and confirms nothing.
        return String::new();
    }
    let shown = known.shown.map_or("–".to_owned(), short);
    texts.fill("room.behind", &[("wanted", &short(wanted.revision)), ("shown", &shown)])
}

/// What a device counts, in words where there are some; what is zero is left out.
fn counters(known: &Known, texts: &Texts) -> Vec<String> {
    let counters = known.state.iter().flat_map(|state| &state.counters);
    let told = counters.filter(|(_, count)| **count > 0).map(|(name, count)| {
        let key = format!("counter.{name}");
        let word = if texts.has(&key) { texts.get(&key) } else { name };
        format!("{word} {count}")
    });
    told.collect()
}

/// What is tried with which device.
#[derive(Deserialize)]
pub struct TryForm {
    device: String,
    what: String,
}

/// `POST /room/try`: asks a device to show, say, beep or print a test, or waits for its key.
pub async fn try_out(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<TryForm>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let asked = form.device.parse::<DeviceId>().ok().zip(Tried::parse(&form.what));
    let Some((device, tried)) = asked else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    if let Err(fault) = app.fleet.try_out(device, tried, app.now()) {
        let words = reader.texts.get(refused(fault)).to_owned();
        return Err((StatusCode::CONFLICT, words).into_response());
    }
    app.devices_changed();
    Ok(Redirect::to("/room/devices").into_response())
}

/// `GET /room/devices.csv`.
pub async fn file(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let texts = reader.texts;
    let heads = [
        "room.th_id",
        "room.th_device",
        "room.th_kind",
        "room.th_window",
        "room.th_bridge",
        "room.th_line",
        "room.th_baud",
        "room.th_address",
        "room.th_model",
        "room.th_state",
        "room.th_why",
        "room.th_heard",
        "room.th_wanted",
        "room.th_shows",
        "room.th_revisions",
        "room.th_counters",
        "room.th_trial",
    ];
    let mut rows = vec![heads.map(|key| texts.get(key).to_owned()).to_vec()];
    for known in trial::in_order(&app) {
        let row = row(&app, &known, texts);
        let device = &known.device;
        rows.push(vec![
            row.id,
            row.name,
            row.kind,
            device.window.map_or(String::new(), |window| window.to_string()),
            known.bridge.map_or(String::new(), |bridge| bridge.to_string()),
            device.line.clone().unwrap_or_default(),
            baud(&app, &known).map_or(String::new(), |baud| baud.to_string()),
            device.address.map_or(String::new(), |address| address.to_string()),
            row.model,
            row.is.word,
            row.is.hint,
            row.is.heard,
            row.wanted,
            row.shows,
            row.revisions,
            row.counters,
            row.trial.word,
        ]);
    }
    Ok(csv::plainly("paihao-devices", &rows))
}
