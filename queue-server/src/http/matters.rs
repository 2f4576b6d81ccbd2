//! `GET /matters`, `POST /matters/{id}/close`: 诉求 and what came of them.

pub mod told;

use axum::{Json, extract::State};
use hall::{Hall, command::Command, event, ids::MatterId};
use wire::http::{
    Done, Problem,
    matters::{CloseMatterRequest, ClosedMatter, Matter, Matters},
};

use super::{Shared, address::Path, ask, body::Body, caller::Caller, problem::Refused};

/// Lists what must be answered by a day, and what was closed since the day began.
#[utoipa::path(
    get, path = "/matters", tag = "matters",
    responses(
        (status = 200, body = Matters),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn matters(State(app): Shared, _caller: Caller) -> Result<Json<Matters>, Refused> {
    Ok(Json(app.read(|hall| Matters {
        open: hall.matters().map(|matter| of(hall, matter)).collect(),
        closed: hall.matters_closed().iter().map(|each| closed(hall, each)).collect(),
    })))
}

/// Says what came of a matter; it closes the alert of the same 差评 too.
#[utoipa::path(
    post, path = "/matters/{id}/close", tag = "matters", params(("id" = u32, Path)),
    request_body = CloseMatterRequest,
    responses(
        (status = 200, body = Done),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn close_matter(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u32>,
    Body(body): Body<CloseMatterRequest>,
) -> Result<Json<Done>, Refused> {
    let (matter, outcome, note) = (MatterId(id), body.outcome, body.note);
    let command = Command::CloseMatter { matter, outcome, note };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

/// A matter as bodies have it.
pub fn of(hall: &Hall, matter: &event::matter::Matter) -> Matter {
    Matter {
        id: matter.id.0,
        kind: matter.kind,
        level: hall.matter_level(matter),
        due: matter.due.map(|due| due.to_string()),
        opened: matter.opened.0,
        no: matter.no,
        window: matter.window,
        staff: matter.staff,
        department: department(hall, matter),
        item: matter.item,
        rating: matter.rating,
        reasons: matter.reasons.clone(),
        text: matter.text.clone(),
        seen: matter.seen,
        receipt: matter.receipt,
    }
}

/// 部门 that it is about: as it was told, else of its queue.
pub fn department(hall: &Hall, matter: &event::matter::Matter) -> Option<String> {
    let setup = hall.setup();
    let of_queue = || {
        let queue = setup.queue(matter.queue?)?;
        Some(setup.department(queue.department)?.name.clone())
    };
    matter.department.clone().or_else(of_queue)
}

fn closed(hall: &Hall, closed: &hall::state::matters::ClosedMatter) -> ClosedMatter {
    ClosedMatter {
        matter: of(hall, &closed.matter),
        closed: closed.at.0,
        by: closed.by,
        outcome: closed.outcome,
        note: closed.note.clone(),
    }
}
