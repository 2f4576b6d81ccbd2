//! The bounds of the HTTP side: size of a body and the time it takes, requests of a caller, live
//! streams, connections.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DashMapStateStore};

use super::{
    caller,
    problem::{ApiCode, Refused},
};
use crate::{access, app::App};
use hall::ids::{DeviceId, StaffNo};

/// The largest body: an evaluation with every reason has under 1 KiB.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// The largest form of a row of the profile: an item with every published text has 40 KiB, and letters
/// take three times as much on the way.
const ROW_BYTES_MAX: usize = 256 * 1024;

/// The largest spreadsheet that is imported; a large hall's catalogue has 3 MiB.
pub const SHEET_BYTES_MAX: usize = 8 << 20;

/// The largest form with a picture: the picture, and what stands around it.
pub const PICTURE_BYTES_MAX: usize = crate::pictures::SENT_BYTES_MAX + BODY_BYTES_MAX;

/// Requests a second of one caller: a kiosk or a desk makes two.
const REQUESTS_PER_SECOND: u32 = 100;

/// Requests at once of one caller: a page with its parts.
const REQUESTS_BURST: u32 = 300;

/// Live streams: each costs about 19 KB; the largest hall has 300 screens and pages.
const LIVE_CLIENTS_MAX: usize = 2_000;

/// Connections at once: live streams, and as many that come and go.
const CONNECTIONS_MAX: usize = 4_000;

/// Connections of one address: a browser opens six; a few pages and telephones behind one router.
const CONNECTIONS_PER_ADDRESS_MAX: usize = 500;

/// Seconds in which a request's head must be whole; an idle connection is closed after it, too.
const HEADER_SECS_MAX: u64 = 30;

/// Callers remembered; past it those who have not called lately are forgotten.
const CALLERS_MAX: usize = 10_000;

/// A whole body comes within this; a page's form takes a round trip.
const BODY_SECS_MAX: u64 = 10;

type Keyed = RateLimiter<Key, DashMapStateStore<Key>, DefaultClock>;

/// A caller as the limit counts: who it is, if it is believed, and otherwise where it calls from.
/// Desks behind one address do not share a limit, and an invented credential gives no fresh one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Credential(DeviceId),
    Person(StaffNo),
    Place(IpAddr),
}

/// The bounds; a bench may lift them.
pub struct HttpLimits {
    /// Bytes of a body.
    pub body_bytes_max: usize,
    /// The time a whole body may take.
    body_within: Duration,
    /// Live streams at once.
    pub live_clients_max: usize,
    /// Connections at once.
    pub connections_max: usize,
    /// Connections of one address at once.
    pub connections_per_address_max: usize,
    /// The time in which a request's head must be whole.
    pub header_within: Duration,
    requests: Option<Keyed>,
    turned_away: AtomicU64,
}

/// The bounds as a configuration gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Requests a second of one caller; 0 lifts the limit.
    pub requests_per_second: u32,
    /// Requests at once of one caller.
    pub requests_burst: u32,
    /// Bytes of a body.
    pub body_bytes_max: usize,
    /// Seconds that a whole body may take.
    pub body_secs_max: u64,
    /// Live streams at once.
    pub live_clients_max: usize,
    /// Connections at once.
    pub connections_max: usize,
    /// Connections of one address at once; 0 lifts the limit.
    pub connections_per_address_max: usize,
    /// Seconds in which a request's head must be whole.
    pub header_secs_max: u64,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            requests_per_second: REQUESTS_PER_SECOND,
            requests_burst: REQUESTS_BURST,
            body_bytes_max: BODY_BYTES_MAX,
            body_secs_max: BODY_SECS_MAX,
            live_clients_max: LIVE_CLIENTS_MAX,
            connections_max: CONNECTIONS_MAX,
            connections_per_address_max: CONNECTIONS_PER_ADDRESS_MAX,
            header_secs_max: HEADER_SECS_MAX,
        }
    }
}

impl HttpLimits {
    /// The bounds of these settings.
    #[must_use]
    pub fn new(settings: LimitSettings) -> Self {
        let rate = NonZeroU32::new(settings.requests_per_second);
        let burst = NonZeroU32::new(settings.requests_burst).unwrap_or(NonZeroU32::MIN);
        Self {
            body_bytes_max: settings.body_bytes_max,
            body_within: Duration::from_secs(settings.body_secs_max),
            live_clients_max: settings.live_clients_max,
            connections_max: settings.connections_max.max(1),
            connections_per_address_max: match settings.connections_per_address_max {
                0 => usize::MAX,
                most => most,
            },
            header_within: Duration::from_secs(settings.header_secs_max.max(1)),
            requests: rate
                .map(|rate| RateLimiter::dashmap(Quota::per_second(rate).allow_burst(burst))),
            turned_away: AtomicU64::new(0),
        }
    }

    /// Requests turned away so far.
    #[must_use]
    pub fn turned_away(&self) -> u64 {
        self.turned_away.load(Relaxed)
    }

    fn allows(&self, key: impl FnOnce() -> Key) -> bool {
        let Some(requests) = &self.requests else { return true };
        if requests.len() > CALLERS_MAX {
            requests.retain_recent();
        }
        let allowed = requests.check_key(&key()).is_ok();
        if !allowed {
            self.turned_away.fetch_add(1, Relaxed);
        }
        allowed
    }
}

/// Lets a request through with its whole body, or says why not.
pub async fn keep(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let language = caller::language(request.headers());
    let is_page = !is_interface(request.uri().path());
    let refused = |code| {
        let refused = Refused::api(code, language);
        if is_page { refused.in_plain_words() } else { refused.into_response() }
    };
    if !app.limits.allows(|| key(&app, &request)) {
        return refused(ApiCode::TooManyRequests);
    }
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let bytes_max = bytes_max(&app, request.uri().path(), request.headers());
    let whole = tokio::time::timeout(app.limits.body_within, whole(request, bytes_max));
    match whole.await {
        Ok(Ok(request)) => next.run(request).await,
        Ok(Err(code)) => refused(code),
        Err(_) => refused(ApiCode::TooSlow),
    }
}

/// The largest body for a path: only who has signed in sends the forms and sheets of the profile.
#[must_use]
pub fn bytes_max(app: &App, path: &str, headers: &axum::http::HeaderMap) -> usize {
    let most = match path {
        "/setup/row" => ROW_BYTES_MAX,
        "/setup/import" => SHEET_BYTES_MAX,
        "/setup/photo" | "/office/inspection/photo" => PICTURE_BYTES_MAX,
        _ => return app.limits.body_bytes_max,
    };
    let secret = caller::session_secret(headers);
    match secret.and_then(|secret| app.access.session_of(secret)) {
        Some(_) => most.max(app.limits.body_bytes_max),
        None => app.limits.body_bytes_max,
    }
}

/// The request with its body in memory: a reader never waits for the rest.
async fn whole(request: Request, bytes_max: usize) -> Result<Request, ApiCode> {
    let (parts, body) = request.into_parts();
    let mut carrying = Request::new(body);
    DefaultBodyLimit::max(bytes_max).apply(&mut carrying);
    let body = Bytes::from_request(carrying, &()).await.map_err(|rejection| {
        let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
        if too_large { ApiCode::BodyTooLarge } else { ApiCode::BadBody }
    })?;
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// Programs read problem documents; people read words.
fn is_interface(path: &str) -> bool {
    path.starts_with("/api/") || matches!(path, "/health" | "/metrics")
}

fn key(app: &App, request: &Request) -> Key {
    let headers = request.headers();
    let credential = caller::bearer(headers).and_then(|secret| app.access.bearer(secret));
    if let Some(identity) = credential {
        return Key::Credential(identity.name);
    }
    let person = caller::session_secret(headers).and_then(|secret| app.access.session_of(secret));
    person.map_or_else(|| Key::Place(access::network(peer(request.extensions()))), Key::Person)
}

/// The address a request came from.
#[must_use]
pub fn peer(extensions: &axum::http::Extensions) -> IpAddr {
    let info = extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip())
}
