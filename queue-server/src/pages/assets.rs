//! Styles and scripts, inside the program: nothing is fetched from anywhere else.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! files {
    ($($name:literal: $kind:expr,)+) => {
        &[$(($name, $kind, include_str!(concat!("../../../assets/web/", $name)))),+]
    };
}

const FILES: &[(&str, &str, &str)] = files! {
    "tokens.css": CSS,
    "web.css": CSS,
    "pages.css": CSS,
    "guide.css": CSS,
    "setup.css": CSS,
    "narrow.css": CSS,
    "bar.css": CSS,
    "wall.css": CSS,
    "plain.css": CSS,
    "live.js": SCRIPT,
    "desk.js": SCRIPT,
    "board.js": SCRIPT,
    "guide.js": SCRIPT,
    "room.js": SCRIPT,
    "paper.js": SCRIPT,
    "icon.svg": "image/svg+xml",
};

/// A file; told to be unchanged if the browser has it already.
pub async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let found = FILES.iter().find(|(each, _, _)| *each == name);
    let Some((_, kind, text)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let digest = Sha256::digest(text.as_bytes());
    let tag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let kept = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, "no-cache")];
    if known == Some(&tag) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(header::CONTENT_TYPE, *kind)], *text).into_response()
}
