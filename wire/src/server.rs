//! The way from a program to its server: `http://`, or `https://` with the file of who signed the
//! server's certificate. Nobody else is trusted, no redirect is followed and no proxy asked: what is
//! said on it is the program's credential.

use std::{fmt, path::Path, sync::Arc, time::Duration};

use ureq::{
    Agent,
    config::ConfigBuilder,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    typestate::AgentScope,
};

use crate::{
    pairing::{self, PairFault},
    texts::Texts,
    tls::{self, TlsFault},
};

/// How long the server may take to answer a pairing.
const PAIRED_WITHIN: Duration = Duration::from_secs(10);

/// An answer to a pairing is far smaller.
const PAIR_BYTES_MAX: u64 = 64 * 1024;

/// A way that can be gone.
#[derive(Clone)]
pub struct Way {
    url: String,
    trusted: Vec<Certificate<'static>>,
}

/// There is no such way. It is told in both languages: whoever installs reads one of them.
#[derive(Debug)]
pub enum WayFault {
    /// The address begins with neither `http://` nor `https://`.
    Strange {
        /// The address.
        url: String,
    },
    /// `https://`, and nobody by whom the server is known.
    NoAuthority,
    /// An authority, and the address would not ask for its certificate.
    Plain {
        /// The address.
        url: String,
    },
    /// The authority's file.
    Authority(TlsFault),
}

impl fmt::Display for WayFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match self {
            Self::Strange { url } => Texts::both("server_way.strange", &[("url", url)]),
            Self::NoAuthority => Texts::both("server_way.no_authority", &[]),
            Self::Plain { url } => Texts::both("server_way.plain", &[("url", url)]),
            Self::Authority(fault) => return fault.fmt(to),
        };
        to.write_str(&told)
    }
}

impl std::error::Error for WayFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Authority(fault) => Some(fault),
            Self::Strange { .. } | Self::NoAuthority | Self::Plain { .. } => None,
        }
    }
}

impl Way {
    /// The way to an address (`http://host:port` or `https://host:port`), over TLS by the authority of
    /// a PEM file.
    ///
    /// # Errors
    /// If address and authority do not belong together, or the file is none.
    pub fn to(url: &str, authority_file: Option<&Path>) -> Result<Self, WayFault> {
        let url = url.trim_end_matches('/').to_owned();
        let trusted = match (url.split_once("://"), authority_file) {
            (Some(("http", _)), None) => Vec::new(),
            (Some(("https", _)), Some(file)) => certificates(file)?,
            (Some(("https", _)), None) => return Err(WayFault::NoAuthority),
            (Some(("http", _)), Some(_)) => return Err(WayFault::Plain { url }),
            (Some(_) | None, _) => return Err(WayFault::Strange { url }),
        };
        Ok(Self { url, trusted })
    }

    /// The server's address, without a `/` at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What every agent on it begins with; a status is an answer and no error.
    #[must_use]
    pub fn agent(&self) -> ConfigBuilder<AgentScope> {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&self.trusted))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .tls_config(tls)
    }
}

/// 配对: shows a code to the server and keeps the credential that comes back in a file; says what to
/// do next, in both languages.
///
/// # Errors
/// [`PairFault`].
pub fn pair(way: &Way, code: &str, out: &Path) -> Result<String, PairFault> {
    let agent = way.agent().timeout_global(Some(PAIRED_WITHIN)).build().new_agent();
    pairing::pair(way.url(), code, out, |url, body| {
        let asked = agent.post(url).header("content-type", "application/json").send(body);
        let mut answer = asked.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().with_config().limit(PAIR_BYTES_MAX).read_to_string();
        Ok((status, text.map_err(|error| error.to_string())?))
    })
}

fn certificates(file: &Path) -> Result<Vec<Certificate<'static>>, WayFault> {
    let pem = tls::certificates(file).map_err(WayFault::Authority)?;
    let certificate = |item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        Ok(_) | Err(_) => None,
    };
    Ok(parse_pem(&pem).filter_map(certificate).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_an_authority_belong_together() {
        let file = std::env::temp_dir().join(format!("wire-way-{}", std::process::id()));
        std::fs::write(&file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
            .unwrap();
        let told = |url: &str, authority: Option<&Path>| match Way::to(url, authority) {
            Ok(way) => way.url().to_owned(),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(told("http://10.0.0.5:8080/", None), "http://10.0.0.5:8080");
        assert_eq!(told("https://10.0.0.5:8443", Some(&file)), "https://10.0.0.5:8443");
        for wrong in [
            told("https://10.0.0.5:8443", None),
            told("http://10.0.0.5:8080", Some(&file)),
            told("10.0.0.5:8080", None),
            told("ftp://10.0.0.5", Some(&file)),
        ] {
            assert!(wrong.contains("authority_file") || wrong.contains("http://"), "{wrong}");
            assert!(wrong.chars().any(|each| each > '\u{4e00}'), "in both languages: {wrong}");
        }
        std::fs::write(&file, "no certificate").unwrap();
        assert!(told("https://hall", Some(&file)).contains("BEGIN CERTIFICATE"));
        std::fs::remove_file(&file).unwrap();
    }
}
