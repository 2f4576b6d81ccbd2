//! `POST /reload`: 重新载入配置.

use axum::{Json, extract::State};
use wire::{
    http::{
        PlainRequest, Problem,
        setup::{Obstacle, ReloadAnswer, TakesEffect},
    },
    texts::Texts,
};

use super::{
    Shared,
    body::Body,
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::reload::{ReloadFault, Reloaded, words};

/// Reads the profile's folder again and puts it in force, or says why it must wait. Asking twice
/// does no harm: what is in force already is not put in force again.
#[utoipa::path(
    post, path = "/reload", tag = "setup", request_body = PlainRequest,
    responses(
        (status = 200, body = ReloadAnswer),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn reload(
    State(app): Shared,
    caller: Caller,
    Body(_): Body<PlainRequest>,
) -> Result<Json<ReloadAnswer>, Refused> {
    let outcome = app.reload(caller.actor()).await;
    let texts = Texts::of(caller.language);
    let lines = words::lines(&outcome, texts);
    let (takes_effect, obstacles) = match outcome {
        Ok(Reloaded::Unchanged) => (TakesEffect::Unchanged, Vec::new()),
        Ok(Reloaded::Now) => (TakesEffect::Now, Vec::new()),
        Ok(Reloaded::Tonight(obstacles)) => (TakesEffect::Tonight, obstacles),
        Ok(Reloaded::Restart) => (TakesEffect::Restart, Vec::new()),
        Err(ReloadFault::Profile(_)) => {
            return Err(caller.refused(ApiCode::ProfileWrong).with_detail(lines.join("\n")));
        }
        Err(ReloadFault::Engine(why)) => {
            return Err(Refused::not_done(why, caller.language, &app.clock));
        }
        Err(fault @ (ReloadFault::Keep(_) | ReloadFault::Stopping)) => {
            tracing::error!(%fault, "the profile was not reloaded");
            return Err(caller.refused(ApiCode::Stopping).with_detail(lines.join("\n")));
        }
    };
    let because = obstacles.iter().map(|each| Obstacle {
        code: each.code().to_owned(),
        what: each.subject().map(str::to_owned),
        text: words::obstacle(each, texts),
    });
    Ok(Json(ReloadAnswer {
        version: app.profile.version.to_string(),
        takes_effect,
        text: lines.first().cloned().unwrap_or_default(),
        because: because.collect(),
    }))
}
