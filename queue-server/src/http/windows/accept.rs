//! `POST /windows/{window}/accept`: 受理.

use axum::{Json, extract::State};
use hall::{
    command::Command,
    ids::{ItemId, WindowId},
    time::Day,
};
use wire::http::{
    Problem,
    desk::{AcceptAnswer, AcceptRequest},
};

use super::window_of;
use crate::{
    app::App,
    clock::{date_of, day_of},
    http::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused},
};

/// Accepts a case and says until when it will be done.
#[utoipa::path(
    post, path = "/windows/{window}/accept", tag = "windows", params(("window" = String, Path)),
    request_body = AcceptRequest,
    responses(
        (status = 200, body = AcceptAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn accept(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<AcceptRequest>,
) -> Result<Json<AcceptAnswer>, Refused> {
    let window = window_of(&app, &caller, &window)?;
    let due = due(&app, window, body.item);
    let command = Command::Accept { window, case: body.case, item: body.item, due };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(AcceptAnswer { due: due.and_then(date_of).map(|date| date.to_string()) }))
}

/// 承诺时限 of the item really handled, in working days from today.
fn due(app: &App, window: WindowId, item: Option<ItemId>) -> Option<Day> {
    let limit = app.read(|hall| {
        let taken = || hall.ticket_at(window).and_then(|ticket| ticket.item);
        hall.item_ever(item.or_else(taken)?)?.limit_working_days
    })?;
    let today = app.clock.date(app.now());
    let date = app.profile.calendar.working_day(today, limit)?;
    Some(day_of(date))
}
