//! The description is true: whatever a route answers, it declares, in the caller's language.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::{Map, Value, json};
use tower::ServiceExt;

use super::{Body, Hall, Request, bearer, to_bytes};
use crate::{
    access::Role,
    http::rights::{self, Who},
};

struct Route {
    method: Method,
    path: String,
    declared: Map<String, Value>,
    is_public: bool,
}

/// Every route of the description, with names in its path.
fn routes() -> Vec<Route> {
    let description = serde_json::to_value(super::super::description()).unwrap();
    let mut routes = Vec::new();
    for (path, place) in description["paths"].as_object().unwrap() {
        for (method, operation) in place.as_object().unwrap() {
            let path = path.replace("{id}", "1").replace("{window}", "3");
            let path = path.replace("{no}", "123456789012");
            routes.push(Route {
                method: Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(),
                path: path.replace("{staff}", "1003").replace("{number}", "1"),
                declared: operation["responses"].as_object().unwrap().clone(),
                is_public: operation["security"] == json!([{}]),
            });
        }
    }
    assert!(routes.len() > 30, "{} routes", routes.len());
    routes
}

struct Answer {
    status: StatusCode,
    kind: Option<HeaderValue>,
    problem: Value,
}

impl Route {
    async fn ask(&self, hall: &Hall, token: &str, body: &str, language: Option<&str>) -> Answer {
        let request = Request::builder().method(self.method.clone()).uri(&self.path);
        let mut headers = HeaderMap::new();
        if !token.is_empty() {
            headers.insert(header::AUTHORIZATION, bearer(token).parse().unwrap());
        }
        if let Some(language) = language {
            headers.insert(header::ACCEPT_LANGUAGE, language.parse().unwrap());
        }
        let mut request = request.body(Body::from(body.to_owned())).unwrap();
        *request.headers_mut() = headers;
        let response = hall.service.clone().oneshot(request).await.unwrap();
        let (status, kind) = (response.status(), response.headers().get(header::CONTENT_TYPE));
        let kind = kind.cloned();
        // A live stream does not end.
        let bytes = if status.is_success() {
            axum::body::Bytes::new()
        } else {
            to_bytes(response.into_body(), 1 << 20).await.unwrap()
        };
        let problem = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, kind, problem }
    }

    fn must_declare(&self, answer: &Answer) {
        let Answer { status, problem, .. } = answer;
        let declared = self.declared.get(status.as_str());
        let declared =
            declared.unwrap_or_else(|| panic!("{} {}: {status} {problem}", self.method, self.path));
        if status.is_client_error() {
            assert_eq!(answer.kind.as_ref().unwrap(), "application/problem+json", "{}", self.path);
            let schema = &declared["content"]["application/problem+json"]["schema"];
            assert_eq!(schema["$ref"], "#/components/schemas/Problem", "{} {status}", self.path);
        }
    }
}

#[tokio::test]
async fn who_is_not_believed_or_not_allowed_gets_what_is_declared() {
    let hall = Hall::open();
    let tokens: Vec<String> = Role::ALL.map(|role| hall.token(role, None)).to_vec();
    for route in routes() {
        assert!(route.declared.contains_key("429"), "{}", route.path);
        let answer = route.ask(&hall, "", "", None).await;
        route.must_declare(&answer);
        // An evaluation may come from a citizen: its body is looked at first.
        if !route.is_public && !route.path.ends_with("/evaluations") {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path);
        }
        for token in &tokens {
            let plain = json!({ "request_id": "1" }).to_string();
            route.must_declare(&route.ask(&hall, token, &plain, None).await);
        }
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_told_in_the_callers_language() {
    let hall = Hall::open();
    let (admin, kiosk) = (hall.token(Role::Admin, None), hall.token(Role::Kiosk, None));
    let is_chinese = |text: &str| text.chars().any(|each| ('\u{4e00}'..'\u{9fff}').contains(&each));
    for route in routes().into_iter().filter(|route| route.method == Method::POST) {
        let who = rights::of(&Method::POST, route.path.trim_start_matches("/api/v1"));
        let admin = if who == Some(Who::Only(Role::Kiosk)) { &kiosk } else { &admin };
        let large = format!("\"{}\"", "x".repeat(20_000));
        let answer = route.ask(&hall, admin, &large, None).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", route.path);
        route.must_declare(&answer);
        for body in ["", "{", "[]", "3", r#"{"nonsense": 1}"#, r#"{"request_id": 7}"#, "{} {}"] {
            for (language, chinese) in [(None, true), (Some("en-GB"), false)] {
                let answer = route.ask(&hall, admin, body, language).await;
                route.must_declare(&answer);
                assert_eq!(answer.problem["code"], "bad_body", "{} {body}", route.path);
                let detail = answer.problem["detail"].as_str().unwrap();
                assert_eq!(is_chinese(detail), chinese, "{} {body}: {detail}", route.path);
                for libraries in ["expected", "invalid type", "EOF", "unknown field"] {
                    assert!(!detail.contains(libraries), "{detail}");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_body_is_told_by_its_field() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    for (body, detail) in [
        (json!({ "request_id": "1", "quue": "M" }), "没有字段“quue”，是不是“queue”？"),
        (json!({ "queue": "M" }), "缺少字段“request_id”。"),
        (json!({ "request_id": 7 }), "字段“request_id”的类型不对。"),
        (json!({ "request_id": "1", "queue": "no such name" }), "字段“queue”的值不对。"),
        (json!([]), "内容应是一个 JSON 对象（花括号），各字段按接口说明。"),
    ] {
        let (_, problem) = hall.post(&kiosk, "/tickets", body).await;
        assert_eq!(problem["detail"], detail, "{problem}");
    }
    let body = json!({ "request_id": "1", "queue": "M", "priority": "king" });
    let (_, problem) = hall.post(&kiosk, "/tickets", body).await;
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("字段“priority”不能是“king”，可以是："), "{detail}");
}

#[tokio::test]
async fn an_address_of_another_form_or_method_is_told_in_words() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    for (path, status, code) in [
        ("/tickets/abc", StatusCode::NOT_FOUND, "no_such_place"),
        ("/tally?day=1&day=2", StatusCode::UNPROCESSABLE_ENTITY, "bad_query"),
        ("/evaluations", StatusCode::METHOD_NOT_ALLOWED, "no_such_method"),
    ] {
        let (told, problem) = hall.get(&office, path).await;
        assert_eq!((told, &problem["code"]), (status, &json!(code)), "{path}: {problem}");
    }
}
