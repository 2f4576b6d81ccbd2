//! `POST /bookings`: 预约.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    answer::Answer,
    command::{Command, people::Book},
    state::bookings::Booking,
};
use wire::http::{
    Problem,
    booking::{BookRequest, BookingAnswer},
};

use super::{answer, queue_meant};
use crate::http::{
    Shared, ask,
    body::Body,
    caller::Caller,
    person::marks,
    problem::{ApiCode, Refused},
};

/// Takes a place in a slot of a day to come.
#[utoipa::path(
    post, path = "/bookings", tag = "bookings", request_body = BookRequest,
    responses(
        (status = 201, body = BookingAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn book(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<BookRequest>,
) -> Result<(StatusCode, Json<BookingAnswer>), Refused> {
    let queue = queue_meant(&app, &caller, body.queue, body.item)?;
    let booker = marks(&app, &caller, body.document.as_ref())?.booker;
    let command = Command::Book(Book {
        booker,
        agent: body.agent,
        queue,
        item: body.item,
        day: body.day,
        from: body.from,
        channel: caller.channel(body.channel),
        days: app.daybook.bookable(&app.profile.setup.rules().booking, app.now()),
    });
    let (item, day, from) = (body.item, body.day, body.from);
    let told = ask(&app, &caller, &body.request_id, command).await?;
    // An id that named another asking before gets that one's answer, which is no booking of ours.
    let Answer::Booking(no) = told.answer else {
        return Err(caller.refused(ApiCode::BadRequestId));
    };
    // Nor is a booking for something else.
    let is_meant = |booking: &Booking| {
        let booked = &booking.booked;
        let begins = app.clock.time_of_day(booked.slot.from);
        (booked.queue, booked.item, booked.slot.day, begins) == (queue, item, day, from)
    };
    if !app.read(|hall| hall.booking(no).is_none_or(is_meant)) {
        return Err(caller.refused(ApiCode::BadRequestId));
    }
    Ok((StatusCode::CREATED, Json(answer(&app, &caller, no, "booking.booked")?)))
}
