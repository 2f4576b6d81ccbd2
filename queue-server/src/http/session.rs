//! `POST /session/close-early`: 提前闭厅.

use axum::{Json, extract::State};
use hall::{
    command::{Command, plan::CloseEarly},
    time::TimeOfDay,
};
use wire::http::{
    Problem,
    desk::{CloseEarlyAnswer, CloseEarlyRequest},
};

use super::{Shared, ask, body::Body, caller::Caller, problem::Refused};
use crate::access::Role;

/// Ends the open session before its time; who has a ticket is still served.
#[utoipa::path(
    post, path = "/session/close-early", tag = "session", request_body = CloseEarlyRequest,
    responses(
        (status = 200, body = CloseEarlyAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn close_early(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<CloseEarlyRequest>,
) -> Result<Json<CloseEarlyAnswer>, Refused> {
    caller.must_be(&[Role::Office])?;
    let now = app.now();
    let today = app.clock.date(now);
    let moment = |at: Option<TimeOfDay>| at.map_or(now, |at| app.clock.moment(today, at.0.into()));
    let early = CloseEarly {
        issue_until: moment(body.issue_until),
        closes: moment(body.closes),
        reason: body.reason,
        for_the_day: body.for_the_day,
    };
    let told = ask(&app, &caller, &body.request_id, Command::CloseEarly(early)).await?;
    // Between two sessions there is none that could end: the rest of the day is closed at once.
    let session = app.read(hall::Hall::session);
    Ok(Json(CloseEarlyAnswer {
        issue_until: session.map_or(told.at, |session| session.issue_until).0,
        closes: session.map_or(told.at, |session| session.closes).0,
        for_the_day: body.for_the_day,
    }))
}
