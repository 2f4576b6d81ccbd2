//! `GET /bookings/{no}`: what became of a booking.

use axum::{Json, extract::State};
use wire::http::{Problem, booking::BookingAnswer};

use super::{answer, number};
use crate::http::{Shared, address::Path, caller::Caller, problem::Refused};

/// Looks a booking of today or later up by its number.
#[utoipa::path(
    get, path = "/bookings/{no}", tag = "bookings", params(("no" = String, Path)),
    responses(
        (status = 200, body = BookingAnswer),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show_booking(
    State(app): Shared,
    caller: Caller,
    Path(no): Path<String>,
) -> Result<Json<BookingAnswer>, Refused> {
    let no = number(&app, &caller, &no)?;
    answer(&app, &caller, no, "booking.slot").map(Json)
}
