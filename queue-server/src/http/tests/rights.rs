//! Least privilege: every route of the description stands in the table of rights, and each role gets
//! exactly what the table says.

use std::fmt::Write as _;

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Body, Hall, Request, bearer, to_bytes};
use crate::{
    access::Role,
    http::rights::{self, RIGHTS, Who},
};

/// Every route of the description: its method, its path, and whether it is described as public.
fn described() -> Vec<(Method, String, bool)> {
    let description = serde_json::to_value(super::super::description()).unwrap();
    let mut routes = Vec::new();
    for (path, place) in description["paths"].as_object().unwrap() {
        for (method, operation) in place.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let path = path.strip_prefix("/api/v1").unwrap().to_owned();
            routes.push((method, path, operation["security"] == json!([{}])));
        }
    }
    routes
}

/// What came of an asking: its status, and the code of a problem.
async fn ask(hall: &Hall, token: Option<&str>, method: &Method, path: &str) -> (StatusCode, Value) {
    let path = path.replace("{id}", "1").replace("{window}", "3").replace("{staff}", "1003");
    let path = path.replace("{no}", "123456789012").replace("{item}", "A01");
    let path = path.replace("{case}", "1").replace("{mark}", "1").replace("{number}", "1");
    let mut request = Request::builder().method(method.clone()).uri(format!("/api/v1{path}"));
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, bearer(token));
    }
    let body = json!({ "request_id": "1" }).to_string();
    let response = hall.service.clone().oneshot(request.body(Body::from(body)).unwrap()).await;
    let response = response.unwrap();
    let status = response.status();
    if status.is_success() {
        // A live stream does not end.
        return (status, Value::Null);
    }
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let problem: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    (status, problem["code"].clone())
}

#[test]
fn the_table_names_every_route_once_and_nothing_else() {
    let routes = described();
    for (method, path, is_public) in &routes {
        let stands = RIGHTS.iter().filter(|(known, place, _)| **known == *method && place == path);
        assert_eq!(stands.count(), 1, "{method} {path}");
        let who = rights::of(method, path).unwrap();
        assert_eq!(who == Who::Anybody, *is_public || path == "/evaluations", "{method} {path}");
    }
    for (method, path, _) in RIGHTS {
        let known = routes.iter().any(|(each, place, _)| each == *method && place == path);
        assert!(known, "{method} {path} is no route");
    }
}

#[tokio::test]
async fn every_role_gets_what_the_table_says_and_nothing_more() {
    let hall = Hall::open();
    let tokens = Role::ALL.map(|role| (role, hall.token(role, None)));
    for (method, path, _) in described() {
        let who = rights::of(&method, &path).unwrap();
        let (status, code) = ask(&hall, None, &method, &path).await;
        if who != Who::Anybody {
            let told = (StatusCode::UNAUTHORIZED, json!("not_signed_in"));
            assert_eq!((status, code), told, "{method} {path}, nobody");
        }
        for (role, token) in &tokens {
            let (status, code) = ask(&hall, Some(token), &method, &path).await;
            let refused = (status, &code) == (StatusCode::FORBIDDEN, &json!("not_allowed"));
            let role = *role;
            if who.includes(role) {
                let on_its_own =
                    path.starts_with("/alerts/") && matches!(role, Role::Guide | Role::Office);
                assert!(!refused || on_its_own, "{method} {path}, {}: {status}", role.as_str());
            } else {
                assert!(refused, "{method} {path}, {}: {status} {code}", role.as_str());
            }
        }
    }
}

#[tokio::test]
async fn a_route_that_is_in_no_table_is_nobodys() {
    assert_eq!(rights::of(&Method::POST, "/secrets"), None);
    assert_eq!(rights::of(&Method::HEAD, "/health"), Some(Who::Anybody));
}

/// The table as people read it.
fn written() -> String {
    let mut text = String::from("| | |");
    for role in Role::ALL {
        write!(text, " {} |", role.as_str()).unwrap();
    }
    text.push_str("\n| --- | --- |");
    text.push_str(&" --- |".repeat(Role::ALL.len()));
    text.push('\n');
    for (method, path, who) in RIGHTS {
        write!(text, "| {method} | `{path}` |").unwrap();
        for role in Role::ALL {
            let mark = match who {
                Who::Anybody => "all",
                Who::Believed | Who::Roles(_) | Who::Only(_) if who.includes(role) => "yes",
                Who::Believed | Who::Roles(_) | Who::Only(_) => "",
            };
            write!(text, " {mark} |").unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_handbook_shows_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/RIGHTS.md");
    let head = "# Who may ask what\n\n\
        Made of `queue-server/src/http/rights.rs` (`UPDATE_GOLDEN=1 cargo test -p queue-server --lib -- rights`);\n\
        paths stand under `/api/v1`. *all*: also who is not believed. A desk asks at its own window only, and a\n\
        guide sees to calls for help alone among the alerts. A test asks every route as every role.\n\n";
    let text = format!("{head}{}", written());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text);
}
