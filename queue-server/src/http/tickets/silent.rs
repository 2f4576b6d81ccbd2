//! `POST /tickets/{id}/silent`: 无声叫号.

use axum::{Json, extract::State};
use hall::{command::Command, ids::TicketId, refusal::Refusal};
use wire::http::{Problem, TicketAnswer, desk::SilentRequest};

use super::holder::must_serve;
use crate::http::{
    Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused, shown,
};

/// Calls a ticket without the voice from now on, or with it again.
#[utoipa::path(
    post, path = "/tickets/{id}/silent", tag = "tickets", params(("id" = u64, Path)),
    request_body = SilentRequest,
    responses(
        (status = 200, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn silent(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<SilentRequest>,
) -> Result<Json<TicketAnswer>, Refused> {
    let (ticket, silent) = (TicketId(id), body.silent);
    must_serve(&app, &caller, ticket)?;
    ask(&app, &caller, &body.request_id, Command::SetSilent { ticket, silent }).await?;
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    app.read(|hall| shown::progress(&app, hall, ticket)).map(Json).ok_or_else(refuse)
}
