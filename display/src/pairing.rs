//! `pair`: a code is shown to the server, and the credential that comes back is kept in a file.

use std::{path::Path, time::Duration};

use wire::pairing::{PairFault, pair};

/// How long the server may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// An answer is far smaller.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Pairs this machine; says what to do next, in both languages.
///
/// # Errors
/// [`PairFault`].
pub fn with_server(server: &str, code: &str, out: &Path) -> Result<String, PairFault> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(ANSWER_WITHIN))
        .http_status_as_error(false)
        .build();
    let agent: ureq::Agent = config.into();
    pair(server, code, out, |url, body| {
        let asked = agent.post(url).header("content-type", "application/json").send(body);
        let mut answer = asked.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
        Ok((status, text.map_err(|error| error.to_string())?))
    })
}
