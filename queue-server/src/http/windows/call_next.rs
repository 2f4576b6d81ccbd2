//! `POST /windows/{window}/call-next`: 叫号.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{CallAnswer, CallNextRequest, Problem};

use super::to_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Calls the next by rule; an empty queue is the refusal `queue_empty`.
#[utoipa::path(
    post, path = "/windows/{window}/call-next", tag = "windows", params(("window" = String, Path)),
    request_body = CallNextRequest,
    responses(
        (status = 200, body = CallAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn call_next(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<CallNextRequest>,
) -> Result<Json<CallAnswer>, Refused> {
    to_window(&app, &caller, &window, &body.request_id, |window| Command::CallNext {
        window,
        finish_current: body.finish_current,
    })
    .await
}
