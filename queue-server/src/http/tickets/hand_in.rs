//! `POST /tickets/handed-in`: 离线号.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    answer::Answer,
    command::{Command, offline::HandIn},
    event::people::Grounds,
    refusal::Refusal,
    time::Timestamp,
    words::Printing,
};
use wire::http::{
    Problem, TicketAnswer,
    offline::{HandInRequest, OfflineSlip},
};

use super::issue::grant;
use crate::http::{
    Shared, ask,
    body::Body,
    caller::Caller,
    problem::{ApiCode, Refused},
    shown,
};

/// Takes over a ticket that the calling kiosk gave out while nobody answered: it waits since it was
/// taken.
#[utoipa::path(
    post, path = "/tickets/handed-in", tag = "tickets", request_body = HandInRequest,
    responses(
        (status = 201, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn hand_in(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<HandInRequest>,
) -> Result<(StatusCode, Json<TicketAnswer>), Refused> {
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    grant(&caller, body.priority).map_err(refuse)?;
    let command = Command::HandIn(HandIn {
        kiosk: caller.identity.name,
        day: body.day,
        no: body.no,
        token: body.token,
        queue: body.queue,
        item: body.item,
        class: body.priority,
        grounds: Grounds { reason: body.priority_reason, note: None },
        silent: body.silent,
        taken: Timestamp(body.taken),
        printing: match body.slip {
            OfflineSlip::Printed => Printing::Confirmed,
            OfflineSlip::Unknown => Printing::Unconfirmed,
            OfflineSlip::Without => Printing::Without,
        },
    });
    let told = ask(&app, &caller, &body.request_id, command).await?;
    let Answer::Issued(id) = told.answer else {
        return Err(caller.refused(ApiCode::BadRequestId));
    };
    let answer = app.read(|hall| shown::progress(&app, hall, id));
    let answer = answer.ok_or_else(|| refuse(Refusal::NoSuchTicket))?;
    if answer.ticket.no != body.no {
        return Err(caller.refused(ApiCode::BadRequestId));
    }
    Ok((StatusCode::CREATED, Json(answer)))
}
