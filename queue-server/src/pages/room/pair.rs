//! 配对: the office makes a code for a new bridge, kiosk or screen, gives one a new credential, or
//! takes it out of use.

use std::{collections::BTreeSet, time::Instant};

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use hall::ids::{DeviceId, WindowId};
use serde::Deserialize;
use wire::{device::DeviceKind, texts::Texts};

use crate::{
    access::{Credential, Role, SERVER},
    app::App,
    pages::{Shared, Wanted, guard::Reader, html, shell::Shell},
    pairing::{Offer, PairingRefusal},
};

/// Who can be paired; desks and people sign in.
const PAIRED: [Role; 3] = [Role::Kiosk, Role::Display, Role::Bridge];

/// Something that can be paired.
struct Choice {
    value: String,
    label: String,
}

/// A code that waits to be typed.
struct Code {
    /// "1234 5678".
    code: String,
    name: String,
    /// "还有 9 分钟".
    left: String,
    /// What is typed at the new device.
    command: String,
}

/// A credential in use.
struct InUse {
    name: String,
    role: String,
    windows: String,
    value: String,
}

struct View {
    choices: Vec<Choice>,
    codes: Vec<Code>,
    in_use: Vec<InUse>,
    version: String,
}

#[derive(Template)]
#[template(path = "room_pair.html")]
struct Page {
    s: Shell,
    p: View,
}

#[derive(Template)]
#[template(path = "room_pair_live.html")]
struct Fragment {
    s: Shell,
    p: View,
}

/// `GET /room/pair`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let s = Shell::of(&app, &reader, "/room");
    let p = fill(&app, &headers, s.t).map_err(IntoResponse::into_response)?;
    Ok(if wanted.fragment.is_some() { html(&Fragment { s, p }) } else { html(&Page { s, p }) })
}

fn credentials(app: &App) -> Result<Vec<Credential>, StatusCode> {
    app.access.credentials().map_err(|fault| {
        tracing::error!(%fault, "the credentials cannot be read");
        StatusCode::INTERNAL_SERVER_ERROR
    })
}

fn fill(app: &App, headers: &HeaderMap, texts: &Texts) -> Result<View, StatusCode> {
    let mut credentials = credentials(app)?;
    credentials.retain(|credential| PAIRED.contains(&credential.role));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("HOST");
    let server = app.public_url.clone().unwrap_or_else(|| format!("http://{host}"));
    let authority = if server.starts_with("https://") { " --authority-file hall.pem" } else { "" };
    let codes = app.pairings.open(Instant::now()).into_iter().map(|open| {
        let (name, program) = (open.offer.name, program(open.offer.role));
        let minutes = open.left.as_secs().div_ceil(60);
        let code = &open.code;
        Code {
            command: format!(
                "{program} pair --server {server}{authority} --code {code} --out {name}.secret"
            ),
            code: format!("{} {}", &code[..4], &code[4..]),
            name: name.to_string(),
            left: texts.fill("room.code_left", &[("n", &minutes)]),
        }
    });
    let codes: Vec<Code> = codes.collect();
    let role_word = |role: Role| texts.get(&format!("room.role_{}", role.as_str())).to_owned();
    let in_use = credentials.iter().map(|credential| {
        let windows: Vec<&str> = credential.windows.iter().map(WindowId::as_str).collect();
        let (name, role) = (credential.name.to_string(), credential.role);
        let value = format!("{}:{name}", role.as_str());
        InUse { name, role: role_word(role), windows: windows.join(" "), value }
    });
    let in_use: Vec<InUse> = in_use.collect();
    let told = |code: &Code| format!("{}{}", code.code, code.left);
    let version = format!(
        "{}{}",
        codes.iter().map(told).collect::<String>(),
        in_use.iter().map(|each| each.name.as_str()).collect::<Vec<_>>().join(" ")
    );
    let choices = choices(app, &credentials, texts);
    Ok(View { choices, codes, in_use, version })
}

/// The program that is paired.
const fn program(role: Role) -> &'static str {
    match role {
        Role::Kiosk => "kiosk",
        Role::Display => "display",
        Role::Bridge => "firmware-bridge",
        Role::Desk
        | Role::Guide
        | Role::Office
        | Role::Supervisor
        | Role::Operator
        | Role::Admin
        | Role::Security
        | Role::Auditor => "",
    }
}

/// What has no credential yet: kiosks, screens and voices of the profile, the carriers that it
/// names, and one more bridge.
fn choices(app: &App, credentials: &[Credential], texts: &Texts) -> Vec<Choice> {
    let taken: BTreeSet<DeviceId> = credentials.iter().map(|credential| credential.name).collect();
    let mut wanted: Vec<(Role, DeviceId, String)> = Vec::new();
    for device in &app.profile.devices {
        let (role, own) = match device.kind {
            DeviceKind::Kiosk => (Role::Kiosk, Some(device.id)),
            // The bridge of its line speaks for it.
            DeviceKind::HallScreen if device.line.is_some() => (Role::Bridge, device.carrier),
            DeviceKind::HallScreen
            | DeviceKind::WindowScreen
            | DeviceKind::Tablet
            | DeviceKind::Voice => (Role::Display, Some(device.carrier.unwrap_or(device.id))),
            DeviceKind::Strip
            | DeviceKind::Pad
            | DeviceKind::Evaluator
            | DeviceKind::Printer
            | DeviceKind::Reader => (Role::Bridge, device.carrier),
        };
        let Some(name) = own else { continue };
        let said = if role == Role::Bridge { String::new() } else { device.name.clone() };
        if !wanted.iter().any(|(_, known, _)| *known == name) {
            wanted.push((role, name, said));
        }
    }
    let next = (1..).map(|n| format!("bridge-{n}")).filter_map(|name| name.parse().ok());
    let known = |name: &DeviceId| taken.contains(name) || wanted.iter().any(|each| each.1 == *name);
    if let Some(name) = next.into_iter().find(|name| !known(name)) {
        wanted.push((Role::Bridge, name, String::new()));
    }
    let fresh = wanted.into_iter().filter(|(_, name, _)| !taken.contains(name));
    fresh
        .map(|(role, name, said)| {
            let word = texts.get(&format!("room.role_{}", role.as_str())).to_owned();
            Choice {
                value: format!("{}:{name}", role.as_str()),
                label: format!("{word} {name} {said}").trim_end().to_owned(),
            }
        })
        .collect()
}

/// Who shall be paired.
#[derive(Deserialize)]
pub struct PairForm {
    what: String,
    #[serde(default)]
    windows: String,
}

/// `POST /room/pair`: makes a code; for a credential in use the one that it gives takes its place.
pub async fn offer(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<PairForm>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let no =
        |status: StatusCode, key: &str| (status, reader.texts.get(key).to_owned()).into_response();
    let Some(offer) = wanted(&app, &form).map_err(IntoResponse::into_response)? else {
        return Err(no(StatusCode::UNPROCESSABLE_ENTITY, "room.pair_wrong"));
    };
    match app.pairings.offer(offer, Instant::now()) {
        Ok(_) => {
            app.devices_changed();
            Ok(Redirect::to("/room/pair").into_response())
        }
        Err(PairingRefusal::TooManyOpen) => Err(no(StatusCode::CONFLICT, "room.pair_too_many")),
        Err(PairingRefusal::NoLuck | PairingRefusal::NoSuchCode | PairingRefusal::TooManyWrong) => {
            Err(no(StatusCode::SERVICE_UNAVAILABLE, "room.pair_wrong"))
        }
    }
}

/// What the form asks for; none if there is no such thing in this hall.
fn wanted(app: &App, form: &PairForm) -> Result<Option<Offer>, StatusCode> {
    let Some((role, name)) = form.what.split_once(':') else { return Ok(None) };
    let (Ok(role), Ok(name)) = (role.parse::<Role>(), name.parse::<DeviceId>()) else {
        return Ok(None);
    };
    let windows: Result<Vec<WindowId>, _> = form
        .windows
        .split([' ', ',', '，', '、'])
        .filter(|id| !id.is_empty())
        .map(str::parse)
        .collect();
    let Ok(windows) = windows else { return Ok(None) };
    let has = |window: &WindowId| app.profile.setup.window(*window).is_some();
    let is_kiosk =
        |device: &crate::profile::Device| device.id == name && device.kind == DeviceKind::Kiosk;
    let in_use = credentials(app)?.into_iter().find(|credential| credential.name == name);
    let fits = PAIRED.contains(&role)
        && name.as_str() != SERVER
        && windows.iter().all(has)
        && (windows.is_empty() || role == Role::Bridge)
        && (role != Role::Kiosk || app.profile.devices.iter().any(is_kiosk))
        && in_use.as_ref().is_none_or(|credential| credential.role == role);
    // A new credential for one in use is good for the same windows.
    let windows = in_use.map_or(windows, |credential| credential.windows);
    Ok(fits.then_some(Offer { name, role, windows }))
}

/// Who is taken out of use.
#[derive(Deserialize)]
pub struct RetireForm {
    name: String,
}

/// `POST /room/retire`: takes a credential back; a connection with it is closed within seconds.
pub async fn retire(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<RetireForm>,
) -> Result<Response, Response> {
    reader.must_be(Role::RUNS_DEVICES)?;
    let name = form.name.parse::<DeviceId>().ok();
    let held = credentials(&app).map_err(IntoResponse::into_response)?;
    let found = held.into_iter().find(|credential| Some(credential.name) == name);
    let Some(credential) = found.filter(|credential| PAIRED.contains(&credential.role)) else {
        return Err(StatusCode::NOT_FOUND.into_response());
    };
    app.pairings.void(credential.name);
    app.access.revoke(credential.name).map_err(|fault| {
        tracing::error!(%fault, "a credential could not be taken back");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })?;
    tracing::info!(name = %credential.name, by = %reader.identity.name, "taken out of use");
    app.devices_changed();
    Ok(Redirect::to("/room/pair").into_response())
}
