//! `POST /windows/{window}/stand-in`, `…/decline-stand-in`, `…/end-stand-in`: 批准顶岗.

use axum::{Json, extract::State};
use hall::{
    command::{
        Command,
        staffing::{ApproveStandIn, Staffing},
    },
    time::Millis,
};
use wire::http::{
    PlainRequest, Problem, WindowAnswer,
    people::{DeclineStandInRequest, StandInRequest},
};

use super::managed;
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Lets somebody sign on at a window in another's place.
#[utoipa::path(
    post, path = "/windows/{window}/stand-in", tag = "windows", params(("window" = String, Path)),
    request_body = StandInRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn approve(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<StandInRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    let until = body.minutes.map(|minutes| app.now() + Millis::from_minutes(minutes.into()));
    managed(&app, &caller, &window, &body.request_id, |window| {
        let (staff, reason) = (body.staff, body.reason);
        let wish = ApproveStandIn { window, staff, until, reason };
        Command::Staffing(Staffing::ApproveStandIn(wish))
    })
    .await
}

/// Says that nobody stands in at a window while its clerk is away.
#[utoipa::path(
    post, path = "/windows/{window}/decline-stand-in", tag = "windows",
    params(("window" = String, Path)),
    request_body = DeclineStandInRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn decline(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<DeclineStandInRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    managed(&app, &caller, &window, &body.request_id, |window| {
        Command::Staffing(Staffing::DeclineStandIn { window, reason: body.reason })
    })
    .await
}

/// Ends an approval before its time.
#[utoipa::path(
    post, path = "/windows/{window}/end-stand-in", tag = "windows",
    params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn end(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    managed(&app, &caller, &window, &body.request_id, |window| {
        Command::Staffing(Staffing::EndStandIn { window })
    })
    .await
}
