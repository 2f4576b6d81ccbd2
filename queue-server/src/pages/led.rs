//! `?said=…`: what a page says was done, to whoever our own redirect led there, and to nobody else.
//!
//! A link from elsewhere must not make a page of ours say that something was done. So a redirect that says
//! something leaves a cookie with a mark of it, and an address without its mark says nothing. The cookie does
//! not come with links from other sites, and lasts as long as somebody needs to read a line.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::Response,
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::http::caller;

/// The cookie of the mark.
const COOKIE: &str = "paihao-said";

/// The word in an address.
const WORD: &str = "said=";

/// Seconds in which it is read.
const LASTS_SECS: u32 = 60;

/// Bytes of a mark.
const MARK_BYTES: usize = 16;

/// What only this process knows.
#[derive(Debug, Clone)]
pub struct Seal(Arc<[u8]>);

impl Seal {
    /// A new one; none if the system gives no random bytes, and then no page says anything.
    pub fn new() -> Self {
        let mut bytes = vec![0; 32];
        if getrandom::fill(&mut bytes).is_err() {
            bytes.clear();
        }
        Self(bytes.into())
    }

    fn mark(&self, said: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        let bytes = mac.chain_update(said).finalize().into_bytes();
        Some(bytes.iter().take(MARK_BYTES).map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Takes out of an address what it says without a mark, and marks what a redirect says.
pub async fn by_us(seal: Seal, mut request: Request, next: Next) -> Response {
    if let Some(said) = request.uri().query().and_then(said) {
        let mark = caller::cookie(request.headers(), COOKIE);
        if mark.is_none() || seal.mark(said).as_deref() != mark {
            silence(&mut request);
        }
    }
    let mut response = next.run(request).await;
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    let mark = to.and_then(|to| to.split_once('?')).and_then(|(_, query)| seal.mark(said(query)?));
    let cookie = mark.and_then(|mark| {
        let cookie =
            format!("{COOKIE}={mark}; Path=/; HttpOnly; SameSite=Strict; Max-Age={LASTS_SECS}");
        HeaderValue::from_str(&cookie).ok()
    });
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn said(query: &str) -> Option<&str> {
    query.split('&').find_map(|each| each.strip_prefix(WORD))
}

fn silence(request: &mut Request) {
    let uri = request.uri();
    let query: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|each| !each.starts_with(WORD)).collect();
    let path = if query.is_empty() {
        uri.path().to_owned()
    } else {
        format!("{}?{}", uri.path(), query.join("&"))
    };
    let mut parts = uri.clone().into_parts();
    if let Ok(path) = path.parse::<PathAndQuery>() {
        parts.path_and_query = Some(path);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
}
