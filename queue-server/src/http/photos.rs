//! `GET /photos/{mark}`: 工作照, for the screens that show who works at a window.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::http::Problem;

use super::{
    Shared,
    address::Path,
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::profile::photos;

/// Answers a photograph by the mark that the plate of a face names. It never changes: another
/// photograph has another mark.
#[utoipa::path(
    get, path = "/photos/{mark}", tag = "photos", params(("mark" = String, Path)),
    responses(
        (status = 200, description = "the photograph", content_type = "image/jpeg"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn photo(
    State(app): Shared,
    caller: Caller,
    Path(mark): Path<String>,
) -> Result<Response, Refused> {
    let found = app.profile.photos.values().find(|photo| photo.mark == mark).cloned();
    let folder = app.reloading.folder().to_owned();
    let read = tokio::task::spawn_blocking(move || photos::bytes(&folder, &found?));
    let bytes = read.await.ok().flatten();
    let found = bytes.and_then(|bytes| Some((photos::kind(&bytes)?, bytes)));
    let Some((kind, bytes)) = found else { return Err(caller.refused(ApiCode::NoSuchPlace)) };
    let kept = (header::CACHE_CONTROL, "private, max-age=31536000, immutable");
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, kind), kept], bytes).into_response())
}
