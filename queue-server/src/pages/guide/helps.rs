//! 求助: who asks for help at a kiosk, for how long, and that somebody goes there.

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Response},
};
use hall::{
    Hall,
    ids::{AlertId, StaffNo},
    state::alerts::AlertNow,
    words::alert::{AlertKind, DeviceTrouble, Subject},
};
use serde::Deserialize;
use wire::{
    http::desk::{AcknowledgeRequest, CloseAlertRequest},
    texts::Texts,
};

use super::order::{self, Giver};
use crate::{
    app::App,
    http::{address::Path, alerts, body::Body},
    pages::Shared,
    readings,
};

/// Calls that are shown; a hall has fewer kiosks.
const SHOWN: usize = 8;

/// Kiosks out of paper and the like that are shown.
const TROUBLES_SHOWN: usize = 5;

/// A device beside which somebody stands and cannot go on: it passes when it is seen to.
pub struct Trouble {
    /// "2号取号机缺纸".
    pub text: String,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
}

/// A call for help.
pub struct Call {
    pub id: u32,
    /// "1号取号机".
    pub place: String,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
    /// Who goes there: "工号 0108 已去"; empty while nobody does.
    pub goes: String,
    /// It is too long ago that somebody pressed.
    pub passed: bool,
    /// Names what is done next: by two presses of one guide it is done once.
    pub again: String,
}

/// The calls, those to which nobody goes first.
pub struct View {
    pub version: String,
    pub calls: Vec<Call>,
    /// To how many nobody goes.
    pub open: usize,
    /// What the kiosks say the guide desk was told of.
    pub troubles: Vec<Trouble>,
}

/// Fills the list.
pub fn fill(app: &App, texts: &Texts) -> View {
    let mut calls: Vec<Call> = app.read(|hall| {
        let helps = hall.alerts().filter(|alert| alert.kind == AlertKind::Help);
        helps.map(|alert| call(app, hall, alert, texts)).collect()
    });
    calls.sort_by_key(|call| (!call.goes.is_empty(), call.since));
    calls.truncate(SHOWN);
    let troubles = app.read(|hall| troubles(app, hall, texts));
    let told = calls.iter().map(|call| format!("{}{}{};", call.id, call.goes, call.passed));
    View {
        version: told.chain(troubles.iter().map(|trouble| trouble.text.clone())).collect(),
        troubles,
        open: calls.iter().filter(|call| call.goes.is_empty()).count(),
        calls,
    }
}

/// What is silent is the electrician's; what wants paper or a hand can be helped from the desk.
fn troubles(app: &App, hall: &Hall, texts: &Texts) -> Vec<Trouble> {
    let wants_a_hand = |alert: &&AlertNow| match alert.subject {
        Subject::Device(id) if alert.kind == AlertKind::Device && alert.level.is_some() => {
            hall.device_trouble(id).is_some_and(|(trouble, _)| trouble != DeviceTrouble::Silent)
        }
        Subject::Device(_)
        | Subject::Hall
        | Subject::Queue(_)
        | Subject::Window(_)
        | Subject::Ticket(_)
        | Subject::Leg(_)
        | Subject::Case(_)
        | Subject::Matter(_)
        | Subject::Visit(_) => false,
    };
    let trouble = |alert: &AlertNow| {
        let text = readings::alerts::words(hall, &app.profile, alert, app.now(), texts);
        Trouble { text, since: alert.since.0 }
    };
    let mut troubles: Vec<Trouble> = hall.alerts().filter(wants_a_hand).map(trouble).collect();
    troubles.sort_by_key(|trouble| std::cmp::Reverse(trouble.since));
    troubles.truncate(TROUBLES_SHOWN);
    troubles
}

fn call(app: &App, hall: &Hall, alert: &AlertNow, texts: &Texts) -> Call {
    let device = match alert.subject {
        Subject::Device(id) => Some(id),
        Subject::Hall
        | Subject::Queue(_)
        | Subject::Window(_)
        | Subject::Ticket(_)
        | Subject::Leg(_)
        | Subject::Case(_)
        | Subject::Matter(_)
        | Subject::Visit(_) => None,
    };
    let pressed = device.and_then(|id| hall.help_asked(id));
    let devices = &app.profile.devices;
    let place = device.map(|from| readings::alerts::help_place(hall, devices, from, texts));
    let place = place.unwrap_or_default();
    let goes = alert.acknowledged.map_or_else(String::new, |(_, staff)| match staff {
        Some(staff) => texts.fill("guide.help_goes", &[("no", &staff)]),
        None => texts.get("guide.help_goes_somebody").to_owned(),
    });
    let passed = alert.level.is_none();
    let next = if goes.is_empty() && !passed { "go" } else { "done" };
    // Each press is answered by a going of its own; the waiting counts from the first.
    let (id, since) = (alert.id.0, alert.raised.0);
    let last = pressed.map_or(since, |help| help.at.0);
    Call { id, place, since, goes, passed, again: format!("help-{next}-{id}-{last}") }
}

/// Another one who goes there already.
fn other_goes(app: &App, giver: &Giver, alert: u32) -> Option<StaffNo> {
    let goes = app.read(|hall| hall.alert(AlertId(alert)).and_then(|alert| alert.acknowledged));
    goes.and_then(|(_, staff)| staff).filter(|staff| Some(*staff) != giver.caller.identity.staff)
}

/// What the form says.
#[derive(Deserialize)]
pub struct Answered {
    id: u32,
    /// `go` or `done`.
    does: String,
    again: String,
}

/// `POST /guide/help`: somebody goes there, or has been there.
pub async fn answer(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Answered>,
) -> Result<Response, Response> {
    let (state, request_id) = (State(app), form.again);
    let told = if form.does == "done" {
        let note = giver.texts.get("guide.help_note").to_owned();
        let body = CloseAlertRequest { request_id, note };
        alerts::close(state, giver.caller, Path(form.id), Body(body)).await
    } else if let Some(other) = other_goes(&state, &giver, form.id) {
        // Two guides with the same page: the second is told who was first.
        return Err(order::lacks(&giver.texts.fill("guide.help_goes", &[("no", &other)])));
    } else {
        let body = AcknowledgeRequest { request_id, note: None };
        alerts::acknowledge(state, giver.caller, Path(form.id), Body(body)).await
    };
    let _done = told.map_err(order::refused)?;
    let said = if form.does == "done" { "guide.help_done_said" } else { "guide.help_go_said" };
    Ok(giver.way.stays(giver.texts.get(said)).into_response())
}
