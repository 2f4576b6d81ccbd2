//! `GET /visits`, `POST /visits`, `POST /visits/{id}/steps`: 上门服务, asked for at the guide desk, and what
//! is done about it. How a person is reached goes past the hall into a place of its own.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    Hall,
    answer::Answer,
    command::{
        Command,
        visit::{VisitStepWish, VisitWish},
    },
    event,
    ids::VisitId,
    refusal::Refusal,
    time::Day,
};
use jiff::ToSpan;
use wire::http::{
    Done, Problem,
    visits::{AskVisitRequest, AskedVisit, HandleVisitRequest, Visit, VisitStep, Visits},
};

use super::{
    Shared,
    address::Path,
    ask,
    body::Body,
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::{
    app::App,
    clock::{date_of, day_of},
    contacts::{self, Unfit},
};

/// So many days ahead a visit may be wished for.
const AHEAD_DAYS_MAX: i64 = 90;

/// Lists home visits: those that are not over, and those of the last days.
#[utoipa::path(
    get, path = "/visits", tag = "visits",
    responses(
        (status = 200, body = Visits),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn visits(State(app): Shared, _caller: Caller) -> Result<Json<Visits>, Refused> {
    Ok(Json(app.read(|hall| {
        let (over, open): (Vec<_>, Vec<_>) = hall.visits().partition(|visit| visit.over.is_some());
        let all = |visits: Vec<&event::visit::Visit>| {
            visits.into_iter().map(|visit| of(hall, visit)).collect()
        };
        Visits { open: all(open), over: all(over) }
    })))
}

/// Takes down a home visit; asking twice gives the same one.
#[utoipa::path(
    post, path = "/visits", tag = "visits", request_body = AskVisitRequest,
    responses(
        (status = 201, body = AskedVisit),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn ask_visit(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<AskVisitRequest>,
) -> Result<(StatusCode, Json<AskedVisit>), Refused> {
    let refused = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    let contact = contacts::fit(body.contact).map_err(|unfit| match unfit {
        Unfit::TooLong => refused(Refusal::TooMuch),
        Unfit::NoPhone => caller.refused(ApiCode::BadPhone),
    })?;
    let wished = body.wished.as_deref().filter(|text| !text.is_empty());
    let wished = wished.map(|text| day(&app, &caller, text)).transpose()?;
    let wish = VisitWish::Ask { item: body.item, reason: body.reason, wished };
    let told = ask(&app, &caller, &body.request_id, Command::Visit(wish)).await?;
    let Answer::Visit(id) = told.answer else {
        return Err(Refused::api(ApiCode::BadRequestId, caller.language));
    };
    // A form that is sent twice changes nothing of what was kept the first time.
    if !contact.is_empty() && app.contacts.of(id).is_none() {
        app.contacts.keep(id, &contact).map_err(|fault| {
            tracing::error!(%fault, "how somebody is reached could not be kept");
            caller.refused(ApiCode::NotKept)
        })?;
    }
    let asked = app.read(|hall| asked_of(&app, hall, id));
    Ok((StatusCode::CREATED, Json(asked.ok_or_else(|| refused(Refusal::NoSuchVisit))?)))
}

/// Does something about a visit: who goes there and when, that it was begun, what came of it.
#[utoipa::path(
    post, path = "/visits/{id}/steps", tag = "visits", params(("id" = u32, Path)),
    request_body = HandleVisitRequest,
    responses(
        (status = 200, body = Done),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn handle_visit(
    State(app): Shared,
    caller: Caller,
    Path(id): Path<u32>,
    Body(body): Body<HandleVisitRequest>,
) -> Result<Json<Done>, Refused> {
    let wish = match body.step {
        VisitStep::Assign { staff, day: text } => {
            VisitStepWish::Assign { staff, day: day(&app, &caller, &text)? }
        }
        VisitStep::Begin {} => VisitStepWish::Begin,
        VisitStep::Finish { case, item, copies } => VisitStepWish::Finish { case, item, copies },
        VisitStep::Fail { obstacle, note } => VisitStepWish::Fail { obstacle, note },
        VisitStep::Withdraw { note } => VisitStepWish::Withdraw { note },
    };
    let command = Command::Visit(VisitWish::Handle { visit: VisitId(id), wish });
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

/// A day that there is, and not further ahead than anybody plans.
fn day(app: &App, caller: &Caller, text: &str) -> Result<Day, Refused> {
    let day: Day = text.trim().parse().map_err(|_| caller.refused(ApiCode::NoSuchDay))?;
    let date = date_of(day).ok_or_else(|| caller.refused(ApiCode::NoSuchDay))?;
    let last = app.clock.date(app.now()).saturating_add(AHEAD_DAYS_MAX.days());
    if date > last {
        return Err(caller.refused(ApiCode::NoSuchDay));
    }
    Ok(day_of(date))
}

/// A visit as bodies have it.
pub fn of(hall: &Hall, visit: &event::visit::Visit) -> Visit {
    let over = visit.over.as_ref();
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    Visit {
        id: visit.id.0,
        stage: visit.stage(),
        level: hall.visit_level(visit),
        item: visit.item,
        reason: visit.reason,
        wished: day(visit.wished),
        asked: visit.asked.0,
        due: day(visit.due),
        staff: visit.staff,
        day: day(visit.day),
        begun: visit.begun.map(|at| at.0),
        over: over.map(|over| over.at.0),
        case: over.and_then(|over| over.case),
        obstacle: over.and_then(|over| over.obstacle),
        note: over.map_or_else(String::new, |over| over.note.clone()),
        rating: visit.given.as_ref().map(|given| given.rating),
    }
}

/// A visit with what stands on its slip.
pub fn asked_of(app: &App, hall: &Hall, id: VisitId) -> Option<AskedVisit> {
    let visit = hall.visit(id)?;
    let code = visit.token.to_string();
    let follow_url = app
        .public_url
        .as_ref()
        .map_or_else(String::new, |url| format!("{}/t/{code}", url.trim_end_matches('/')));
    Some(AskedVisit { visit: of(hall, visit), code, follow_url })
}
