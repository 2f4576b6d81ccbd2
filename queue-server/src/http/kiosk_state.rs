//! `POST /kiosk/state`: how the calling kiosk is.

use axum::{extract::State, http::StatusCode};
use wire::http::KioskStateRequest;

use super::{Shared, body::Body, caller::Caller, problem::Refused};
use crate::{access::Role, app::Notice};

/// The longest code.
const WHY_CHARS_MAX: usize = 40;

/// Notes how the calling kiosk is; the device room shows it.
#[utoipa::path(
    post, path = "/kiosk/state", tag = "kiosks", request_body = KioskStateRequest,
    responses((status = 204, description = "Noted."))
)]
pub async fn kiosk_state(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<KioskStateRequest>,
) -> Result<StatusCode, Refused> {
    caller.must_be(&[Role::Kiosk])?;
    let why = body.why.chars().filter(|each| !each.is_control()).take(WHY_CHARS_MAX).collect();
    app.tell(Notice::Kiosk { kiosk: caller.identity.name, why });
    Ok(StatusCode::NO_CONTENT)
}
