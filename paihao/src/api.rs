//! The hall's HTTP API as the crowd uses it: the same doors that kiosks and clerks use.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};
use ureq::Agent;
use wire::http::Problem;

/// No call waits longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A credential at the hall's door.
pub struct Api {
    agent: Agent,
    base: String,
    bearer: String,
    boot: u64,
    asked: AtomicU64,
}

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum ApiFault {
    /// The hall said no.
    #[error("refused: {}", .0.code)]
    Refused(Box<Problem>),
    /// The hall was not reached, or answered something else.
    #[error("the hall was not reached: {0}")]
    Away(#[from] ureq::Error),
}

impl ApiFault {
    /// The refusal's code; empty if there was no answer.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(problem) => &problem.code,
            Self::Away(_) => "",
        }
    }
}

impl Api {
    /// A door with a credential.
    #[must_use]
    pub fn new(base: &str, bearer: &str, boot: u64) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.into(),
            base: base.to_owned(),
            bearer: format!("Bearer {bearer}"),
            boot,
            asked: AtomicU64::new(0),
        }
    }

    /// A fresh name for an asking.
    pub fn request_id(&self) -> String {
        format!("{:016x}-{}", self.boot, self.asked.fetch_add(1, Relaxed))
    }

    /// `GET`.
    ///
    /// # Errors
    /// [`ApiFault`].
    pub fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, ApiFault> {
        let url = format!("{}/api/v1{path}", self.base);
        let answer = self.agent.get(url).header("authorization", &self.bearer).call()?;
        read(answer)
    }

    /// `POST`.
    ///
    /// # Errors
    /// [`ApiFault`].
    pub fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<A, ApiFault> {
        let url = format!("{}/api/v1{path}", self.base);
        let request = self.agent.post(url).header("authorization", &self.bearer);
        read(request.send_json(body)?)
    }
}

fn read<A: DeserializeOwned>(mut answer: ureq::http::Response<ureq::Body>) -> Result<A, ApiFault> {
    if answer.status().is_success() {
        Ok(answer.body_mut().read_json()?)
    } else {
        Err(ApiFault::Refused(Box::new(answer.body_mut().read_json()?)))
    }
}
