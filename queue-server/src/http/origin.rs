//! Whether a page of ours sent a request: the guard of cookies against other sites.

use axum::http::{HeaderMap, HeaderName, header};

/// What browsers since 2020 say of themselves.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// True if the browser says that the page which sent this is of this very site.
///
/// Old browsers send no `Sec-Fetch-Site`, and some no `Origin` with a form; then the `Referer`
/// counts. A request that tells nothing is not believed.
#[must_use]
pub fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let Some(host) = text(&header::HOST) else { return false };
    let from = text(&header::ORIGIN).or_else(|| text(&header::REFERER));
    from.and_then(authority) == Some(host)
}

/// Host and port of an address.
fn authority(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}
