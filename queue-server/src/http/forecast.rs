//! `GET /forecast`: every queue in the hour ahead.

use axum::{Json, extract::State};
use hall::{
    forecast::hour::{self, QueueHour},
    words::PriorityClass,
};
use wire::http::forecast::{Forecast, Hour, Minutes, Passing, QueueForecast};

use super::{Shared, caller::Caller};

/// Tells how long people wait now and how every queue does in the hour ahead.
#[utoipa::path(get, path = "/forecast", tag = "hall", responses((status = 200, body = Forecast)))]
pub async fn forecast(State(app): Shared, _caller: Caller) -> Json<Forecast> {
    let now = app.now();
    let picture = app.forecasts.fresh(now);
    let learned = app.forecasts.knowledge().learned.clone();
    let queue = |id| {
        let class = PriorityClass::Ordinary;
        let wait = app.read(|hall| app.forecasts.wait_of_newcomer(hall, (id, class), now));
        let hour = picture.as_ref().and_then(|picture| picture.hour_of(id));
        QueueForecast {
            queue: id,
            wait: wait.map(|it| Minutes { low: it.low_minutes, high: it.high_minutes }),
            hour: hour.map(of_hour),
        }
    };
    Json(Forecast {
        at: picture.as_ref().map_or(now, |picture| picture.at).0,
        runs: picture.as_ref().map_or(0, |picture| picture.runs),
        days: learned.counts.days,
        learned_through: learned.through.map(|day| day.to_string()),
        queues: app.profile.setup.queues().iter().map(|each| queue(each.id)).collect(),
    })
}

/// A queue's hour as it is sent.
pub fn of_hour(hour: &QueueHour) -> Hour {
    let passing =
        |passing: Option<hour::Passing>| passing.map(|it| Passing { share: it.share, at: it.at.0 });
    let longest = hour.longest;
    Hour {
        people: hour.people,
        mean_secs: hour.mean.as_secs(),
        longest_secs: [longest.low, longest.mid, longest.high].map(|it| it.as_secs()),
        left: hour.left,
        yellow: passing(hour.yellow),
        red: passing(hour.red),
    }
}
