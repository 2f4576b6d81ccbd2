//! `POST /windows/{window}/notice`: 一次性告知.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::NoticeRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Tells everything that is missing, at once.
#[utoipa::path(
    post, path = "/windows/{window}/notice", tag = "windows", params(("window" = String, Path)),
    request_body = NoticeRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn notice(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<NoticeRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Notice {
        window,
        case: body.case,
        item: body.item,
        missing: body.missing,
    })
    .await
}
