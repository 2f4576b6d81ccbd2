//! `GET /matters`, `POST /matters/{id}/steps`, `POST /matters/{id}/close`: 诉求, what is done about them
//! and what came of it.

pub mod told;

use axum::{Json, extract::State};
use hall::{
    Hall,
    command::{Command, matter::MatterWish},
    event,
    ids::MatterId,
};
use wire::http::{
    Done, Problem,
    matters::{CloseMatterRequest, ClosedMatter, HandleMatterRequest, Matter, MatterStep, Matters},
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

/// Does something about a matter: who sees to it, what was found, who was called back.
#[utoipa::path(
    post, path = "/matters/{id}/steps", tag = "matters", params(("id" = u32, Path)),
    request_body = HandleMatterRequest,
    responses(
        (status = 200, body = Done),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn handle_matter(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u32>,
    Body(body): Body<HandleMatterRequest>,
) -> Result<Json<Done>, Refused> {
    let command = Command::HandleMatter { matter: MatterId(id), wish: wish_of(body.step) };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

fn wish_of(step: MatterStep) -> MatterWish {
    match step {
        MatterStep::Assign { department, staff } => MatterWish::Assign { department, staff },
        MatterStep::Verify { finding, note } => MatterWish::Verify { finding, note },
        MatterStep::Grade { grade } => MatterWish::Grade { grade },
        MatterStep::Answer { note } => MatterWish::Answer { note },
        MatterStep::CallBack { result, note } => MatterWish::CallBack { result, note },
        MatterStep::AskExtension { reason } => MatterWish::AskExtension { reason },
        MatterStep::DecideExtension { granted, note } => {
            MatterWish::DecideExtension { granted, note }
        }
        MatterStep::Appeal { reason } => MatterWish::Appeal { reason },
        MatterStep::DecideAppeal { granted, note } => MatterWish::DecideAppeal { granted, note },
        MatterStep::Publish { shown } => MatterWish::Publish { shown },
    }
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
        assigned_staff: matter.assigned().and_then(|(_, staff)| staff),
        finding: matter.finding(),
        grade: matter.grade(),
        call_back: matter.call_back(),
        published: matter.is_published(),
    }
}

/// 部门 that sees to it: to which it was given, else as it was told, else of its queue.
pub fn department(hall: &Hall, matter: &event::matter::Matter) -> Option<String> {
    let setup = hall.setup();
    let of_queue = || {
        let queue = setup.queue(matter.queue?)?;
        Some(setup.department(queue.department)?.name.clone())
    };
    let given = matter.assigned().and_then(|(department, _)| department);
    given.map(str::to_owned).or_else(|| matter.department.clone()).or_else(of_queue)
}

fn closed(hall: &Hall, closed: &event::matter::ClosedMatter) -> ClosedMatter {
    ClosedMatter {
        matter: of(hall, &closed.matter),
        closed: closed.at.0,
        by: closed.by,
        outcome: closed.outcome,
        note: closed.note.clone(),
    }
}
