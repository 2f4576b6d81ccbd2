//! `POST /kiosk/numbers`: 离线号段.

use axum::{Json, extract::State};
use hall::command::{Command, offline::ReserveNumbers};
use wire::http::{
    Problem,
    offline::{IssueHours, NumbersAnswer, NumbersRequest},
};

use super::{Shared, ask, body::Body, caller::Caller, problem::Refused};
use crate::{clock::date_of, readings};

/// A kiosk has no more letters than the hall.
const LOW_MAX: usize = 26;

/// Sets numbers aside for the calling kiosk, so that it goes on when nobody answers; who has enough
/// is told again what it has.
#[utoipa::path(
    post, path = "/kiosk/numbers", tag = "kiosks", request_body = NumbersRequest,
    responses(
        (status = 200, body = NumbersAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn numbers(
    State(app): Shared,
    caller: Caller,
    Body(mut body): Body<NumbersRequest>,
) -> Result<Json<NumbersAnswer>, Refused> {
    let kiosk = caller.identity.name;
    body.low.truncate(LOW_MAX);
    let wish = ReserveNumbers { kiosk, book: body.book, low: body.low };
    ask(&app, &caller, &body.request_id, Command::ReserveNumbers(wish)).await?;
    let answer = app.read(|hall| {
        let day = hall.day()?;
        let sessions = readings::board::sessions(&app, hall, date_of(day)?);
        let hours = sessions.into_iter();
        let setup = hall.setup();
        let issued = setup.queues().iter().filter(|queue| queue.issued);
        Some(NumbersAnswer {
            day,
            clock: app.clock.wire(),
            blocks: hall.numbers_of(kiosk, body.book).collect(),
            hours: hours
                .map(|each| IssueHours { from: each.issue_from.0, until: each.issue_until.0 })
                .collect(),
            closed: issued
                .filter(|queue| !hall.has_item_today(queue.id))
                .map(|queue| queue.id)
                .collect(),
            follow_url: app
                .public_url
                .as_ref()
                .map_or_else(String::new, |url| format!("{}/t/", url.trim_end_matches('/'))),
            reactivate_within_minutes: setup
                .rules()
                .reactivation
                .then_some(setup.rules().reactivate_within_minutes),
        })
    });
    let closed = || Refused::hall(hall::refusal::Refusal::HallClosed, caller.language, &app.clock);
    answer.map(Json).ok_or_else(closed)
}
