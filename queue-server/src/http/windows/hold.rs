//! `POST /windows/{window}/hold`: 挂起.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{PlainRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Lets the person at the window go away for a moment.
#[utoipa::path(
    post, path = "/windows/{window}/hold", tag = "windows", params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn hold(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Hold { window }).await
}
