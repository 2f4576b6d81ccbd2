//! Orders of the page: who gives them, under which name, and where one is then.
//!
//! A form is named once, when it is written: sent twice, by a double click or because its answer was
//! lost, it is one asking. The page's script sends it with [`BY_SCRIPT`] and is told in plain words
//! where to go or what was done; without the script a browser is led there.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    access,
    http::{caller::Caller, origin, problem::Refused},
    pages::guard::Reader,
};

/// The head that says that the page's script asks.
const BY_SCRIPT: &str = "x-paihao-script";

/// Letters of a name: 80 random bits.
const NAME_LENGTH: usize = 20;

/// A new name for a form; empty, and refused, if the system gives no random bytes.
pub fn name() -> String {
    let mut name = access::fresh_secret().unwrap_or_default();
    name.truncate(NAME_LENGTH);
    name
}

/// Who gives the order.
#[expect(clippy::result_large_err, reason = "the answer itself is what the page gives")]
pub fn caller(reader: &Reader, headers: &HeaderMap) -> Result<Caller, Response> {
    if !origin::is_ours(headers) {
        return Err(StatusCode::FORBIDDEN.into_response());
    }
    Ok(Caller { identity: reader.identity.clone(), language: reader.language })
}

/// A no, in words: what did not happen, and what to do.
pub fn refused(no: Refused) -> Response {
    let mut plain = no;
    plain.problem.title = words(&plain);
    plain.in_plain_words()
}

/// The words of a no.
pub fn words(no: &Refused) -> String {
    let title = &no.problem.title;
    match &no.problem.detail {
        Some(detail) => format!("{title} {detail}"),
        None => title.clone(),
    }
}

/// Something that the form lacks, in words.
pub fn lacks(words: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, words.to_owned()).into_response()
}

/// Done: one is there now.
pub fn goes(headers: &HeaderMap, to: &str) -> Response {
    if !headers.contains_key(BY_SCRIPT) {
        return Redirect::to(to).into_response();
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Ok(place) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// Done: one stays where one is, and these words are said.
pub fn stays(headers: &HeaderMap, words: &str) -> Response {
    if headers.contains_key(BY_SCRIPT) {
        return words.to_owned().into_response();
    }
    Redirect::to("/guide").into_response()
}
