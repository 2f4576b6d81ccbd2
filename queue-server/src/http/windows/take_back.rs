//! `POST /windows/{window}/take-back`: 撤回, the last press was a mistake.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{PlainRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Takes back the last press at the window, if it was made just now and nothing was built on it.
#[utoipa::path(
    post, path = "/windows/{window}/take-back", tag = "windows", params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn take_back(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::TakeBack { window }).await
}
