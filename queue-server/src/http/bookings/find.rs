//! `POST /bookings/find`: 预约取号, the first look. It is a `POST` so that no document is in an address.

use axum::{Json, extract::State};
use hall::{
    Hall,
    command::people::BookingRef,
    refusal::Refusal,
    state::bookings::Booking,
    time::{Millis, Timestamp},
    words::people::BookingState,
};
use wire::http::{
    Problem,
    booking::{BookingFound, FindBookingRequest, When},
};

use super::{body, said};
use crate::http::{
    Shared,
    body::Body,
    caller::Caller,
    person::marks,
    problem::{ApiCode, Refused},
};

/// Finds the booking of a number, or the earliest of today of a person, and says whether a ticket can
/// be had for it now. Nothing changes.
#[utoipa::path(
    post, path = "/bookings/find", tag = "bookings", request_body = FindBookingRequest,
    responses(
        (status = 200, body = BookingFound),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find_booking(
    State(app): Shared,
    caller: Caller,
    Body(wish): Body<FindBookingRequest>,
) -> Result<Json<BookingFound>, Refused> {
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    let booker = marks(&app, &caller, wish.document.as_ref())?.booker;
    let meant = match (wish.booking, booker) {
        (Some(no), None) => BookingRef::No(no),
        (None, Some(booker)) => {
            let day = app.read(Hall::day).ok_or_else(|| refuse(Refusal::HallClosed))?;
            BookingRef::Person { booker, day }
        }
        (None, None) | (Some(_), Some(_)) => return Err(caller.refused(ApiCode::Incomplete)),
    };
    let now = app.now();
    let found = app.read(|hall| {
        let booking = hall.booking_meant(meant)?;
        Some((body(&app, hall, booking.booked.no)?, stands(hall, booking, now)))
    });
    let (booking, (when, why)) = found.ok_or_else(|| refuse(Refusal::NoSuchBooking))?;
    let said = match why {
        None => said(&caller, "booking.slot", &booking),
        Some(refusal) => refuse(refusal).problem.title,
    };
    Ok(Json(BookingFound { booking, when, said }))
}

/// Whether a ticket can be had, and what stands in its way.
fn stands(hall: &Hall, booking: &Booking, now: Timestamp) -> (When, Option<Refusal>) {
    let rules = &hall.setup().rules().booking;
    let slot = booking.booked.slot;
    let opens = slot.from - Millis::from_minutes(rules.check_in_before_minutes.into());
    let in_time = slot.from + Millis::from_minutes(rules.check_in_after_minutes.into());
    match booking.state {
        BookingState::Booked if now < opens => {
            let early = Refusal::BookingEarly { from: slot.from, until: slot.until, opens };
            (When::Early, Some(early))
        }
        BookingState::Booked if now >= slot.until => {
            (When::Over, Some(Refusal::BookingOver { state: BookingState::Missed }))
        }
        BookingState::Booked if now > in_time => (When::Late, Some(Refusal::BookingLate)),
        BookingState::Booked => (When::InTime, None),
        state @ (BookingState::Kept
        | BookingState::Cancelled
        | BookingState::Missed
        | BookingState::Released) => (When::Over, Some(Refusal::BookingOver { state })),
    }
}
