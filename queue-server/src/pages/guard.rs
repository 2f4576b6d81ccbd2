//! Who may open a page.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request},
    http::{StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use hall::words::WindowState;
use wire::texts::{Language, Texts};

use crate::{
    access::{Identity, Role},
    app::App,
    http::{audited, caller, origin},
};

/// The head that says that a page's script asks: it is told plainly, a browser is led.
pub const BY_SCRIPT: &str = "x-paihao-script";

/// Somebody who has signed in.
pub struct Reader {
    /// Who.
    pub identity: Identity,
    /// In which language the page is written.
    pub language: Language,
    /// The words.
    pub texts: &'static Texts,
    /// Where the page is: the path with its query, without `fragment`.
    pub here: String,
}

impl Reader {
    /// Goes on only for these roles; an administrator may see everything.
    #[expect(clippy::result_large_err, reason = "the answer itself is what the page gives")]
    pub fn must_be(&self, roles: &[Role]) -> Result<(), Response> {
        if self.identity.role == Role::Admin {
            return Ok(());
        }
        self.must_be_one_of(roles)
    }

    /// Goes on only for these roles, and for no administrator: accounts and the audit trail are
    /// kept apart from whoever runs the system.
    #[expect(clippy::result_large_err, reason = "the answer itself is what the page gives")]
    pub fn must_be_one_of(&self, roles: &[Role]) -> Result<(), Response> {
        if roles.contains(&self.identity.role) {
            return Ok(());
        }
        let mut led = Redirect::to(super::first_page(self.identity.role)).into_response();
        led.extensions_mut().insert(audited::Denied(self.identity.clone()));
        Err(led)
    }
}

fn asks(query: &str, word: &str) -> bool {
    query.split('&').any(|each| each.split('=').next() == Some(word))
}

/// True if somebody did something: a page that looks again by itself is nobody's doing, unless somebody
/// touched it meanwhile.
fn is_used(query: &str) -> bool {
    !asks(query, "fragment") || asks(query, "used")
}

impl FromRequestParts<Arc<App>> for Reader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let query = parts.uri.query().unwrap_or_default();
        let (is_fragment, used) = (asks(query, "fragment"), is_used(query));
        let by_script = parts.headers.contains_key(BY_SCRIPT);
        let found = caller::session_secret(&parts.headers);
        let Some(identity) = found.and_then(|secret| app.access.session(secret, used)) else {
            return Err(if is_fragment || by_script {
                StatusCode::UNAUTHORIZED.into_response()
            } else {
                let held = found.and_then(|secret| app.access.session_of_person(secret));
                Redirect::to(if held.is_some() { "/password" } else { "/signin" }).into_response()
            });
        };
        if !used && works(app, &identity, parts.uri.path()) {
            found.and_then(|secret| app.access.session(secret, true));
        }
        let language = caller::page_language(&parts.headers);
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { identity, language, texts: Texts::of(language), here })
    }
}

/// Lets nothing that another site's page may have sent come to a page of ours, whatever the page itself
/// looks at. A telephone's page has no cookie that could be used so; its slip's code is the proof.
pub async fn same_site(request: Request, next: Next) -> Response {
    let is_slip = request.uri().path().starts_with("/t/");
    if request.method().is_safe() || is_slip || origin::is_ours(request.headers()) {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}

/// Somebody who may read how the hall does: 大厅管理, 监察. Others are led to their own page.
pub struct HallReader(pub Reader);

impl FromRequestParts<Arc<App>> for HallReader {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let reader = Reader::from_request_parts(parts, app).await?;
        reader.must_be(Role::READS_HALL)?;
        Ok(Self(reader))
    }
}

/// Who is at work without touching the page: a clerk who has signed on and does not pause serves one
/// visitor for longer than a session may idle, in the department's own program. And a board that hangs on
/// the wall for somebody who may only read is no door to anything. Everybody else touches their page.
pub fn works(app: &App, identity: &Identity, path: &str) -> bool {
    match path {
        "/desk" => identity.staff.is_some_and(|staff| {
            app.read(|hall| {
                let mut windows = hall.setup().windows().iter();
                windows.any(|window| {
                    hall.window(window.id).is_some_and(|now| now.staff() == Some(staff))
                        && hall.window_state(window.id, app.now()) != WindowState::Paused
                })
            })
        }),
        "/board" | "/board/wall" => identity.role == Role::Supervisor,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_used;

    #[test]
    fn a_page_that_looks_again_by_itself_keeps_no_session_open() {
        assert!(!is_used("window=1&fragment=1"));
        assert!(!is_used("fragment"));
        assert!(is_used("fragment=1&used=1"));
        assert!(is_used("") && is_used("window=1"));
    }
}
