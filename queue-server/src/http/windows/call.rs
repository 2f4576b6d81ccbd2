//! `POST /windows/{window}/call`: 选呼.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{CallAnswer, CallRequest, Problem};

use super::to_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Calls a chosen number.
#[utoipa::path(
    post, path = "/windows/{window}/call", tag = "windows", params(("window" = String, Path)),
    request_body = CallRequest,
    responses(
        (status = 200, body = CallAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn call(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<CallRequest>,
) -> Result<Json<CallAnswer>, Refused> {
    to_window(&app, &caller, &window, &body.request_id, |window| Command::CallChosen {
        window,
        no: body.no,
    })
    .await
}
