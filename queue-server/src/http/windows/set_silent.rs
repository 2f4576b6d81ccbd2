//! `POST /windows/{window}/silent`: 无声叫号 of who is here, for the windows still to come.

use axum::{Json, extract::State};
use hall::{command::Command, refusal::Refusal};
use wire::http::{PlainRequest, Problem, WindowAnswer};

use super::{done, window_of};
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Calls whoever is at the window without the voice from now on, or with it again.
#[utoipa::path(
    post, path = "/windows/{window}/silent", tag = "windows", params(("window" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn set_silent(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    let window = window_of(&app, &caller, &window)?;
    let here = app.read(|hall| hall.ticket_at(window).map(|ticket| (ticket.id, ticket.silent)));
    let refuse = || Refused::hall(Refusal::NothingCalled, caller.language, &app.clock);
    let (ticket, silent) = here.ok_or_else(refuse)?;
    let command = Command::SetSilent { ticket, silent: !silent };
    done(&app, &caller, window, &body.request_id, command).await
}
