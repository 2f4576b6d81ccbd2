//! `POST /windows/{window}/next-leg`: 联办转号.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::NextLegRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Ends this leg and sends the ticket on to its next one.
#[utoipa::path(
    post, path = "/windows/{window}/next-leg", tag = "windows", params(("window" = String, Path)),
    request_body = NextLegRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn next_leg(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<NextLegRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::NextLeg {
        window,
        pipeline: body.pipeline,
    })
    .await
}
