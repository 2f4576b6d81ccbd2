//! `POST /erasures`: 清除.

use axum::{Json, extract::State};
use hall::command::{Command, people::Erase};
use wire::http::{Done, Problem, booking::EraseRequest};

use super::{
    Shared, ask,
    body::Body,
    caller::Caller,
    person::marks,
    problem::{ApiCode, Refused},
};

/// Removes whatever could identify a person; numbers, times and figures stay.
#[utoipa::path(
    post, path = "/erasures", tag = "hall", request_body = EraseRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn erase(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<EraseRequest>,
) -> Result<Json<Done>, Refused> {
    let wish = match (body.ticket, body.booking, &body.document) {
        (Some(ticket), None, None) => Erase::Ticket(ticket),
        (None, Some(booking), None) => Erase::Booking(booking),
        (None, None, Some(document)) => {
            let marks = marks(&app, &caller, Some(document))?;
            Erase::Person { mark: marks.of_day, booker: marks.booker }
        }
        _ => return Err(caller.refused(ApiCode::Incomplete)),
    };
    ask(&app, &caller, &body.request_id, Command::Erase(wish)).await?;
    Ok(Json(Done { done: true }))
}
