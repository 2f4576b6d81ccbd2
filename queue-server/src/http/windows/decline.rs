//! `POST /windows/{window}/decline`: 不予受理.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::DeclineRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Declines a case, with reasons.
#[utoipa::path(
    post, path = "/windows/{window}/decline", tag = "windows", params(("window" = String, Path)),
    request_body = DeclineRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn decline(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<DeclineRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Decline {
        window,
        case: body.case,
        item: body.item,
        reasons: body.reasons,
    })
    .await
}
