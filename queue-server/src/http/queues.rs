//! `POST /queues/{queue}/limit`, `…/end-limit`: 限号.

use axum::{Json, extract::State};
use hall::{
    command::{Command, plan::LimitIssue},
    ids::QueueId,
    refusal::Refusal,
    time::Millis,
};
use wire::http::{
    PlainRequest, Problem,
    desk::{LimitAnswer, LimitRequest},
};

use super::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};

/// Lets a queue give only so many more numbers.
#[utoipa::path(
    post, path = "/queues/{queue}/limit", tag = "session", params(("queue" = String, Path)),
    request_body = LimitRequest,
    responses(
        (status = 200, body = LimitAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn limit(
    State(app): Shared,
    caller: Caller,
    Path(queue): Path<String>,
    Body(body): Body<LimitRequest>,
) -> Result<Json<LimitAnswer>, Refused> {
    let queue = read(&app, &caller, &queue)?;
    let until = body.minutes.map(|minutes| app.now() + Millis::from_minutes(minutes.into()));
    let reason = body.reason.trim().to_owned();
    let limit = LimitIssue { queue, more: body.more, until, reason };
    ask(&app, &caller, &body.request_id, Command::LimitIssue(limit)).await?;
    Ok(Json(now(&app, queue)))
}

/// Lets it give numbers as before.
#[utoipa::path(
    post, path = "/queues/{queue}/end-limit", tag = "session", params(("queue" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = LimitAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn end_limit(
    State(app): Shared,
    caller: Caller,
    Path(queue): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<LimitAnswer>, Refused> {
    let queue = read(&app, &caller, &queue)?;
    ask(&app, &caller, &body.request_id, Command::EndLimit { queue }).await?;
    Ok(Json(now(&app, queue)))
}

fn read(app: &super::App, caller: &Caller, queue: &str) -> Result<QueueId, Refused> {
    let unknown = || Refused::hall(Refusal::NoSuchQueue, caller.language, &app.clock);
    queue.parse().map_err(|_| unknown())
}

/// What holds now.
fn now(app: &super::App, queue: QueueId) -> LimitAnswer {
    let limit = app.read(|hall| {
        let mut limits = hall.issue_limits();
        let found = limits.find(|(id, _)| *id == queue);
        found.map(|(_, limit)| (limit.left(), limit.until))
    });
    LimitAnswer { left: limit.map(|(left, _)| left), until: limit.map(|(_, until)| until.0) }
}
