//! 上岗: signing in and out.

use std::net::SocketAddr;

use askama::Template;
use axum::{
    Form,
    extract::{ConnectInfo, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{Shared, first_page, html, named::Names, shell, written};
use crate::{
    access::SignInRefusal,
    app::App,
    audit::{Kind, Who},
    http::{
        audited::Told,
        caller::{self, Secure},
    },
};

/// Longer passwords are not looked at: hashing them would only cost time.
pub const BYTES_MAX: usize = 200;

#[derive(Template)]
#[template(path = "signin.html")]
struct Page {
    t: &'static Texts,
    lang: &'static str,
    hall: String,
    at: i64,
    speed: f64,
    offset: i32,
    date: String,
    time: String,
    hours: String,
    phone: String,
    no: String,
    error: String,
    /// Why one stands here again.
    said: String,
    other_lang: &'static str,
    other_name: &'static str,
}

fn filled(app: &App, headers: &HeaderMap, no: String, error: String) -> Page {
    let language = caller::page_language(headers);
    let (other_lang, other_name) = shell::other(language);
    let clock = app.clock.wire();
    let opening = app.board(language).opening.clone();
    Page {
        t: Texts::of(language),
        lang: language.tag(),
        hall: Names::of(app, language).hall(),
        at: clock.at,
        speed: clock.speed,
        offset: clock.utc_offset_minutes,
        date: written::date(&app.clock, app.now()),
        time: written::time(&app.clock, app.now()),
        hours: opening.hours,
        phone: app.profile.details.complaint_phone.clone(),
        no,
        error,
        said: String::new(),
        other_lang,
        other_name,
    }
}

/// `GET /signin`. A browser that still holds the cookie of a session which is over is told so.
pub async fn page(State(app): Shared, headers: HeaderMap) -> Response {
    let held = caller::session_secret(&headers);
    let is_over = held.is_some_and(|secret| app.access.session_of(secret).is_none());
    let texts = Texts::of(caller::page_language(&headers));
    let said = if is_over { texts.get("signin.over").to_owned() } else { String::new() };
    html(&Page { said, ..filled(&app, &headers, String::new(), String::new()) })
}

#[derive(Deserialize)]
pub struct Entered {
    no: String,
    password: String,
}

/// `POST /signin`.
pub async fn enter(
    State(app): Shared,
    Secure(secure): Secure,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(entered): Form<Entered>,
) -> Response {
    let no: String = entered.no.trim().chars().take(32).collect();
    let refused = if entered.password.len() > BYTES_MAX {
        SignInRefusal::Wrong
    } else {
        match app.access.sign_in(&no, entered.password, from.ip()).await {
            Ok((secret, identity)) => {
                let cookie = caller::session_cookie(&secret, secure);
                let told = Told { by: Some(Who::of(&identity)), ..Told::default() };
                return telling(with_cookie(&cookie, first_page(identity.role)), told);
            }
            Err(refused) => refused,
        }
    };
    let texts = Texts::of(caller::page_language(&headers));
    let (status, again_after_secs, error) = match refused {
        SignInRefusal::Wrong => (StatusCode::FORBIDDEN, None, texts.get("signin.wrong").to_owned()),
        SignInRefusal::Wait { secs } => {
            let error = texts.fill("signin.wait", &[("n", &secs.div_ceil(60))]);
            (StatusCode::TOO_MANY_REQUESTS, Some(secs), error)
        }
        SignInRefusal::Busy => {
            (StatusCode::SERVICE_UNAVAILABLE, Some(1), texts.get("signin.busy").to_owned())
        }
    };
    let told = refusal_told(&app, &no, refused);
    let mut response = (status, html(&filled(&app, &headers, no, error))).into_response();
    if let Some(secs) = again_after_secs {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secs));
    }
    telling(response, told)
}

/// What the audit trail says of a refused sign-in: the number if somebody has it. Any other may be
/// a password typed into the wrong field.
fn refusal_told(app: &App, no: &str, refused: SignInRefusal) -> Told {
    let known = no.parse().ok().filter(|no| app.access.has_person(*no));
    let about = known.map_or_else(|| "no=?".to_owned(), |no| format!("no={no}"));
    let (kind, code, is_repeated) = match refused {
        SignInRefusal::Wrong => (Kind::SignIn, "wrong", false),
        SignInRefusal::Wait { .. } => (Kind::LockOut, "wait", true),
        SignInRefusal::Busy => (Kind::SignIn, "busy", true),
    };
    Told { kind: Some(kind), about, refused: Some(code.to_owned()), is_repeated, by: None }
}

fn telling(mut response: Response, told: Told) -> Response {
    response.extensions_mut().insert(told);
    response
}

/// `POST /signout`.
pub async fn leave(State(app): Shared, Secure(secure): Secure, headers: HeaderMap) -> Response {
    if let Some(secret) = caller::session_secret(&headers) {
        app.access.sign_out(secret);
    }
    with_cookie(&caller::ended_cookie(secure), "/signin")
}

/// Leads on with a cookie.
pub fn with_cookie(cookie: &str, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
