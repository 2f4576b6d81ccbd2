//! `POST /tickets/find`: 排队查询. It is a `POST` so that no secret and no document is in an address.

use std::cmp::Reverse;

use axum::{Json, extract::State};
use hall::{
    Hall, forecast,
    ids::Token,
    refusal::Refusal,
    state::ticket::Ticket,
    time::{Millis, Timestamp},
    words::TicketState,
};
use wire::http::{
    Problem,
    enquiry::{FOUND_MAX, FindAnswer, FindRequest, FoundTicket},
};

use crate::{
    access::Role,
    app::App,
    http::{
        Shared,
        body::Body,
        caller::Caller,
        person::marks,
        problem::{ApiCode, Refused},
        shown,
    },
};

/// Tells where tickets of today stand. A number tells everybody the same as the screens do; what may
/// be done with a ticket is told to whom it was shown that it is theirs.
#[utoipa::path(
    post, path = "/tickets/find", tag = "tickets", request_body = FindRequest,
    responses(
        (status = 200, body = FindAnswer),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<FindRequest>,
) -> Result<Json<FindAnswer>, Refused> {
    let asked = [body.no.is_some(), body.token.is_some(), body.document.is_some()];
    if asked.into_iter().filter(|is| *is).count() != 1 {
        return Err(caller.refused(ApiCode::Incomplete));
    }
    let token: Option<Token> = body.token.as_ref().and_then(|text| text.parse().ok());
    let person = marks(&app, &caller, body.document.as_ref())?.of_day;
    let is_theirs = body.no.is_none() || caller.identity.role != Role::Kiosk;
    let now = app.now();
    let tickets = app.read(|hall| {
        let mut found: Vec<&Ticket> =
            body.no.and_then(|no| hall.ticket_by_no(no)).into_iter().collect();
        found.extend(token.and_then(|token| hall.ticket_by_token(token)));
        found.extend(person.into_iter().flat_map(|person| hall.tickets_of(person)));
        found.sort_by_key(|ticket| Reverse((ticket.is_live(), ticket.id)));
        found.truncate(FOUND_MAX);
        let tell = |ticket: &Ticket| told(&app, hall, (ticket, now), is_theirs);
        found.into_iter().map(tell).collect::<Vec<_>>()
    });
    if tickets.is_empty() {
        return Err(Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock));
    }
    Ok(Json(FindAnswer { tickets }))
}

/// How a ticket stands, and what may be done with it.
pub fn told(
    app: &App,
    hall: &Hall,
    (ticket, now): (&Ticket, Timestamp),
    is_theirs: bool,
) -> FoundTicket {
    let body = shown::ticket(app, hall, ticket);
    let rules = hall.setup().rules();
    FoundTicket {
        ticket: is_theirs.then_some(ticket.id),
        no: ticket.no,
        queue: body.queue,
        queue_name: body.queue_name,
        item_name: body.item_name,
        state: ticket.state,
        window: body.window,
        windows: hall.windows_to_go(body.queue, ticket.class),
        place: shown::place(app, body.queue),
        ahead: forecast::ahead_of(hall, ticket, now),
        wait: app.forecasts.wait_of(hall, ticket, now).map(Into::into),
        reactivates_behind: can_wait_again(hall, ticket, now).then_some(rules.reactivate_behind),
        reprints: ticket.is_live() && ticket.reprints < rules.people.reprints_max,
        silent: ticket.silent,
    }
}

/// 过号激活: once, and soon enough.
fn can_wait_again(hall: &Hall, ticket: &Ticket, now: Timestamp) -> bool {
    let rules = hall.setup().rules();
    let within = Millis::from_minutes(rules.reactivate_within_minutes.into());
    let passed = ticket.leg().no_show.filter(|_| ticket.state == TicketState::NoShow);
    rules.reactivation
        && ticket.reactivated.is_none()
        && passed.is_some_and(|passed| now <= passed + within)
}
