//! `GET /metrics`: the figures for Prometheus.

use std::fmt::Write;

use axum::{extract::State, http::header, response::IntoResponse};
use hall::{
    event::matter::Matter,
    views::estimates::Accuracy,
    words::{alert, matter::MatterKind},
};
use wire::board::AlertLevel;

use super::{Shared, health};
use crate::app::App;

/// Tells today's figures and the server's own, as text for Prometheus.
#[utoipa::path(
    get, path = "/metrics", tag = "watch", security(()),
    responses((status = 200, content_type = "text/plain", body = String))
)]
pub async fn metrics(State(app): Shared) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text(&app))
}

/// A page of figures being written.
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a text cannot fail.
        writeln!(self.0, "# HELP paihao_{name} {help}\n# TYPE paihao_{name} {kind}").ok();
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
        self.head(name, kind, help);
        writeln!(self.0, "paihao_{name} {value}").ok();
    }

    fn labelled(&mut self, name: &str, label: &str, of: &str, value: impl std::fmt::Display) {
        writeln!(self.0, "paihao_{name}{{{label}=\"{of}\"}} {value}").ok();
    }
}

fn text(app: &App) -> String {
    let mut page = Page(String::new());
    today(app, &mut page);
    forecast(app, &mut page);
    server(app, &mut page);
    page.0
}

fn today(app: &App, page: &mut Page) {
    let board = app.board(wire::texts::Language::English);
    page.one("tickets_issued", "gauge", "Tickets issued today.", board.issued);
    page.one("tickets_served", "gauge", "Tickets served today.", board.served);
    page.one("waiting", "gauge", "People waiting now.", board.waiting);
    let longest = board.longest_wait_secs;
    page.one("longest_wait_seconds", "gauge", "The longest wait now.", longest);
    page.head("queue_waiting", "gauge", "People waiting now, by queue.");
    for queue in &board.queues {
        page.labelled("queue_waiting", "queue", queue.id.as_str(), queue.waiting);
    }
    page.head("queue_longest_wait_seconds", "gauge", "The longest wait now, by queue.");
    for queue in &board.queues {
        let secs = queue.longest_wait_secs;
        page.labelled("queue_longest_wait_seconds", "queue", queue.id.as_str(), secs);
    }
    page.head("indicator", "gauge", "Indicators of today: times in minutes, shares in per cent.");
    let tally = app.tally();
    for each in &tally.indicators {
        if let Some(value) = each.value {
            page.labelled("indicator", "name", each.indicator.as_str(), value);
        }
    }
    page.head("indicator_base", "gauge", "What an indicator rests on: a count, or minutes.");
    for each in &tally.indicators {
        if let Some(base) = each.base {
            page.labelled("indicator_base", "name", each.indicator.as_str(), base);
        }
    }
    page.head("alerts", "gauge", "Alerts that stand, by level.");
    for level in [AlertLevel::Yellow, AlertLevel::Red] {
        let count = board.alerts.iter().filter(|alert| alert.level == level).count();
        let word = if level == AlertLevel::Red { "red" } else { "yellow" };
        page.labelled("alerts", "level", word, count);
    }
    matters(app, page);
    page.head("windows", "gauge", "Windows by state.");
    for state in hall::words::WindowState::ALL {
        let count = board.windows.iter().filter(|window| window.state == *state).count();
        page.labelled("windows", "state", state.as_str(), count);
    }
}

/// 诉求 that are not closed.
fn matters(app: &App, page: &mut Page) {
    let counts = app.read(|hall| {
        MatterKind::ALL
            .iter()
            .map(|kind| {
                let of_kind = || hall.matters().filter(|matter| matter.kind == *kind);
                let is_late =
                    |matter: &&Matter| hall.matter_level(matter) == Some(alert::AlertLevel::Red);
                (kind.as_str(), of_kind().count(), of_kind().filter(is_late).count())
            })
            .collect::<Vec<_>>()
    });
    page.head("matters_open", "gauge", "Matters that are not closed, by kind.");
    for (kind, open, _) in &counts {
        page.labelled("matters_open", "kind", kind, open);
    }
    page.head("matters_overdue", "gauge", "Of them those past a limit.");
    for (kind, _, overdue) in &counts {
        page.labelled("matters_overdue", "kind", kind, overdue);
    }
}

/// A figure of each queue: its name, its help, and what it is.
type Figure = (&'static str, &'static str, fn(&Accuracy) -> f64);

/// How good the word was of late, and what it costs.
fn forecast(app: &App, page: &mut Page) {
    let known = app.forecasts.knowledge();
    let figures: [Figure; 5] = [
        ("people", "People called of late for whom a wait was reckoned.", |it| it.count.into()),
        ("within_range", "Share of them called within the range told.", |it| it.covered),
        ("within_tenths", "Share called within the 80 % interval.", |it| it.interval_covered),
        ("error_minutes", "Mean distance of the middle from the wait.", |it| it.mean_error_minutes),
        ("bias_minutes", "The same with its sign; above 0 tells too much.", |it| it.bias_minutes),
    ];
    for (name, help, of) in figures {
        let name = format!("forecast_{name}");
        page.head(&name, "gauge", help);
        for (queue, accuracy) in &known.accuracy {
            page.labelled(&name, "queue", queue.as_str(), of(accuracy));
        }
    }
    page.head("forecast_silent", "gauge", "1 where no wait is told: it was wrong too often.");
    for queue in app.profile.setup.queues() {
        let silent = u8::from(known.silent.contains(&queue.id));
        page.labelled("forecast_silent", "queue", queue.id.as_str(), silent);
    }
    let spent = app.forecasts.spent();
    page.one("forecast_pictures_total", "counter", "Pictures made.", spent.pictures);
    page.one("forecast_failed_total", "counter", "Pictures that failed.", spent.failed);
    let secs = spent.time.as_secs_f64();
    page.one("forecast_cpu_seconds_total", "counter", "Time of a core for them.", secs);
}

/// 事件推送, if anybody is told.
fn webhooks(app: &App, page: &mut Page) {
    let standing = app.webhooks.standing();
    if standing.is_empty() {
        return;
    }
    page.head("webhooks_waiting", "gauge", "Events that wait for a receiver.");
    for each in &standing {
        page.labelled("webhooks_waiting", "receiver", &each.name, each.waiting);
    }
    page.head("webhooks_delivered_total", "counter", "Events that a receiver took.");
    for each in &standing {
        page.labelled("webhooks_delivered_total", "receiver", &each.name, each.delivered);
    }
    page.head("webhooks_lost_total", "counter", "Events that went because too many waited.");
    for each in &standing {
        page.labelled("webhooks_lost_total", "receiver", &each.name, each.lost);
    }
}

fn server(app: &App, page: &mut Page) {
    let counted = app.engine.figures().counted();
    page.one("journal_sequence", "counter", "Last synced record.", app.sequence());
    page.one("engine_askings_total", "counter", "Wishes taken.", counted.askings);
    page.one("engine_refusals_total", "counter", "Wishes refused.", counted.refusals);
    page.one("engine_busy_total", "counter", "Wishes turned away.", counted.turned_away);
    page.one("engine_events_total", "counter", "Events written.", counted.events);
    page.one("engine_steps_total", "counter", "Steps that wrote.", counted.steps);
    page.one("engine_batch_max", "gauge", "The largest batch.", counted.batch_max);
    let sync = counted.sync.as_secs_f64();
    page.one("journal_sync_seconds_total", "counter", "Time waiting for the disk.", sync);
    let longest = counted.sync_max.as_secs_f64();
    page.one("journal_sync_seconds_max", "gauge", "The longest wait for the disk.", longest);
    let away = app.limits.turned_away();
    page.one("http_turned_away_total", "counter", "Requests past the limit.", away);
    let live = app.limits.live_clients_max - app.live_places.available_permits();
    page.one("live_clients", "gauge", "Live streams open.", live);
    webhooks(app, page);
    let broker = u8::from(app.is_broker_connected());
    page.one("broker_connected", "gauge", "1 while the broker is connected.", broker);
    if let Some(free) = health::disk_free(app) {
        page.one("disk_free_bytes", "gauge", "Free space for the record.", free);
    }
}
