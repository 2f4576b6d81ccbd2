//! `POST /windows/{window}/deliver`: 领取方式.

use axum::{Json, extract::State};
use hall::command::Command;
use wire::http::{Problem, WindowAnswer, desk::DeliverRequest};

use super::at_window;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Notes how the result comes to the person.
#[utoipa::path(
    post, path = "/windows/{window}/deliver", tag = "windows", params(("window" = String, Path)),
    request_body = DeliverRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn deliver(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<DeliverRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    at_window(&app, &caller, &window, &body.request_id, |window| Command::Deliver {
        window,
        delivery: body.delivery,
    })
    .await
}
