//! 大屏看板: the hall in one look for whoever is five metres away. It has no keys; every letter is at least a
//! fortieth of the height.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};

use super::{AlertRow, QueueRow, alerts, hour, queues, stats, zones::ZoneRow};
use crate::{
    app::App,
    pages::{
        Shared, Wanted,
        guard::{HallReader, Reader},
        html,
        shell::{Shell, Stat},
    },
    readings::troubles,
};

/// Queues that have room, the longest waits first to be kept.
const QUEUES_MAX: usize = 16;

/// Alerts that have room.
const ALERTS_MAX: usize = 4;

/// Queues of the hour ahead that have room.
const HOURS_MAX: usize = 3;

struct View {
    version: String,
    stats: Vec<Stat>,
    queues: Vec<QueueRow>,
    /// Queues that have no room.
    others: Option<String>,
    alerts: Vec<AlertRow>,
    /// What ails the server itself.
    troubles: Vec<String>,
    more: Option<String>,
    hours: Vec<hour::HourRow>,
    zones: Vec<ZoneRow>,
    devices: String,
}

#[derive(Template)]
#[template(path = "board_wall.html")]
struct Page {
    s: Shell,
    inner: std::sync::Arc<str>,
}

#[derive(Template)]
#[template(path = "board_wall_live.html")]
struct Fragment {
    s: Shell,
    inner: std::sync::Arc<str>,
}

#[derive(Template)]
#[template(path = "board_wall_in.html")]
struct Inner<'a> {
    s: &'a Shell,
    b: View,
}

/// `GET /board/wall`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(wanted): Query<Wanted>,
) -> Response {
    let s = Shell::of(&app, &reader, "/board");
    let inner =
        super::drawn(&app, "wall", &reader, &s, || Inner { s: &s, b: fill(&app, &reader, &s) });
    if wanted.fragment.is_some() { html(&Fragment { s, inner }) } else { html(&Page { s, inner }) }
}

fn fill(app: &App, reader: &Reader, s: &Shell) -> View {
    let (board, hall, texts) = (app.board(reader.language), app.engine.hall(), s.t);
    let mut kept: Vec<(usize, &wire::board::QueueLine)> = board.queues.iter().enumerate().collect();
    // Rows keep the hall's order and never jump; who waits longest has room before the others.
    kept.sort_by_key(|(at, queue)| {
        (std::cmp::Reverse((queue.waiting > 0, queue.longest_wait_secs)), *at)
    });
    let without_room = kept.len().saturating_sub(QUEUES_MAX);
    kept.truncate(QUEUES_MAX);
    let rows = queues(app, &board, texts);
    let has_room = |row: &QueueRow| kept.iter().any(|(_, queue)| queue.id.as_str() == row.id);
    let (alerts, more) = alerts::rows(app, &hall, texts);
    let left_out = alerts.len().saturating_sub(ALERTS_MAX) + more;
    let (online, all) = app.fleet.online();
    View {
        version: super::version(app),
        stats: stats(app, &board, s),
        queues: rows.into_iter().filter(has_room).collect(),
        others: (without_room > 0).then(|| texts.fill("wall.others", &[("n", &without_room)])),
        troubles: troubles::of(app, texts),
        alerts: alerts.into_iter().take(ALERTS_MAX).collect(),
        more: (left_out > 0).then(|| texts.fill("board.more_alerts", &[("n", &left_out)])),
        hours: hour::of(app, texts).rows.into_iter().take(HOURS_MAX).collect(),
        zones: super::zones::of(app, &board, texts),
        devices: texts.fill("board.devices_online", &[("online", &online), ("all", &all)]),
    }
}
