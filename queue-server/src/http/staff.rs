//! `POST /staff/{staff}/whereabouts`: 去向 of somebody who is at no window now.

use axum::{Json, extract::State};
use hall::{command::Command, ids::StaffNo};
use wire::http::{Done, Problem, desk::WhereaboutsRequest};

use super::{
    Shared,
    address::Path,
    ask,
    body::Body,
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::access::Role;

/// Says where somebody is. A clerk speaks for themselves, a manager for everybody.
#[utoipa::path(
    post, path = "/staff/{staff}/whereabouts", tag = "staff", params(("staff" = String, Path)),
    request_body = WhereaboutsRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn whereabouts(
    State(app): Shared,
    caller: Caller,
    Path(staff): Path<String>,
    Body(body): Body<WhereaboutsRequest>,
) -> Result<Json<Done>, Refused> {
    let staff: StaffNo = staff.parse().map_err(|_| caller.refused(ApiCode::NoSuchStaff))?;
    if caller.identity.staff != Some(staff) {
        caller.must_be(&[Role::Office])?;
    }
    let command = Command::SetWhereabouts { staff, whereabouts: body.whereabouts };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}
