//! The pages: written on the server, kept true by fragments, at home on old browsers.
//!
//! A page is a view struct that holds chosen words and written numbers, a function that fills it,
//! and a template that lays it out.

mod accounts;
mod assets;
mod backup;
mod board;
mod desk;
pub(crate) mod drawn;
mod guard;
mod guide;
mod led;
mod named;
pub(crate) mod office;
mod password;
mod phone;
mod retention;
mod room;
mod setup;
mod shell;
mod signin;
pub mod trouble;
mod upload;
mod webhooks;
mod written;

use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde::Deserialize;

use crate::{
    access::Role,
    app::App,
    http::{caller, origin},
};

/// What a page may load and do: only what comes from here.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

type Shared = State<Arc<App>>;

/// Every page.
pub fn router() -> Router<Arc<App>> {
    let seal = led::Seal::new();
    Router::new()
        .route("/", get(home))
        .route("/signin", get(signin::page).post(signin::enter))
        .route("/signout", post(signin::leave))
        .route("/signout/all", post(password::leave_all))
        .route("/password", get(password::page).post(password::change))
        .route("/accounts", get(accounts::page).post(accounts::act))
        .route("/backup", get(backup::page).post(backup::now))
        .route("/still", get(still))
        .route("/backup/restore", get(backup::put_back::page).post(backup::put_back::order))
        .route("/retention", get(retention::page).post(retention::now))
        .route("/webhooks", get(webhooks::page).post(webhooks::act))
        .route("/language", post(language))
        .route("/desk", get(desk::page))
        .route("/desk/matters", get(desk::matters::page).post(desk::matters::tell))
        .route("/desk/appeal", post(desk::matters::appeal))
        .route("/desk/paper", get(desk::print::page))
        .route("/desk/order", post(desk::plain::order))
        .route("/desk/send", post(desk::plain::send))
        .route("/desk/verify", post(desk::plain::verify))
        .route("/desk/take-back", post(desk::plain::take_back))
        .route("/desk/duty", post(desk::plain::duty))
        .route("/board", get(board::page))
        .route("/board/act", get(board::act::page).post(board::act::act))
        .route("/board/wall", get(board::wall::page))
        .route("/board/alert", post(board::alerts::answer))
        .route("/board/announce", post(board::announce::announce))
        .route("/guide", get(guide::page))
        .route("/guide/help", post(guide::helps::answer))
        .route("/guide/take", post(guide::take::order))
        .route("/guide/find", post(guide::found::search))
        .route("/guide/ticket", post(guide::found::order))
        .route("/guide/booking", post(guide::bookings::search))
        .route("/guide/check-in", post(guide::bookings::check_in))
        .route("/guide/give-back", post(guide::bookings::give_back))
        .route("/guide/case", post(guide::cases::order))
        .route("/guide/rate", post(guide::rate::order))
        .route("/guide/matter", post(guide::matter::tell))
        .route("/guide/receipt", post(guide::matter::find))
        .route("/guide/visit", post(guide::visit::ask))
        .route("/guide/wish", post(guide::wish::order))
        .route("/office", get(office::page))
        .route("/office.csv", get(office::csv::file))
        .route("/office.xlsx", get(office::csv::file))
        .route("/office/audit", get(office::audit::page).post(office::audit::check))
        .route("/office/audit.csv", get(office::audit::file))
        .route("/office/matters", get(office::matters::page).post(office::matters::close))
        .route("/office/evaluations", get(office::evaluations::page))
        .route("/office/evaluations.csv", get(office::evaluations::file))
        .route("/office/evaluations.xlsx", get(office::evaluations::file))
        .route("/office/tasks", get(office::tasks::page))
        .route("/office/tasks.csv", get(office::tasks::file))
        .route("/office/tasks.xlsx", get(office::tasks::file))
        .route("/office/task", get(office::task::page).post(office::task::order))
        .route("/office/visits", get(office::visits::page))
        .route("/office/visit", get(office::visit::page).post(office::visit::order))
        .route("/office/matters.csv", get(office::matters::file))
        .route("/office/matters.xlsx", get(office::matters::file))
        .route("/office/inspection", get(office::inspections::form).post(office::inspections::note))
        .route(
            "/office/inspection/photo",
            get(office::inspection_photo::page).post(office::inspection_photo::act),
        )
        .route("/office/inspections", get(office::inspections::page))
        .route("/office/inspections.csv", get(office::inspections::file))
        .route("/office/inspections.xlsx", get(office::inspections::file))
        .route("/office/people", get(office::people::page).post(office::people::act))
        .route("/office/people.csv", get(office::people::file))
        .route("/office/people.xlsx", get(office::people::file))
        .route("/office/ledgers", get(office::ledgers::page))
        .route("/office/ledgers.csv", get(office::ledgers::file))
        .route("/office/ledgers.xlsx", get(office::ledgers::file))
        .route("/office/accuracy", get(office::accuracy::page))
        .route("/office/plan", get(office::plan::page))
        .route("/office/plan.csv", get(office::plan::file))
        .route("/office/plan.xlsx", get(office::plan::file))
        .route("/office/accuracy.csv", get(office::accuracy::file))
        .route("/office/accuracy.xlsx", get(office::accuracy::file))
        .route("/office/report", get(office::report::page))
        .route("/office/report.csv", get(office::report::file))
        .route("/office/report.xlsx", get(office::report::file))
        .route("/office/unfound", get(office::unfound::page))
        .route("/office/unfound.csv", get(office::unfound::file))
        .route("/office/unfound.xlsx", get(office::unfound::file))
        .route("/room", get(room::page))
        .route("/room/press", post(room::press))
        .route("/room/picture.png", get(room::picture))
        .route("/room/devices", get(room::list::page))
        .route("/room/devices.csv", get(room::list::file))
        .route("/room/pair", get(room::pair::page).post(room::pair::offer))
        .route("/room/retire", post(room::pair::retire))
        .route("/room/try", post(room::list::try_out))
        .route("/room/check", get(room::check::page).post(room::check::begin))
        .route("/setup", get(setup::page).post(setup::act))
        .route("/setup/compare", get(setup::compared::page))
        .route("/setup/calendar", get(setup::calendar::page))
        .route("/setup/rules", get(setup::rules::page).post(setup::rules::act))
        .route("/setup/texts", get(setup::texts::page).post(setup::texts::act))
        .route("/setup/rows", get(setup::rows::page))
        .route("/setup/import", get(setup::import::page).post(setup::import::look))
        .route("/setup/import/take", post(setup::import::take))
        .route("/setup/items.csv", get(setup::import::csv_file))
        .route("/setup/items.xlsx", get(setup::import::book_file))
        .route("/setup/photo", get(setup::photo::page).post(setup::photo::act))
        .route("/setup/row", get(setup::row::page).post(setup::row::act))
        .route("/t/{token}", get(phone::page))
        .route("/t/{token}/evaluate", post(phone::evaluate))
        .route("/t/{token}/cancel", post(phone::cancel))
        .route("/web/{file}", get(assets::file))
        .layer(middleware::from_fn(move |request, next| led::by_us(seal.clone(), request, next)))
        .layer(middleware::from_fn(guard::same_site))
        .layer(middleware::from_fn(trouble::dress))
        .layer(middleware::map_response(with_policy))
}

/// `GET /still`: somebody touched a page that asks for nothing else.
async fn still(_reader: guard::Reader) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Leads everybody to their own page.
async fn home(State(app): Shared, headers: HeaderMap) -> Redirect {
    let identity =
        caller::session_secret(&headers).and_then(|secret| app.access.session(secret, true));
    Redirect::to(identity.map_or("/signin", |identity| first_page(identity.role)))
}

fn first_page(role: Role) -> &'static str {
    match role {
        Role::Desk => "/desk",
        Role::Guide => "/guide",
        Role::Office | Role::Supervisor | Role::Admin => "/board",
        Role::Operator => "/room",
        Role::Security => "/accounts",
        Role::Auditor => "/office/audit",
        Role::Kiosk | Role::Display | Role::Bridge => "/signin",
    }
}

#[derive(Deserialize)]
struct ChosenLanguage {
    language: String,
    back: String,
}

/// Remembers the language and goes back to where one was.
async fn language(
    headers: HeaderMap,
    axum::Form(chosen): axum::Form<ChosenLanguage>,
) -> Result<Response, StatusCode> {
    if !origin::is_ours(&headers) {
        return Err(StatusCode::FORBIDDEN);
    }
    let language = wire::texts::Language::from_header(&chosen.language).tag();
    let local = chosen.back.starts_with('/') && !chosen.back.starts_with("//");
    // A browser leaves control characters out, and what is left may lead elsewhere.
    let plain = |letter: char| letter != '\\' && !letter.is_control();
    let back = if local && chosen.back.chars().all(plain) { chosen.back.as_str() } else { "/" };
    let cookie =
        format!("{}={language}; Path=/; SameSite=Lax; Max-Age=31536000", caller::LANGUAGE_COOKIE);
    let mut response = Redirect::to(back).into_response();
    let cookie = HeaderValue::from_str(&cookie).map_err(|_| StatusCode::BAD_REQUEST)?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Says what a page may load.
pub async fn with_policy(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(headers, "content-security-policy", CONTENT_POLICY);
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "referrer-policy", "same-origin");
    // Browsers that do not know the policy's frame-ancestors know this.
    set(headers, "x-frame-options", "DENY");
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, "cache-control", "no-store");
    }
    response
}

/// `?fragment=1` asks for what changes, without what stands around it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    fragment: Option<u8>,
    #[serde(default)]
    window: Option<String>,
    /// The desk: the order that was done, where no script says so.
    #[serde(default)]
    said: Option<String>,
    /// The desk as a strip.
    #[serde(default)]
    bar: Option<String>,
}

/// A template as an answer.
fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests;
