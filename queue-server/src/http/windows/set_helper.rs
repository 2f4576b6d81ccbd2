//! `POST /windows/{window}/helper`: 帮办 of who is here, by who works here.

use axum::{Json, extract::State};
use hall::{command::Command, refusal::Refusal};
use wire::http::{Problem, WindowAnswer, desk::HelpedRequest};

use super::{done, window_of};
use crate::http::{Shared, address::Path, body::Body, caller::Caller, problem::Refused};

/// Notes that the clerk of the window goes along with whoever is there, or takes the note back.
#[utoipa::path(
    post, path = "/windows/{window}/helper", tag = "windows", params(("window" = String, Path)),
    request_body = HelpedRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn set_helper(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<HelpedRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    let window = window_of(&app, &caller, &window)?;
    let (here, clerk) = app.read(|hall| {
        let clerk = hall.window(window).and_then(hall::state::window::WindowNow::staff);
        (hall.ticket_at(window).map(|ticket| ticket.id), clerk)
    });
    let refuse = |why| Refused::hall(why, caller.language, &app.clock);
    let clerk = clerk.ok_or_else(|| refuse(Refusal::NotSignedOn))?;
    let ticket = here.ok_or_else(|| refuse(Refusal::NothingCalled))?;
    let command = Command::SetHelper { ticket, helper: body.helped.then_some(clerk) };
    done(&app, &caller, window, &body.request_id, command).await
}
