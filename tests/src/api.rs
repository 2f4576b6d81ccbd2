//! The HTTP interface as any client sees it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use ureq::Agent;

/// A credential at a server's door.
#[derive(Clone)]
pub struct Api {
    agent: Agent,
    base: String,
    bearer: String,
    heard: Option<Heard>,
}

/// An answer as it came, for whoever looks at all of them.
#[derive(Debug, Clone)]
pub struct Said {
    /// `get` or `post`.
    pub method: &'static str,
    /// What was asked.
    pub path: String,
    /// How it was answered.
    pub status: u16,
    /// The body's type.
    pub kind: String,
    /// The body.
    pub body: Value,
}

/// Answers of several doors.
pub type Heard = Arc<Mutex<Vec<Said>>>;

/// What came back: the status, and the body.
pub type Answer = Result<(u16, Value), String>;

impl Api {
    /// A door with a credential.
    #[must_use]
    pub fn new(base: &str, token: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(10)))
            .http_status_as_error(false)
            .max_idle_connections_per_host(32)
            .build();
        let bearer = format!("Bearer {token}");
        Self { agent: config.into(), base: base.to_owned(), bearer, heard: None }
    }

    /// The same door, whose answers are kept there.
    #[must_use]
    pub fn heard_by(self, heard: &Heard) -> Self {
        Self { heard: Some(heard.clone()), ..self }
    }

    /// The same door of a server that was started again elsewhere.
    pub fn moved(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// `GET`; an error if there was no answer.
    ///
    /// # Errors
    /// Why there was none.
    pub fn get(&self, path: &str) -> Answer {
        let url = format!("{}/api/v1{path}", self.base);
        let answer = self.agent.get(url).header("authorization", &self.bearer).call();
        self.read("get", path, answer)
    }

    /// `GET` of anything, whose answer is kept nowhere.
    ///
    /// # Errors
    /// Why there was none.
    pub fn raw(&self, path: &str) -> Answer {
        let url = format!("{}{path}", self.base);
        let quiet = Self { heard: None, ..self.clone() };
        quiet.read("get", path, self.agent.get(url).header("authorization", &self.bearer).call())
    }

    /// `POST`; an error if there was no answer.
    ///
    /// # Errors
    /// Why there was none.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let url = format!("{}/api/v1{path}", self.base);
        let request = self.agent.post(url).header("authorization", &self.bearer);
        self.read("post", path, request.send_json(body))
    }

    /// Takes a ticket without paper.
    ///
    /// # Errors
    /// Why there was no answer.
    pub fn issue(&self, queue: &str, request: &str) -> Answer {
        self.post("/tickets", &json!({ "queue": queue, "request_id": request }))
    }

    /// An order at a window.
    ///
    /// # Errors
    /// Why there was no answer.
    pub fn window(&self, window: &str, order: &str, request: &str) -> Answer {
        self.post(&format!("/windows/{window}/{order}"), &json!({ "request_id": request }))
    }

    /// Signs a clerk on, named after the window.
    ///
    /// # Panics
    /// If it is refused.
    pub fn sign_on(&self, window: &str) {
        let body = json!({ "request_id": format!("on-{window}"), "staff": format!("s{window}") });
        let (status, answer) =
            self.post(&format!("/windows/{window}/sign-on"), &body).unwrap_or_default();
        assert_eq!(status, 200, "sign-on at {window}: {answer}");
    }

    fn read(
        &self,
        method: &'static str,
        path: &str,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Answer {
        let mut answer = answer.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().to_owned();
        let text = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
        let body = if text.is_empty() && self.heard.is_some() {
            Value::Null
        } else {
            serde_json::from_str(&text).map_err(|error| error.to_string())?
        };
        if let Some(heard) = &self.heard {
            let (path, body) = (format!("/api/v1{path}"), body.clone());
            let said = Said { method, path, status, kind, body };
            heard.lock().unwrap_or_else(PoisonError::into_inner).push(said);
        }
        Ok((status, body))
    }
}
