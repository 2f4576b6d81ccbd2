//! A citizen's own ticket on a telephone: where it stands, and once it is done, one evaluation.
//! Nobody needs it: the slip, the screens and the voice say the same.

mod earlier;
mod visit;

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    command::{Command, Evaluate, EvaluationTarget},
    forecast,
    ids::{Token, WindowId},
    refusal::Refusal,
    state::ticket::Ticket,
    words::{Actor, EvaluationChannel, Rating, Reason, TicketState},
};
use serde::Deserialize;
use wire::{board::Wait, texts::Texts, wait::Told};

use super::{Shared, html, named::Names, shell, written};
use crate::{
    app::App,
    engine::{NotDone, Wish, request_id},
    http::{caller, shown},
};

struct View {
    version: String,
    refresh: bool,
    no: String,
    shape: &'static str,
    icon: &'static str,
    state: String,
    what: String,
    waiting: bool,
    /// 前面没有人.
    next: bool,
    ahead: u32,
    wait: String,
    say: String,
    strong: bool,
    error: String,
    evaluate: bool,
    reasons_for: String,
    /// Where it stands: each step's name and `past`, `here` or nothing.
    steps: Vec<(String, &'static str)>,
    facts: Vec<(String, String)>,
    may_cancel: bool,
    /// 取消 was asked for and is to be confirmed.
    sure: bool,
}

#[derive(Template)]
#[template(path = "phone.html")]
struct Page {
    t: &'static Texts,
    lang: &'static str,
    hall: String,
    at: i64,
    speed: f64,
    offset: i32,
    other_lang: &'static str,
    other_name: &'static str,
    here: String,
    token: String,
    levels: Vec<(&'static str, String)>,
    reasons: Vec<(&'static str, String)>,
    p: View,
}

/// What a page is asked with.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// A level of the lower two that still needs its reasons.
    #[serde(default)]
    why: Option<String>,
    /// A refusal to be told.
    #[serde(default)]
    said: Option<String>,
    /// 这次不评价.
    #[serde(default)]
    skip: Option<u8>,
    /// 取消, not yet confirmed.
    #[serde(default)]
    sure: Option<u8>,
}

/// The page that another language comes back to, also for a ticket that is not found. What could
/// lead elsewhere goes to the first page.
fn here(token: &str) -> String {
    let is_plain = !token.is_empty() && token.chars().all(|each| each.is_ascii_alphanumeric());
    if is_plain { format!("/t/{token}") } else { "/".to_owned() }
}

/// `GET /t/{token}`.
pub async fn page(
    State(app): Shared,
    Path(token): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let language = caller::language(&headers);
    let texts = Texts::of(language);
    let found = token.parse::<Token>().ok();
    let view = found.and_then(|token| {
        app.read(|hall| {
            let today = hall.ticket_by_token(token);
            let today = today.map(|ticket| fill(&app, hall, ticket, texts));
            today
                .or_else(|| earlier::fill(&app, hall, token, texts))
                .or_else(|| visit::fill(&app, hall, token, texts))
        })
    });
    let (status, mut p) = match view {
        Some(view) => (StatusCode::OK, view),
        None => (StatusCode::NOT_FOUND, unknown(texts)),
    };
    let lower = asked.why.as_deref().and_then(Rating::parse).filter(|rating| rating.is_negative());
    if let (Some(rating), true) = (lower, p.evaluate) {
        (p.reasons_for, p.evaluate) = (rating.to_string(), false);
        p.version = format!("{}-{rating}", p.version);
    }
    if asked.skip.is_some() && p.evaluate {
        (p.say, p.evaluate) = (texts.get("phone.skipped").to_owned(), false);
        p.version = format!("{}-skipped", p.version);
    }
    p.sure = asked.sure.is_some();
    let refusal = asked.said.map(|code| format!("refusal.{code}"));
    if let Some(key) = refusal.filter(|key| texts.has(key)) {
        p.error = texts.get(&key).to_owned();
    }
    let (clock, (other_lang, other_name)) = (app.clock.wire(), shell::other(language));
    let page = Page {
        t: texts,
        lang: language.tag(),
        hall: Names::of(&app, language).hall(),
        at: clock.at,
        speed: clock.speed,
        offset: clock.utc_offset_minutes,
        other_lang,
        other_name,
        here: here(&token),
        token: found.map_or(String::new(), |token| token.to_string()),
        levels: levels(texts),
        reasons: Reason::ALL
            .iter()
            .map(|reason| (reason.as_str(), texts.get(&format!("reason.{reason}")).to_owned()))
            .collect(),
        p,
    };
    (status, html(&page)).into_response()
}

fn levels(texts: &Texts) -> Vec<(&'static str, String)> {
    let levels = Rating::ALL.iter().rev();
    levels.map(|level| (level.as_str(), texts.get(&format!("rating.{level}")).to_owned())).collect()
}

fn unknown(texts: &Texts) -> View {
    View {
        version: "unknown".to_owned(),
        refresh: false,
        no: "–".to_owned(),
        shape: "off",
        icon: "off",
        state: texts.get("phone.unknown").to_owned(),
        what: String::new(),
        waiting: false,
        next: false,
        ahead: 0,
        wait: String::new(),
        say: texts.get("phone.unknown_say").to_owned(),
        strong: false,
        error: String::new(),
        evaluate: false,
        reasons_for: String::new(),
        steps: Vec::new(),
        facts: Vec::new(),
        may_cancel: false,
        sure: false,
    }
}

fn fill(app: &App, hall: &hall::Hall, ticket: &Ticket, texts: &Texts) -> View {
    let (setup, now, leg) = (hall.setup(), app.now(), ticket.leg());
    let queue = setup.queue(leg.queue);
    let place = queue.and_then(|queue| setup.zone(queue.zone)).map_or("", |zone| &zone.place);
    let waiting = matches!(ticket.state, TicketState::Waiting | TicketState::Reserved);
    let ahead = forecast::ahead_of(hall, ticket, now);
    let told: Option<Wait> = app.forecasts.wait_of(hall, ticket, now).map(Into::into);
    let is_long = waiting && Told::of(told) == Told::OverAnHour;
    let wait = written::wait(told, texts);
    let window = leg.window.map_or(String::new(), |window| window.to_string());
    let evaluated = leg.evaluation.is_some();
    let until = hall.held().find(|(id, _)| *id == ticket.id).map(|(_, held)| held.until);
    let until = until.map_or(String::new(), |until| written::time(&app.clock, until));
    let mut say = if evaluated {
        texts.get("phone.say_thanks").to_owned()
    } else {
        texts.fill(
            &format!("phone.say_{}", ticket.state),
            &[
                ("place", &place),
                ("window", &window),
                ("until", &until),
                ("minutes", &setup.rules().reactivate_within_minutes),
            ],
        )
    };
    if is_long {
        say = texts.fill("phone.say_long", &[("say", &say)]);
    }
    let (shape, icon) = match ticket.state {
        TicketState::Called => ("calling", "calling"),
        TicketState::Serving | TicketState::Held | TicketState::Waiting | TicketState::Reserved => {
            ("serving", "why")
        }
        TicketState::Done => ("free", "ok"),
        TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => ("paused", "off"),
    };
    let names = Names::by(app, texts);
    let item = ticket.item.and_then(|item| names.item_of(hall, item));
    let name = queue.map_or(String::new(), |queue| names.queue(queue.id));
    View {
        version: format!(
            "{}-{ahead}-{wait}-{window}-{evaluated}-{}-{}",
            ticket.state,
            ticket.legs.len(),
            ticket.stops.len()
        ),
        refresh: ticket.is_live(),
        no: ticket.no.to_string(),
        shape,
        icon,
        state: texts.get(&format!("ticket_state.{}", ticket.state)).to_owned(),
        what: item.map_or(name.clone(), |item| format!("{name} · {item}")),
        waiting,
        next: waiting && ahead == 0,
        ahead,
        wait,
        say,
        strong: ticket.state == TicketState::Called,
        error: String::new(),
        evaluate: ticket.state == TicketState::Done && !evaluated,
        reasons_for: String::new(),
        steps: steps(ticket.state, texts),
        facts: facts(app, hall, ticket, texts),
        may_cancel: ticket.state == TicketState::Waiting,
        sure: false,
    }
}

/// The way of a ticket; one that left it shows none.
fn steps(state: TicketState, texts: &Texts) -> Vec<(String, &'static str)> {
    let reached = match state {
        TicketState::Reserved => 0,
        TicketState::Waiting => 1,
        TicketState::Called => 2,
        TicketState::Serving | TicketState::Held => 3,
        TicketState::Done => 4,
        TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => return Vec::new(),
    };
    let names = ["taken", "waiting", "called", "serving", "done"];
    let step = |(at, name): (usize, &str)| {
        let place = match at.cmp(&reached) {
            Ordering::Less => "past",
            Ordering::Equal => "here",
            Ordering::Greater => "",
        };
        (texts.get(&format!("phone.step_{name}")).to_owned(), place)
    };
    names.into_iter().enumerate().map(step).collect()
}

fn facts(app: &App, hall: &hall::Hall, ticket: &Ticket, texts: &Texts) -> Vec<(String, String)> {
    let windows = ticket
        .leg()
        .to
        .map_or_else(|| hall.windows_to_go(ticket.queue(), ticket.class), |to| Vec::from([to]));
    let windows: Vec<String> = windows.iter().map(WindowId::to_string).collect();
    let bring = ticket.item.and_then(|item| hall.item_ever(item)).map(|item| &item.bring);
    let mut facts = vec![
        (texts.get("phone.taken").to_owned(), written::time(&app.clock, ticket.issued)),
        (
            texts.get("phone.windows").to_owned(),
            texts.fill("pages.window_no", &[("no", &windows.join(texts.get("pages.join")))]),
        ),
    ];
    for stop in shown::stops(app, hall, ticket).iter().filter(|_| ticket.is_live()) {
        let windows: Vec<String> = stop.windows.iter().map(WindowId::to_string).collect();
        let what = stop.item_name.as_ref().unwrap_or(&stop.queue_name);
        let windows = windows.join(texts.get("pages.join"));
        let said = texts.fill("phone.then_value", &[("what", what), ("windows", &windows)]);
        facts.push((texts.get("phone.then").to_owned(), said));
    }
    let to_come = ticket.is_live() || ticket.state == TicketState::NoShow;
    if let Some(bring) = bring.filter(|bring| to_come && !bring.is_empty()) {
        facts.push((texts.get("phone.bring").to_owned(), bring.join(texts.get("pages.join"))));
    }
    let phone = &app.profile.details.complaint_phone;
    facts.push((texts.get("phone.complaints").to_owned(), phone.clone()));
    facts
}

/// `POST /t/{token}/evaluate`.
pub async fn evaluate(
    State(app): Shared,
    Path(token): Path<String>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Response {
    let rating = fields.get("rating").and_then(|text| Rating::parse(text));
    let (Ok(secret), Some(rating)) = (token.parse::<Token>(), rating) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let ticked = |reason: &&Reason| fields.contains_key(reason.as_str());
    let reasons: Vec<Reason> = Reason::ALL.iter().filter(ticked).copied().collect();
    let command = Command::Evaluate(Evaluate {
        target: EvaluationTarget::Token(secret),
        rating,
        reasons,
        text: fields.get("text").map_or_else(String::new, |text| one_line(text)),
        channel: EvaluationChannel::Phone,
        scale: 5,
    });
    let outcome = ask(&app, &token, &format!("evaluate-{rating}"), command).await;
    if outcome == Err(NotDone::Refused(Refusal::ReasonNeeded)) {
        return Redirect::to(&format!("/t/{token}?why={rating}")).into_response();
    }
    back(&token, outcome)
}

/// Lines written below each other become one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `POST /t/{token}/cancel`.
pub async fn cancel(State(app): Shared, Path(token): Path<String>) -> Response {
    let found = token.parse::<Token>().ok();
    let ticket = found
        .and_then(|token| app.read(|hall| hall.ticket_by_token(token).map(|ticket| ticket.id)));
    let Some(ticket) = ticket else { return StatusCode::NOT_FOUND.into_response() };
    let waits = app.read(|hall| {
        hall.ticket(ticket).is_some_and(|ticket| ticket.state == TicketState::Waiting)
    });
    if !waits {
        return Redirect::to(&format!("/t/{token}")).into_response();
    }
    let outcome = ask(&app, &token, "cancel", Command::Cancel { ticket }).await;
    back(&token, outcome)
}

/// Who holds the code of a slip asks; the same wish twice is one.
async fn ask(app: &Arc<App>, token: &str, what: &str, command: Command) -> Result<(), NotDone> {
    let request = Some(request_id("phone", &format!("{token} {what}")));
    app.engine.ask(Wish { by: Actor::Citizen, request, command }).await.map(|_| ())
}

fn back(token: &str, outcome: Result<(), NotDone>) -> Response {
    match outcome {
        Ok(()) => Redirect::to(&format!("/t/{token}")).into_response(),
        Err(NotDone::Refused(refusal)) => {
            Redirect::to(&format!("/t/{token}?said={}", refusal.code())).into_response()
        }
        Err(NotDone::Busy | NotDone::Stopped) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
