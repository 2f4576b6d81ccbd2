//! 处置: what would help a queue, what each would change for everybody, and one touch that does it. Only
//! what was shown with its effect is done; what is done already is ended here too.

mod closing;
mod does;
mod limits;
mod offers;
mod stand_in;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{
    Hall, forecast,
    ids::{QueueId, WindowId},
    state::ticket::Ticket,
    time::{Millis, Timestamp},
    views::absences::StandsBy,
    words::TicketState,
};
use serde::Deserialize;

use super::written;
use crate::{
    app::App,
    forecasts::trying,
    pages::{Shared, guard::HallReader, html, named::Names, shell::Shell},
};

pub use does::act;
use offers::Offer;
pub(super) use stand_in::{Away, away};

/// How far ahead an effect is looked at.
const AHEAD: Millis = Millis::from_minutes(60);

/// For how long something may be done, in minutes.
const MINUTES: [u16; 4] = [30, 60, 90, 120];

/// What is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    fragment: Option<u8>,
    #[serde(default)]
    queue: Option<String>,
    /// A measure of one's own: `tide`, `lend` or `stop`.
    #[serde(default)]
    does: Option<String>,
    #[serde(default)]
    window: Option<String>,
    #[serde(default)]
    minutes: Option<u16>,
    /// 限号: so many more numbers.
    #[serde(default)]
    more: Option<u32>,
    /// 提前闭厅: numbers are given for so many minutes more …
    #[serde(default)]
    issue: Option<u16>,
    /// … and windows close after so many.
    #[serde(default)]
    close: Option<u16>,
    /// 特事特办: the number that may go in front.
    #[serde(default)]
    no: Option<String>,
    /// 顶岗: the window where somebody is away …
    #[serde(default)]
    away: Option<String>,
    /// … and somebody of one's own choice who may come.
    #[serde(default)]
    staff: Option<String>,
    /// What was done just now.
    #[serde(default)]
    said: Option<String>,
}

/// Something that is done already, and can be ended.
struct Running {
    text: String,
    does: &'static str,
    window: String,
    queue: String,
}

/// 特事特办: who would go in front.
struct InFront {
    ticket: u64,
    text: String,
    button: String,
    /// It waits, and is not in front yet.
    may: bool,
}

struct View {
    /// Names the forms of this page: pressed twice they are one asking.
    again: String,
    queue: String,
    name: String,
    now: String,
    /// If nothing is done.
    nothing: String,
    offers: Vec<Offer>,
    /// What stands in the place of offers.
    none: String,
    own: Option<Offer>,
    own_none: bool,
    running: Vec<Running>,
    queues: Vec<(String, String, u32, bool)>,
    windows: Vec<(String, String, bool)>,
    minutes: Vec<(u16, bool)>,
    kinds: Vec<(&'static str, String, bool)>,
    /// 限号: so many more numbers.
    more: u32,
    /// What is tried is a limit.
    limits: bool,
    closing: closing::Closing,
    in_front: Option<InFront>,
    stand_in: stand_in::Card,
    /// The window that was asked about is none of the hall's.
    no_window: bool,
    no: String,
    said: String,
}

#[derive(Template)]
#[template(path = "board_act.html")]
struct Page {
    s: Shell,
    a: View,
}

#[derive(Template)]
#[template(path = "board_act_live.html")]
struct Fragment {
    s: Shell,
}

/// What was tried for a page.
struct Found {
    nothing: Option<(Timestamp, forecast::advise::Advice)>,
    own: Option<Option<forecast::advise::Tried>>,
    closing: Option<forecast::advise::closing::Closing>,
    /// 顶岗: who could come, the best first, and what each would change.
    stand_by: Vec<(StandsBy, Option<forecast::advise::Tried>)>,
    /// Somebody else tries something now.
    busy: bool,
}

impl Found {
    const NOTHING: Self =
        Self { nothing: None, own: None, closing: None, stand_by: Vec::new(), busy: false };
}

/// `GET /board/act?queue=M`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/board");
    // A page that stays open tries nothing anew by itself.
    if asked.fragment.is_some() {
        return html(&Fragment { s });
    }
    let known = |id: &QueueId| app.profile.setup.queue(*id).is_some();
    let queue = asked.queue.as_ref().and_then(|id| id.parse().ok()).filter(known);
    let found = match queue {
        None if asked.close.is_none() && asked.away.is_none() => Found::NOTHING,
        Some(_) | None => tried(&app, queue, &asked).await,
    };
    let a = fill(&app, &s, (queue, &asked), &found);
    html(&Page { s, a })
}

async fn tried(app: &Arc<App>, queue: Option<QueueId>, asked: &Asked) -> Found {
    let Some(turn) = app.forecasts.try_turn() else {
        return Found { busy: true, ..Found::NOTHING };
    };
    let own = queue.and_then(|queue| offers::of_asked(app, queue, asked));
    let span = AHEAD.max(Millis::from_minutes(asked.minutes.unwrap_or(0).into()));
    let ends = closing::ends(app, asked);
    let could_come = stand_in::could_come(app, asked);
    let wants_own = asked.does.as_ref().is_some_and(|does| !does.is_empty());
    let app = Arc::clone(app);
    let trying = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        // What is asked of one window is answered at once, without the measures for its queue.
        let advised = queue.filter(|_| could_come.is_empty());
        let nothing = advised.and_then(|queue| trying::advise(&app, queue, AHEAD));
        let stand_by = stand_in::tried(&app, could_come);
        let closing = ends.and_then(|ends| trying::closing(&app, ends));
        let own = wants_own.then(|| {
            own.and_then(|remedy| trying::what_if(&app, &remedy, span)).map(|(_, tried)| tried)
        });
        Found { nothing, own, closing, stand_by, busy: false }
    });
    trying.await.unwrap_or(Found { busy: true, ..Found::NOTHING })
}

fn fill(app: &App, s: &Shell, (queue, asked): (Option<QueueId>, &Asked), found: &Found) -> View {
    let (texts, hall, now) = (s.t, app.engine.hall(), app.now());
    let setup = &app.profile.setup;
    let names = Names::by(app, texts);
    let advice = found.nothing.as_ref();
    let tried = advice.map_or(&[][..], |(_, advice)| &advice.remedies);
    let offers = queue.map_or_else(Vec::new, |queue| {
        let numbered = (1_u8..).zip(tried.iter().filter(|tried| offers::helps(queue, tried)));
        numbered.map(|(digit, it)| offers::offer(app, queue, it, digit, texts)).collect()
    });
    let none = match (queue, found.busy, advice) {
        (None, _, _) => "act.choose",
        (Some(_), true, _) => "act.busy",
        (Some(_), false, None) => "act.unknown",
        (Some(_), false, Some(_)) => "act.nothing_helps",
    };
    let own = queue.zip(found.own.as_ref().and_then(Option::as_ref));
    let own = own.map(|(queue, tried)| offers::offer(app, queue, tried, 0, texts));
    let here = |window: WindowId| asked.window.as_deref() == Some(window.as_str());
    let minutes = asked.minutes.unwrap_or(60);
    let kind = asked.does.as_deref().unwrap_or("lend");
    View {
        again: now.0.to_string(),
        queue: queue.map_or(String::new(), |queue| queue.to_string()),
        name: queue.map_or(String::new(), |queue| names.queue(queue)),
        now: queue.map_or(String::new(), |queue| stands(&hall, queue, now, s)),
        nothing: queue
            .zip(advice)
            .map_or(String::new(), |(queue, (_, advice))| offers::if_nothing(queue, advice, texts)),
        none: texts.get(none).to_owned(),
        own_none: own.is_none() && matches!(found.own, Some(None)),
        own,
        offers,
        running: stand_in::running(app, &hall, s)
            .chain(limits::running(app, &hall, queue, s))
            .chain(running(app, &hall, queue, s))
            .collect(),
        queues: setup
            .queues()
            .iter()
            .map(|each| {
                let waiting = hall::order::waiting(&hall, each.id);
                (each.id.to_string(), names.queue(each.id), waiting, queue == Some(each.id))
            })
            .collect(),
        windows: setup
            .windows()
            .iter()
            .map(|each| (each.id.to_string(), names.window(each.id), here(each.id)))
            .collect(),
        minutes: MINUTES.iter().map(|each| (*each, *each == minutes)).collect(),
        kinds: ["lend", "tide"]
            .map(|each| (each, texts.get(&format!("act.kind_{each}")).to_owned(), each == kind))
            .into(),
        more: asked.more.unwrap_or(0),
        limits: kind == "stop",
        closing: closing::of(app, &hall, asked, found, s),
        stand_in: stand_in::of(app, &hall, asked, found, s),
        no_window: stand_in::is_nowhere(app, asked),
        in_front: asked.no.as_deref().filter(|no| !no.trim().is_empty()).map(|no| {
            let no = no.trim().to_uppercase();
            let ticket = no.parse().ok().and_then(|no| hall.ticket_by_no(no));
            in_front(&hall, ticket, &no, now, s)
        }),
        no: asked.no.clone().unwrap_or_default(),
        said: asked.said.as_deref().map_or(String::new(), |said| {
            let key = format!("act.said_{said}");
            if texts.has(&key) { texts.get(&key).to_owned() } else { String::new() }
        }),
    }
}

/// "现在 7 人等候，最长 33 分".
fn stands(hall: &Hall, queue: QueueId, now: Timestamp, s: &Shell) -> String {
    let Some(of) = hall.setup().queue(queue) else { return String::new() };
    let view = hall::views::board::queue(hall, of, now);
    let longest = written::minutes(view.longest.as_secs());
    let told: [(&str, &dyn std::fmt::Display); 3] =
        [("n", &view.waiting), ("longest", &longest), ("open", &view.open_windows)];
    s.t.fill("act.now", &told)
}

/// What is open by hand now: of this queue, or of all.
fn running(app: &App, hall: &Hall, queue: Option<QueueId>, s: &Shell) -> Vec<Running> {
    let time = |at: Timestamp| written::time(&app.clock, at);
    let concerns = |id: &QueueId| queue.is_none_or(|queue| queue == *id);
    let mut running = Vec::new();
    for window in hall.setup().windows() {
        let Some(extra) = hall.window(window.id).and_then(|now| now.extra.as_ref()) else {
            continue;
        };
        if let Some((queues, until)) = &extra.by_hand
            && queues.iter().any(concerns)
        {
            let names: Vec<String> = queues.iter().map(ToString::to_string).collect();
            let (names, until) = (names.join(s.t.get("pages.join")), time(*until));
            let told: [(&str, &dyn std::fmt::Display); 3] =
                [("window", &window.id), ("queues", &names), ("time", &until)];
            let text = s.t.fill("act.running_tide", &told);
            let (does, queue) = ("end-tide", String::new());
            running.push(Running { text, does, window: window.id.to_string(), queue });
        }
        for (queue, until) in extra.lent.iter().filter(|(queue, _)| concerns(queue)) {
            let until = until.map_or_else(|| s.t.get("act.until_ended").to_owned(), time);
            let told: [(&str, &dyn std::fmt::Display); 3] =
                [("window", &window.id), ("queue", queue), ("time", &until)];
            let text = s.t.fill("act.running_lend", &told);
            let (window, queue) = (window.id.to_string(), queue.to_string());
            running.push(Running { text, does: "end-lend", window, queue });
        }
    }
    running
}

/// What 特事特办 of a number would change: where it stands, and where it would.
fn in_front(hall: &Hall, ticket: Option<&Ticket>, no: &str, now: Timestamp, s: &Shell) -> InFront {
    let waits = ticket.filter(|ticket| ticket.state == TicketState::Waiting);
    let Some(ticket) = waits else {
        let text = s.t.fill("act.front_not", &[("no", &no)]);
        return InFront { ticket: 0, text, button: String::new(), may: false };
    };
    let ahead = forecast::ahead_of(hall, ticket, now);
    let is_special = ticket.class == hall::words::PriorityClass::Special;
    let key = if is_special || ahead == 0 { "act.front_is" } else { "act.front" };
    let told: [(&str, &dyn std::fmt::Display); 3] =
        [("no", &ticket.no), ("n", &ahead), ("queue", &ticket.queue())];
    let text = s.t.fill(key, &told);
    let button = s.t.fill("act.front_do", &[("no", &ticket.no)]);
    InFront { ticket: ticket.id.0, text, button, may: !is_special }
}
