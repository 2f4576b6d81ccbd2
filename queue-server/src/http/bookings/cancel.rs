//! `POST /bookings/{no}/cancel`: 取消预约.

use axum::{Json, extract::State};
use hall::command::{Command, people::BookingRef};
use wire::http::{PlainRequest, Problem, booking::BookingAnswer};

use super::{answer, number};
use crate::http::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};

/// Gives a booked place back, early enough that somebody else can have it.
#[utoipa::path(
    post, path = "/bookings/{no}/cancel", tag = "bookings", params(("no" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = BookingAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn cancel_booking(
    State(app): Shared,
    caller: Caller,
    Path(no): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<BookingAnswer>, Refused> {
    let no = number(&app, &caller, &no)?;
    let command = Command::CancelBooking { booking: BookingRef::No(no) };
    ask(&app, &caller, &body.request_id, command).await?;
    answer(&app, &caller, no, "booking.cancelled").map(Json)
}
