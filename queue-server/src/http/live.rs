//! `GET /live`: server-sent events that say only *that* something changed, and up to where.
//!
//! The reader then fetches the whole. Changes close together are told once, so a slow reader
//! misses nothing and a busy hall costs little.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, Method},
    response::sse::{Event, KeepAlive, Sse},
};
use tokio_stream::{
    Stream, StreamExt,
    wrappers::{IntervalStream, WatchStream},
};
use wire::http::Problem;

use super::{
    Shared,
    caller::{Caller, find},
    problem::{ApiCode, Refused},
};

/// Two tellings are at least so far apart; people see no difference below.
const GAP: Duration = Duration::from_millis(100);

/// Keeps the line open through proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A stream of somebody who is believed no more ends after this, and the second in which the
/// access looks again.
const LOOK_EVERY: Duration = Duration::from_secs(2);

enum Told {
    Changed(u64),
    Devices(u64),
    Look,
    Stopping,
}

/// Tells `changed` with `{"sequence":n}` for the record, and `devices` for the device room.
#[utoipa::path(
    get, path = "/live", tag = "hall",
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn live(
    State(app): Shared,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let place = app.live_places.clone().try_acquire_owned();
    let place = place.map_err(|_| caller.refused(ApiCode::Busy))?;
    let changes = WatchStream::new(app.engine.sequence()).map(Told::Changed).throttle(GAP);
    // A range that changed by itself is told like a step: the reader fetches the whole.
    let of_step = app.engine.sequence();
    let forecasts = WatchStream::new(app.forecasts.said());
    let forecasts = forecasts.map(move |_| Told::Changed(*of_step.borrow())).throttle(GAP);
    let devices = WatchStream::new(app.devices_changes()).map(Told::Devices).throttle(GAP);
    let stopping = WatchStream::new(app.stopping.clone());
    let stopping = stopping.filter_map(|stopping| stopping.then_some(Told::Stopping));
    let looks = IntervalStream::new(tokio::time::interval(LOOK_EVERY)).map(|_| Told::Look);
    let told = changes.merge(forecasts).merge(devices).merge(stopping).merge(looks);
    let events = told.map_while(move |told| {
        // The place is given back when the stream ends.
        let _held = &place;
        match told {
            Told::Changed(sequence) => Some(Some(event("changed", sequence))),
            Told::Devices(count) => Some(Some(event("devices", count))),
            Told::Look => matches!(find(&app, &Method::GET, &headers), Ok(Some(_))).then_some(None),
            Told::Stopping => None,
        }
    });
    let events = events.filter_map(|event| event.map(Ok));
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

fn event(name: &str, sequence: u64) -> Event {
    Event::default()
        .event(name)
        .id(sequence.to_string())
        .data(format!("{{\"sequence\":{sequence}}}"))
}
