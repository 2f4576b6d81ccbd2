//! `GET /board`: the whole hall now.

use axum::{extract::State, http::header, response::IntoResponse};
use wire::board::Board;

use super::{Shared, caller::Caller};

/// Tells queues, windows, last calls and alerts; `sequence` grows with each change.
#[utoipa::path(get, path = "/board", tag = "hall", responses((status = 200, body = Board)))]
pub async fn board(State(app): Shared, caller: Caller) -> impl IntoResponse {
    let board = app.board(caller.language);
    let json = serde_json::to_vec(&*board).unwrap_or_default();
    ([(header::CONTENT_TYPE, "application/json")], json)
}
