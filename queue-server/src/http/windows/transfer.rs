//! `POST /windows/{window}/transfer`: 转移.

use axum::{Json, extract::State};
use hall::command::{Command, SendTo};
use wire::http::{Problem, WindowAnswer, desk::TransferRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Sends the ticket at the window on to a queue or to another window.
#[utoipa::path(
    post, path = "/windows/{window}/transfer", tag = "windows", params(("window" = String, Path)),
    request_body = TransferRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn transfer(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<TransferRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Transfer {
        window,
        to: SendTo { queue: body.queue, window: body.to_window, item: body.item },
        reason: body.reason,
    })
    .await
}
