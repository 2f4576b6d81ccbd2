//! The bounds of the HTTP side: size of a body, requests of a caller, live streams.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DashMapStateStore};

use super::{
    caller,
    problem::{ApiCode, Refused},
};
use crate::app::App;

/// The largest body: an evaluation with every reason has under 1 KiB.
pub const BODY_BYTES_MAX: usize = 16 * 1024;

/// Requests a second of one caller: a kiosk or a desk makes two.
const REQUESTS_PER_SECOND: u32 = 100;

/// Requests at once of one caller: a page with its parts.
const REQUESTS_BURST: u32 = 300;

/// Live streams: each costs about 19 KB; the largest hall has 300 screens and pages.
const LIVE_CLIENTS_MAX: usize = 2_000;

/// Callers remembered; past it those who have not called lately are forgotten.
const CALLERS_MAX: usize = 10_000;

type Keyed = RateLimiter<Key, DashMapStateStore<Key>, DefaultClock>;

/// A caller as the limit counts: the place it calls from, and a digest of its credential.
type Key = (IpAddr, u64);

/// The bounds; a bench may lift them.
pub struct HttpLimits {
    /// Bytes of a body.
    pub body_bytes_max: usize,
    /// Live streams at once.
    pub live_clients_max: usize,
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
    /// Live streams at once.
    pub live_clients_max: usize,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            requests_per_second: REQUESTS_PER_SECOND,
            requests_burst: REQUESTS_BURST,
            body_bytes_max: BODY_BYTES_MAX,
            live_clients_max: LIVE_CLIENTS_MAX,
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
            live_clients_max: settings.live_clients_max,
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

    fn allows(&self, key: Key) -> bool {
        let Some(requests) = &self.requests else { return true };
        if requests.len() > CALLERS_MAX {
            requests.retain_recent();
        }
        let allowed = requests.check_key(&key).is_ok();
        if !allowed {
            self.turned_away.fetch_add(1, Relaxed);
        }
        allowed
    }
}

/// Lets a request through, or asks its caller to come back.
pub async fn keep(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if app.limits.allows(key(&request)) {
        next.run(request).await
    } else {
        let language = caller::language(request.headers());
        Refused::api(ApiCode::TooManyRequests, language).into_response()
    }
}

fn key(request: &Request) -> Key {
    (peer(request.extensions()), credential(request.headers()))
}

/// The address a request came from.
#[must_use]
pub fn peer(extensions: &axum::http::Extensions) -> IpAddr {
    let info = extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip())
}

/// Tells credentials apart without keeping them: desks behind one address do not share a limit.
fn credential(headers: &HeaderMap) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    headers.get(header::AUTHORIZATION).map(|value| value.as_bytes()).hash(&mut hasher);
    caller::session_secret(headers).hash(&mut hasher);
    hasher.finish()
}
