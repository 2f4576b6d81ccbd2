//! 打印页: a paper as a page, for windows without a slip printer and for the day it is broken.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use wire::{
    papers::{PaperKind, PaperLine},
    texts::Texts,
};

use crate::{
    access::Role,
    outbox,
    pages::{Shared, guard::Reader, html, trouble},
    papers::Visit,
};

#[derive(Template)]
#[template(path = "paper.html")]
struct Page {
    t: &'static Texts,
    lang: &'static str,
    title: String,
    lines: Vec<Line>,
}

/// A line as the page lays it out.
struct Line {
    class: &'static str,
    label: String,
    text: String,
}

#[derive(Deserialize)]
pub struct Asked {
    window: String,
    kind: String,
}

/// `GET /desk/paper`: the paper of the person in service; the browser prints it.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    headers: axum::http::HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Desk])?;
    let window = super::window_of(&app, &reader, Some(&asked.window));
    let paper = window.zip(PaperKind::read(&asked.kind)).and_then(|(window, kind)| {
        app.read(|hall| Visit::at(&outbox::view(&app, hall), window)?.paper(kind))
    });
    let Some(paper) = paper else {
        let page = trouble::page(axum::http::StatusCode::NOT_FOUND, &headers);
        return Err(page.into_response());
    };
    let title = reader.texts.get(&format!("paper.{}", paper.kind.as_str())).to_owned();
    let lines = paper.lines.into_iter().map(line).collect();
    Ok(html(&Page { t: reader.texts, lang: reader.language.tag(), title, lines }))
}

fn line(line: PaperLine) -> Line {
    let plain = |class, text| Line { class, label: String::new(), text };
    match line {
        PaperLine::Title(text) => plain("title", text),
        PaperLine::Under(text) => plain("under", text),
        PaperLine::Mark(text) => plain("mark", text),
        PaperLine::Text(text) => plain("text", text),
        PaperLine::Stamp(text) => plain("stamp", text),
        PaperLine::Rule => plain("rule", String::new()),
        PaperLine::Pair { label, value, large } => {
            Line { class: if large { "pair large" } else { "pair" }, label, text: value }
        }
        PaperLine::Entry { mark, text } => Line { class: "entry", label: mark, text },
        PaperLine::Code { payload, words } => {
            Line { class: "pair", label: words.join("，"), text: payload }
        }
    }
}
