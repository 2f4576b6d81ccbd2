//! `GET /reader-key`: what a kiosk gives to the card reader beside it.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use wire::{http::Problem, reader::ReaderKeyAnswer};

use super::{Shared, caller::Caller, problem::Refused};

/// Gives the key with which the hall's card readers make marks, to kiosks alone: not even an
/// administrator has a use for it.
#[utoipa::path(
    get, path = "/reader-key", tag = "kiosks",
    responses(
        (status = 200, body = ReaderKeyAnswer),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn reader_key(
    State(app): Shared,
    _caller: Caller,
) -> Result<([(HeaderName, &'static str); 1], Json<ReaderKeyAnswer>), Refused> {
    let elderly_from_years = app.read(|hall| hall.setup().rules().people.elderly_from_years);
    let answer = ReaderKeyAnswer { key: app.persons.of_readers(), elderly_from_years };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)))
}
