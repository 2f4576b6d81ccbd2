//! `POST /alerts/{id}/acknowledge` and `…/close`: somebody sees to an alert, and says what came of it.

use axum::{Json, extract::State};
use hall::{command::Command, ids::AlertId, words::alert::AlertKind};
use wire::http::{
    Done, Problem,
    desk::{AcknowledgeRequest, CloseAlertRequest},
};

use super::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};
use crate::{access::Role, app::App};

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
    must_see_to(&app, &caller, id)?;
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
    must_see_to(&app, &caller, id)?;
    let command = Command::CloseAlert { alert: AlertId(id), note: body.note };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

/// Every alert is the office's; a call for help is the guide desk's too.
fn must_see_to(app: &App, caller: &Caller, id: u32) -> Result<(), Refused> {
    let id = AlertId(id);
    let (kind, was_there) =
        app.read(|hall| (hall.alert(id).map(|alert| alert.kind), hall.had_alert(id)));
    match (kind, was_there) {
        // One that is gone is told as gone to whom it may have concerned. One that nobody has seen yet
        // may be of any kind by the time the order is carried out.
        (Some(AlertKind::Help), _) | (None, true) => caller.must_be(&[Role::Office, Role::Guide]),
        (Some(_), _) | (None, false) => caller.must_be(&[Role::Office]),
    }
}
