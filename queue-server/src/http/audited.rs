//! 留痕: puts what somebody did into the audit trail, once it is known what came of it.
//!
//! A window never waits for it. Whoever manages is answered only when it is safe there, and does
//! nothing that must be on record while nothing can be written.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Form,
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, MatchedPath, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{
    caller, limits,
    problem::{ApiCode, Code, Refused},
    watched,
};
use crate::{
    access::Identity,
    app::App,
    audit::{Act, Kind, Outcome, Who},
    pages::{self, trouble},
};

/// Where the interface's own paths begin.
const INTERFACE: &str = "/api/v1";

/// Fields that name what is acted on. No other is looked at: passwords, documents and codes are not
/// among them.
pub const NAMING: &[&str] = &[
    "act",
    "alert",
    "booking",
    "closes",
    "device",
    "does",
    "effective",
    "fits",
    "for_the_day",
    "from",
    "id",
    "issue_until",
    "item",
    "key",
    "kind",
    "minutes",
    "no",
    "order",
    "outcome",
    "queue",
    "queues",
    "role",
    "staff",
    "text",
    "ticket",
    "to",
    "until",
    "version",
    "what",
    "window",
    "windows",
    "zone",
];

/// Fields that say why.
const REASONS: &[&str] = &["reason", "note", "why"];

/// What a browser sends of a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// Letters told of one field.
const FIELD_CHARS_MAX: usize = 80;

/// Put into an answer by who refused: whom. It is known there and nowhere else.
#[derive(Debug, Clone)]
pub struct Denied(pub Identity);

/// Put into an answer by who knows better than the request shows what was done.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What sort of act, if another than the route's.
    pub kind: Option<Kind>,
    /// Who, if the request does not show it.
    pub by: Option<Who>,
    /// On what.
    pub about: String,
    /// Why it was refused, if the status does not show it.
    pub refused: Option<String>,
    /// The same is told once a minute only.
    pub is_repeated: bool,
}

/// Lets a request through and notes what came of it.
pub async fn keep(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map(|path| path.as_str().to_owned()).unwrap_or_default();
    let from = limits::peer(request.extensions());
    let Some(kind) = watched::of(request.method(), &route).filter(|_| !route.is_empty()) else {
        let asked = format!("{} {route}", request.method());
        let response = next.run(request).await;
        note_denied(&app, &response, from, &asked);
        return response;
    };
    let identity = identity(&app, request.headers());
    let waits = identity.as_ref().is_some_and(|identity| identity.role.is_managing());
    let headers = request.headers().clone();
    if waits && app.audit.is_stuck() {
        return not_on_record(request.uri().path(), &headers).await;
    }
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let query = request.uri().query().map(str::to_owned);
    let bytes_max = limits::bytes_max(&app, &path, &headers);
    let (request, fields) = read(request, bytes_max).await;
    let response = next.run(request).await;
    let told = response.extensions().get::<Told>().cloned().unwrap_or_default();
    let outcome = outcome(&response, told.refused);
    let who = told.by.or_else(|| identity.as_ref().map(Who::of)).unwrap_or(Who::Nobody);
    let about = about(&method, &path, query.as_deref(), &fields, &told.about);
    let why =
        REASONS.iter().filter_map(|name| field(&fields, name)).collect::<Vec<_>>().join(" · ");
    let kind = told.kind.unwrap_or(kind);
    let act = Act::new(kind, who, &from.to_canonical().to_string(), &about, &why, outcome);
    if told.is_repeated {
        app.audit.note_once(Some(from), act);
    } else if waits {
        if !app.audit.keep(act).await {
            return not_on_record(&path, &headers).await;
        }
    } else {
        app.audit.note(act);
    }
    response
}

fn note_denied(app: &App, response: &Response, from: IpAddr, asked: &str) {
    let Some(Denied(identity)) = response.extensions().get::<Denied>() else { return };
    let (who, from_text) = (Who::of(identity), from.to_canonical().to_string());
    let outcome = Outcome::Refused(ApiCode::NotAllowed.as_str().to_owned());
    app.audit.note_once(Some(from), Act::new(Kind::Denied, who, &from_text, asked, "", outcome));
}

/// Who asks, without counting it as something that the person did.
fn identity(app: &App, headers: &HeaderMap) -> Option<Identity> {
    match caller::bearer(headers) {
        Some(secret) => app.access.bearer(secret),
        None => {
            caller::session_secret(headers).and_then(|secret| app.access.session(secret, false))
        }
    }
}

/// The request as it was, and the fields of its body. The body is in memory already.
async fn read(request: Request, bytes_max: usize) -> (Request, Vec<(String, String)>) {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, bytes_max).await else {
        return (Request::from_parts(parts, Body::empty()), Vec::new());
    };
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.starts_with(FORM));
    let fields = if is_form { of_form(&bytes).await } else { of_json(&bytes) };
    (Request::from_parts(parts, Body::from(bytes)), fields)
}

async fn of_form(bytes: &Bytes) -> Vec<(String, String)> {
    let form = Request::post("/").header(header::CONTENT_TYPE, FORM);
    let Ok(form) = form.body(Body::from(bytes.clone())) else { return Vec::new() };
    Form::from_request(form, &()).await.map_or_else(|_| Vec::new(), |Form(fields)| fields)
}

fn of_json(bytes: &[u8]) -> Vec<(String, String)> {
    let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(bytes) else {
        return Vec::new();
    };
    object.into_iter().filter_map(|(name, value)| Some((name, plain(&value)?))).collect()
}

/// A value as words; of what has parts, only rows of words are told.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        Value::Array(values) => Some(values.iter().filter_map(plain).collect::<Vec<_>>().join(" ")),
    }
}

fn field(fields: &[(String, String)], name: &str) -> Option<String> {
    let value = fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    let value = value.filter(|value| !value.is_empty())?;
    Some(value.chars().take(FIELD_CHARS_MAX).collect())
}

/// What was acted on.
fn about(
    method: &Method,
    path: &str,
    query: Option<&str>,
    fields: &[(String, String)],
    told: &str,
) -> String {
    let path = path.strip_prefix(INTERFACE).unwrap_or(path);
    let mut about = if method.is_safe() { String::new() } else { format!("{method} ") };
    about.push_str(path);
    if let Some(query) = query.filter(|_| method.is_safe()) {
        about.push('?');
        about.push_str(query);
    }
    if !told.is_empty() {
        return format!("{about} {told}");
    }
    let named = NAMING.iter().filter_map(|name| Some(format!("{name}={}", field(fields, name)?)));
    std::iter::once(about).chain(named).collect::<Vec<_>>().join(" ")
}

fn outcome(response: &Response, refused: Option<String>) -> Outcome {
    if let Some(refused) = refused {
        return Outcome::Refused(refused);
    }
    let status = response.status();
    if response.extensions().get::<Denied>().is_some() {
        return Outcome::Refused(ApiCode::NotAllowed.as_str().to_owned());
    }
    if status.is_server_error() {
        return Outcome::Failed;
    }
    if status.is_client_error() {
        let code = response.extensions().get::<Code>().map(|Code(code)| code.clone());
        return Outcome::Refused(code.unwrap_or_else(|| status.as_u16().to_string()));
    }
    Outcome::Done
}

/// It must be on record and cannot be: said to a person as a page, to a program as a document.
async fn not_on_record(path: &str, headers: &HeaderMap) -> Response {
    let refused = Refused::api(ApiCode::NotOnRecord, caller::language(headers));
    if path.starts_with("/api/") || !trouble::reads_pages(headers) {
        return refused.into_response();
    }
    let page = trouble::of("unrecorded", StatusCode::SERVICE_UNAVAILABLE, headers);
    pages::with_policy(page).await
}
