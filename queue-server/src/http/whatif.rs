//! `POST /whatif`: what would help a queue, or what one remedy would do. It is never done by asking.

use std::sync::Arc;

use axum::{Json, extract::State};
use hall::{
    forecast::advise,
    ids::QueueId,
    time::{Millis, Timestamp},
};
use wire::http::{
    Problem,
    forecast::{Effect, Remedy, Tried, WhatIf, WhatIfRequest},
};

use super::{
    Shared,
    body::Body,
    caller::Caller,
    forecast::of_hour,
    problem::{ApiCode, Refused},
};
use crate::{app::App, forecasts::trying};

/// Minutes that may be looked ahead.
const SPANS: std::ops::RangeInclusive<u16> = 15..=240;

/// Tries remedies on copies of the hall and tells what each would change.
#[utoipa::path(
    post, path = "/whatif", tag = "hall", request_body = WhatIfRequest,
    responses(
        (status = 200, body = WhatIf),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn whatif(
    State(app): Shared,
    caller: Caller,
    Body(body): Body<WhatIfRequest>,
) -> Result<Json<WhatIf>, Refused> {
    let asked = match (body.queue, body.remedy) {
        (Some(queue), None) => Asked::Queue(queue),
        (None, Some(remedy)) => Asked::Remedy(of_wire(remedy)),
        (None, None) | (Some(_), Some(_)) => return Err(caller.refused(ApiCode::Incomplete)),
    };
    if !SPANS.contains(&body.span_minutes) {
        return Err(caller.refused(ApiCode::BadBody));
    }
    // One at a time: it takes a core for a while, and tickets are given meanwhile.
    let turn = app.forecasts.try_turn().ok_or_else(|| caller.refused(ApiCode::Busy))?;
    let span = Millis::from_minutes(body.span_minutes.into());
    let app = Arc::clone(&app);
    let trying = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        found(&app, &asked, span)
    });
    let found = trying.await.ok().flatten();
    found.map(Json).ok_or_else(|| caller.refused(ApiCode::NotPossible))
}

enum Asked {
    Queue(QueueId),
    Remedy(advise::Remedy),
}

fn found(app: &App, asked: &Asked, span: Millis) -> Option<WhatIf> {
    match asked {
        Asked::Queue(queue) => {
            let (now, advice) = trying::advise(app, *queue, span)?;
            let mut hours = advice.nothing.queues.iter();
            Some(WhatIf {
                at: now.0,
                nothing: Some(of_hour(hours.find(|hour| hour.queue == *queue)?)),
                remedies: advice.remedies.iter().map(of_tried).collect(),
                tried: u32::try_from(advice.tried).unwrap_or(u32::MAX),
            })
        }
        Asked::Remedy(remedy) => {
            let (now, tried) = trying::what_if(app, remedy, span)?;
            let remedies = vec![of_tried(&tried)];
            Some(WhatIf { at: now.0, nothing: None, remedies, tried: 1 })
        }
    }
}

fn of_wire(remedy: Remedy) -> advise::Remedy {
    match remedy {
        Remedy::OpenTide { window, queues, minutes, clerk } => {
            advise::Remedy::OpenTide { window, queues, minutes, clerk }
        }
        Remedy::Lend { queue, window, minutes } => advise::Remedy::Lend { queue, window, minutes },
        Remedy::ShiftBreak { window, from, minutes } => {
            advise::Remedy::ShiftBreak { window, from: Timestamp(from), minutes }
        }
        Remedy::StopIssue { queue, minutes, more } => {
            advise::Remedy::StopIssue { queue, minutes, more }
        }
        Remedy::StandIn { window, staff } => advise::Remedy::StandIn { window, staff },
    }
}

fn to_wire(remedy: &advise::Remedy) -> Remedy {
    match remedy.clone() {
        advise::Remedy::OpenTide { window, queues, minutes, clerk } => {
            Remedy::OpenTide { window, queues, minutes, clerk }
        }
        advise::Remedy::Lend { queue, window, minutes } => Remedy::Lend { queue, window, minutes },
        advise::Remedy::ShiftBreak { window, from, minutes } => {
            Remedy::ShiftBreak { window, from: from.0, minutes }
        }
        advise::Remedy::StopIssue { queue, minutes, more } => {
            Remedy::StopIssue { queue, minutes, more }
        }
        advise::Remedy::StandIn { window, staff } => Remedy::StandIn { window, staff },
    }
}

fn of_tried(tried: &advise::Tried) -> Tried {
    let effect = |effect: &advise::Effect| Effect {
        queue: effect.queue,
        people: effect.people,
        mean_secs: effect.mean.map(Millis::as_secs),
        longest_secs: effect.longest.map(Millis::as_secs),
        mean_change_secs: effect.mean_change.map(|it| it / 1_000),
        longest_change_secs: effect.longest_change.map(|it| it / 1_000),
    };
    Tried {
        remedy: to_wire(&tried.remedy),
        effects: tried.effects.iter().map(effect).collect(),
        saved_secs: tried.saved / 1_000,
        better: tried.better,
        price_secs: tried.price / 1_000,
        turned_away: tried.turned_away,
        runs: tried.runs,
    }
}
