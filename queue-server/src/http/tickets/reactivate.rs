//! `POST /tickets/{id}/reactivate`: 过号激活.

use axum::{Json, extract::State};
use hall::{
    command::Command,
    ids::{TicketId, Token},
    refusal::Refusal,
};
use wire::http::{Problem, ReactivateRequest, TicketAnswer};

use crate::{
    access::Role,
    app::App,
    http::{
        Shared,
        address::Path,
        ask,
        body::Body,
        caller::Caller,
        person::marks,
        problem::{ApiCode, Refused},
        shown,
    },
};

/// Lets a passed ticket wait again. A kiosk says by the slip's secret or the person's document whose
/// it is.
#[utoipa::path(
    post, path = "/tickets/{id}/reactivate", tag = "tickets", params(("id" = u64, Path)),
    request_body = ReactivateRequest,
    responses(
        (status = 200, body = TicketAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn reactivate(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<ReactivateRequest>,
) -> Result<Json<TicketAnswer>, Refused> {
    caller.must_be(&[Role::Kiosk, Role::Desk, Role::Office])?;
    let ticket = TicketId(id);
    if caller.identity.role == Role::Kiosk {
        must_hold(&app, &caller, ticket, &body)?;
    }
    ask(&app, &caller, &body.request_id, Command::Reactivate { ticket }).await?;
    let found = app.read(|hall| shown::progress(&app, hall, ticket));
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    found.map(Json).ok_or_else(refuse)
}

/// Goes on only for who holds the slip of the ticket, or took it with this document.
fn must_hold(
    app: &App,
    caller: &Caller,
    id: TicketId,
    body: &ReactivateRequest,
) -> Result<(), Refused> {
    if body.token.is_none() && body.document.is_none() {
        return Err(caller.refused(ApiCode::Incomplete));
    }
    let token: Option<Token> = body.token.as_ref().and_then(|text| text.parse().ok());
    let person = marks(app, caller, body.document.as_ref())?.of_day;
    let holds = app.read(|hall| {
        hall.ticket(id).is_some_and(|ticket| {
            token == Some(ticket.token) || (person.is_some() && person == ticket.person)
        })
    });
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    if holds { Ok(()) } else { Err(refuse()) }
}
