//! Pages for what cannot be shown: said in words, in the reader's language, with the way back.

use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use wire::texts::Texts;

use super::html;
use crate::http::caller;

#[derive(Template)]
#[template(path = "trouble.html")]
struct Page {
    t: &'static Texts,
    lang: &'static str,
    code: u16,
    title: String,
    words: String,
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
    };
    (status, html(&page)).into_response()
}

/// Gives an empty refusal its page.
pub async fn dress(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let status = response.status();
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE);
    let is_no = status.is_client_error() || status.is_server_error();
    if is_no && is_bare && reads_pages(&headers) { page(status, &headers) } else { response }
}
