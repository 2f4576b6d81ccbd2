//! `GET /tally`: a day's figures.

use axum::{Json, extract::State};
use hall::time::Day;
use wire::{http::Problem, tally::Tally};

use super::{
    Shared,
    address::Query,
    caller::Caller,
    problem::{ApiCode, Refused},
};

/// Which day.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
pub struct WhichDay {
    /// "2026-11-20"; today if not said.
    day: Option<String>,
}

/// Tells the figures of today, or of a closed day.
#[utoipa::path(
    get, path = "/tally", tag = "hall", params(WhichDay),
    responses(
        (status = 200, body = Tally),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn tally(
    State(app): Shared,
    caller: Caller,
    Query(which): Query<WhichDay>,
) -> Result<Json<Tally>, Refused> {
    let Some(text) = which.day else { return Ok(Json(app.tally())) };
    let kept = text.parse::<Day>().ok().and_then(|day| app.tally_of(day));
    kept.map(Json).ok_or_else(|| caller.refused(ApiCode::NoSuchDay))
}
