//! Pages for what cannot be shown: said in words, in the reader's language, with the way back.

use askama::Template;
use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use wire::texts::Texts;

use super::{guard::BY_SCRIPT, html};
use crate::http::caller;

#[derive(Template)]
#[template(path = "trouble.html")]
struct Page {
    t: &'static Texts,
    lang: &'static str,
    code: u16,
    title: String,
    words: String,
    /// Where it was asked for.
    back: Option<String>,
}

/// True for somebody who reads pages, not for a program or a fragment.
#[must_use]
pub fn reads_pages(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

/// The page of a status.
#[must_use]
pub fn page(status: StatusCode, headers: &HeaderMap) -> Response {
    let kind = match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::FORBIDDEN => "forbidden",
        _ => "failed",
    };
    of(kind, status, headers)
}

/// The page of a status with the words of this kind.
#[must_use]
pub fn of(kind: &str, status: StatusCode, headers: &HeaderMap) -> Response {
    let language = caller::language(headers);
    let texts = Texts::of(language);
    let page = Page {
        t: texts,
        lang: language.tag(),
        code: status.as_u16(),
        title: texts.get(&format!("trouble.{kind}_title")).to_owned(),
        words: texts.get(&format!("trouble.{kind}")).to_owned(),
        back: None,
    };
    (status, html(&page)).into_response()
}

/// Bytes of a refusal in plain words.
const WORDS_BYTES_MAX: usize = 4_096;

/// How a form that cannot be read begins to say so, in words for programmers.
const UNREADABLE: &str = "Failed to ";

/// Gives a refusal its page that is empty or says only words; for scripts it stays as it is.
pub async fn dress(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let status = response.status();
    let is_no = status.is_client_error() || status.is_server_error();
    let by_script = headers.contains_key(BY_SCRIPT);
    if !is_no || by_script || !reads_pages(&headers) {
        return response;
    }
    let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes());
    match kind {
        None => page(status, &headers),
        Some(kind) if kind.starts_with(b"text/plain") => {
            let words = to_bytes(response.into_body(), WORDS_BYTES_MAX).await.unwrap_or_default();
            let words = String::from_utf8_lossy(&words);
            let words = Some(words.trim()).filter(|words| !words.starts_with(UNREADABLE));
            said(words, status, &headers)
        }
        Some(_) => response,
    }
}

/// A refusal in its own words, with the way back to where it was asked for.
fn said(words: Option<&str>, status: StatusCode, headers: &HeaderMap) -> Response {
    let language = caller::page_language(headers);
    let texts = Texts::of(language);
    let page = Page {
        t: texts,
        lang: language.tag(),
        code: status.as_u16(),
        title: texts.get("trouble.refused_title").to_owned(),
        words: words.unwrap_or(texts.get("trouble.bad_form")).to_owned(),
        back: from(headers),
    };
    (status, html(&page)).into_response()
}

/// The page of ours that asked: its path and query.
fn from(headers: &HeaderMap) -> Option<String> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    let uri: axum::http::Uri = referer.parse().ok()?;
    let host = headers.get(header::HOST)?.to_str().ok()?;
    (uri.authority()?.as_str() == host).then(|| uri.path_and_query().map(ToString::to_string))?
}
