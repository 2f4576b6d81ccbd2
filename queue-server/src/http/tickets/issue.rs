//! `POST /tickets`: 取号.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    answer::Answer,
    command::{Command, Issue},
    refusal::Refusal,
    words::PriorityClass,
};
use wire::http::{IssueAnswer, IssueRequest, Problem};

use crate::{
    access::Role,
    http::{
        Shared, ask,
        body::Body,
        caller::Caller,
        problem::{ApiCode, Refused},
        shown,
    },
};

/// Takes a ticket. With `paper` it is reserved until `…/printed`; without, it waits at once.
#[utoipa::path(
    post, path = "/tickets", tag = "tickets", request_body = IssueRequest,
    responses(
        (status = 201, body = IssueAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<IssueRequest>,
) -> Result<(StatusCode, Json<IssueAnswer>), Refused> {
    caller.must_be(&[Role::Kiosk, Role::Desk, Role::Office])?;
    let setup = &app.profile.setup;
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    let queue = match (body.queue, body.item) {
        (Some(queue), _) => queue,
        (None, Some(item)) => {
            // An item that was cancelled is still known by its queue, so that the hall says why.
            let queue = app.read(|hall| Some(hall.item(item).or(setup.item(item))?.queue));
            queue.ok_or_else(|| refuse(Refusal::NoSuchItem))?
        }
        (None, None) => return Err(caller.refused(ApiCode::Incomplete)),
    };
    grant(&caller, body.priority).map_err(refuse)?;
    let command = Command::Issue(Issue {
        queue,
        item: body.item,
        channel: body.channel,
        class: body.priority,
        paper: body.paper,
        person: None,
        agent: None,
    });
    let told = ask(&app, &caller, &body.request_id, command).await?;
    // An id that named another asking before gets that one's answer, which is no ticket of ours.
    let Answer::Issued(id) = told.answer else {
        return Err(caller.refused(ApiCode::BadRequestId));
    };
    let answer = app.read(|hall| shown::issued(&app, hall, id));
    let answer = answer.ok_or_else(|| refuse(Refusal::NoSuchTicket))?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// 特事特办 is a supervisor's; transfers and bookings are not taken here.
fn grant(caller: &Caller, class: PriorityClass) -> Result<(), Refusal> {
    let granted = match class {
        PriorityClass::Ordinary | PriorityClass::Military | PriorityClass::Vulnerable => true,
        PriorityClass::Special => matches!(caller.identity.role, Role::Office | Role::Admin),
        PriorityClass::Transferred | PriorityClass::Booked => false,
    };
    if granted { Ok(()) } else { Err(Refusal::ClassNotGranted) }
}
