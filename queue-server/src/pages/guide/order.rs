//! Orders of the page: who gives them, under which name, and where one is then.
//!
//! A form is named once, when it is written: sent twice, by a double click or because its answer was
//! lost, it is one asking. The page's script sends it with [`BY_SCRIPT`] and is told in plain words
//! where to go or what was done; without the script a browser is led there.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use wire::texts::{Language, Texts};

use crate::{
    access,
    app::App,
    http::{caller::Caller, problem::Refused},
    pages::guard::{BY_SCRIPT, Reader},
};

use super::ROLES;

/// Letters of a name: 80 random bits.
const NAME_LENGTH: usize = 20;

/// A new name for a form; empty, and refused, if the system gives no random bytes.
pub fn name() -> String {
    let mut name = access::fresh_secret().unwrap_or_default();
    name.truncate(NAME_LENGTH);
    name
}

/// Who gives an order: only those whom the page is for, and only from a page of ours.
pub struct Giver {
    /// The order's name and rights.
    pub caller: Caller,
    /// The language of what is said.
    pub language: Language,
    /// Its words.
    pub texts: &'static Texts,
    /// How the answer leads on.
    pub way: Way,
}

impl FromRequestParts<Arc<App>> for Giver {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let reader = Reader::from_request_parts(parts, app).await?;
        let way = Way { by_script: parts.headers.contains_key(BY_SCRIPT) };
        if let Err(away) = reader.must_be(ROLES) {
            return Err(if way.by_script { StatusCode::FORBIDDEN.into_response() } else { away });
        }
        let (language, texts) = (reader.language, reader.texts);
        Ok(Self { caller: Caller { identity: reader.identity, language }, language, texts, way })
    }
}

/// How an answer leads on: the page's script goes itself, a browser without it is led.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    by_script: bool,
}

impl Way {
    /// Done: one is there now.
    pub fn goes(self, to: &str) -> Response {
        if !self.by_script {
            return Redirect::to(to).into_response();
        }
        let mut response = StatusCode::NO_CONTENT.into_response();
        if let Ok(place) = HeaderValue::from_str(to) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        response
    }

    /// Done: one stays where one is, and these words are said.
    pub fn stays(self, words: &str) -> Response {
        if self.by_script {
            return words.to_owned().into_response();
        }
        Redirect::to("/guide").into_response()
    }
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
