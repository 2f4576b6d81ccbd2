//! `POST /windows/{window}/verify`: 已核验 or 不符合.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::VerifyRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Notes whether the person at the window showed what the class asks for.
#[utoipa::path(
    post, path = "/windows/{window}/verify", tag = "windows", params(("window" = String, Path)),
    request_body = VerifyRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn verify(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<VerifyRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Verify {
        window,
        fits: body.fits,
    })
    .await
}
