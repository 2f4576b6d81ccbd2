//! `POST /tickets`: 取号.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    answer::Answer,
    command::{
        Command, Issue, Purpose,
        people::{BookingRef, CheckIn},
    },
    event::people::Grounds,
    ids::person::BookingNo,
    refusal::Refusal,
    state::ticket::Ticket,
    words::PriorityClass,
};
use wire::{
    http::{IssueAnswer, IssueRequest, Problem},
    texts::Texts,
};

use crate::{
    access::Role,
    app::App,
    http::{
        Shared, ask,
        body::Body,
        bookings::queue_meant,
        caller::Caller,
        person::marks,
        problem::{ApiCode, Refused},
        shown,
    },
};

/// Takes a ticket. With `paper` it is reserved until `…/printed`; without, it waits at once.
#[utoipa::path(
    post, path = "/tickets", tag = "tickets", request_body = IssueRequest,
    responses(
        (status = 201, body = IssueAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<IssueRequest>,
) -> Result<(StatusCode, Json<IssueAnswer>), Refused> {
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    let setup = &app.profile.setup;
    let (case, pipeline) = (body.picks_up.is_some(), body.pipeline.is_some());
    if [case, pipeline, body.booking.is_some(), !body.then.is_empty()]
        .into_iter()
        .filter(|is| *is)
        .count()
        > 1
    {
        let detail = Texts::of(caller.language).get("body.one_purpose").to_owned();
        return Err(caller.refused(ApiCode::BadBody).with_detail(detail));
    }
    if let Some(booking) = body.booking {
        return check_in(&app, &caller, body, booking).await;
    }
    let purpose = purpose(&body);
    let is_one = purpose == Purpose::One;
    let implied = match &purpose {
        Purpose::One | Purpose::Several(_) => None,
        Purpose::Pipeline(id) => {
            let legs = setup.pipeline(*id).map(|pipeline| &pipeline.legs);
            let first = legs.and_then(|legs| legs.first());
            Some(first.ok_or_else(|| refuse(Refusal::NoSuchPipeline))?.queue)
        }
        Purpose::PickUp(_) => Some(setup.pick_up().ok_or_else(|| refuse(Refusal::NoSuchQueue))?),
    };
    let queue = queue_meant(&app, &caller, body.queue.or(implied), body.item)?;
    grant(&caller, body.priority).map_err(refuse)?;
    let command = Command::Issue(Issue {
        queue,
        item: body.item,
        channel: caller.channel(body.channel),
        class: body.priority,
        grounds: Grounds { reason: body.priority_reason, note: body.priority_note },
        paper: body.paper,
        person: marks(&app, &caller, body.document.as_ref())?.of_day,
        agent: body.agent,
        purpose,
        silent: body.silent,
        estimate: None,
    });
    let told = ask(&app, &caller, &body.request_id, command).await?;
    // An id that named another asking before gets that one's answer, which is no ticket of ours.
    let Answer::Issued(id) = told.answer else {
        return Err(caller.refused(ApiCode::BadRequestId));
    };
    // Nor is a ticket for something else: a kiosk would print another person's business. One that
    // has gone on since, while its kiosk was away, bears the item of its present leg.
    let is_meant = |ticket: &Ticket| {
        let same_item = !is_one || ticket.legs.len() > 1 || ticket.item == body.item;
        ticket.legs[0].queue == queue && same_item
    };
    if !app.read(|hall| hall.ticket(id).is_none_or(is_meant)) {
        return Err(caller.refused(ApiCode::BadRequestId));
    }
    let answer = app.read(|hall| shown::issued(&app, hall, id));
    let answer = answer.ok_or_else(|| refuse(Refusal::NoSuchTicket))?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// 预约取号 by the same asking as 取号, so that a kiosk settles both alike.
async fn check_in(
    app: &App,
    caller: &Caller,
    body: IssueRequest,
    booking: BookingNo,
) -> Result<(StatusCode, Json<IssueAnswer>), Refused> {
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    grant(caller, body.priority).map_err(refuse)?;
    let marks = marks(app, caller, body.document.as_ref())?;
    let command = Command::CheckIn(CheckIn {
        booking: BookingRef::No(booking),
        booker: marks.booker,
        person: marks.of_day,
        channel: caller.channel(body.channel),
        class: body.priority,
        grounds: Grounds { reason: body.priority_reason, note: body.priority_note },
        paper: body.paper,
        late_as_walk_in: body.late_as_walk_in,
        estimate: None,
    });
    let told = ask(app, caller, &body.request_id, command).await?;
    // An id that named another asking before gets that one's answer, which is no ticket of ours.
    let Answer::Issued(id) = told.answer else {
        return Err(caller.refused(ApiCode::BadRequestId));
    };
    let is_meant = app.read(|hall| hall.ticket(id).is_none_or(|it| it.booking == Some(booking)));
    if !is_meant {
        return Err(caller.refused(ApiCode::BadRequestId));
    }
    let answer = app.read(|hall| shown::issued(app, hall, id));
    answer
        .map(|answer| (StatusCode::CREATED, Json(answer)))
        .ok_or_else(|| refuse(Refusal::NoSuchTicket))
}

/// What the number is for beside its first leg.
fn purpose(body: &IssueRequest) -> Purpose {
    let several = || (!body.then.is_empty()).then(|| Purpose::Several(body.then.clone()));
    let case = body.picks_up.map(Purpose::PickUp);
    case.or(body.pipeline.map(Purpose::Pipeline)).or_else(several).unwrap_or_default()
}

/// 特事特办 is a supervisor's; transfers and bookings are not taken here.
pub fn grant(caller: &Caller, class: PriorityClass) -> Result<(), Refusal> {
    let granted = match class {
        PriorityClass::Ordinary | PriorityClass::Military | PriorityClass::Vulnerable => true,
        PriorityClass::Special => matches!(caller.identity.role, Role::Office | Role::Admin),
        PriorityClass::Transferred | PriorityClass::Booked => false,
    };
    if granted { Ok(()) } else { Err(Refusal::ClassNotGranted) }
}
