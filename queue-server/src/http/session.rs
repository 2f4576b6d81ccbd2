//! `POST /session/close-early`: 提前闭厅.

use axum::{Json, extract::State};
use hall::{
    command::{Command, plan::CloseEarly},
    refusal::Refusal,
    time::{Millis, TimeOfDay},
};
use wire::http::{
    Problem,
    desk::{CloseEarlyAnswer, CloseEarlyRequest},
};

use super::{Shared, ask, body::Body, caller::Caller, problem::Refused};

/// Times are written by the minute.
const MINUTE: Millis = Millis::from_minutes(1);

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
    let (now, session) = (app.now(), app.read(hall::Hall::session));
    let today = app.clock.date(now);
    let moment = |at: TimeOfDay| app.clock.moment(today, at.0.into());
    let (issue_until, closes) = (body.issue_until.map(moment), body.closes.map(moment));
    // A time that somebody wrote is meant: one that is past is a slip of the pen, and not now.
    if [issue_until, closes].into_iter().flatten().any(|at| at + MINUTE < now) {
        return Err(Refused::hall(Refusal::InThePast, caller.language, &app.clock));
    }
    // Who names the end only lets numbers be taken as long as before.
    let issuing_ends = session.filter(|_| closes.is_some()).map_or(now, |each| each.issue_until);
    let early = CloseEarly {
        issue_until: issue_until.unwrap_or(issuing_ends),
        closes: closes.unwrap_or(now),
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
