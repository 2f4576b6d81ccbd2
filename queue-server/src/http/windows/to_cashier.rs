//! `POST /windows/{window}/to-cashier`: 转收费.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{PlainRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Sends the ticket at the window to the cashier.
#[utoipa::path(
    post, path = "/windows/{window}/to-cashier", tag = "windows", params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn to_cashier(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::ToCashier { window })
        .await
}
