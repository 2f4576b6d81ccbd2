//! `POST /tickets/{id}/expedite`: 特事特办.

use axum::{Json, extract::State};
use hall::{command::Command, ids::TicketId, refusal::Refusal};
use wire::http::{Problem, TicketAnswer, desk::ExpediteRequest};

use crate::{
    access::Role,
    http::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused, shown},
};

/// Puts a waiting ticket in front, by a supervisor's word; the reason is kept.
#[utoipa::path(
    post, path = "/tickets/{id}/expedite", tag = "tickets", params(("id" = u64, Path)),
    request_body = ExpediteRequest,
    responses(
        (status = 200, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn expedite(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<ExpediteRequest>,
) -> Result<Json<TicketAnswer>, Refused> {
    // The guide's page comes here without passing the table of rights.
    caller.must_be(&[Role::Office])?;
    let (ticket, reason) = (TicketId(id), body.reason);
    ask(&app, &caller, &body.request_id, Command::Expedite { ticket, reason }).await?;
    let found = app.read(|hall| {
        let granted = shown::granted(hall, ticket);
        Some(TicketAnswer { granted, ..shown::progress(&app, hall, ticket)? })
    });
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    found.map(Json).ok_or_else(refuse)
}
