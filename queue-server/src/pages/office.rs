//! 日报: today's figures, each with its base, and the two pictures a manager asks for.

mod charts;
pub mod csv;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use wire::{tally::Tally, texts::Texts};

use super::{
    Shared, Wanted,
    guard::Reader,
    html,
    shell::{Shell, Stat},
    written,
};
use crate::{access::Role, app::App};

/// 等候达标率 that a hall is to reach, in per cent.
const WITHIN_TARGET_WANTED: f64 = 85.0;

struct QueueRow {
    id: String,
    name: String,
    issued: u32,
    served: u32,
    wait: String,
    p90: String,
    target: String,
    service: String,
    no_shows: u32,
}

struct WindowRow {
    id: String,
    name: String,
    served: u32,
    service: String,
    use_share: String,
    pauses: String,
    evaluated: u32,
}

struct Level {
    name: String,
    count: u32,
    bar: u32,
    colour: &'static str,
}

struct View {
    version: String,
    title: String,
    subtitle: String,
    stats: Vec<Stat>,
    curve: String,
    distribution: String,
    distribution_base: String,
    queues: Vec<QueueRow>,
    evaluated: String,
    levels: Vec<Level>,
    windows: Vec<WindowRow>,
    made: String,
}

#[derive(Template)]
#[template(path = "office.html")]
struct Page {
    s: Shell,
    o: View,
}

#[derive(Template)]
#[template(path = "office_live.html")]
struct Fragment {
    s: Shell,
    o: View,
}

/// `GET /office`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let s = Shell::of(&app, &reader, "/office");
    let o = fill(&app, &s);
    Ok(if wanted.fragment.is_some() { html(&Fragment { s, o }) } else { html(&Page { s, o }) })
}

fn fill(app: &App, shell: &Shell) -> View {
    let (texts, tally) = (shell.t, app.tally());
    View {
        version: tally.sequence.to_string(),
        title: texts.fill("office.title", &[("day", &tally.day)]),
        subtitle: texts.fill(
            "office.subtitle",
            &[("issued", &tally.issued), ("served", &tally.served), ("waiting", &tally.waiting)],
        ),
        stats: stats(&tally, shell),
        curve: charts::curve(&tally, texts),
        distribution: charts::distribution(
            &tally,
            app.profile.setup.rules().wait_red_minutes,
            texts,
        ),
        distribution_base: texts.fill("board.of_people", &[("n", &tally.wait.count)]),
        queues: queues(&tally),
        evaluated: texts.fill(
            "office.evaluated_base",
            &[
                ("base", &written::share(&tally.evaluated)),
                ("satisfied", &written::share(&tally.satisfied)),
            ],
        ),
        levels: levels(&tally, texts),
        windows: windows(&tally, texts),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

fn stats(tally: &Tally, shell: &Shell) -> Vec<Stat> {
    let minutes = |key: &str, spread: &wire::tally::Spread| {
        let tail = shell.t.fill(
            "office.tail",
            &[
                ("n", &spread.count),
                ("median", &written::tenths(spread.median_secs, spread.count)),
                ("p90", &written::tenths(spread.p90_secs, spread.count)),
                ("max", &written::tenths(spread.max_secs, spread.count)),
            ],
        );
        shell.stat(key, written::tenths(spread.mean_secs, spread.count), "pages.minutes", tail)
    };
    let share = |key: &str, share: &wire::tally::Share| {
        shell.stat(key, written::percent(share), "pages.percent", written::base(share))
    };
    let issued =
        shell.t.fill("office.self_service", &[("share", &written::share(&tally.self_service))]);
    let served = shell.t.fill("office.extended", &[("n", &tally.extended)]);
    let abandoned = shell.t.fill(
        "office.abandoned_parts",
        &[("no_shows", &tally.no_shows), ("swept", &tally.swept), ("cancelled", &tally.cancelled)],
    );
    vec![
        shell.stat("office.issued", tally.issued.to_string(), "pages.tickets", issued),
        shell.stat("office.served", tally.served.to_string(), "pages.cases", served),
        minutes("office.wait", &tally.wait),
        within_target(tally, shell),
        minutes("office.service", &tally.service),
        minutes("office.response", &tally.response),
        shell.stat(
            "office.abandoned",
            written::percent(&tally.abandoned),
            "pages.percent",
            abandoned,
        ),
        share("office.no_show_rate", &tally.no_show_rate),
        share("office.recalls", &tally.recalls),
        share("office.priority", &tally.priority),
        utilisation(tally, shell),
        share("office.satisfied", &tally.satisfied),
    ]
}

fn within_target(tally: &Tally, shell: &Shell) -> Stat {
    let share = &tally.wait_within_target;
    let base = shell.t.fill(
        "office.target_base",
        &[
            ("base", &written::base(share)),
            ("n", &tally.wait_target_minutes),
            ("target", &WITHIN_TARGET_WANTED),
        ],
    );
    let stat = shell.stat("office.within_target", written::percent(share), "pages.percent", base);
    if share.percent().is_none_or(|percent| percent >= WITHIN_TARGET_WANTED) {
        return stat;
    }
    Stat { level: "yellow", word: shell.t.get("office.below_target").to_owned(), ..stat }
}

/// A share of spans: its base is told in minutes.
fn utilisation(tally: &Tally, shell: &Shell) -> Stat {
    let share = &tally.utilisation;
    let minutes = wire::tally::Share { part: share.part / 60.0, whole: share.whole / 60.0 };
    let base = format!("{} {}", written::base(&minutes), shell.t.get("pages.minutes"));
    shell.stat("office.utilisation", written::percent(share), "pages.percent", base)
}

fn queues(tally: &Tally) -> Vec<QueueRow> {
    let row = |queue: &wire::tally::QueueTally| QueueRow {
        id: queue.id.to_string(),
        name: queue.name.clone(),
        issued: queue.issued,
        served: queue.served,
        wait: written::mean(&queue.wait),
        p90: written::tenths(queue.wait.p90_secs, queue.wait.count),
        target: written::percent(&queue.wait_within_target),
        service: written::mean(&queue.service),
        no_shows: queue.no_shows,
    };
    tally.queues.iter().map(row).collect()
}

fn windows(tally: &Tally, texts: &Texts) -> Vec<WindowRow> {
    let row = |window: &wire::tally::WindowTally| WindowRow {
        id: window.id.to_string(),
        name: window.name.clone(),
        served: window.served,
        service: written::mean(&window.service),
        use_share: written::percent(&window.utilisation),
        pauses: texts.fill(
            "office.pauses",
            &[("n", &window.pauses), ("minutes", &(window.paused_secs / 60))],
        ),
        evaluated: window.evaluations.iter().sum(),
    };
    tally.windows.iter().map(row).collect()
}

fn levels(tally: &Tally, texts: &Texts) -> Vec<Level> {
    let most = tally.evaluations.iter().copied().max().unwrap_or(0).max(1);
    let names = ["very_dissatisfied", "dissatisfied", "fair", "satisfied", "very_satisfied"];
    let level = |(name, count): (&str, u32)| Level {
        name: texts.get(&format!("rating.{name}")).to_owned(),
        count,
        bar: count * 200 / most,
        colour: if name.ends_with("dissatisfied") { "f-red" } else { "f-brand" },
    };
    names.into_iter().zip(tally.evaluations).rev().map(level).collect()
}
