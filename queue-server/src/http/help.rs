//! `POST /help`: 请工作人员帮忙.

use axum::{extract::State, http::StatusCode};
use hall::time::Millis;
use wire::{board::AlertLevel, http::HelpRequest};

use super::{Shared, body::Body, caller::Caller, problem::Refused};
use crate::{access::Role, alerts::Raised, app::Notice};

/// The longest name of a place.
const PLACE_CHARS_MAX: usize = 40;

/// How long the board tells that somebody asked.
const LASTS: Millis = Millis::from_minutes(10);

/// Wakes the guide desk.
#[utoipa::path(
    post, path = "/help", tag = "kiosks", request_body = HelpRequest,
    responses((status = 204, description = "The guide desk was told."))
)]
pub async fn help(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<HelpRequest>,
) -> Result<StatusCode, Refused> {
    caller.must_be(&[Role::Kiosk, Role::Desk])?;
    let shown = body.place.chars().filter(|each| !each.is_control());
    let place: String = shown.take(PLACE_CHARS_MAX).collect();
    let raised = Raised {
        level: AlertLevel::Red,
        kind: "help",
        since: app.now(),
        lasts: Some(LASTS),
        values: vec![("place", place.clone())],
    };
    app.alerts.raise(&format!("help:{place}"), raised);
    app.tell(Notice::Help { from: caller.identity.name, place });
    Ok(StatusCode::NO_CONTENT)
}
