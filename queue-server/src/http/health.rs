//! `GET /health`: whether the hall can be relied on, and what is wrong if not.

use axum::{Json, extract::State, http::StatusCode};
use wire::http::Health;

use super::Shared;
use crate::app::App;

/// Less free space than this is told: about a week of a large hall's record.
const DISK_FREE_LOW_BYTES: u64 = 500 * 1024 * 1024;

/// Tells how journal, broker, store and disk are. 503 only when the hall cannot answer.
#[utoipa::path(
    get, path = "/health", tag = "watch", security(()),
    responses((status = 200, body = Health), (status = 503, body = Health))
)]
pub async fn health(State(app): Shared) -> (StatusCode, Json<Health>) {
    let health = of(&app);
    let status =
        if app.engine.is_running() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health))
}

/// How the server is.
pub fn of(app: &App) -> Health {
    let free = disk_free(app);
    let state = |well: bool| if well { "ok" } else { "away" };
    let journal = if app.engine.is_running() { "ok" } else { "stopped" };
    let broker = state(app.is_broker_connected());
    let store = app.store.condition();
    let disk = match free {
        Some(free) if free < DISK_FREE_LOW_BYTES => "low",
        Some(_) => "ok",
        None => "unknown",
    };
    let profile = if app.reloading.is_wrong() { "wrong" } else { "ok" };
    let backup = if app.backups.are_late() { "late" } else { "ok" };
    let is_late = app.retention.is_late(app.clock.day(app.now()));
    let retention = if is_late { "late" } else { "ok" };
    let webhooks = if app.webhooks.are_late() { "late" } else { "ok" };
    let clock = if app.is_clock_behind() { "behind" } else { "ok" };
    let parts = [
        ("journal", journal),
        ("broker", broker),
        ("store", store),
        ("disk", disk),
        ("profile", profile),
        ("clock", clock),
        ("backup", backup),
        ("retention", retention),
        ("webhooks", webhooks),
    ];
    let ill: Vec<String> = parts
        .iter()
        .filter(|(_, state)| *state != "ok")
        .map(|(part, state)| format!("{part} {state}"))
        .collect();
    Health {
        status: if ill.is_empty() { "ok".to_owned() } else { ill.join(", ") },
        sequence: app.sequence(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        journal: journal.to_owned(),
        broker: broker.to_owned(),
        store: store.to_owned(),
        profile: profile.to_owned(),
        clock: clock.to_owned(),
        disk_free_bytes: free,
        webhooks: webhooks.to_owned(),
    }
}

/// True if so little is free that somebody must see to it.
pub fn is_disk_low(app: &App) -> bool {
    disk_free(app).is_some_and(|free| free < DISK_FREE_LOW_BYTES)
}

/// The free space where the record is written.
pub fn disk_free(app: &App) -> Option<u64> {
    let found = rustix::fs::statvfs(&app.data).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}
