//! Who calls: a credential in `Authorization: Bearer`, or a signed-in person's cookie.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
};
use hall::{
    ids::WindowId,
    words::{Actor, Channel},
};
use wire::texts;

use super::{
    origin,
    problem::{ApiCode, Refused},
};
use crate::{
    access::{Identity, Role, SESSION_LASTS},
    app::App,
    serve::doors::OverTls,
};

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "paihao_session";

/// A browser keeps the cookie of a session that is over for so long, so that the sign-in can say why
/// one stands there again.
const TOLD_FOR: Duration = Duration::from_secs(12 * 3600);

/// The cookie of a chosen language; it goes before what the browser says.
pub const LANGUAGE_COOKIE: &str = "paihao_language";

/// Somebody who was believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who, with what rights.
    pub identity: Identity,
    /// In which language to answer.
    pub language: texts::Language,
}

/// True if what is set now may be sent by TLS alone: the request came by it, or people reach the hall
/// through a proxy that speaks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secure(pub bool);

/// The language to answer in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(pub texts::Language);

impl Caller {
    /// Whom the record names.
    #[must_use]
    pub fn actor(&self) -> Actor {
        if let Some(staff) = self.identity.staff {
            return Actor::Staff(staff);
        }
        match self.identity.role {
            Role::Kiosk | Role::Desk | Role::Guide | Role::Display | Role::Bridge => {
                Actor::Device(self.identity.name)
            }
            Role::Office
            | Role::Supervisor
            | Role::Operator
            | Role::Admin
            | Role::Security
            | Role::Auditor => Actor::System(self.identity.name),
        }
    }

    /// How something is taken: what a guide does is done at the guide desk, whatever is said.
    #[must_use]
    pub fn channel(&self, said: Channel) -> Channel {
        if self.identity.role == Role::Guide { Channel::GuideDesk } else { said }
    }

    /// Goes on only for these roles; an administrator may do everything.
    ///
    /// # Errors
    /// `not_allowed`.
    pub fn must_be(&self, roles: &[Role]) -> Result<(), Refused> {
        if self.identity.role == Role::Admin || roles.contains(&self.identity.role) {
            Ok(())
        } else {
            Err(self.refused(ApiCode::NotAllowed))
        }
    }

    /// Goes on only for a desk at its own window.
    ///
    /// # Errors
    /// `not_allowed`, `not_your_window`.
    pub fn must_serve(&self, window: WindowId) -> Result<(), Refused> {
        self.must_be(&[Role::Desk])?;
        if self.identity.may_act_at(window) {
            Ok(())
        } else {
            Err(self.refused(ApiCode::NotYourWindow))
        }
    }

    /// A no in the caller's language.
    #[must_use]
    pub fn refused(&self, code: ApiCode) -> Refused {
        Refused::api(code, self.language)
    }
}

/// Finds out who calls; `None` if nobody is named or believed.
///
/// # Errors
/// `cross_site` if a cookie came with a change that another site's page may have sent.
pub fn find(app: &App, method: &Method, headers: &HeaderMap) -> Result<Option<Caller>, Refused> {
    let language = language(headers);
    let caller = |identity| Caller { identity, language };
    if let Some(secret) = bearer(headers) {
        return Ok(app.access.bearer(secret).map(caller));
    }
    let Some(secret) = cookie(headers, SESSION_COOKIE) else { return Ok(None) };
    let Some(identity) = app.access.session(secret, !method.is_safe()) else {
        return Ok(None);
    };
    if !method.is_safe() && !origin::is_ours(headers) {
        return Err(Refused::api(ApiCode::CrossSite, language));
    }
    Ok(Some(caller(identity)))
}

/// The secret in `Authorization: Bearer`.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

/// The value of a cookie.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lists = headers.get_all(header::COOKIE).into_iter();
    lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(each, value)| (each == name).then_some(value))
}

/// The language of the staff's pages: the chosen one, or Chinese.
#[must_use]
pub fn page_language(headers: &HeaderMap) -> texts::Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE);
    chosen.map_or(texts::Language::Chinese, texts::Language::from_header)
}

/// The language of a request: that of the staff's pages for who has signed in; otherwise the chosen
/// one, or the browser's.
#[must_use]
pub fn language(headers: &HeaderMap) -> texts::Language {
    if cookie(headers, LANGUAGE_COOKIE).is_some() || cookie(headers, SESSION_COOKIE).is_some() {
        return page_language(headers);
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.map_or(texts::Language::Chinese, texts::Language::from_header)
}

/// The `Set-Cookie` that begins a session; `secure` if the hall is reached by https, so that the
/// browser never sends it in the clear.
#[must_use]
pub fn session_cookie(secret: &str, secure: bool) -> String {
    let (secs, secure) = ((SESSION_LASTS + TOLD_FOR).as_secs(), only_tls(secure));
    format!("{SESSION_COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={secs}{secure}")
}

/// The `Set-Cookie` that ends a session.
#[must_use]
pub fn ended_cookie(secure: bool) -> String {
    let secure = only_tls(secure);
    format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{secure}")
}

const fn only_tls(secure: bool) -> &'static str {
    if secure { "; Secure" } else { "" }
}

/// The secret of the caller's session, to end it.
#[must_use]
pub fn session_secret(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SESSION_COOKIE)
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refused> {
        let found = already(parts).map_or_else(|| find(app, &parts.method, &parts.headers), ok)?;
        found.ok_or_else(|| Refused::api(ApiCode::NotSignedIn, language(&parts.headers)))
    }
}

impl OptionalFromRequestParts<Arc<App>> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Option<Self>, Refused> {
        already(parts).map_or_else(|| find(app, &parts.method, &parts.headers), ok)
    }
}

/// Who was found as the rights were looked at.
fn already(parts: &Parts) -> Option<Caller> {
    parts.extensions.get().cloned()
}

#[expect(clippy::unnecessary_wraps, reason = "it stands in place of a search that can fail")]
const fn ok(caller: Caller) -> Result<Option<Caller>, Refused> {
    Ok(Some(caller))
}

impl FromRequestParts<Arc<App>> for Secure {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let over_tls = parts.extensions.get::<OverTls>().is_some();
        Ok(Self(over_tls || app.is_reached_by_tls()))
    }
}

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(language(&parts.headers)))
    }
}
