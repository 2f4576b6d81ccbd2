//! `GET` and `POST /post-changes`, `POST /post-changes/{number}/decide`: 换岗申请, as `/office/people` has them.

use axum::{Json, extract::State};
use hall::{
    command::{
        Command,
        staffing::{AskChange, Staffing},
    },
    event::staffing,
    ids::StaffNo,
    words::Actor,
};
use wire::http::{
    Done, Problem,
    people::{
        AskPostChangeRequest, DecidePostChangeRequest, PostChange, PostChangeDecision, PostChanges,
    },
};

use super::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};

/// Lists the changes of posts that wait, count, or were decided in the last months.
#[utoipa::path(
    get, path = "/post-changes", tag = "staff",
    responses(
        (status = 200, body = PostChanges),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn changes(State(app): Shared, _caller: Caller) -> Result<Json<PostChanges>, Refused> {
    let changes = app.read(|hall| hall.post_changes().iter().map(told).collect());
    Ok(Json(PostChanges { changes }))
}

/// Asks that somebody work at another window for some days; somebody else agrees.
#[utoipa::path(
    post, path = "/post-changes", tag = "staff", request_body = AskPostChangeRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn ask_change(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<AskPostChangeRequest>,
) -> Result<Json<Done>, Refused> {
    let (staff, window, reason) = (body.staff, body.window, body.reason);
    let wish = AskChange { staff, window, from: body.from, until: body.until, reason };
    ask(&app, &caller, &body.request_id, Command::Staffing(Staffing::AskChange(wish))).await?;
    Ok(Json(Done { done: true }))
}

/// Agrees to a change of posts or does not, takes it back, or ends it before its last day.
#[utoipa::path(
    post, path = "/post-changes/{number}/decide", tag = "staff", params(("number" = u32, Path)),
    request_body = DecidePostChangeRequest,
    responses(
        (status = 200, body = Done),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn decide(
    State(app): Shared,
    caller: Caller,
    Path(number): Path<u32>,
    Body(body): Body<DecidePostChangeRequest>,
) -> Result<Json<Done>, Refused> {
    let (outcome, note) = (body.outcome, body.note);
    let wish = Staffing::DecideChange { number, outcome, note };
    ask(&app, &caller, &body.request_id, Command::Staffing(wish)).await?;
    Ok(Json(Done { done: true }))
}

fn told(change: &staffing::PostChange) -> PostChange {
    PostChange {
        number: change.number,
        staff: change.staff,
        window: change.window,
        from: change.from,
        until: change.until,
        reason: change.reason.clone(),
        asked: change.at.0,
        asked_by: person(&change.by),
        decided: change.decided.as_ref().map(|decided| PostChangeDecision {
            outcome: decided.outcome,
            at: decided.at.0,
            by: person(&decided.by),
            note: decided.note.clone(),
        }),
    }
}

fn person(by: &Actor) -> Option<StaffNo> {
    match by {
        Actor::Staff(no) => Some(*no),
        Actor::Citizen | Actor::Hall | Actor::Device(_) | Actor::System(_) => None,
    }
}
