//! `POST /alerts/{id}/acknowledge` and `…/close`: somebody sees to an alert, and says what came of it.

use axum::{Json, extract::State};
use hall::{command::Command, ids::AlertId};
use wire::http::{
    Done, Problem,
    desk::{AcknowledgeRequest, CloseAlertRequest},
};

use super::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};
use crate::access::Role;

/// Says that somebody sees to an alert.
#[utoipa::path(
    post, path = "/alerts/{id}/acknowledge", tag = "alerts", params(("id" = u32, Path)),
    request_body = AcknowledgeRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn acknowledge(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u32>,
    Body(body): Body<AcknowledgeRequest>,
) -> Result<Json<Done>, Refused> {
    caller.must_be(&[Role::Office])?;
    let command = Command::AcknowledgeAlert { alert: AlertId(id), note: body.note };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

/// Closes an alert that has passed, or that tells what has happened.
#[utoipa::path(
    post, path = "/alerts/{id}/close", tag = "alerts", params(("id" = u32, Path)),
    request_body = CloseAlertRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn close(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u32>,
    Body(body): Body<CloseAlertRequest>,
) -> Result<Json<Done>, Refused> {
    caller.must_be(&[Role::Office])?;
    let command = Command::CloseAlert { alert: AlertId(id), note: body.note };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}
