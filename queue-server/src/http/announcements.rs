//! `POST /announcements`: 广播, what a manager says to the hall.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Done, Problem, desk::AnnounceRequest};

use super::{Shared, ask, body::Body, caller::Caller, problem::Refused};

/// Says something to the hall, or to one zone; it is on record who said what.
#[utoipa::path(
    post, path = "/announcements", tag = "announcements", request_body = AnnounceRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn announce(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<AnnounceRequest>,
) -> Result<Json<Done>, Refused> {
    let (text, urgent, zone) = (body.text, body.urgent, body.zone);
    ask(&app, &caller, &body.request_id, Command::Announce { text, urgent, zone }).await?;
    Ok(Json(Done { done: true }))
}
