//! Destroys the day's key when the day is over.

use std::sync::Arc;

use hall::{Hall, event::Fact};
use tokio::sync::broadcast::error::RecvError;

use crate::{app::App, engine::Batch};

/// Follows the hall from day to day until the server stops. A server that was off at midnight
/// destroys the key as soon as it is on again.
pub async fn keep_to_the_day(app: Arc<App>) {
    let mut events = app.engine.subscribe();
    let mut stopping = app.stopping.clone();
    follow(&app);
    loop {
        let batch = tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            batch = events.recv() => batch,
        };
        match batch {
            Ok(batch) if turns(&batch) => follow(&app),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => follow(&app),
            Err(RecvError::Closed) => return,
        }
    }
}

fn turns(batch: &Batch) -> bool {
    let turns = |fact: &Fact| matches!(fact, Fact::DayOpened { .. } | Fact::DayClosed { .. });
    batch.events.iter().any(|event| turns(&event.fact))
}

fn follow(app: &App) {
    let day = app.read(Hall::day);
    if let Err(fault) = app.persons.follow(day) {
        let why: &dyn std::error::Error = &fault;
        tracing::warn!(why, "a key of persons' marks could not be turned; it is tried again");
    }
}
