//! `POST /windows/{window}/finish`: 办结.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{FinishRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Ends the service.
#[utoipa::path(
    post, path = "/windows/{window}/finish", tag = "windows", params(("window" = String, Path)),
    request_body = FinishRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn finish(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<FinishRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Finish {
        window,
        case: body.case,
        item: body.item,
        copies: body.copies,
    })
    .await
}
