//! 权限: who may ask what, in one table. A route that does not stand here is nobody's.
//!
//! What a window is asked for only the desk that serves there may ask ([`Caller::must_serve`]), and
//! of alerts a guide sees to calls for help alone; that is decided where the window or the alert is
//! known. Pages are guarded by [`crate::pages`].

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    audited::Denied,
    caller::{self, Caller},
    problem::{ApiCode, Refused},
};
use crate::{access::Role, app::App};

/// Where the table's paths begin.
const PREFIX: &str = "/api/v1";

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever comes; what is told or done says so itself.
    Anybody,
    /// Whoever is believed and has business in the hall.
    Believed,
    /// These roles, and an administrator.
    Roles(&'static [Role]),
    /// This role and no administrator: what is done is bound to the machine that asks.
    Only(Role),
}

/// Whoever takes tickets for people.
const TAKES: &[Role] = &[Role::Kiosk, Role::Desk, Role::Guide, Role::Office];

/// The window's own desk.
const SERVES: &[Role] = &[Role::Desk];

/// The hall's management.
const MANAGES: &[Role] = &[Role::Office];

/// Method, path under `/api/v1`, and who.
pub const RIGHTS: &[(&Method, &str, Who)] = &[
    (&Method::POST, "/alerts/{id}/acknowledge", Who::Roles(&[Role::Office, Role::Guide])),
    (&Method::POST, "/alerts/{id}/close", Who::Roles(&[Role::Office, Role::Guide])),
    (&Method::POST, "/announcements", Who::Roles(MANAGES)),
    (&Method::GET, "/board", Who::Believed),
    (&Method::POST, "/bookings", Who::Roles(TAKES)),
    (&Method::POST, "/bookings/find", Who::Roles(TAKES)),
    (&Method::GET, "/bookings/{no}", Who::Roles(TAKES)),
    (&Method::POST, "/bookings/{no}/cancel", Who::Roles(TAKES)),
    (&Method::POST, "/cases/{case}/close", Who::Roles(&[Role::Desk, Role::Office])),
    (&Method::GET, "/catalogue", Who::Believed),
    (&Method::GET, "/catalogue/changes", Who::Roles(Role::READS_HALL)),
    (&Method::POST, "/catalogue/changes", Who::Roles(MANAGES)),
    (&Method::GET, "/catalogue/items", Who::Believed),
    (&Method::GET, "/catalogue/items/{item}", Who::Believed),
    (&Method::POST, "/check-ins", Who::Roles(TAKES)),
    (&Method::POST, "/erasures", Who::Roles(MANAGES)),
    // A slip's code is proof enough; a window's evaluation comes from its device.
    (&Method::POST, "/evaluations", Who::Anybody),
    (&Method::GET, "/forecast", Who::Believed),
    (&Method::GET, "/health", Who::Anybody),
    (&Method::GET, "/help", Who::Roles(&[Role::Kiosk, Role::Desk])),
    (&Method::POST, "/help", Who::Roles(&[Role::Kiosk, Role::Desk])),
    (&Method::POST, "/kiosk/numbers", Who::Only(Role::Kiosk)),
    (&Method::POST, "/kiosk/state", Who::Roles(&[Role::Kiosk])),
    (&Method::GET, "/live", Who::Believed),
    (&Method::GET, "/matters", Who::Roles(Role::READS_HALL)),
    (&Method::POST, "/matters", Who::Roles(TAKES)),
    (&Method::POST, "/matters/find", Who::Roles(TAKES)),
    (&Method::POST, "/matters/{id}/close", Who::Roles(MANAGES)),
    (&Method::POST, "/matters/{id}/steps", Who::Roles(MANAGES)),
    (&Method::GET, "/metrics", Who::Anybody),
    (&Method::POST, "/pair", Who::Anybody),
    (&Method::GET, "/photos/{mark}", Who::Roles(&[Role::Display, Role::Office, Role::Supervisor])),
    (&Method::GET, "/post-changes", Who::Roles(Role::READS_HALL)),
    (&Method::POST, "/post-changes", Who::Roles(MANAGES)),
    (&Method::POST, "/post-changes/{number}/decide", Who::Roles(MANAGES)),
    (&Method::POST, "/queues/{queue}/end-limit", Who::Roles(MANAGES)),
    (&Method::POST, "/queues/{queue}/limit", Who::Roles(MANAGES)),
    (&Method::GET, "/reader-key", Who::Only(Role::Kiosk)),
    (&Method::POST, "/reload", Who::Roles(&[])),
    (&Method::POST, "/session/close-early", Who::Roles(MANAGES)),
    (&Method::GET, "/slots", Who::Roles(TAKES)),
    (&Method::GET, "/staff", Who::Roles(&[Role::Desk, Role::Office, Role::Supervisor])),
    (&Method::POST, "/staff/{staff}/whereabouts", Who::Roles(&[Role::Desk, Role::Office])),
    (&Method::GET, "/tally", Who::Roles(Role::READS_HALL)),
    (&Method::POST, "/tickets", Who::Roles(TAKES)),
    (&Method::POST, "/tickets/find", Who::Roles(TAKES)),
    (&Method::POST, "/tickets/handed-in", Who::Only(Role::Kiosk)),
    (&Method::GET, "/tickets/{id}", Who::Roles(TAKES)),
    (&Method::POST, "/tickets/{id}/cancel", Who::Roles(TAKES)),
    (&Method::POST, "/tickets/{id}/expedite", Who::Roles(MANAGES)),
    (&Method::POST, "/tickets/{id}/helper", Who::Roles(&[Role::Desk, Role::Guide, Role::Office])),
    (&Method::POST, "/tickets/{id}/printed", Who::Roles(&[Role::Kiosk, Role::Desk, Role::Guide])),
    (&Method::POST, "/tickets/{id}/reactivate", Who::Roles(TAKES)),
    (&Method::POST, "/tickets/{id}/reprint", Who::Roles(TAKES)),
    (&Method::POST, "/tickets/{id}/silent", Who::Roles(TAKES)),
    (&Method::POST, "/unfound", Who::Roles(TAKES)),
    (&Method::GET, "/visits", Who::Roles(Role::READS_HALL)),
    // Where somebody lives is told to a person, not to a machine.
    (&Method::POST, "/visits", Who::Roles(&[Role::Guide, Role::Office])),
    (&Method::POST, "/visits/{id}/steps", Who::Roles(MANAGES)),
    (&Method::POST, "/whatif", Who::Roles(Role::READS_HALL)),
    (&Method::POST, "/windows/{window}/accept", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/call", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/call-back", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/call-next", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/case", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/decline", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/decline-stand-in", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/deliver", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/drop-stops", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/end-lend", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/end-stand-in", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/end-tide", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/finish", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/helper", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/hold", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/lend", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/next-leg", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/no-show", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/notice", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/pause", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/print", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/recall", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/resume", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/return", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/sign-off", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/sign-on", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/silent", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/stand-in", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/start", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/take-back", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/tide", Who::Roles(MANAGES)),
    (&Method::POST, "/windows/{window}/to-cashier", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/transfer", Who::Roles(SERVES)),
    (&Method::POST, "/windows/{window}/verify", Who::Roles(SERVES)),
];

impl Who {
    /// True if somebody of this role may ask.
    #[must_use]
    pub fn includes(self, role: Role) -> bool {
        match self {
            Self::Anybody => true,
            Self::Believed => role.is_of_hall(),
            Self::Roles(roles) => role == Role::Admin || roles.contains(&role),
            Self::Only(only) => role == only,
        }
    }

    fn admits(self, caller: Option<&Caller>) -> Result<(), ApiCode> {
        match (self, caller) {
            (Self::Anybody, _) => Ok(()),
            (Self::Believed | Self::Roles(_) | Self::Only(_), None) => Err(ApiCode::NotSignedIn),
            (Self::Believed | Self::Roles(_) | Self::Only(_), Some(caller)) => {
                let may = self.includes(caller.identity.role);
                if may { Ok(()) } else { Err(ApiCode::NotAllowed) }
            }
        }
    }
}

/// Who may ask that; none of what is no route of ours.
#[must_use]
pub fn of(method: &Method, path: &str) -> Option<Who> {
    // HEAD is answered as GET is.
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let stands = RIGHTS.iter().find(|(known, place, _)| *known == method && *place == path);
    stands.map(|(_, _, who)| *who)
}

/// Lets a request through whose caller may ask; who it is goes on with the request.
pub async fn keep(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let Some(path) = matched.and_then(|path| path.as_str().strip_prefix(PREFIX)) else {
        return next.run(request).await;
    };
    let who = of(request.method(), path);
    let refuse = |code| Refused::api(code, caller::language(request.headers())).into_response();
    let found = match caller::find(&app, request.method(), request.headers()) {
        Ok(found) => found,
        Err(refused) => return refused.into_response(),
    };
    let admitted = match who {
        Some(who) => who.admits(found.as_ref()),
        // No such method is told by the route itself; any other is nobody's.
        None if RIGHTS.iter().any(|(_, place, _)| *place == path) => Ok(()),
        None => Err(ApiCode::NotAllowed),
    };
    if let Err(code) = admitted {
        let mut response = refuse(code);
        if let Some(found) = found {
            response.extensions_mut().insert(Denied(found.identity));
        }
        return response;
    }
    if let Some(found) = found {
        request.extensions_mut().insert(found);
    }
    next.run(request).await
}
