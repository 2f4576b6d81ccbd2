//! `POST /tickets/{id}/printed`: what became of a slip.

use axum::{Json, extract::State};
use hall::{command::Command, ids::TicketId, refusal::Refusal};
use wire::http::{PrintOutcome, PrintedRequest, Problem, TicketAnswer};

use crate::http::{
    Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused, shown,
};

/// Settles a reserved ticket: it waits, or its number is retired.
#[utoipa::path(
    post, path = "/tickets/{id}/printed", tag = "tickets", params(("id" = u64, Path)),
    request_body = PrintedRequest,
    responses(
        (status = 200, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn printed(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<PrintedRequest>,
) -> Result<Json<TicketAnswer>, Refused> {
    let ticket = TicketId(id);
    let command = match body.outcome {
        PrintOutcome::Printed => Command::ConfirmPrint { ticket, certain: true },
        PrintOutcome::Unknown => Command::ConfirmPrint { ticket, certain: false },
        PrintOutcome::Failed => Command::FailPrint { ticket },
    };
    ask(&app, &caller, &body.request_id, command).await?;
    let found = app.read(|hall| shown::progress(&app, hall, ticket));
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    found.map(Json).ok_or_else(refuse)
}
