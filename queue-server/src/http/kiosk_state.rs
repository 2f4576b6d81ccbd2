//! `POST /kiosk/state`: how the calling kiosk is.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
};
use wire::http::{KioskStateAnswer, KioskStateRequest};

use super::{Shared, body::Body, caller::Caller, problem::Refused};
use crate::{access::Role, app::Notice, fleet::trials::Outcome};

/// The longest code.
const WHY_CHARS_MAX: usize = 40;

/// The longest name of a program.
const PROGRAM_CHARS_MAX: usize = 60;

/// What the calling program says it is: `kiosk/0.1.0 no-window` is told as `kiosk 0.1.0 no-window`.
fn program(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let said = said.filter(|said| said.starts_with("kiosk/")).unwrap_or_default();
    said.chars().take(PROGRAM_CHARS_MAX).collect::<String>().replacen('/', " ", 1)
}

/// Notes how the calling kiosk is; the device room shows it, and may ask for a test slip.
#[utoipa::path(
    post, path = "/kiosk/state", tag = "kiosks", request_body = KioskStateRequest,
    responses((status = 200, body = KioskStateAnswer))
)]
pub async fn kiosk_state(
    State(app): Shared,
    caller: Caller,
    headers: HeaderMap,
    Body(body): Body<KioskStateRequest>,
) -> Result<Json<KioskStateAnswer>, Refused> {
    caller.must_be(&[Role::Kiosk])?;
    let why = body.why.chars().filter(|each| !each.is_control()).take(WHY_CHARS_MAX).collect();
    let kiosk = caller.identity.name;
    app.tell(Notice::Kiosk { kiosk, why, about: program(&headers) });
    if let Some(tested) = body.tested
        && app.fleet.note_tried(kiosk, tested.test, Outcome::of_print(tested.outcome))
    {
        app.devices_changed();
    }
    Ok(Json(KioskStateAnswer { test: app.fleet.slip_wanted_of(kiosk) }))
}
