//! 大屏看板: the hall in one look for whoever is five metres away. It has no keys; every letter is at least a
//! fortieth of the shorter side.

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
const QUEUES_MAX: usize = 17;

/// Alerts that have room, and those that have it above the hour ahead.
const ALERTS_MAX: [usize; 2] = [4, 3];

/// Zones that have room, the most crowded first to be kept.
const ZONES_MAX: usize = 6;

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
    /// Zones that have no room.
    other_zones: Option<String>,
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
    let hours: Vec<_> = hour::of(app, texts).rows.into_iter().take(HOURS_MAX).collect();
    let alerts_max = ALERTS_MAX[usize::from(!hours.is_empty())];
    let left_out = alerts.len().saturating_sub(alerts_max) + more;
    let mut zones = super::zones::of(app, &board, texts);
    let zones_without_room = zones.len().saturating_sub(ZONES_MAX);
    let mut fullest: Vec<(usize, u32)> =
        zones.iter().map(|zone| zone.waiting).enumerate().collect();
    fullest.sort_by_key(|(at, waiting)| (std::cmp::Reverse(*waiting), *at));
    fullest.truncate(ZONES_MAX);
    let mut at = 0..;
    zones.retain(|_| at.next().is_some_and(|at| fullest.iter().any(|(kept, _)| *kept == at)));
    let (online, all) = app.fleet.online();
    View {
        version: super::version(app),
        stats: stats(app, &board, s),
        queues: rows.into_iter().filter(has_room).collect(),
        others: (without_room > 0).then(|| texts.fill("wall.others", &[("n", &without_room)])),
        troubles: troubles::of(app, texts),
        alerts: alerts.into_iter().take(alerts_max).collect(),
        more: (left_out > 0).then(|| texts.fill("board.more_alerts", &[("n", &left_out)])),
        hours,
        zones,
        other_zones: (zones_without_room > 0)
            .then(|| texts.fill("wall.other_zones", &[("n", &zones_without_room)])),
        devices: texts.fill("board.devices_online", &[("online", &online), ("all", &all)]),
    }
}
