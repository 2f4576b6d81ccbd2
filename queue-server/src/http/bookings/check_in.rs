//! `POST /check-ins`: 预约取号.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    answer::Answer,
    command::{
        Command,
        people::{BookingRef, CheckIn},
    },
    event::people::Grounds,
    refusal::Refusal,
    words::people::CheckInTime,
};
use wire::http::{
    IssueAnswer, Problem,
    booking::{CheckInAnswer, CheckInRequest},
};

use super::{body, said};
use crate::http::{
    Shared, ask,
    body::Body,
    caller::Caller,
    person::marks,
    problem::{ApiCode, Refused},
    shown,
    tickets::issue::grant,
};

/// Gives the ticket of a booking. Too early, missed and late are refusals that say until when or
/// what can be done; `late_as_walk_in` takes an ordinary ticket instead.
#[utoipa::path(
    post, path = "/check-ins", tag = "bookings", request_body = CheckInRequest,
    responses(
        (status = 201, body = CheckInAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn check_in(
    State(app): Shared,
    caller: Caller,
    Body(wish): Body<CheckInRequest>,
) -> Result<(StatusCode, Json<CheckInAnswer>), Refused> {
    let refuse = |refusal| Refused::hall(refusal, caller.language, &app.clock);
    let marks = marks(&app, &caller, wish.document.as_ref())?;
    let booking = match (wish.booking, marks.booker) {
        (Some(no), _) => BookingRef::No(no),
        (None, Some(booker)) => {
            let day = app.read(hall::Hall::day).ok_or_else(|| refuse(Refusal::HallClosed))?;
            BookingRef::Person { booker, day }
        }
        (None, None) => return Err(caller.refused(ApiCode::Incomplete)),
    };
    grant(&caller, wish.priority).map_err(refuse)?;
    let command = Command::CheckIn(CheckIn {
        booking,
        booker: marks.booker,
        person: marks.of_day,
        channel: caller.channel(wish.channel),
        class: wish.priority,
        grounds: Grounds { reason: wish.priority_reason, note: wish.priority_note },
        paper: wish.paper,
        late_as_walk_in: wish.late_as_walk_in,
        estimate: None,
    });
    let told = ask(&app, &caller, &wish.request_id, command).await?;
    // An id that named another asking before gets that one's answer, which is no ticket of ours.
    let Answer::Issued(id) = told.answer else {
        return Err(caller.refused(ApiCode::BadRequestId));
    };
    let answer = app.read(|hall| {
        let kept = hall.bookings().find(|booking| booking.ticket == Some(id))?;
        let time = kept.check_in?;
        let key = match time {
            CheckInTime::InTime => "booking.checked_in",
            CheckInTime::Late => "booking.late_ticket",
        };
        let said = said(&caller, key, &body(&app, hall, kept.booked.no)?);
        let IssueAnswer { ticket, ahead, wait, slip } = shown::issued(&app, hall, id)?;
        Some(CheckInAnswer { ticket, ahead, wait, slip, time, said })
    });
    Ok((StatusCode::CREATED, Json(answer.ok_or_else(|| refuse(Refusal::NoSuchTicket))?)))
}
