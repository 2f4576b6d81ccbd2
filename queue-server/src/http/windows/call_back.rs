//! `POST /windows/{window}/call-back`: 回呼.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{CallRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Calls somebody back who is away for a moment.
#[utoipa::path(
    post, path = "/windows/{window}/call-back", tag = "windows", params(("window" = String, Path)),
    request_body = CallRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn call_back(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<CallRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::ResumeHeld {
        window,
        no: body.no,
    })
    .await
}
