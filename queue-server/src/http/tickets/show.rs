//! `GET /tickets/{id}`: where a ticket stands.

use axum::{Json, extract::State};
use hall::{ids::TicketId, refusal::Refusal};
use wire::http::{Problem, TicketAnswer};

use crate::{
    access::Role,
    http::{Shared, address::Path, caller::Caller, problem::Refused, shown},
};

/// Tells where a ticket of today stands; desks and the office also read why it goes before others.
#[utoipa::path(
    get, path = "/tickets/{id}", tag = "tickets", params(("id" = u64, Path)),
    responses(
        (status = 200, body = TicketAnswer),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
) -> Result<Json<TicketAnswer>, Refused> {
    // Why somebody goes first is nothing that stands on a screen in the hall.
    let may_know = caller.identity.role != Role::Kiosk;
    let found = app.read(|hall| {
        let granted = shown::granted(hall, TicketId(id)).filter(|_| may_know);
        Some(TicketAnswer { granted, ..shown::progress(&app, hall, TicketId(id))? })
    });
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    found.map(Json).ok_or_else(refuse)
}
