//! 设备间: every device, what it said of itself, and for twins what the bytes made it show.

mod being;
pub mod check;
pub mod list;
mod pads;
pub mod pair;
mod slips;
mod trial;

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hall::{
    ids::{DeviceId, WindowId},
    setup::Window,
};
use serde::Deserialize;
use wire::{
    device::{DeviceKind, Face, Health, Picture},
    texts::Texts,
};

use super::{Shared, Wanted, guard::Reader, html, named::Names, shell::Shell};
use crate::{
    access::Role,
    app::App,
    fleet::{Known, PressFault},
};
use being::Being;
use pads::Pad;
use slips::Slip;

/// Letters of a strip past which they are set smaller.
const STRIP_LETTERS: usize = 9;

/// A device that belongs to no window.
struct Big {
    name: String,
    is: Being,
    about: String,
    /// What a screen of diodes shows; empty for every other device.
    led: String,
    /// Where its picture is, drawn from the bytes; none of a real one.
    drawn: Option<String>,
}

struct Win {
    id: String,
    name: String,
    parts: Vec<Part>,
    version: String,
    level: &'static str,
    /// 应 and 已; empty while the strip shows what it must.
    behind: String,
    strip: String,
    long: bool,
    /// Nobody knows what the strip shows: it is away.
    dark: bool,
    pads: Vec<Pad>,
    slips: Vec<Slip>,
}

/// A device of a window.
struct Part {
    name: String,
    is: Being,
}

struct View {
    summary: String,
    bigs_version: String,
    bigs: Vec<Big>,
    windows: Vec<Win>,
    slip_version: String,
    slips: String,
    roll: Option<Roll>,
}

/// The paper of a virtual printer.
struct Roll {
    device: String,
    /// What the key does now.
    key: &'static str,
}

#[derive(Template)]
#[template(path = "room.html")]
struct Page {
    s: Shell,
    r: View,
}

#[derive(Template)]
#[template(path = "room_live.html")]
struct Fragment {
    s: Shell,
    r: View,
}

/// `GET /room`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let s = Shell::of(&app, &reader, "/room");
    let r = fill(&app, reader.texts);
    Ok(if wanted.fragment.is_some() { html(&Fragment { s, r }) } else { html(&Page { s, r }) })
}

fn fill(app: &App, texts: &Texts) -> View {
    let devices = app.fleet.devices();
    let (online, all) = app.fleet.online();
    let bigs: Vec<Big> = devices
        .iter()
        .filter(|known| known.device.window.is_none())
        .map(|known| big(app, known, texts))
        .collect();
    let mut by_window: BTreeMap<WindowId, Vec<&Known>> = BTreeMap::new();
    for known in &devices {
        if let Some(window) = known.device.window {
            by_window.entry(window).or_default().push(known);
        }
    }
    let windows = app.profile.setup.windows().iter();
    let windows = windows.filter_map(|window| Some((window, by_window.get(&window.id)?)));
    let tickets = devices.iter().filter(|known| known.device.window.is_none());
    let printer = tickets.into_iter().find_map(|known| match &known.picture {
        Some(Picture::Slip { slips, paper, .. }) => Some((known.device.id, *slips, *paper)),
        Some(
            Picture::Strip { .. }
            | Picture::Panel { .. }
            | Picture::Pad { .. }
            | Picture::Evaluator { .. },
        )
        | None => None,
    });
    let slip = printer.map(|(_, slips, _)| slips).filter(|slips| *slips > 0);
    let written: Vec<String> = bigs
        .iter()
        .map(|big| format!("{}{}{}{:?}", big.is.version(), big.about, big.led, big.drawn))
        .collect();
    View {
        summary: texts.fill("room.summary", &[("online", &online), ("all", &all)]),
        bigs_version: format!("{online}-{}", written.join("")),
        bigs,
        windows: windows.map(|(window, devices)| win(app, window, devices, texts)).collect(),
        slip_version: slip.map_or(String::new(), |slips| slips.to_string()),
        slips: slip.map_or(String::new(), |slips| texts.fill("room.slips", &[("n", &slips)])),
        roll: printer.map(|(device, _, paper)| Roll {
            device: device.to_string(),
            key: if paper { "room.paper_out" } else { "room.paper_in" },
        }),
    }
}

fn big(app: &App, known: &Known, texts: &Texts) -> Big {
    let about = known.state.as_ref().map_or("", |state| state.about.as_str());
    let (name, is) = (known.device.name.clone(), being::of(app, known, texts));
    Big { name, is, about: program(about, texts), led: strip_text(known), drawn: drawn(known) }
}

/// The address of a panel's picture; another picture has another.
fn drawn(known: &Known) -> Option<String> {
    let Picture::Panel { png_base64, .. } = known.picture.as_ref()? else { return None };
    let mut seen = DefaultHasher::new();
    png_base64.hash(&mut seen);
    Some(format!("/room/picture.png?device={}&n={:x}", known.device.id, seen.finish()))
}

/// What a device says of its program, in words: "display 0.1.0 no-window" names the program, its
/// version and how it runs. What is in no such words is shown as it came.
fn program(about: &str, texts: &Texts) -> String {
    let mut words = about.split(' ');
    let (Some(program), Some(version)) = (words.next(), words.next()) else {
        return about.to_owned();
    };
    let key = format!("room.about_{program}");
    if !texts.has(&key) {
        return about.to_owned();
    }
    let named = texts.fill(&key, &[("version", &version)]);
    let how = words.map(|word| {
        let key = format!("room.about_{word}");
        if texts.has(&key) { texts.get(&key).to_owned() } else { word.to_owned() }
    });
    std::iter::once(named).chain(how).collect::<Vec<_>>().join(" · ")
}

fn part(app: &App, known: &Known, texts: &Texts) -> Part {
    let name = match known.device.kind {
        DeviceKind::Strip => texts.get("room.strip"),
        DeviceKind::Pad => texts.get("room.pad"),
        DeviceKind::Evaluator => texts.get("room.evaluator"),
        DeviceKind::Printer => texts.get("room.slip_printer"),
        DeviceKind::WindowScreen => texts.get("room.kind_window_screen"),
        DeviceKind::Tablet => texts.get("room.kind_tablet"),
        DeviceKind::Kiosk | DeviceKind::HallScreen | DeviceKind::Voice | DeviceKind::Reader => {
            &known.device.name
        }
    };
    Part { name: name.to_owned(), is: being::of(app, known, texts) }
}

fn win(app: &App, window: &Window, devices: &[&Known], texts: &Texts) -> Win {
    let strip = devices.iter().find(|known| known.device.kind == DeviceKind::Strip);
    let dark = strip.is_some_and(|strip| is_lost(app, strip));
    let text = match strip {
        Some(_) if dark => texts.get("room.strip_dark").to_owned(),
        Some(strip) => strip_text(strip),
        None => String::new(),
    };
    let behind = strip.map_or(String::new(), |strip| behind(strip, texts));
    let pads: Vec<Pad> = devices.iter().filter_map(|known| pads::of(known, texts)).collect();
    let parts: Vec<Part> = devices.iter().map(|known| part(app, known, texts)).collect();
    let slips: Vec<Slip> = devices.iter().filter_map(|known| slips::of(known)).collect();
    let pressed = pads.iter().map(Pad::version).chain(slips.iter().map(Slip::version));
    let told = parts.iter().map(|part| part.is.version());
    let state: String = pressed.chain(told).collect();
    Win {
        id: window.id.to_string(),
        name: Names::by(app, texts).window(window.id),
        version: format!("{behind}{text}{state}"),
        level: being::worst(parts.iter().map(|part| &part.is)),
        parts,
        behind,
        long: text.chars().count() > STRIP_LETTERS,
        strip: text,
        dark,
        pads,
        slips,
    }
}

/// It is away, and not only because the hall has just opened.
fn is_lost(app: &App, known: &Known) -> bool {
    let id = known.device.id;
    app.fleet.health(id) == Health::Offline && app.fleet.silence(id).is_some()
}

/// "应 305 已 298": only while the two differ.
fn behind(strip: &Known, texts: &Texts) -> String {
    let Some(wanted) = strip.wanted.as_ref().map(|wanted| wanted.revision) else {
        return String::new();
    };
    if strip.shown == Some(wanted) {
        return String::new();
    }
    let shown = strip.shown.map_or("–".to_owned(), short);
    texts.fill("room.behind", &[("wanted", &short(wanted)), ("shown", &shown)])
}

/// Revisions are long; people compare their ends.
fn short(revision: u64) -> String {
    (revision % 100_000).to_string()
}

/// What the bytes made the strip show; without a twin, what it was told to show.
fn strip_text(strip: &Known) -> String {
    let shown = strip.picture.as_ref().and_then(Picture::text);
    match (shown, strip.wanted.as_ref().map(|wanted| &wanted.face)) {
        (Some(text), _) => text.trim().to_owned(),
        (_, Some(Face::Strip { text, .. })) => text.clone(),
        (
            _,
            Some(
                Face::Pad { .. }
                | Face::Evaluator { .. }
                | Face::HallScreen(_)
                | Face::WindowScreen(_)
                | Face::Tablet(_),
            )
            | None,
        ) => String::new(),
    }
}

#[derive(Deserialize)]
pub struct Pressed {
    device: String,
    key: String,
}

/// `POST /room/press`: a key of a virtual device.
pub async fn press(
    State(app): Shared,
    reader: Reader,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let device = pressed.device.parse::<DeviceId>();
    let Ok(device) = device else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    if let Err(fault) = app.fleet.press(device, &pressed.key) {
        let words = reader.texts.get(refused(fault)).to_owned();
        return Err((StatusCode::CONFLICT, words).into_response());
    }
    Ok(Redirect::to("/room").into_response())
}

/// The words of a key that was not taken.
fn refused(fault: PressFault) -> &'static str {
    match fault {
        PressFault::NoSuchDevice => "room.press_no_such_device",
        PressFault::NoTwin => "room.press_no_twin",
        PressFault::NotAsked => "room.press_not_asked",
        PressFault::Busy => "room.press_busy",
    }
}

#[derive(Deserialize)]
pub struct WhosePicture {
    /// A window's printer or a panel; the kiosk's printer if none is named.
    device: Option<DeviceId>,
}

/// `GET /room/picture.png`: the last slip, or a panel's diodes, drawn from the bytes that came.
pub async fn picture(
    State(app): Shared,
    reader: Reader,
    Query(whose): Query<WhosePicture>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let is_meant = |known: &Known| match whose.device {
        Some(device) => known.device.id == device,
        None => known.device.window.is_none(),
    };
    let devices = app.fleet.devices().into_iter().filter(is_meant);
    let png = devices.into_iter().find_map(|known| match known.picture? {
        Picture::Slip { slips: 0, .. } => None,
        Picture::Slip { png_base64, .. } => STANDARD.decode(png_base64).ok(),
        Picture::Panel { png_base64, .. } if whose.device.is_some() => {
            STANDARD.decode(png_base64).ok()
        }
        Picture::Panel { .. }
        | Picture::Strip { .. }
        | Picture::Pad { .. }
        | Picture::Evaluator { .. } => None,
    });
    let png = png.ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}

#[cfg(test)]
mod tests {
    use wire::texts::Language;

    use super::*;

    #[test]
    fn a_program_is_named_in_words_and_what_is_not_known_is_left() {
        let texts = Texts::of(Language::English);
        assert_eq!(
            program("display 0.1.0 no-window", texts),
            "screen program 0.1.0 · without a window"
        );
        assert_eq!(program("kiosk 0.1.0", texts), "kiosk program 0.1.0");
        assert_eq!(program("voice 0.1.0 silent", texts), "voice program 0.1.0 · makes no sound");
        assert_eq!(program("generic-80 127.0.0.1:9100", texts), "generic-80 127.0.0.1:9100");
        assert_eq!(program("", texts), "");
    }
}
