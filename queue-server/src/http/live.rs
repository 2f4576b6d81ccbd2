//! `GET /live`: server-sent events that say only *that* something changed, and up to where.
//!
//! The reader then fetches the whole. Changes close together are told once, so a slow reader
//! misses nothing and a busy hall costs little; and what is told is written once for all streams.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Method, header},
    response::{IntoResponse, Response},
};
use tokio::sync::watch;
use tokio_stream::{
    StreamExt,
    wrappers::{IntervalStream, WatchStream},
};
use wire::http::Problem;

use super::{
    Shared,
    caller::{Caller, find},
    problem::{ApiCode, Refused},
};
use crate::app::App;

/// Two tellings are at least so far apart; people see no difference below.
const GAP: Duration = Duration::from_millis(100);

/// A stream of somebody who is believed no more ends after this, and the second in which the
/// access looks again.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// After so many looks without a word a comment keeps the line open through proxies.
const LOOKS_KEPT_QUIET: u32 = 7;

/// What a proxy sees of a stream in which nothing happens.
const KEEP_ALIVE: &[u8] = b":\n\n";

/// What every stream is told at a moment: the counts, and the words for them.
#[derive(Debug, Clone, Default)]
pub struct Told {
    changes: u64,
    changed: Bytes,
    devices: u64,
    shown: Bytes,
    both: Bytes,
}

impl Told {
    fn of(changes: u64, sequence: u64, devices: u64) -> Self {
        let (changed, shown) = (event("changed", sequence), event("devices", devices));
        let both = Bytes::from([&*changed, &*shown].concat());
        Self { changes, changed, devices, shown, both }
    }

    /// What is new to a stream that has heard up to these counts.
    fn new_to(&self, heard: &mut Option<(u64, u64)>) -> Option<Bytes> {
        let before = heard.replace((self.changes, self.devices));
        match before {
            None => Some(self.both.clone()),
            Some((changes, devices)) => match (changes != self.changes, devices != self.devices) {
                (true, true) => Some(self.both.clone()),
                (true, false) => Some(self.changed.clone()),
                (false, true) => Some(self.shown.clone()),
                (false, false) => None,
            },
        }
    }
}

enum Next {
    Told(Told),
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
) -> Result<Response, Refused> {
    let place = app.live_places.clone().try_acquire_owned();
    let place = place.map_err(|_| caller.refused(ApiCode::Busy))?;
    let told = WatchStream::new(told(&app)).map(Next::Told);
    let stopping = WatchStream::new(app.stopping.clone());
    let stopping = stopping.filter_map(|stopping| stopping.then_some(Next::Stopping));
    let looks = IntervalStream::new(tokio::time::interval(LOOK_EVERY)).map(|_| Next::Look);
    let (mut heard, mut quiet) = (None, 0);
    let words = told.merge(stopping).merge(looks).map_while(move |next| {
        // The place is given back when the stream ends.
        let _held = &place;
        match next {
            Next::Told(told) => {
                let words = told.new_to(&mut heard);
                quiet = if words.is_some() { 0 } else { quiet };
                Some(words)
            }
            Next::Look => {
                matches!(find(&app, &Method::GET, &headers), Ok(Some(_))).then_some(())?;
                quiet += 1;
                let silent = quiet > LOOKS_KEPT_QUIET;
                quiet = if silent { 0 } else { quiet };
                Some(silent.then_some(Bytes::from_static(KEEP_ALIVE)))
            }
            Next::Stopping => None,
        }
    });
    let words = words.filter_map(|words| words.map(Ok::<Bytes, Infallible>));
    let head = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")];
    Ok((head, Body::from_stream(words)).into_response())
}

/// What is told to everybody; the first who asks begins it.
fn told(app: &App) -> watch::Receiver<Told> {
    let begin = || {
        let (mut steps, mut said) = (app.engine.sequence(), app.forecasts.said());
        let (mut devices, mut stopping) = (app.devices_changes(), app.stopping.clone());
        let now = Told::of(0, *steps.borrow_and_update(), *devices.borrow_and_update());
        let (tell, told) = watch::channel(now);
        tokio::spawn(async move {
            let mut changes = 0;
            loop {
                let came = tokio::select! {
                    came = steps.changed() => { changes += 1; came }
                    // A range that changed by itself is told like a step: the reader fetches the whole.
                    came = said.changed() => { changes += 1; came }
                    came = devices.changed() => came,
                    came = stopping.changed() => came,
                };
                if came.is_err() || *stopping.borrow() {
                    break;
                }
                let (sequence, shown) = (*steps.borrow_and_update(), *devices.borrow_and_update());
                if tell.send(Told::of(changes, sequence, shown)).is_err() {
                    break;
                }
                tokio::time::sleep(GAP).await;
            }
        });
        told
    };
    app.told.get_or_init(begin).clone()
}

fn event(name: &str, sequence: u64) -> Bytes {
    Bytes::from(format!("event: {name}\nid: {sequence}\ndata: {{\"sequence\":{sequence}}}\n\n"))
}

#[cfg(test)]
mod tests;
