//! `POST /cases/{case}/close`: 办结 of a case.

use axum::{Json, extract::State};
use hall::{command::Command, ids::CaseNo, refusal::Refusal};
use wire::http::{Done, PlainRequest, Problem};

use super::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};

/// Says that what was promised for a case is done.
#[utoipa::path(
    post, path = "/cases/{case}/close", tag = "cases", params(("case" = String, Path)),
    request_body = PlainRequest,
    responses(
        (status = 200, body = Done),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn close_case(
    State(app): Shared,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<PlainRequest>,
) -> Result<Json<Done>, Refused> {
    let unknown = |_| Refused::hall(Refusal::NoSuchCase, caller.language, &app.clock);
    let case: CaseNo = case.parse().map_err(unknown)?;
    ask(&app, &caller, &body.request_id, Command::CloseCase { case }).await?;
    Ok(Json(Done { done: true }))
}
