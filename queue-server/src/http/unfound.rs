//! `POST /unfound`: 没有找到要办的事项.

use axum::{Json, extract::State, http::StatusCode};
use hall::{command::Command, event::unfound::Unfound, time::Timestamp};
use wire::http::{Done, Problem, unfound::UnfoundRequest};

use super::{Shared, ask, body::Body, caller::Caller, problem::Refused};

/// Takes down what somebody came for and did not find, for the weekly list of the office; also while
/// the hall is closed. Nothing that names a person is taken.
#[utoipa::path(
    post, path = "/unfound", tag = "kiosks", request_body = UnfoundRequest,
    responses(
        (status = 201, body = Done),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn unfound(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<UnfoundRequest>,
) -> Result<(StatusCode, Json<Done>), Refused> {
    // A kiosk that was alone may know a department that the hall has given up since.
    let known = |name: &String| {
        app.profile.setup.departments().iter().any(|department| department.name == *name)
    };
    let unfound = Unfound {
        at: body.said.map_or_else(|| app.now(), Timestamp),
        department: body.department.filter(known),
        words: body.words,
    };
    ask(&app, &caller, &body.request_id, Command::NoteUnfound(unfound)).await?;
    Ok((StatusCode::CREATED, Json(Done { done: true })))
}
