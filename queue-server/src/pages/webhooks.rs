//! 事件推送: how each receiver stands, a test for it, and what it did not take.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::time::Timestamp;
use serde::Deserialize;
use wire::texts::Texts;

use super::{Shared, guard::Reader, html, shell::Shell};
use crate::{
    access::Role,
    app::App,
    webhooks::{ASIDE_MAX, Failed, Standing, WAITING_MAX},
};

struct Row {
    name: String,
    url: String,
    kinds: String,
    waiting: usize,
    delivered: u64,
    lost: u64,
    last: String,
    state: String,
    is_well: bool,
}

struct Aside {
    receiver: String,
    id: String,
    at: String,
    kind: &'static str,
    why: String,
}

struct View {
    /// `yes`, `no` or nothing.
    level: &'static str,
    said: String,
    bound: String,
    /// What came of the last order.
    done: String,
    rows: Vec<Row>,
    aside: Vec<Aside>,
    aside_hint: String,
}

#[derive(Template)]
#[template(path = "webhooks.html")]
struct Page {
    s: Shell,
    w: View,
}

/// What the page was asked for last.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: String,
    #[serde(default)]
    name: String,
}

/// What an administrator wants.
#[derive(Deserialize)]
pub struct Order {
    /// Of which receiver.
    receiver: String,
    /// Which body again; a test if there is none.
    #[serde(default)]
    id: String,
}

/// `GET /webhooks`.
pub async fn page(
    State(app): Shared,
    Query(asked): Query<Asked>,
    reader: Reader,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    let s = Shell::of(&app, &reader, "/webhooks");
    let w = fill(&app, s.t, &asked);
    Ok(html(&Page { s, w }))
}

/// `POST /webhooks`: a test, or one again that was put aside.
pub async fn act(
    State(app): Shared,
    reader: Reader,
    Form(order): Form<Order>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Admin])?;
    let known = app.webhooks.standing().into_iter().find(|each| each.name == order.receiver);
    let Some(receiver) = known else { return Err(StatusCode::NOT_FOUND.into_response()) };
    let (is_done, done) = if order.id.is_empty() {
        (app.webhooks.test(&receiver.name), "tested")
    } else {
        (app.webhooks.again(&receiver.name, &order.id), "again")
    };
    let done = if is_done { done } else { "busy" };
    Ok(Redirect::to(&format!("/webhooks?done={done}&name={}", receiver.name)).into_response())
}

fn fill(app: &App, texts: &Texts, asked: &Asked) -> View {
    let standing = app.webhooks.standing();
    let away = standing.iter().filter(|each| each.trouble.is_some()).count();
    let (level, said) = if standing.is_empty() {
        ("", texts.get("webhooks.none").to_owned())
    } else if app.webhooks.are_stuck() {
        ("no", texts.get("webhooks.stuck").to_owned())
    } else if away > 0 {
        ("no", texts.fill("webhooks.some_away", &[("n", &away)]))
    } else {
        ("yes", texts.get("webhooks.all_well").to_owned())
    };
    let done = match asked.done.as_str() {
        "tested" => texts.fill("webhooks.tested", &[("name", &asked.name)]),
        "again" => texts.get("webhooks.sent_again").to_owned(),
        "busy" => texts.get("webhooks.busy").to_owned(),
        _ => String::new(),
    };
    let aside = standing
        .iter()
        .flat_map(|each| each.aside.iter().map(|failed| aside(app, &each.name, failed)));
    View {
        level,
        said,
        bound: texts.fill("webhooks.bound", &[("n", &WAITING_MAX)]),
        done,
        aside: aside.collect(),
        aside_hint: texts.fill("webhooks.aside_hint", &[("n", &ASIDE_MAX)]),
        rows: standing.into_iter().map(|each| row(app, texts, each)).collect(),
    }
}

fn row(app: &App, texts: &Texts, standing: Standing) -> Row {
    let last = standing.last.as_ref();
    let state = standing.trouble.as_ref().map_or_else(
        || texts.get("webhooks.well").to_owned(),
        |(n, why)| texts.fill("webhooks.trouble", &[("n", n), ("why", why)]),
    );
    Row {
        name: standing.name,
        url: standing.url,
        kinds: standing.kinds.join(texts.get("pages.join")),
        waiting: standing.waiting,
        delivered: standing.delivered,
        lost: standing.lost,
        last: last.map_or_else(
            || texts.get("webhooks.never").to_owned(),
            |last| format!("{} {}", written(app, last.at_secs), last.kind.as_str()),
        ),
        state,
        is_well: standing.trouble.is_none(),
    }
}

fn aside(app: &App, receiver: &str, failed: &Failed) -> Aside {
    Aside {
        receiver: receiver.to_owned(),
        id: failed.waiting.id.clone(),
        at: written(app, failed.at_secs),
        kind: failed.waiting.kind.as_str(),
        why: failed.why.clone(),
    }
}

/// A moment of the world.
fn written(app: &App, secs: i64) -> String {
    app.clock.written(Timestamp(secs.saturating_mul(1_000)))
}
