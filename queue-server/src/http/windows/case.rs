//! `POST /windows/{window}/case`: 办件编号.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::CaseRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Notes which case the visit is about.
#[utoipa::path(
    post, path = "/windows/{window}/case", tag = "windows", params(("window" = String, Path)),
    request_body = CaseRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn name_case(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<CaseRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::NameCase {
        window,
        case: body.case,
    })
    .await
}
