//! `POST /tickets/{id}/reactivate`: 过号激活.

use axum::{Json, extract::State};
use hall::{command::Command, ids::TicketId, refusal::Refusal};
use wire::http::{HolderRequest, IssueAnswer, Problem, SlipMark};

use super::holder::must_hold;
use crate::http::{
    Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused, shown,
};

/// Lets a passed ticket wait again, and says what its new slip says. A kiosk shows whose it is.
#[utoipa::path(
    post, path = "/tickets/{id}/reactivate", tag = "tickets", params(("id" = u64, Path)),
    request_body = HolderRequest,
    responses(
        (status = 200, body = IssueAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn reactivate(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u64>,
    Body(body): Body<HolderRequest>,
) -> Result<Json<IssueAnswer>, Refused> {
    let ticket = TicketId(id);
    must_hold(&app, &caller, ticket, &body)?;
    ask(&app, &caller, &body.request_id, Command::Reactivate { ticket }).await?;
    let found = app.read(|hall| shown::once_more(&app, hall, ticket, SlipMark::Reactivated));
    let refuse = || Refused::hall(Refusal::NoSuchTicket, caller.language, &app.clock);
    found.map(Json).ok_or_else(refuse)
}
