//! 我的密码: everybody changes their own, and ends what is open elsewhere. Somebody whose password
//! was given by another comes here first and nowhere else.

use std::net::SocketAddr;

use askama::Template;
use axum::{
    Form,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::texts::{Language, Texts};

use super::{Shared, first_page, html, named::Names, shell, signin};
use crate::{
    access::{Fault, NotChanged, PASSWORD_LENGTH_MIN, Person, SignInRefusal},
    app::App,
    http::{
        audited::Told,
        caller::{self, Secure},
    },
};

#[derive(Template)]
#[template(path = "password.html")]
struct Page {
    t: &'static Texts,
    lang: &'static str,
    hall: String,
    who: String,
    rules: String,
    must_change: bool,
    error: String,
    home: &'static str,
    other_lang: &'static str,
    other_name: &'static str,
}

fn filled(app: &App, language: Language, (person, must): &(Person, bool), error: String) -> Page {
    let texts = Texts::of(language);
    let (other_lang, other_name) = shell::other(language);
    Page {
        t: texts,
        lang: language.tag(),
        hall: Names::of(app, language).hall(),
        who: format!(
            "{} · {}",
            texts.fill("pages.staff", &[("no", &person.no)]),
            texts.get(&format!("role.{}", person.role.as_str()))
        ),
        rules: texts.fill("password.rules", &[("n", &PASSWORD_LENGTH_MIN)]),
        must_change: *must,
        error,
        home: first_page(person.role),
        other_lang,
        other_name,
    }
}

/// Who asks; anybody else is led to the sign-in.
#[expect(clippy::result_large_err, reason = "the answer itself is what the page gives")]
fn holder(app: &App, headers: &HeaderMap) -> Result<(Person, bool), Response> {
    let found = caller::session_secret(headers);
    let found = found.and_then(|secret| app.access.session_of_person(secret));
    found.ok_or_else(|| Redirect::to("/signin").into_response())
}

/// `GET /password`.
pub async fn page(State(app): Shared, headers: HeaderMap) -> Result<Response, Response> {
    let holder = holder(&app, &headers)?;
    let language = caller::page_language(&headers);
    Ok(html(&filled(&app, language, &holder, String::new())))
}

#[derive(Deserialize)]
pub struct Chosen {
    now: String,
    new: String,
    again: String,
}

/// `POST /password`.
pub async fn change(
    State(app): Shared,
    Secure(secure): Secure,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Response> {
    let holder = holder(&app, &headers)?;
    let (language, person) = (caller::page_language(&headers), &holder.0);
    let texts = Texts::of(language);
    let is_long = [&chosen.now, &chosen.new].iter().any(|each| each.len() > signin::BYTES_MAX);
    let (code, error) = if chosen.new != chosen.again {
        ("password_again", texts.get("password.again_differs").to_owned())
    } else if is_long {
        ("password_long", texts.fill("password.long", &[("n", &signin::BYTES_MAX)]))
    } else {
        let changed = app.access.change_password(person.no, chosen.now, chosen.new, from.ip());
        match changed.await {
            Ok(secret) => {
                let cookie = caller::session_cookie(&secret, secure);
                return Ok(signin::with_cookie(&cookie, first_page(person.role)));
            }
            Err(NotChanged::SignIn(SignInRefusal::Wrong)) => {
                ("wrong", texts.get("password.now_wrong").to_owned())
            }
            Err(NotChanged::SignIn(SignInRefusal::Wait { secs })) => {
                ("wait", texts.fill("signin.wait", &[("n", &secs.div_ceil(60))]))
            }
            Err(NotChanged::SignIn(SignInRefusal::Busy)) => {
                ("busy", texts.get("signin.busy").to_owned())
            }
            Err(NotChanged::Fault(Fault::Refused(refusal))) => {
                ("password_rules", refusal.words(language))
            }
            Err(NotChanged::Fault(fault)) => {
                tracing::error!(%fault, "a password could not be kept");
                return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
            }
        }
    };
    let page = html(&filled(&app, language, &holder, error));
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    let told = Told { refused: Some(code.to_owned()), ..Told::default() };
    response.extensions_mut().insert(told);
    Ok(response)
}

/// `POST /signout/all`: ends every session of the person, this one too.
pub async fn leave_all(
    State(app): Shared,
    Secure(secure): Secure,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let (person, _) = holder(&app, &headers)?;
    app.access.end_sessions(person.no).map_err(|fault| {
        tracing::error!(%fault, "sessions could not be ended");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    })?;
    Ok(signin::with_cookie(&caller::ended_cookie(secure), "/signin"))
}
