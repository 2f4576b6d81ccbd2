//! What a clerk does at a window.

pub mod accept;
pub mod call;
pub mod call_back;
pub mod call_next;
pub mod case;
pub mod decline;
pub mod deliver;
pub mod drop_stops;
pub mod end_lend;
pub mod finish;
pub mod hold;
pub mod lend;
pub mod next_leg;
pub mod no_show;
pub mod notice;
pub mod pause;
pub mod print;
pub mod recall;
pub mod resume;
pub mod send_back;
pub mod set_helper;
pub mod set_silent;
pub mod sign_off;
pub mod sign_on;
pub mod stand_in;
pub mod start;
pub mod take_back;
pub mod tide;
pub mod to_cashier;
pub mod transfer;
pub mod verify;

use axum::Json;
use hall::{answer::Answer, command::Command, ids::WindowId, refusal::Refusal};
use wire::http::{CallAnswer, WindowAnswer};

use super::{
    ask,
    caller::Caller,
    problem::{ApiCode, Refused},
    shown,
};
use crate::{access::Role, app::App};

/// Reads a window's number in an address.
fn known_window(app: &App, caller: &Caller, text: &str) -> Result<WindowId, Refused> {
    let known = text.parse().ok().filter(|id| app.profile.setup.window(*id).is_some());
    known.ok_or_else(|| Refused::hall(Refusal::NoSuchWindow, caller.language, &app.clock))
}

/// The same, if the caller serves there.
fn window_of(app: &App, caller: &Caller, text: &str) -> Result<WindowId, Refused> {
    let window = known_window(app, caller, text)?;
    if crate::at_window::stands_in(app, &caller.identity, window) {
        caller.must_be(&[Role::Desk])?;
    } else {
        caller.must_serve(window)?;
    }
    Ok(window)
}

/// Does something to a window that its manager decides.
async fn managed(
    app: &App,
    caller: &Caller,
    window: &str,
    request: &str,
    command: impl FnOnce(WindowId) -> Command,
) -> Result<Json<WindowAnswer>, Refused> {
    let window = known_window(app, caller, window)?;
    done(app, caller, window, request, command(window)).await
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
    done(app, caller, window, request, command(window)).await
}

async fn done(
    app: &App,
    caller: &Caller,
    window: WindowId,
    request: &str,
    command: Command,
) -> Result<Json<WindowAnswer>, Refused> {
    ask(app, caller, request, command).await?;
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
        Answer::Issued(_)
        | Answer::Ticket(_)
        | Answer::Evaluated(_)
        | Answer::Booking(_)
        | Answer::Told(_)
        | Answer::Visit(_)
        | Answer::Done => {
            return Err(caller.refused(ApiCode::BadRequestId));
        }
    };
    let ticket =
        app.read(|hall| hall.ticket(leg.ticket).map(|ticket| shown::ticket(app, hall, ticket)));
    let ticket = ticket.ok_or_else(|| refuse(Refusal::NoSuchTicket))?;
    Ok(Json(CallAnswer { ticket, why: shown::why(why, caller.language) }))
}
