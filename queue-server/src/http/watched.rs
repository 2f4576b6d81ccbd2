//! 什么要记: which routes stand in the audit trail, and as what.
//!
//! What clerks, guides and kiosks do for people is an event of the hall's own record and is not
//! written twice. Everything else that changes something is watched; a route that nobody thought of
//! is watched as `other`.

use axum::http::Method;

use crate::audit::Kind;

/// Routes of the interface, under `/api/v1`, that are watched as something.
pub const INTERFACE: &[(&str, Kind)] = &[
    ("/alerts/{id}/acknowledge", Kind::Alert),
    ("/alerts/{id}/close", Kind::Alert),
    ("/announcements", Kind::Hall),
    ("/catalogue/changes", Kind::Profile),
    ("/erasures", Kind::Erase),
    ("/matters/{id}/close", Kind::Matter),
    ("/matters/{id}/steps", Kind::Matter),
    ("/pair", Kind::Token),
    ("/post-changes", Kind::Post),
    ("/post-changes/{number}/decide", Kind::Post),
    ("/queues/{queue}/end-limit", Kind::Hall),
    ("/queues/{queue}/limit", Kind::Hall),
    ("/reload", Kind::Profile),
    ("/session/close-early", Kind::Hall),
    ("/tickets/{id}/expedite", Kind::Priority),
    ("/visits/{id}/steps", Kind::Hall),
    ("/windows/{window}/decline-stand-in", Kind::Post),
    ("/windows/{window}/end-lend", Kind::Hall),
    ("/windows/{window}/end-stand-in", Kind::Post),
    ("/windows/{window}/end-tide", Kind::Hall),
    ("/windows/{window}/lend", Kind::Hall),
    ("/windows/{window}/return", Kind::Transfer),
    ("/windows/{window}/sign-off", Kind::Post),
    ("/windows/{window}/sign-on", Kind::Post),
    ("/windows/{window}/stand-in", Kind::Post),
    ("/windows/{window}/take-back", Kind::Undo),
    ("/windows/{window}/tide", Kind::Hall),
    ("/windows/{window}/transfer", Kind::Transfer),
    ("/windows/{window}/verify", Kind::Priority),
];

/// Routes of the interface that are events of the hall already, or change nothing.
pub const ORDINARY: &[&str] = &[
    "/bookings",
    "/bookings/find",
    "/bookings/{no}/cancel",
    "/cases/{case}/close",
    "/check-ins",
    "/evaluations",
    "/help",
    "/kiosk/numbers",
    "/kiosk/state",
    "/matters",
    "/matters/find",
    "/staff/{staff}/whereabouts",
    "/tickets",
    "/tickets/find",
    "/tickets/handed-in",
    "/tickets/{id}/cancel",
    "/tickets/{id}/helper",
    "/tickets/{id}/printed",
    "/tickets/{id}/reactivate",
    "/tickets/{id}/reprint",
    "/tickets/{id}/silent",
    "/unfound",
    "/visits",
    "/whatif",
    "/windows/{window}/accept",
    "/windows/{window}/call",
    "/windows/{window}/call-back",
    "/windows/{window}/call-next",
    "/windows/{window}/case",
    "/windows/{window}/decline",
    "/windows/{window}/deliver",
    "/windows/{window}/drop-stops",
    "/windows/{window}/finish",
    "/windows/{window}/helper",
    "/windows/{window}/hold",
    "/windows/{window}/next-leg",
    "/windows/{window}/no-show",
    "/windows/{window}/notice",
    "/windows/{window}/pause",
    "/windows/{window}/print",
    "/windows/{window}/recall",
    "/windows/{window}/resume",
    "/windows/{window}/silent",
    "/windows/{window}/start",
    "/windows/{window}/to-cashier",
];

/// Pages whose forms are watched as something.
pub const PAGES: &[(&str, Kind)] = &[
    ("/accounts", Kind::Account),
    ("/backup/restore", Kind::Backup),
    ("/backup", Kind::Backup),
    ("/board/alert", Kind::Alert),
    ("/desk/appeal", Kind::Matter),
    ("/desk/duty", Kind::Post),
    ("/desk/matters", Kind::Matter),
    ("/desk/send", Kind::Transfer),
    ("/desk/take-back", Kind::Undo),
    ("/desk/verify", Kind::Priority),
    ("/office/inspection", Kind::Hall),
    ("/office/people", Kind::Post),
    ("/office/matters", Kind::Matter),
    ("/office/task", Kind::Matter),
    ("/office/visit", Kind::Hall),
    ("/password", Kind::Account),
    ("/retention", Kind::Retention),
    ("/room/check", Kind::Device),
    ("/room/pair", Kind::Token),
    ("/room/press", Kind::Device),
    ("/room/retire", Kind::Token),
    ("/room/try", Kind::Device),
    ("/setup", Kind::Profile),
    ("/signin", Kind::SignIn),
    ("/signout", Kind::SignOut),
    ("/webhooks", Kind::Export),
    ("/board", Kind::Hall),
];

/// Pages for people who are nobody to us, those where a guide does what a kiosk does, and the desk's
/// keys that are events of the hall already. The address of the first holds a slip's code: it is nowhere written.
const ORDINARY_PAGES: &[&str] = &["/t/", "/guide", "/language", "/desk/order"];

/// Endings of what is taken out of the house.
const TAKEN_OUT: &[&str] = &[".csv", ".xlsx", ".zip"];

/// Pages that say in full who and where a person is: whoever looks at them stands in the trail.
const PERSONAL: &[&str] = &["/office/visit"];

/// As what a route is watched; none if it is not. The path is that of the route, not the one asked.
#[must_use]
pub fn of(method: &Method, route: &str) -> Option<Kind> {
    if method.is_safe() {
        if PERSONAL.contains(&route) {
            return Some(Kind::Personal);
        }
        return TAKEN_OUT.iter().any(|ending| route.ends_with(ending)).then_some(Kind::Export);
    }
    if let Some(route) = route.strip_prefix("/api/v1") {
        if ORDINARY.contains(&route) {
            return None;
        }
        if route.ends_with("/undo") {
            return Some(Kind::Undo);
        }
        let known = INTERFACE.iter().find(|(known, _)| *known == route);
        return Some(known.map_or(Kind::Other, |(_, kind)| *kind));
    }
    if ORDINARY_PAGES.iter().any(|page| route.starts_with(page)) {
        return None;
    }
    // The first that it begins with: "/board/alert" stands before "/board".
    let known = PAGES.iter().find(|(page, _)| {
        route.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    Some(known.map_or(Kind::Other, |(_, kind)| *kind))
}
