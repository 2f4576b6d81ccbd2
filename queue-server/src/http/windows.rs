//! What a clerk does at a window.

pub mod call;
pub mod call_next;
pub mod finish;
pub mod no_show;
pub mod pause;
pub mod recall;
pub mod resume;
pub mod sign_off;
pub mod sign_on;
pub mod start;

use axum::Json;
use hall::{answer::Answer, command::Command, ids::WindowId, refusal::Refusal};
use wire::http::{CallAnswer, WindowAnswer};

use super::{
    ask,
    caller::Caller,
    problem::{ApiCode, Refused},
    shown,
};
use crate::app::App;

/// Reads a window's number in an address.
fn window_of(app: &App, caller: &Caller, text: &str) -> Result<WindowId, Refused> {
    let known = text.parse().ok().filter(|id| app.profile.setup.window(*id).is_some());
    let window: WindowId =
        known.ok_or_else(|| Refused::hall(Refusal::NoSuchWindow, caller.language, &app.clock))?;
    caller.must_serve(window)?;
    Ok(window)
}

/// Does something at a window and tells how it stands then.
async fn at_window(
    app: &App,
    caller: &Caller,
    window: &str,
    request: &str,
    command: impl FnOnce(WindowId) -> Command,
) -> Result<Json<WindowAnswer>, Refused> {
    let window = window_of(app, caller, window)?;
    ask(app, caller, request, command(window)).await?;
    let answer = app.read(|hall| shown::window(app, hall, window));
    answer.map(Json).ok_or_else(|| caller.refused(ApiCode::NoSuchPlace))
}

/// Calls somebody to a window and tells whom and why.
async fn to_window(
    app: &App,
    caller: &Caller,
    window: &str,
    request: &str,
    command: impl FnOnce(WindowId) -> Command,
) -> Result<Json<CallAnswer>, Refused> {
    let window = window_of(app, caller, window)?;
    let told = ask(app, caller, request, command(window)).await?;
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    let (leg, why) = match told.answer {
        Answer::Called { leg, why } => (leg, why),
        // The ticket in service was finished, and nobody waits.
        Answer::Window(_) => return Err(refuse(Refusal::QueueEmpty)),
        Answer::Issued(_) | Answer::Ticket(_) | Answer::Evaluated(_) | Answer::Done => {
            return Err(caller.refused(ApiCode::BadRequestId));
        }
    };
    let ticket = app.read(|hall| hall.ticket(leg.ticket).map(|ticket| shown::ticket(app, ticket)));
    let ticket = ticket.ok_or_else(|| refuse(Refusal::NoSuchTicket))?;
    Ok(Json(CallAnswer { ticket, why: shown::why(why, caller.language) }))
}
