//! `GET /slots`: what can be booked.

use axum::{Json, extract::State};
use hall::{
    command::people::BookableDay,
    views::bookings::{self, SlotView},
};
use wire::http::{
    Problem,
    booking::{SlotBody, SlotsAnswer, SlotsDay, SlotsQuery},
};

use super::queue_meant;
use crate::http::{Shared, address::Query, caller::Caller, problem::Refused};

/// The slots of an item or a queue on the days that can be booked now, full ones too.
#[utoipa::path(
    get, path = "/slots", tag = "bookings", params(SlotsQuery),
    responses(
        (status = 200, body = SlotsAnswer),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn slots(
    State(app): Shared,
    caller: Caller,
    Query(query): Query<SlotsQuery>,
) -> Result<Json<SlotsAnswer>, Refused> {
    let queue = queue_meant(&app, &caller, query.queue, query.item)?;
    let now = app.now();
    let rules = &app.profile.setup.rules().booking;
    let days = app.daybook.bookable(rules, now);
    let days = app.read(|hall| {
        let of_day = |day: &BookableDay| {
            let slots = bookings::slots(hall, queue, query.item, day, now);
            SlotsDay { day: day.day, slots: slots.into_iter().map(body).collect() }
        };
        days.iter().map(of_day).collect()
    });
    Ok(Json(SlotsAnswer { days }))
}

fn body(slot: SlotView) -> SlotBody {
    let SlotView { from, until, capacity, left } = slot;
    SlotBody { from, until, capacity, left }
}
