//! `POST /help`: 请工作人员帮忙.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    command::Command,
    words::alert::{AlertKind, Subject},
};
use wire::http::{HelpRequest, HelpState, Problem};

use super::{Shared, ask, body::Body, caller::Caller, problem::Refused};
use crate::app::Notice;

/// The longest name of a place.
const PLACE_CHARS_MAX: usize = 40;

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
    let shown = body.place.chars().filter(|each| !each.is_control());
    let place: String = shown.take(PLACE_CHARS_MAX).collect();
    let from = caller.identity.name;
    let told = Command::AskHelp { from, place: place.clone() };
    // The guide desk is told in any case: somebody may need help while the hall is closed.
    if let Err(refused) = ask(&app, &caller, &body.request_id, told).await {
        tracing::debug!(code = refused.problem.code, "help was asked for and not put on record");
    }
    app.tell(Notice::Help { from, place });
    Ok(StatusCode::NO_CONTENT)
}

/// Tells whether the caller's own call for help still waits for somebody to see to it.
#[utoipa::path(
    get, path = "/help", tag = "kiosks",
    responses(
        (status = 200, body = HelpState),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn help_state(State(app): Shared, caller: Caller) -> Result<Json<HelpState>, Refused> {
    let from = caller.identity.name;
    let waits = app.read(|hall| {
        let is_seen = hall.alerts().any(|alert| {
            alert.kind == AlertKind::Help
                && alert.subject == Subject::Device(from)
                && alert.acknowledged.is_some()
        });
        hall.help_asked(from).is_some() && !is_seen
    });
    Ok(Json(HelpState { waits }))
}
