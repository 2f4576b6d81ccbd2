//! `POST /tickets/{id}/helper`: 帮办.

use axum::{Json, extract::State};
use hall::{command::Command, ids::TicketId, refusal::Refusal};
use wire::http::{Problem, TicketAnswer, desk::HelperRequest};

use super::holder::must_serve;
use crate::http::{
    Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused, shown,
};

/// Notes who goes along with whoever holds the ticket, or takes the note back.
#[utoipa::path(
    post, path = "/tickets/{id}/helper", tag = "tickets", params(("id" = u64, Path)),
    request_body = HelperRequest,
    responses(
        (status = 200, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn helper(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<HelperRequest>,
) -> Result<Json<TicketAnswer>, Refused> {
    let (ticket, helper) = (TicketId(id), body.helper);
    must_serve(&app, &caller, ticket)?;
    ask(&app, &caller, &body.request_id, Command::SetHelper { ticket, helper }).await?;
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    app.read(|hall| shown::progress(&app, hall, ticket)).map(Json).ok_or_else(refuse)
}
