//! `/api/v1`: one endpoint a file, described by `/api/openapi.json` generated from them.
//!
//! Every answer leaves in one write on a connection without delay; every refusal is a problem
//! document with a code and its words in the caller's language.

pub mod address;
pub(crate) mod alerts;
mod announcements;
mod asyncapi;
pub mod audited;
mod board;
pub mod body;
pub(crate) mod bookings;
pub mod caller;
mod cases;
pub(crate) mod catalogue;
mod described;
mod erasures;
pub(crate) mod evaluations;
mod forecast;
pub(crate) mod health;
mod help;
mod kiosk_state;
pub mod limits;
pub(crate) mod live;
pub mod matters;
mod metrics;
mod numbers;
pub mod origin;
mod pair;
mod person;
mod photos;
pub mod post_changes;
pub mod problem;
mod queues;
mod reader_key;
mod reload;
mod rights;
mod session;
pub mod shown;
mod staff;
mod tally;
pub(crate) mod tickets;
pub(crate) mod unfound;
mod unread;
pub mod visits;
pub mod watched;
mod whatif;
pub(crate) mod windows;

use std::sync::Arc;

use axum::{Json, Router, extract::State, middleware, response::IntoResponse, routing::get};
use hall::command::Command;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::http::REQUEST_ID_LENGTH_MAX;

use crate::{
    app::App,
    engine::{Told, Wish, request_id},
    forecasts, pages,
};
use caller::Caller;
use problem::{ApiCode, Refused};

/// The description's head; paths and schemas come from the endpoints.
#[derive(OpenApi)]
#[openapi(
    info(title = "Paihao", description = "The service hall's HTTP interface."),
    modifiers(&Credentials),
    security(("bearer" = []), ("session" = []))
)]
struct Description;

struct Credentials;

impl Modify for Credentials {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKey::Cookie(ApiKeyValue::new(caller::SESSION_COOKIE));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    }
}

fn endpoints() -> OpenApiRouter<Arc<App>> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(tickets::issue::issue))
        .routes(routes!(tickets::find::find))
        .routes(routes!(tickets::show::show))
        .routes(routes!(tickets::printed::printed))
        .routes(routes!(tickets::hand_in::hand_in))
        .routes(routes!(tickets::cancel::cancel))
        .routes(routes!(tickets::reactivate::reactivate))
        .routes(routes!(tickets::reprint::reprint))
        .routes(routes!(bookings::slots::slots))
        .routes(routes!(bookings::book::book))
        .routes(routes!(bookings::find::find_booking))
        .routes(routes!(bookings::show::show_booking))
        .routes(routes!(bookings::cancel::cancel_booking))
        .routes(routes!(bookings::check_in::check_in))
        .routes(routes!(erasures::erase))
        .routes(routes!(photos::photo))
        .routes(routes!(windows::call_next::call_next))
        .routes(routes!(windows::call::call))
        .routes(routes!(windows::recall::recall))
        .routes(routes!(windows::start::start))
        .routes(routes!(windows::finish::finish))
        .routes(routes!(windows::no_show::no_show))
        .routes(routes!(windows::pause::pause))
        .routes(routes!(windows::resume::resume))
        .routes(routes!(windows::sign_on::sign_on))
        .routes(routes!(windows::sign_off::sign_off))
        .routes(routes!(windows::transfer::transfer))
        .routes(routes!(windows::to_cashier::to_cashier))
        .routes(routes!(windows::next_leg::next_leg))
        .routes(routes!(windows::verify::verify))
        .routes(routes!(tickets::expedite::expedite))
        .routes(routes!(tickets::silent::silent))
        .routes(routes!(windows::set_silent::set_silent))
        .routes(routes!(tickets::helper::helper))
        .routes(routes!(windows::set_helper::set_helper))
        .routes(routes!(announcements::announce))
        .routes(routes!(windows::drop_stops::drop_stops))
        .routes(routes!(windows::take_back::take_back))
        .routes(routes!(windows::send_back::send_back))
        .routes(routes!(windows::hold::hold))
        .routes(routes!(windows::call_back::call_back))
        .routes(routes!(windows::case::name_case))
        .routes(routes!(windows::notice::notice))
        .routes(routes!(windows::accept::accept))
        .routes(routes!(windows::decline::decline))
        .routes(routes!(windows::deliver::deliver))
        .routes(routes!(windows::print::print))
        .routes(routes!(windows::tide::open_tide))
        .routes(routes!(windows::tide::end_tide))
        .routes(routes!(windows::lend::lend))
        .routes(routes!(windows::end_lend::end_lend))
        .routes(routes!(windows::stand_in::approve))
        .routes(routes!(windows::stand_in::decline))
        .routes(routes!(windows::stand_in::end))
        .routes(routes!(session::close_early))
        .routes(routes!(queues::limit))
        .routes(routes!(queues::end_limit))
        .routes(routes!(staff::people))
        .routes(routes!(staff::whereabouts))
        .routes(routes!(post_changes::changes, post_changes::ask_change))
        .routes(routes!(post_changes::decide))
        .routes(routes!(cases::close_case))
        .routes(routes!(forecast::forecast))
        .routes(routes!(whatif::whatif))
        .routes(routes!(alerts::acknowledge))
        .routes(routes!(alerts::close))
        .routes(routes!(matters::matters, matters::told::tell_matter))
        .routes(routes!(matters::told::find_matter))
        .routes(routes!(matters::handle_matter))
        .routes(routes!(matters::close_matter))
        .routes(routes!(visits::visits, visits::ask_visit))
        .routes(routes!(visits::handle_visit))
        .routes(routes!(evaluations::evaluate))
        .routes(routes!(help::help, help::help_state))
        .routes(routes!(unfound::unfound))
        .routes(routes!(kiosk_state::kiosk_state))
        .routes(routes!(numbers::numbers))
        .routes(routes!(reader_key::reader_key))
        .routes(routes!(pair::pair))
        .routes(routes!(catalogue::catalogue))
        .routes(routes!(catalogue::find::find))
        .routes(routes!(catalogue::item::item))
        .routes(routes!(catalogue::changes::changes, catalogue::changes::change))
        .routes(routes!(reload::reload))
        .routes(routes!(board::board))
        .routes(routes!(tally::tally))
        .routes(routes!(live::live))
        .routes(routes!(health::health))
        .routes(routes!(metrics::metrics));
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", v1)
}

/// The description of the interface.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    parts().1
}

fn parts() -> (Router<Arc<App>>, utoipa::openapi::OpenApi) {
    let (router, mut description) = endpoints().split_for_parts();
    described::complete(&mut description);
    (router, description)
}

/// The API. Pages are merged to it by the caller.
pub fn router() -> Router<Arc<App>> {
    let (router, description) = parts();
    let described = Json(description);
    let told = Json(asyncapi::description());
    router
        .route("/health", get(health::health))
        .route("/metrics", get(metrics::metrics))
        .route("/api/openapi.json", get(move || async move { described }))
        .route("/api/asyncapi.json", get(move || async move { told }))
        .fallback(no_such_place)
        .method_not_allowed_fallback(no_such_way)
}

/// The address is there, but not for this method.
async fn no_such_way(caller::Language(language): caller::Language) -> Refused {
    Refused::api(ApiCode::NoSuchMethod, language)
}

/// A person gets a page, a program a problem document.
async fn no_such_place(
    caller::Language(language): caller::Language,
    uri: axum::http::Uri,
    headers: axum::http::HeaderMap,
) -> axum::response::Response {
    if uri.path().starts_with("/api/") || !pages::trouble::reads_pages(&headers) {
        return Refused::api(ApiCode::NoSuchPlace, language).into_response();
    }
    let page = pages::trouble::page(axum::http::StatusCode::NOT_FOUND, &headers);
    pages::with_policy(page).await
}

/// The API and the pages as one service, with its bounds.
pub fn service(app: Arc<App>, pages: Router<Arc<App>>) -> Router {
    let body_bytes_max = app.limits.body_bytes_max;
    router()
        .merge(pages)
        .layer(middleware::from_fn_with_state(app.clone(), pages::office::sheet::dress))
        .layer(middleware::from_fn_with_state(app.clone(), rights::keep))
        .layer(middleware::from_fn_with_state(app.clone(), audited::keep))
        .layer(middleware::from_fn_with_state(app.clone(), limits::keep))
        .layer(axum::extract::DefaultBodyLimit::max(body_bytes_max))
        .with_state(app)
}

type Shared = State<Arc<App>>;

/// Asks the engine in a caller's name.
async fn ask(app: &App, caller: &Caller, request: &str, command: Command) -> Result<Told, Refused> {
    ask_as(app, caller.actor(), caller.identity.name.as_str(), caller.language, request, command)
        .await
}

/// Asks the engine in the name of somebody without a credential, too.
async fn ask_as(
    app: &App,
    by: hall::words::Actor,
    who: &str,
    language: wire::texts::Language,
    request: &str,
    command: Command,
) -> Result<Told, Refused> {
    let length = request.chars().count();
    if !(1..=REQUEST_ID_LENGTH_MAX).contains(&length) || request.chars().any(char::is_control) {
        return Err(Refused::api(ApiCode::BadRequestId, language));
    }
    let request = Some(request_id(who, request));
    let command = forecasts::told(app, &by, request, command).await;
    let wish = Wish { by, request, command };
    app.engine.ask(wish).await.map_err(|why| Refused::not_done(why, language, &app.clock))
}

#[cfg(test)]
mod tests;
