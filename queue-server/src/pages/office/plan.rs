//! 排班建议: how many windows each queue needs in each half hour of a day, what that rests on, and the
//! same for a whole week as a file.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::forecast::plan::{HalfHour, Plan, QueuePlan};
use jiff::civil::Date;
use serde::Deserialize;
use wire::texts::Texts;

use super::{csv, sheet::About};
use crate::{
    app::App,
    forecasts::planning,
    pages::{Shared, guard::HallReader, html, named::Names, shell::Shell},
};

/// Waits that may be chosen, in minutes.
const WAITS: [u16; 4] = [5, 10, 15, 20];

/// What is wanted; tomorrow and ten minutes if nothing is said.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    wait: Option<u16>,
}

/// Something that may be chosen.
struct Choice {
    href: String,
    name: String,
    here: bool,
}

struct Cell {
    windows: String,
    /// What is expected, in words.
    says: String,
    /// `low` where the queue needs more windows than are its own.
    level: &'static str,
}

struct Row {
    id: String,
    name: String,
    own: u32,
    cells: Vec<Cell>,
}

struct View {
    subtitle: String,
    days: Vec<Choice>,
    waits: Vec<Choice>,
    half_hours: Vec<String>,
    rows: Vec<Row>,
    all_windows: Vec<String>,
    all_work: Vec<String>,
    /// The hall is closed, or nobody comes.
    nothing: String,
    rests_on: String,
    csv: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_plan.html")]
struct Page {
    s: Shell,
    p: View,
}

/// `GET /office/plan?day=2026-12-01&wait=10`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let (date, wait) = wanted(&app, &asked);
    let plan = planned(&app, vec![date], wait).await.pop();
    let p = fill(&app, (date, wait), plan.as_ref(), s.t);
    html(&Page { s, p })
}

/// `GET /office/plan.csv?day=2026-12-01&wait=10`: the seven days from that one on.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let (date, wait) = wanted(&app, &asked);
    let plans = planned(&app, planning::week_from(date).collect(), wait).await;
    let rows = planning::rows(&app.profile.setup, &plans, reader.texts);
    let about = About {
        title: format!("{} · {date}", reader.texts.get("office.plan")),
        base: reader.texts.fill("report.days", &[("n", &plans.len())]),
    };
    csv::answer(&format!("paihao-plan-{date}"), about, rows)
}

fn wanted(app: &App, asked: &Asked) -> (Date, u16) {
    let today = app.clock.date(app.now());
    let said = asked.day.as_ref().and_then(|day| day.parse::<Date>().ok());
    let date = said.unwrap_or_else(|| today.tomorrow().unwrap_or(today));
    let wait = asked.wait.filter(|wait| planning::WAITS.contains(wait));
    (date, wait.unwrap_or(planning::WAIT_MINUTES))
}

/// The plans of the dates on which the hall is open; it takes some tenths of a second of a core.
async fn planned(app: &std::sync::Arc<App>, dates: Vec<Date>, wait: u16) -> Vec<Plan> {
    let app = app.clone();
    let planning = tokio::task::spawn_blocking(move || {
        let knowledge = app.forecasts.knowledge();
        let plan = |date: &Date| planning::of_date(&app.profile, &knowledge.learned, *date, wait);
        dates.iter().filter_map(plan).collect()
    });
    planning.await.unwrap_or_default()
}

fn fill(app: &App, (date, wait): (Date, u16), plan: Option<&Plan>, texts: &Texts) -> View {
    let today = app.clock.date(app.now());
    let day = |date: Date, here: bool| Choice {
        href: format!("?day={date}&wait={wait}"),
        name: date.to_string(),
        here,
    };
    let waits = WAITS.map(|minutes| Choice {
        href: format!("?day={date}&wait={minutes}"),
        name: texts.fill("plan.wait", &[("n", &minutes)]),
        here: minutes == wait,
    });
    let half_hours = plan.map(Plan::half_hours).unwrap_or_default();
    let all = |of: fn((u32, f64)) -> String| -> Vec<String> {
        let at = |at| plan.map(|plan| of(plan.all(at)));
        half_hours.iter().copied().filter_map(at).collect()
    };
    let names = Names::by(app, texts);
    let row = |queue: &QueuePlan| Row {
        id: queue.queue.to_string(),
        name: names.queue(queue.queue),
        own: queue.windows,
        cells: queue.half_hours.iter().map(|it| cell(it, queue.windows, texts)).collect(),
    };
    View {
        subtitle: texts.fill("plan.subtitle", &[("day", &date), ("n", &wait)]),
        days: planning::week_from(today).map(|it| day(it, it == date)).collect(),
        waits: waits.into(),
        rows: plan.map(|plan| plan.queues.iter().map(row).collect()).unwrap_or_default(),
        all_windows: all(|(windows, _)| windows.to_string()),
        all_work: all(|(_, work)| format!("{work:.1}")),
        half_hours: half_hours.iter().map(ToString::to_string).collect(),
        nothing: match plan {
            None => texts.fill("plan.closed", &[("day", &date)]),
            Some(_) => texts.get("plan.none").to_owned(),
        },
        rests_on: plan.map(|plan| planning::rests_on(plan, texts)).unwrap_or_default(),
        csv: format!("?day={date}&wait={wait}"),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

fn cell(half_hour: &HalfHour, own: u32, texts: &Texts) -> Cell {
    let wait = format!("{:.0}", half_hour.wait.0 as f64 / 60_000.0);
    let people = format!("{:.0}", half_hour.people);
    Cell {
        windows: half_hour.windows.to_string(),
        says: texts.fill("plan.people", &[("n", &people), ("wait", &wait)]),
        level: if half_hour.windows > own { "low" } else { "" },
    }
}
