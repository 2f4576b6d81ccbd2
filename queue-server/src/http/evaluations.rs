//! `POST /evaluations`: 评价, by the code of a slip or for a window's device.

use axum::{Json, extract::State, http::StatusCode};
use hall::{
    command::{Command, Evaluate, EvaluationTarget},
    refusal::Refusal,
    words::{Actor, EvaluationChannel},
};
use wire::http::{EvaluationAnswer, EvaluationRequest, Problem};

use super::{
    Shared, ask, ask_as,
    body::Body,
    caller::{Caller, Language},
    problem::{ApiCode, Refused},
};
use crate::access::Role;

/// Levels that a screen can ask for.
const LEVELS: u8 = 5;

/// Takes an evaluation down, once for each leg. With the code of a slip no credential is needed.
#[utoipa::path(
    post, path = "/evaluations", tag = "evaluations", request_body = EvaluationRequest,
    security((), ("bearer" = []), ("session" = [])),
    responses(
        (status = 201, body = EvaluationAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn evaluate(
    State(app): Shared,
    caller: Option<Caller>,
    Language(language): Language,
    Body(body): Body<EvaluationRequest>,
) -> Result<(StatusCode, Json<EvaluationAnswer>), Refused> {
    let mut reasons = body.reasons;
    reasons.sort_unstable();
    reasons.dedup();
    let command = |target, channel| {
        Command::Evaluate(Evaluate {
            target,
            rating: body.rating,
            reasons,
            text: String::new(),
            channel,
            scale: LEVELS,
        })
    };
    match (body.token, body.window) {
        (Some(text), None) => {
            let refuse = || Refused::hall(Refusal::NoSuchTicket, language, &app.clock);
            let token = text.parse().map_err(|_| refuse())?;
            let (channel, by) = match caller {
                Some(caller) if caller.identity.role == Role::Kiosk => {
                    (EvaluationChannel::Kiosk, Actor::Citizen)
                }
                // The person's own level, and whose hand wrote it down.
                Some(caller) if writes_down(caller.identity.role) => {
                    (EvaluationChannel::GuideDesk, caller.actor())
                }
                Some(_) | None => (EvaluationChannel::Phone, Actor::Citizen),
            };
            let command = command(EvaluationTarget::Token(token), channel);
            let who = format!("slip {text}");
            ask_as(&app, by, &who, language, &body.request_id, command).await?;
        }
        (None, Some(window)) => {
            let caller = caller.ok_or_else(|| Refused::api(ApiCode::NotSignedIn, language))?;
            // A clerk never evaluates: only the window's own device does, over its bridge.
            caller.must_be(&[Role::Bridge, Role::Kiosk])?;
            let command = command(EvaluationTarget::Window(window), EvaluationChannel::Device);
            ask(&app, &caller, &body.request_id, command).await?;
        }
        (None, None) | (Some(_), Some(_)) => {
            return Err(Refused::api(ApiCode::Incomplete, language));
        }
    }
    Ok((StatusCode::CREATED, Json(EvaluationAnswer { accepted: true })))
}

/// Somebody of the hall who writes down what a person says: at the guide desk, whoever stands there.
const fn writes_down(role: Role) -> bool {
    matches!(role, Role::Guide | Role::Office | Role::Admin)
}
