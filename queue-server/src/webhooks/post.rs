//! The thread of one receiver: one body after the other, each until it is taken.

use std::{sync::Arc, time::Duration};

use ureq::{
    Agent,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::{
    Receiver,
    line::{Line, Outcome, Waiting, now_secs},
    sign,
};

/// A receiver answers within this, or it counts as away.
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);

/// Bytes of an answer that are read, so that the connection may serve again.
const ANSWER_BYTES_MAX: u64 = 4_096;

/// Delivers until the row is over.
pub fn run(line: &Line, lane: usize, receiver: &Receiver) {
    let agent = agent(receiver);
    while let Some(waiting) = line.next(lane) {
        let outcome = post(&agent, receiver, &waiting);
        line.settle(lane, waiting.place, outcome);
    }
}

/// The authorities of a PEM file.
pub(super) fn authorities(pem: &[u8]) -> Vec<Certificate<'static>> {
    let certificate = |item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    };
    parse_pem(pem).filter_map(certificate).collect()
}

fn agent(receiver: &Receiver) -> Agent {
    // A signed body goes where it is addressed, by no other way and to nobody who says so.
    let config = Agent::config_builder()
        .timeout_global(Some(ANSWERED_WITHIN))
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .user_agent(concat!("queue-server/", env!("CARGO_PKG_VERSION")));
    let trusted = authorities(receiver.authority.as_deref().unwrap_or_default());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&trusted))
        .unversioned_rustls_crypto_provider(provider);
    config.tls_config(tls.build()).build().new_agent()
}

fn post(agent: &Agent, receiver: &Receiver, waiting: &Waiting) -> Outcome {
    let timestamp = now_secs();
    let signature = sign::signature(&receiver.secrets, &waiting.id, timestamp, &waiting.body);
    let answer = agent
        .post(&receiver.url)
        .header("content-type", "application/json")
        .header("webhook-id", &waiting.id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signature)
        .send(&waiting.body);
    match answer {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec().ok();
            Outcome::Answered(status)
        }
        Err(error) => Outcome::Away(error.to_string()),
    }
}
