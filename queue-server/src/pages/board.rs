//! 实时看板: the hall in one look.

pub mod act;
pub mod alerts;
pub mod announce;
mod hour;
mod usual;
pub mod wall;
mod zones;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{
    Hall,
    command::Command,
    views,
    words::{Actor, TicketState, WindowState},
};
use wire::{board::Board, device::DeviceKind, texts::Texts};

use super::{
    Shared, Wanted,
    guard::{HallReader, Reader},
    html,
    named::Names,
    office::stats::is_of_few,
    shell::{Shell, Stat, shape},
    written,
};
use crate::{
    app::App,
    engine::{NotDone, Wish, request_id},
    readings::troubles,
};
use alerts::AlertRow;

/// Rows of last calls.
const CALLS_SHOWN: usize = 8;

struct QueueRow {
    id: String,
    letter: char,
    name: String,
    level: &'static str,
    level_word: String,
    waiting: u32,
    bar: u32,
    colour: &'static str,
    open: String,
    longest: String,
    eta: String,
    served: u32,
}

struct CallRow {
    no: String,
    window: String,
    business: String,
    state: String,
    time: String,
}

struct Tile {
    id: String,
    /// Who works there, or where they have gone: "0312 社会保险" or "0312 会议".
    who: String,
    queues: String,
    shape: &'static str,
    icon: &'static str,
    state: String,
    no: String,
    since: Option<i64>,
}

/// Tiles in a row.
const TILES_ACROSS: usize = 5;

struct ZoneTiles {
    name: String,
    /// Who waits there, and how crowded it is.
    crowd: String,
    /// `yellow`, `red` or nothing.
    level: &'static str,
    /// So many columns it takes; small zones share a row.
    across: usize,
    tiles: Vec<Tile>,
}

struct View {
    version: String,
    alerts_version: String,
    stats: Vec<Stat>,
    queues: Vec<QueueRow>,
    hours: hour::Hours,
    /// 与平常比; none before there are enough days.
    usual: Option<usual::Card>,
    reds: usize,
    yellows: usize,
    alerts: Vec<AlertRow>,
    /// What ails the server itself.
    troubles: Vec<String>,
    /// How many alerts are not shown.
    more: Option<String>,
    calls: Vec<CallRow>,
    /// 顶岗: windows where somebody is away for long: number, words.
    away: Vec<act::Away>,
    legend: Vec<(&'static str, String)>,
    zones: Vec<ZoneTiles>,
    devices: String,
    /// The windows whose strip shows something old.
    stale: Option<String>,
    /// Where something can be said: everywhere, or a zone; id and name.
    places: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "board.html")]
struct Page {
    s: Shell,
    inner: Arc<str>,
}

#[derive(Template)]
#[template(path = "board_live.html")]
struct Fragment {
    s: Shell,
    inner: Arc<str>,
}

#[derive(Template)]
#[template(path = "board_in.html")]
struct Inner<'a> {
    s: &'a Shell,
    b: View,
}

/// `GET /board`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(wanted): Query<Wanted>,
) -> Response {
    let s = Shell::of(&app, &reader, "/board");
    let inner = drawn(&app, "board", &reader, &s, || Inner { s: &s, b: fill(&app, &reader, &s) });
    if wanted.fragment.is_some() { html(&Fragment { s, inner }) } else { html(&Page { s, inner }) }
}

/// What stands inside the page: drawn once for everybody who looks at the same moment.
fn drawn<T: Template>(
    app: &App,
    what: &'static str,
    reader: &Reader,
    s: &Shell,
    fill: impl FnOnce() -> T,
) -> Arc<str> {
    let devices = *app.devices_changes().borrow();
    // A device falls silent without anything being told.
    let (online, stale) = (app.fleet.online(), stale(app, s.t));
    let version = format!("{}-{devices}-{online:?}-{stale:?}", version(app));
    app.drawn.part((what, reader.language, s.reads_only), &version, || {
        fill().render().unwrap_or_else(|error| {
            tracing::error!(%error, "a page could not be written");
            String::new()
        })
    })
}

/// Changes with everything that the board shows.
fn version(app: &App) -> String {
    let at = app.clock.wire().at / 20_000;
    format!("{}-{at}-{}", app.sequence(), app.forecasts.revision())
}

fn fill(app: &App, reader: &Reader, shell: &Shell) -> View {
    let board = app.board(reader.language);
    let texts = reader.texts;
    let (online, all) = app.fleet.online();
    let (alerts, more) = alerts::rows(app, &app.engine.hall(), texts);
    let troubles = troubles::of(app, texts);
    let count = |level: &str| alerts.iter().filter(|alert| alert.level == level).count();
    let told = |alert: &AlertRow| format!("{}{}{}", alert.text, alert.level, alert.acknowledged);
    View {
        alerts_version: format!(
            "{more}{troubles:?}{}",
            alerts.iter().map(told).collect::<String>()
        ),
        version: version(app),
        stats: stats(app, &board, shell),
        queues: queues(app, &board, texts),
        hours: hour::of(app, texts),
        usual: usual::of(app, &board, texts),
        reds: count("red") + troubles.len(),
        yellows: count("yellow"),
        alerts,
        troubles,
        more: (more > 0).then(|| texts.fill("board.more_alerts", &[("n", &more)])),
        calls: calls(app, &app.engine.hall(), texts),
        away: act::away(app, &app.engine.hall(), None, shell),
        legend: legend(&board, texts),
        zones: tiles(app, &board, texts),
        devices: texts.fill("board.devices_online", &[("online", &online), ("all", &all)]),
        stale: stale(app, texts),
        places: announce::places(app, texts),
    }
}

/// "条屏未更新：3、7": the windows whose strip has not confirmed what it must show.
fn stale(app: &App, texts: &Texts) -> Option<String> {
    let strips = app.fleet.devices().into_iter().filter(|known| {
        let is_strip = known.device.kind == DeviceKind::Strip;
        is_strip && app.fleet.is_stale(known.device.id)
    });
    let windows: Vec<String> =
        strips.filter_map(|known| Some(known.device.window?.to_string())).collect();
    let listed = windows.join(texts.get("pages.join"));
    (!windows.is_empty()).then(|| texts.fill("board.stale", &[("windows", &listed)]))
}

fn level(app: &App, longest_secs: u64) -> &'static str {
    let rules = app.profile.setup.rules();
    let minutes = longest_secs / 60;
    if minutes >= rules.wait_red_minutes.into() {
        "red"
    } else if minutes >= rules.wait_yellow_minutes.into() {
        "yellow"
    } else {
        ""
    }
}

fn level_word(level: &str, texts: &Texts) -> String {
    match level {
        "red" => texts.get("pages.red").to_owned(),
        "yellow" => texts.get("pages.yellow").to_owned(),
        _ => String::new(),
    }
}

fn stats(app: &App, board: &Board, shell: &Shell) -> Vec<Stat> {
    let tally = app.tally();
    // A closed hall says so, and when it opens.
    let is_open = app.read(|hall| hall.day().is_some());
    let opens = || written::opens_next(app, app.now(), shell.t);
    let closed = if is_open { String::new() } else { opens() };
    let open = board.windows.iter().filter(|window| window.state != WindowState::Closed).count();
    let wait = if tally.wait.count == 0 {
        "–".to_owned()
    } else {
        written::tenths(tally.wait.mean_secs, tally.wait.count)
    };
    let level = level(app, board.longest_wait_secs);
    let longest = Stat {
        level,
        word: level_word(level, shell.t),
        ..shell.stat(
            "board.longest",
            written::minutes(board.longest_wait_secs),
            "pages.minutes",
            shell.t.fill("board.red_at", &[("n", &app.profile.setup.rules().wait_red_minutes)]),
        )
    };
    vec![
        shell.stat("board.waiting", board.waiting.to_string(), "pages.people", closed),
        longest,
        shell.stat(
            "board.mean_wait",
            wait,
            "pages.minutes",
            shell.t.fill("board.of_people", &[("n", &tally.wait.count)]),
        ),
        shell.stat(
            "board.issued",
            board.issued.to_string(),
            "pages.tickets",
            shell.t.fill("board.served_base", &[("n", &board.served)]),
        ),
        shell.stat(
            "board.open_windows",
            format!("{open}/{}", board.windows.len()),
            "pages.windows",
            states(board, shell.t),
        ),
        satisfied(&tally, shell),
    ]
}

/// 满意率, with a word where too few have spoken.
fn satisfied(tally: &wire::tally::Tally, shell: &Shell) -> Stat {
    let share = &tally.satisfied;
    let counts: [(&str, &dyn std::fmt::Display); 2] =
        [("base", &written::base(share)), ("of", &written::base(&tally.evaluated))];
    let base = shell.t.fill("board.of_evaluations", &counts);
    let stat = shell.stat("board.satisfied", written::percent(share), "pages.percent", base);
    if !is_of_few(share, &tally.evaluated) {
        return stat;
    }
    Stat { level: "few", word: shell.t.get("office.few").to_owned(), ..stat }
}

fn queues(app: &App, board: &Board, texts: &Texts) -> Vec<QueueRow> {
    let most = board.queues.iter().map(|queue| queue.waiting).max().unwrap_or(0).max(10);
    let row = |queue: &wire::board::QueueLine| {
        let level = level(app, queue.longest_wait_secs);
        QueueRow {
            id: queue.id.to_string(),
            letter: queue.letter,
            name: Names::by(app, texts).queue(queue.id),
            level,
            level_word: level_word(level, texts),
            waiting: queue.waiting,
            bar: queue.waiting * 100 / most,
            colour: match level {
                "red" => "f-red",
                "yellow" => "f-yellow",
                _ => "f-brand",
            },
            open: format!("{}/{}", queue.open_windows, windows_of(app, queue)),
            longest: if queue.waiting == 0 {
                "–".to_owned()
            } else {
                written::minutes(queue.longest_wait_secs)
            },
            // Nobody can come now, so there is nothing to promise.
            eta: if queue.issuing { written::wait(queue.wait, texts) } else { "–".to_owned() },
            served: queue.served,
        }
    };
    board.queues.iter().map(row).collect()
}

/// The last calls of the day, whatever became of them.
fn calls(app: &App, hall: &Hall, texts: &Texts) -> Vec<CallRow> {
    let row = |call: views::board::CallView| {
        let state = if call.state == TicketState::Called && call.call > 1 {
            texts.fill("board.call_n", &[("n", &call.call)])
        } else {
            texts.get(&format!("ticket_state.{}", call.state)).to_owned()
        };
        let queue = hall.setup().queue(call.queue);
        CallRow {
            no: call.no.to_string(),
            window: texts.fill("pages.window_no", &[("no", &call.window)]),
            business: queue.map_or(String::new(), |queue| queue.short_name.clone()),
            state,
            time: written::time(&app.clock, call.at),
        }
    };
    views::board::calls(hall).into_iter().take(CALLS_SHOWN).map(row).collect()
}

fn word(state: WindowState, texts: &Texts) -> String {
    texts.get(&format!("window_state.{state}")).to_owned()
}

/// "办理中 18 · 叫号中 2 · 空闲 5": the words of the window's states, and no others.
fn states(board: &Board, texts: &Texts) -> String {
    let states = WindowState::ALL.iter().filter(|state| **state != WindowState::Closed);
    let each = states.filter_map(|state| {
        let count = board.windows.iter().filter(|window| window.state == *state).count();
        (count > 0).then(|| format!("{} {count}", word(*state, texts)))
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() { texts.get("board.nobody_on").to_owned() } else { each.join(" · ") }
}

fn legend(board: &Board, texts: &Texts) -> Vec<(&'static str, String)> {
    let count = |state| board.windows.iter().filter(|window| window.state == state).count();
    let usual =
        [WindowState::Serving, WindowState::Calling, WindowState::Free, WindowState::Paused];
    let more = [WindowState::Extended, WindowState::Closed].into_iter();
    let more = more.filter(|state| count(*state) > 0);
    let each =
        |state: WindowState| (shape(state), format!("{} {}", word(state, texts), count(state)));
    usual.into_iter().chain(more).map(each).collect()
}

fn tiles(app: &App, board: &Board, texts: &Texts) -> Vec<ZoneTiles> {
    let crowded = zones::of(app, board, texts);
    // Once somebody has decided, nobody is asked any more.
    let asked: Vec<_> = app.read(|hall| {
        let is_decided = |id| hall.stand_in_verdicts().any(|(window, _)| window == id);
        hall.stand_ins_asked().map(|(id, _)| id).filter(|id| !is_decided(*id)).collect()
    });
    let gone =
        |staff: hall::ids::StaffNo| app.read(|hall| hall.whereabouts_of(staff)).map(|it| it.0);
    let who = |window: &wire::board::WindowLine| {
        let Some(staff) = window.staff else { return texts.get("board.nobody_there").to_owned() };
        let place = window.pause.and_then(|_| gone(staff));
        let place = place.map(|place| texts.get(&format!("whereabouts.{place}")).to_owned());
        place.map_or_else(|| staff.to_string(), |place| format!("{staff} {place}"))
    };
    let tile = |window: &wire::board::WindowLine| Tile {
        id: window.id.to_string(),
        who: who(window),
        queues: window.queues.first().map_or(String::new(), ToString::to_string),
        shape: if window.state == WindowState::Closed { "closed" } else { shape(window.state) },
        icon: shape(window.state),
        state: word(window.state, texts),
        no: match window.pause {
            Some(_) if asked.contains(&window.id) => texts.get("board.stand_in_asked").to_owned(),
            Some(reason) => texts.get(&format!("pause_reason.{reason}")).to_owned(),
            None => window.no.map_or(String::new(), |no| no.to_string()),
        },
        since: (window.state != WindowState::Closed && window.since > 0).then_some(window.since),
    };
    let zones = app.profile.setup.zones().iter().map(|zone| {
        let windows = board.windows.iter().filter(|window| window.zone == zone.id);
        let tiles: Vec<Tile> = windows.map(tile).collect();
        let crowded = crowded.iter().find(|each| each.id == zone.id.as_str());
        let crowd = crowded.map_or(String::new(), |zone| {
            let told: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &zone.waiting), ("percent", &zone.crowding)];
            let key =
                if zone.crowding.is_empty() { "board.zone_waits" } else { "board.zone_crowd" };
            texts.fill(key, &told)
        });
        ZoneTiles {
            name: Names::by(app, texts).zone(zone.id),
            crowd,
            level: crowded.map_or("", |zone| zone.level),
            across: tiles.len().min(TILES_ACROSS),
            tiles,
        }
    });
    zones.filter(|zone| !zone.tiles.is_empty()).collect()
}

/// Windows that may serve a queue by the profile; more if it came to others for a time.
fn windows_of(app: &App, queue: &wire::board::QueueLine) -> usize {
    app.profile.setup.windows_serving(queue.id).count().max(queue.open_windows.into())
}

/// A form that is sent twice is one asking.
pub(super) async fn ask(
    app: &Arc<App>,
    reader: &Reader,
    again: &str,
    command: Command,
) -> Result<(), NotDone> {
    let who =
        reader.identity.staff.map_or_else(|| reader.identity.name.to_string(), |no| no.to_string());
    let by = reader.identity.staff.map_or(Actor::System(reader.identity.name), Actor::Staff);
    let request = (!again.is_empty() && again.len() <= 64)
        .then(|| request_id("board", &format!("{who} {again}")));
    app.engine.ask(Wish { by, request, command }).await.map(|_| ())
}
