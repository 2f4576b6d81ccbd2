//! Whose ticket it is, for a kiosk: numbers of tickets follow each other, so to name one proves nothing.

use hall::{
    Hall,
    answer::Answer,
    ids::{TicketId, Token},
    refusal::Refusal,
};
use wire::http::HolderRequest;

use crate::{
    access::Role,
    app::App,
    engine::request_id,
    http::{
        caller::Caller,
        person::marks,
        problem::{ApiCode, Refused},
    },
};

/// Goes on only for who holds the slip of the ticket, took it with this document, or is the kiosk
/// that asked for it. Guides and the office see who stands before them, and so does a desk, of the
/// queues that its windows serve.
///
/// # Errors
/// `incomplete` if nothing is shown, `no_such_ticket` if it is another's, `not_your_window` if no
/// window of the desk serves its queue.
pub fn must_hold(
    app: &App,
    caller: &Caller,
    id: TicketId,
    body: &HolderRequest,
) -> Result<(), Refused> {
    must_serve(app, caller, id)?;
    if caller.identity.role != Role::Kiosk {
        return Ok(());
    }
    if body.token.is_none() && body.document.is_none() && body.issue_request_id.is_none() {
        return Err(caller.refused(ApiCode::Incomplete));
    }
    let token: Option<Token> = body.token.as_ref().and_then(|text| text.parse().ok());
    let person = marks(app, caller, body.document.as_ref())?.of_day;
    let who = caller.identity.name.as_str();
    let asked = body.issue_request_id.as_ref().map(|request| request_id(who, request));
    let holds = app.read(|hall| {
        let issued = asked.and_then(|request| hall.answered(request));
        hall.ticket(id).is_some_and(|ticket| {
            token == Some(ticket.token)
                || (person.is_some() && person == ticket.person)
                || issued == Some(Answer::Issued(id))
        })
    });
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    if holds { Ok(()) } else { Err(refuse()) }
}

/// A desk goes on only with a ticket of a queue that its windows serve; everybody else goes on.
///
/// # Errors
/// `not_your_window`.
pub fn must_serve(app: &App, caller: &Caller, id: TicketId) -> Result<(), Refused> {
    if caller.identity.role != Role::Desk {
        return Ok(());
    }
    let its = |hall: &Hall| {
        let queue = hall.ticket(id)?.queue();
        let mut windows = hall.windows_serving(queue);
        Some(windows.any(|window| caller.identity.may_act_at(window.id)))
    };
    // What there is not is told by the rule itself.
    match app.read(its) {
        Some(false) => Err(caller.refused(ApiCode::NotYourWindow)),
        Some(true) | None => Ok(()),
    }
}
