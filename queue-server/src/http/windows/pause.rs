//! `POST /windows/{window}/pause`: 暂停服务.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{PauseRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Lets the window pause, with a reason.
#[utoipa::path(
    post, path = "/windows/{window}/pause", tag = "windows", params(("window" = String, Path)),
    request_body = PauseRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn pause(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PauseRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Pause {
        window,
        reason: body.reason,
        whereabouts: body.whereabouts,
    })
    .await
}
