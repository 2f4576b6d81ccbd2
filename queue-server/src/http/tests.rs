//! The contract of the interface: statuses, codes, rights, languages, bounds.

mod alerts;
mod audited;
mod bookings;
mod cards;
mod described;
mod desk;
mod due;
mod found;
mod guide;
mod helped;
mod kiosk;
mod metrics;
mod offline;
mod post_changes;
mod rights;
mod setup;
mod spoken;
mod told;
mod unfound;
mod visits;
mod whatif;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, Response, StatusCode, header},
};
use hall::words::EvaluationChannel;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::service;
use crate::{
    access::{Person, Role},
    app::App,
    http::{caller::SESSION_COOKIE, limits::LimitSettings},
    testing,
};

/// A server with credentials of each role.
struct Hall {
    app: Arc<App>,
    service: Router,
    _data: tempfile::TempDir,
    _stop: tokio::sync::watch::Sender<bool>,
}

impl Hall {
    fn open() -> Self {
        Self::with(LimitSettings { requests_per_second: 0, ..LimitSettings::default() })
    }

    fn with(settings: LimitSettings) -> Self {
        let (app, data, stop) = testing::app(settings);
        let service = service(app.clone(), Router::new());
        Self { app, service, _data: data, _stop: stop }
    }

    fn token(&self, role: Role, window: Option<&str>) -> String {
        let window = window.map(|window| window.parse().unwrap());
        self.app.access.add_credential(role, None, window).unwrap().1
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response: Response<Body> = self.service.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn post(&self, token: &str, path: &str, body: Value) -> (StatusCode, Value) {
        self.send(post(path, body).header(header::AUTHORIZATION, bearer(token)).body_of()).await
    }

    async fn get(&self, token: &str, path: &str) -> (StatusCode, Value) {
        let path = format!("/api/v1{path}");
        let request = Request::get(path).header(header::AUTHORIZATION, bearer(token));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Signs a clerk on and gives the window's token.
    async fn desk(&self, window: &str, staff: &str) -> String {
        let token = self.token(Role::Desk, Some(window));
        let body = json!({ "request_id": "on", "staff": staff });
        let (status, answer) = self.post(&token, &format!("/windows/{window}/sign-on"), body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        token
    }
}

/// A request and its body, until it is sent.
struct Post(axum::http::request::Builder, String);

fn post(path: &str, body: Value) -> Post {
    let builder = Request::builder().method(Method::POST).uri(format!("/api/v1{path}"));
    Post(builder.header(header::CONTENT_TYPE, "application/json"), body.to_string())
}

impl Post {
    fn header(self, name: header::HeaderName, value: impl AsRef<str>) -> Self {
        Self(self.0.header(name, value.as_ref()), self.1)
    }

    fn body_of(self) -> Request<Body> {
        self.0.body(Body::from(self.1)).unwrap()
    }
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// The first clerk of the county hall who may work at this window.
fn clerk_of(hall: &Hall, window: &str) -> String {
    let window = window.parse().unwrap();
    let mut posts = hall.app.profile.posts.iter();
    posts.find(|post| post.windows.contains(&window)).unwrap().no.to_string()
}

#[tokio::test]
async fn a_ticket_is_taken_called_served_and_evaluated() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let window = "20";
    let queue = hall.app.profile.setup.window(window.parse().unwrap()).unwrap().primary[0];
    let body = json!({ "queue": queue, "request_id": "tap-1", "paper": true });
    let (status, taken) = hall.post(&kiosk, "/tickets", body.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    assert_eq!(taken["ticket"]["state"], "reserved");
    assert_eq!(taken["ahead"], 0);
    assert_eq!(taken["slip"]["no"], taken["ticket"]["no"]);
    let url = taken["slip"]["follow_url"].as_str().unwrap();
    let token = url.strip_prefix("https://hall.example/t/").unwrap().to_owned();
    let (_, again) = hall.post(&kiosk, "/tickets", body).await;
    assert_eq!(again["ticket"]["id"], taken["ticket"]["id"]);
    let other = json!({ "queue": "A", "request_id": "tap-1", "paper": true });
    let (status, no) = hall.post(&kiosk, "/tickets", other).await;
    assert_eq!((status, &no["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad_request_id")));

    let id = taken["ticket"]["id"].as_u64().unwrap();
    let printed = json!({ "request_id": "p-1" });
    let (status, told) = hall.post(&kiosk, &format!("/tickets/{id}/printed"), printed).await;
    assert_eq!((status, &told["ticket"]["state"]), (StatusCode::OK, &json!("waiting")), "{told}");

    let desk = hall.desk(window, &clerk_of(&hall, window)).await;
    let path = |what: &str| format!("/windows/{window}/{what}");
    let (status, called) =
        hall.post(&desk, &path("call-next"), json!({ "request_id": "c-1" })).await;
    assert_eq!(status, StatusCode::OK, "{called}");
    assert_eq!(called["ticket"]["no"], taken["ticket"]["no"]);
    assert_eq!(called["ticket"]["window"], window);
    assert!(called["why"].as_str().unwrap().contains("等候最久"), "{called}");
    let (status, _) = hall.post(&desk, &path("start"), json!({ "request_id": "s-1" })).await;
    assert_eq!(status, StatusCode::OK);
    let (status, ended) = hall
        .post(&desk, &path("finish"), json!({ "request_id": "f-1", "case": "on_the_spot" }))
        .await;
    assert_eq!((status, &ended["ticket"]["state"]), (StatusCode::OK, &json!("done")), "{ended}");

    let body = json!({ "token": token, "rating": "very_satisfied", "request_id": "e-1" });
    let (status, _) = hall.send(post("/evaluations", body.clone()).body_of()).await;
    assert_eq!(status, StatusCode::CREATED);
    let channel = |hall: &hall::Hall| {
        let ticket = hall.tickets().next().unwrap();
        ticket.leg().evaluation.as_ref().map(|evaluation| evaluation.channel)
    };
    assert_eq!(hall.app.read(channel), Some(EvaluationChannel::Phone));
    let office = hall.token(Role::Office, None);
    let (_, tally) = hall.get(&office, "/tally").await;
    assert_eq!(tally["evaluations"], json!([0, 0, 0, 0, 1]));
    assert_eq!((&tally["issued"], &tally["served"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn an_empty_queue_is_a_problem_document_in_the_caller_s_language() {
    let hall = Hall::open();
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let body = json!({ "request_id": "1" });
    let (status, problem) = hall.post(&desk, "/windows/20/call-next", body.clone()).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(problem["code"], "queue_empty");
    assert_eq!(problem["type"], "urn:paihao:problem:queue_empty");
    assert_eq!(problem["title"], "没有人在等候。");
    let request = post("/windows/20/call-next", body)
        .header(header::AUTHORIZATION, bearer(&desk))
        .header(header::ACCEPT_LANGUAGE, "en-GB");
    let response = hall.service.clone().oneshot(request.body_of()).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let problem: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(problem["title"], "Nobody is waiting.");
}

#[tokio::test]
async fn nobody_does_what_their_role_and_window_do_not_allow() {
    let hall = Hall::open();
    let body = || json!({ "request_id": "1" });
    let (kiosk, display) = (hall.token(Role::Kiosk, None), hall.token(Role::Display, None));
    let desk = hall.token(Role::Desk, Some("3"));
    for (token, path, expected, code) in [
        ("nonsense", "/windows/3/call-next", StatusCode::UNAUTHORIZED, "not_signed_in"),
        (&kiosk, "/windows/3/call-next", StatusCode::FORBIDDEN, "not_allowed"),
        (&display, "/windows/3/recall", StatusCode::FORBIDDEN, "not_allowed"),
        (&desk, "/windows/4/call-next", StatusCode::FORBIDDEN, "not_your_window"),
        (&desk, "/windows/999/call-next", StatusCode::NOT_FOUND, "no_such_window"),
        (&desk, "/windows/3/call-next", StatusCode::CONFLICT, "not_signed_on"),
    ] {
        let (status, problem) = hall.post(token, path, body()).await;
        assert_eq!((status, &problem["code"]), (expected, &json!(code)), "{path}: {problem}");
    }
    for (token, path, expected) in [
        (&display, "/board", StatusCode::OK),
        (&display, "/tally", StatusCode::FORBIDDEN),
        (&display, "/tickets/1", StatusCode::FORBIDDEN),
        (&kiosk, "/catalogue", StatusCode::OK),
        (&kiosk, "/tickets/999", StatusCode::NOT_FOUND),
    ] {
        let (status, answer) = hall.get(token, path).await;
        assert_eq!(status, expected, "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_body_is_read_strictly_and_its_size_is_bounded() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    for (body, expected, code) in [
        (json!({ "queue": "M" }), StatusCode::UNPROCESSABLE_ENTITY, "bad_body"),
        (json!({ "request_id": "1" }), StatusCode::UNPROCESSABLE_ENTITY, "incomplete"),
        (
            json!({ "request_id": "1", "queue": "M", "more": 1 }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad_body",
        ),
        (
            json!({ "request_id": "", "queue": "M" }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad_request_id",
        ),
        (
            json!({ "request_id": "1", "item": "none" }),
            StatusCode::UNPROCESSABLE_ENTITY,
            "no_such_item",
        ),
        (
            json!({ "request_id": "1", "queue": "M", "priority": "special" }),
            StatusCode::CONFLICT,
            "class_not_granted",
        ),
        (
            json!({ "request_id": "x".repeat(20_000), "queue": "M" }),
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
        ),
    ] {
        let (status, problem) = hall.post(&kiosk, "/tickets", body.clone()).await;
        let told = body.to_string();
        let told = &told[..told.len().min(80)];
        assert_eq!((status, &problem["code"]), (expected, &json!(code)), "{told}: {problem}");
    }
}

#[tokio::test]
async fn a_cookie_acts_only_for_our_own_pages() {
    let hall = Hall::open();
    let person = Person {
        no: clerk_of(&hall, "20").parse().unwrap(),
        name: "20号窗口".into(),
        role: Role::Desk,
        windows: vec!["20".parse().unwrap()],
    };
    hall.app.access.add_person(person.clone(), "a long password").unwrap();
    let secret = hall.app.access.begin_session(person.no);
    let cookie = format!("{SESSION_COOKIE}={secret}");
    let site = header::HeaderName::from_static("sec-fetch-site");
    let sign_on = || {
        post("/windows/20/sign-on", json!({ "request_id": "1" })).header(header::COOKIE, &cookie)
    };
    for (request, expected) in [
        (sign_on().header(site.clone(), "cross-site"), StatusCode::FORBIDDEN),
        (sign_on().header(site.clone(), "same-site"), StatusCode::FORBIDDEN),
        (sign_on(), StatusCode::FORBIDDEN),
        (
            sign_on().header(header::HOST, "hall:8080").header(header::ORIGIN, "http://evil"),
            StatusCode::FORBIDDEN,
        ),
        (
            sign_on().header(header::HOST, "hall:8080").header(header::ORIGIN, "http://hall:8080"),
            StatusCode::OK,
        ),
        (sign_on().header(site, "same-origin"), StatusCode::OK),
    ] {
        let (status, answer) = hall.send(request.body_of()).await;
        assert_eq!(status, expected, "{answer}");
    }
    let board = Request::get("/api/v1/board").header(header::COOKIE, &cookie);
    let (status, _) = hall.send(board.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK, "reading needs no origin");
}

#[tokio::test]
async fn a_caller_that_asks_too_fast_is_told_to_come_back() {
    let hall = Hall::with(LimitSettings {
        requests_per_second: 1,
        requests_burst: 3,
        ..LimitSettings::default()
    });
    let (eager, calm) = (hall.token(Role::Kiosk, None), hall.token(Role::Kiosk, None));
    for _ in 0..3 {
        assert_eq!(hall.get(&eager, "/board").await.0, StatusCode::OK);
    }
    let (status, problem) = hall.get(&eager, "/board").await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(problem["code"], "too_many_requests");
    assert_eq!(hall.get(&calm, "/board").await.0, StatusCode::OK, "others are not slowed");
}

#[tokio::test]
async fn a_stranger_does_not_get_round_the_limit_with_invented_credentials_nor_by_the_pages() {
    let (app, _data, _stop) = testing::app(LimitSettings {
        requests_per_second: 1,
        requests_burst: 3,
        ..LimitSettings::default()
    });
    let service = service(app, crate::pages::router());
    let ask = async |path: &str, name: header::HeaderName, value: String| {
        let request = Request::get(path).header(name, value).body(Body::empty()).unwrap();
        service.clone().oneshot(request).await.unwrap()
    };
    for turn in 0..3 {
        let forged = bearer(&format!("invented-{turn}"));
        let answer = ask("/api/v1/board", header::AUTHORIZATION, forged).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    }
    let answer = ask("/api/v1/board", header::AUTHORIZATION, bearer("invented-4")).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let forged = format!("{SESSION_COOKIE}=invented");
    for path in ["/signin", "/t/none", "/api/v1/board"] {
        let answer = ask(path, header::COOKIE, forged.clone()).await;
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(answer.headers().contains_key(header::RETRY_AFTER), "{path}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_waited_for_a_bounded_time() {
    let hall = Hall::with(LimitSettings { body_secs_max: 0, ..LimitSettings::default() });
    let kiosk = hall.token(Role::Kiosk, None);
    let stalled = tokio_stream::pending::<Result<axum::body::Bytes, std::io::Error>>();
    let request = post("/tickets", json!({})).header(header::AUTHORIZATION, bearer(&kiosk)).0;
    let (status, problem) = hall.send(request.body(Body::from_stream(stalled)).unwrap()).await;
    assert_eq!((status, &problem["code"]), (StatusCode::REQUEST_TIMEOUT, &json!("too_slow")));
}

#[tokio::test]
async fn health_and_metrics_tell_the_truth_without_a_credential() {
    let hall = Hall::open();
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let (status, health) = hall.send(get("/api/v1/health")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(health["journal"], "ok");
    assert_eq!(health["broker"], "away", "nobody connected to a broker here");
    assert!(health["status"].as_str().unwrap().contains("broker"));
    hall.app.set_broker_connected(true);
    let (_, health) = hall.send(get("/health")).await;
    assert_eq!(health["broker"], "ok");
    let response = hall.service.clone().oneshot(get("/api/v1/metrics")).await.unwrap();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains("paihao_waiting 0"), "{text}");
    assert!(text.contains("paihao_broker_connected 1"), "{text}");
    hall.app.engine.stop();
    let (status, health) = hall.send(get("/health")).await;
    assert_eq!((status, &health["journal"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("stopped")));
}

#[tokio::test]
async fn the_live_stream_says_only_that_something_changed() {
    let hall = Hall::open();
    let display = hall.token(Role::Display, None);
    let request = Request::get("/api/v1/live").header(header::AUTHORIZATION, bearer(&display));
    let request = request.body(Body::empty()).unwrap();
    let response = hall.service.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut body = response.into_body().into_data_stream();
    let mut heard = String::new();
    let engine = hall.app.engine.clone();
    tokio::task::spawn_blocking(move || testing::issue(&engine, "1").unwrap()).await.unwrap();
    let wanted =
        format!("event: changed\nid: {0}\ndata: {{\"sequence\":{0}}}", hall.app.sequence());
    let listen = async {
        use tokio_stream::StreamExt;
        while !heard.contains(&wanted) {
            heard.push_str(std::str::from_utf8(&body.next().await.unwrap().unwrap()).unwrap());
        }
    };
    let heard_it = tokio::time::timeout(std::time::Duration::from_secs(10), listen).await;
    assert!(heard_it.is_ok(), "never heard {wanted:?}");
}

#[tokio::test]
async fn a_kiosk_takes_back_only_what_it_asked_for_itself_or_whose_slip_it_sees() {
    let hall = Hall::open();
    let (kiosk, other) = (hall.token(Role::Kiosk, None), hall.token(Role::Kiosk, None));
    let body = json!({ "queue": "H", "request_id": "tap-1", "paper": false });
    let (_, taken) = hall.post(&kiosk, "/tickets", body).await;
    let path = format!("/tickets/{}/cancel", taken["ticket"]["id"]);
    let asked = json!({ "request_id": "c", "issue_request_id": "tap-1" });
    let tries = [
        (&kiosk, json!({ "request_id": "c" }), StatusCode::UNPROCESSABLE_ENTITY, "incomplete"),
        (&other, asked.clone(), StatusCode::NOT_FOUND, "no_such_ticket"),
        (
            &other,
            json!({ "request_id": "c", "token": "0000000000000001" }),
            StatusCode::NOT_FOUND,
            "no_such_ticket",
        ),
    ];
    for (who, body, status, code) in tries {
        let (was, no) = hall.post(who, &path, body).await;
        assert_eq!((was, &no["code"]), (status, &json!(code)), "{no}");
    }
    let (status, gone) = hall.post(&kiosk, &path, asked).await;
    assert_eq!((status, &gone["ticket"]["state"]), (StatusCode::OK, &json!("cancelled")), "{gone}");
}

#[tokio::test]
async fn the_description_names_every_endpoint_of_the_interface() {
    let description = serde_json::to_value(super::description()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    for path in [
        "/tickets",
        "/tickets/{id}",
        "/tickets/{id}/printed",
        "/tickets/{id}/cancel",
        "/windows/{window}/call-next",
        "/windows/{window}/call",
        "/windows/{window}/recall",
        "/windows/{window}/start",
        "/windows/{window}/finish",
        "/windows/{window}/no-show",
        "/windows/{window}/pause",
        "/windows/{window}/resume",
        "/windows/{window}/sign-on",
        "/windows/{window}/sign-off",
        "/evaluations",
        "/board",
        "/tally",
        "/live",
        "/health",
        "/metrics",
    ] {
        assert!(paths.contains_key(&format!("/api/v1{path}")), "{path} is not described");
    }
    assert!(description["components"]["schemas"]["IssueRequest"].is_object());
}

#[test]
fn every_refusal_and_code_has_its_words_in_both_languages() {
    use wire::texts::{Language, Texts};
    for language in [Language::Chinese, Language::English] {
        let texts = Texts::of(language);
        for code in super::problem::ApiCode::ALL {
            let key = format!("api.{}", code.as_str());
            assert!(texts.has(&key), "{key} is missing in {}", language.tag());
        }
        for refusal in every_refusal() {
            let words = super::problem::words(&refusal, texts, &crate::clock::HallClock::real(480));
            assert!(!words.contains("refusal.") && !words.contains('{'), "{words}");
        }
    }
}

fn every_refusal() -> Vec<hall::refusal::Refusal> {
    use hall::refusal::Refusal as R;
    let no = "A012".parse().unwrap();
    vec![
        R::HallClosed,
        R::AlreadyOpen,
        R::IssueClosed,
        R::NoSuchWindow,
        R::NoSuchQueue,
        R::NoSuchItem,
        R::NoSuchTicket,
        R::SoldOut,
        R::QueueEmpty,
        R::NotSignedOn,
        R::WindowTaken,
        R::SignedOnElsewhere,
        R::WindowPaused,
        R::NotPaused,
        R::CalledNotSettled { no },
        R::Serving { no },
        R::NothingCalled,
        R::NothingServed,
        R::RecallLimit,
        R::TooSoon { until: hall::time::Timestamp(0) },
        R::TooFewCalls { missing: 1 },
        R::WrongState { state: hall::words::TicketState::Done },
        R::NoReactivation,
        R::ReactivatedBefore,
        R::ReactivationTooLate,
        R::NothingToEvaluate,
        R::AlreadyEvaluated,
        R::ReasonNeeded,
        R::OtherWindow,
        R::ClassNotGranted,
        R::NotAuthorised,
        R::AuthorisationOver,
        R::UnknownStaff,
        R::NoTide,
        R::ServesAlready,
        R::NotLent,
        R::InThePast,
        R::AtWindow,
        R::TooMuch,
        R::EvaluationOver,
        R::OtherCase,
        R::MaterialNeeded,
        R::NoSuchMaterial,
        R::NoSuchCase,
        R::CaseNotAccepted,
        R::CaseClosed,
        R::NoSuchMatter,
        R::NoSuchVisit,
        R::VisitsFull,
        R::VisitNotAssigned,
        R::VisitNotBegun,
        R::NoSuchAlert,
        R::AlertStands,
        R::NoteNeeded,
        R::NumberNotReserved { no },
        R::NumberTaken { no },
        R::NotOfToday,
        R::TextNeeded,
        R::NoSuchZone,
        R::UnfoundUnfit,
        R::UnfoundFull,
        R::NoSuchDepartment,
        R::MattersFull,
        R::OwnRequest,
        R::NotPostedHere,
        R::OwnPost,
        R::StandInDeclined,
        R::NothingAsked,
        R::AskedBefore,
        R::AppealNeeded,
        R::StillAsked,
        R::NotLookedInto,
        R::NoLaterDay,
        R::TooFarAhead,
        R::NotForThisMatter,
        R::StepsFull,
        R::AssigneeNeeded,
        R::NothingInspected,
        R::InspectionsFull,
        R::NothingToTakeBack,
        R::TakeBackTooLate,
        R::WentOn,
    ]
}
