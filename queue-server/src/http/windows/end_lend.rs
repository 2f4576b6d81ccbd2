//! `POST /windows/{window}/end-lend`: takes a lent queue back.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::EndLendRequest};

use super::managed;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Takes a lent queue back.
#[utoipa::path(
    post, path = "/windows/{window}/end-lend", tag = "windows", params(("window" = String, Path)),
    request_body = EndLendRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn end_lend(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<EndLendRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    managed(&app, &caller, &window, &body.request_id, |window| Command::EndLend {
        queue: body.queue,
        window,
    })
    .await
}
