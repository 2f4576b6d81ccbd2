//! `POST /windows/{window}/lend`: 借用.

use axum::{Json, extract::State};
use hall::{command::Command, time::Millis};
use wire::http::{Problem, WindowAnswer, desk::LendRequest};

use super::managed;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Lends a queue to a window.
#[utoipa::path(
    post, path = "/windows/{window}/lend", tag = "windows", params(("window" = String, Path)),
    request_body = LendRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn lend(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<LendRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    let until = body.minutes.map(|minutes| app.now() + Millis::from_minutes(minutes.into()));
    managed(&app, &caller, &window, &body.request_id, |window| Command::Lend {
        queue: body.queue,
        window,
        until,
    })
    .await
}
