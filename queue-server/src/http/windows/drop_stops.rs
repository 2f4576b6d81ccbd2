//! `POST /windows/{window}/drop-stops`: the legs still to come are not wanted any more.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{PlainRequest, Problem, WindowAnswer};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Takes away the legs that were still to come.
#[utoipa::path(
    post, path = "/windows/{window}/drop-stops", tag = "windows", params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn drop_stops(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::DropStops { window })
        .await
}
