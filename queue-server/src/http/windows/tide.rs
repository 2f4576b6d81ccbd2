//! `POST /windows/{window}/tide`: 潮汐窗口, by hand.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{PlainRequest, Problem, WindowAnswer, desk::TideRequest};

use super::managed;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Lets a window serve more queues for a time.
#[utoipa::path(
    post, path = "/windows/{window}/tide", tag = "windows", params(("window" = String, Path)),
    request_body = TideRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn open_tide(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<TideRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    managed(&app, &caller, &window, &body.request_id, |window| Command::OpenTide {
        window,
        queues: body.queues,
        minutes: Some(body.minutes),
    })
    .await
}

/// Ends a tide that was opened by hand before its time.
#[utoipa::path(
    post, path = "/windows/{window}/end-tide", tag = "windows", params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn end_tide(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    managed(&app, &caller, &window, &body.request_id, |window| Command::CloseTide {
        window,
        scheduled: false,
    })
    .await
}
