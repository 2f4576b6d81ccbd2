//! `POST /tickets/{id}/cancel`: 取消.

use axum::{Json, extract::State};
use hall::{command::Command, ids::TicketId, refusal::Refusal};
use wire::http::{HolderRequest, Problem, TicketAnswer};

use super::holder::must_hold;
use crate::http::{
    Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused, shown,
};

/// Takes a waiting ticket back. A kiosk shows whose it is.
#[utoipa::path(
    post, path = "/tickets/{id}/cancel", tag = "tickets", params(("id" = u64, Path)),
    request_body = HolderRequest,
    responses(
        (status = 200, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn cancel(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<HolderRequest>,
) -> Result<Json<TicketAnswer>, Refused> {
    let ticket = TicketId(id);
    must_hold(&app, &caller, ticket, &body)?;
    ask(&app, &caller, &body.request_id, Command::Cancel { ticket }).await?;
    let found = app.read(|hall| shown::progress(&app, hall, ticket));
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    found.map(Json).ok_or_else(refuse)
}
