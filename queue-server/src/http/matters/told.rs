//! `POST /matters`, `POST /matters/find`: 办不成事, told for a receipt, and asked for with it.

use std::time::Instant;

use axum::{Json, extract::State, http::StatusCode};
use hall::{Hall, answer::Answer, command::Command, ids::receipt::Receipt, refusal::Refusal};
use wire::{
    http::{
        Problem,
        matters::{FindMatterRequest, TellMatterRequest, ToldMatter},
    },
    texts::Texts,
    words::alert::AlertLevel,
};

use crate::{
    access::Role,
    clock::HallClock,
    http::{
        Shared, ask,
        body::Body,
        caller::Caller,
        problem::{ApiCode, Refused},
    },
};

/// Takes down what was not done; asking twice gives the same receipt.
#[utoipa::path(
    post, path = "/matters", tag = "matters", request_body = TellMatterRequest,
    responses(
        (status = 201, body = ToldMatter),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn tell_matter(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<TellMatterRequest>,
) -> Result<(StatusCode, Json<ToldMatter>), Refused> {
    let command = Command::TellMatter { department: body.department, reasons: body.reasons };
    let told = ask(&app, &caller, &body.request_id, command).await?;
    let Answer::Told(receipt) = told.answer else {
        return Err(Refused::api(ApiCode::BadRequestId, caller.language));
    };
    let told = app.read(|hall| told_of(hall, &app.clock, receipt));
    let refuse = || Refused::hall(Refusal::NoSuchMatter, caller.language, &app.clock);
    Ok((StatusCode::CREATED, Json(told.ok_or_else(refuse)?)))
}

/// Tells how a matter stands to whoever knows its receipt.
#[utoipa::path(
    post, path = "/matters/find", tag = "matters", request_body = FindMatterRequest,
    responses(
        (status = 200, body = ToldMatter),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find_matter(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<FindMatterRequest>,
) -> Result<Json<ToldMatter>, Refused> {
    let (who, now) = (caller.identity.name.as_str(), Instant::now());
    let reads_all = caller.must_be(Role::READS_HALL).is_ok();
    if !reads_all && !app.guesses.may_ask(who, now) {
        return Err(Refused::api(ApiCode::TooManyReceipts, caller.language));
    }
    let told = app.read(|hall| told_of(hall, &app.clock, body.receipt));
    if told.is_none() {
        app.guesses.was_wrong(who, now);
    }
    let refuse = || Refused::hall(Refusal::NoSuchMatter, caller.language, &app.clock);
    told.map(Json).ok_or_else(refuse)
}

/// How what was told under a receipt stands; none if nothing is known of it.
pub fn told_of(hall: &Hall, clock: &HallClock, receipt: Receipt) -> Option<ToldMatter> {
    let day = |at| clock.day(at).to_string();
    Some(match hall.told(receipt)? {
        Ok(matter) => ToldMatter {
            receipt,
            told: day(matter.opened),
            due: matter.due.map(|due| due.to_string()),
            overdue: hall.matter_level(matter) == Some(AlertLevel::Red),
            closed: None,
            outcome: None,
        },
        Err(answered) => ToldMatter {
            receipt,
            told: day(answered.opened),
            due: None,
            overdue: false,
            closed: Some(day(answered.closed)),
            outcome: Some(answered.outcome),
        },
    })
}

/// The same in a sentence, for the pages.
pub fn stands(told: &ToldMatter, texts: &Texts) -> String {
    match (&told.closed, told.outcome, &told.due) {
        (Some(day), Some(outcome), _) => {
            let outcome = texts.get(&format!("matter_outcome.{outcome}")).to_owned();
            texts.fill("office.receipt_closed", &[("day", day), ("outcome", &outcome)])
        }
        (_, _, Some(due)) => {
            texts.fill("office.receipt_open", &[("told", &told.told), ("due", due)])
        }
        (_, _, None) => texts.fill("office.receipt_no_limit", &[("told", &told.told)]),
    }
}
