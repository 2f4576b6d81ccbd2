//! HTTPS: with the hall's own certificate, or with one made at the first start and kept.

use std::{
    fs,
    io::{self, Write},
    net::SocketAddr,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::ToSpan;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;

use crate::clock::HallClock;

/// A certificate that was made here is good for so many days: five years, the life of a hall's PC.
const MADE_DAYS: i64 = 5 * 365;

/// Clocks of a hall may be wrong; a certificate that was made just now is good on a slow one too.
const SLOW_CLOCK_DAYS: i64 = 2;

/// Names in a certificate.
pub const NAMES_MAX: usize = 32;

/// Where HTTPS listens, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpsSettings {
    /// Where.
    pub address: SocketAddr,
    /// The hall's own certificate and its key; one is made if there is none.
    pub own: Option<(PathBuf, PathBuf)>,
    /// Names and addresses under which the hall is reached, for one that is made.
    pub names: Vec<String>,
}

/// HTTPS could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum HttpsFault {
    /// A file.
    #[error("failed to {doing} {path}: {source}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What stands in a file is not what it should be.
    #[error("{path} holds no {what}")]
    Nothing {
        /// Which.
        path: PathBuf,
        /// A certificate or a key.
        what: &'static str,
    },
    /// The key does not fit the certificate, or is of a kind that is not known.
    #[error("the certificate cannot be used: {0}")]
    Unfit(#[from] rustls::Error),
    /// None could be made.
    #[error("no certificate could be made: {0}")]
    Making(#[from] rcgen::Error),
}

/// What a door with TLS needs.
#[derive(Clone)]
pub struct Secured {
    /// Greets whoever connects.
    pub acceptor: TlsAcceptor,
    /// The certificate's SHA-256, as people compare it.
    pub fingerprint: String,
    /// The certificate's file, for kiosks and screens.
    pub certificate: PathBuf,
}

/// Reads the hall's certificate, or makes one.
///
/// # Errors
/// [`HttpsFault`].
pub fn open(data: &Path, settings: &HttpsSettings) -> Result<Secured, HttpsFault> {
    let (certificate, key) = match &settings.own {
        Some(own) => own.clone(),
        None => kept_or_made(&data.join("tls"), settings)?,
    };
    let chain = certificates(&certificate)?;
    let private = PrivateKeyDer::from_pem_slice(&read(&key)?)
        .map_err(|_| HttpsFault::Nothing { path: key.clone(), what: "key" })?;
    let fingerprint = fingerprint(chain.first());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, private)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Secured { acceptor: TlsAcceptor::from(Arc::new(config)), fingerprint, certificate })
}

fn read(path: &Path) -> Result<Vec<u8>, HttpsFault> {
    fs::read(path).map_err(|source| HttpsFault::File { doing: "read", path: path.into(), source })
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, HttpsFault> {
    let nothing = || HttpsFault::Nothing { path: path.into(), what: "certificate" };
    let bytes = read(path)?;
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    chain.ok().filter(|chain| !chain.is_empty()).ok_or_else(nothing)
}

/// "AB:CD:…", as browsers and openssl write it.
fn fingerprint(certificate: Option<&CertificateDer<'_>>) -> String {
    let Some(certificate) = certificate else { return String::new() };
    let sum = Sha256::digest(certificate.as_ref());
    sum.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

fn kept_or_made(folder: &Path, settings: &HttpsSettings) -> Result<(PathBuf, PathBuf), HttpsFault> {
    let (certificate, key) = (folder.join("hall.pem"), folder.join("hall.key"));
    if certificate.exists() && key.exists() {
        return Ok((certificate, key));
    }
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|source| HttpsFault::File { doing: "make", path: folder.into(), source })?;
    let (pem, key_pem) = make(names(settings))?;
    write(&key, &key_pem)?;
    write(&certificate, &pem)?;
    tracing::info!(certificate = %certificate.display(), "a certificate was made for HTTPS");
    Ok((certificate, key))
}

/// This machine's name and address, and what else it is called.
fn names(settings: &HttpsSettings) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    if !settings.address.ip().is_unspecified() {
        names.push(settings.address.ip().to_string());
    }
    let host = fs::read_to_string("/etc/hostname").unwrap_or_default();
    names.push(host.trim().to_owned());
    names.extend(settings.names.iter().cloned());
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    names.truncate(NAMES_MAX);
    names
}

fn make(names: Vec<String>) -> Result<(String, String), rcgen::Error> {
    let mut params = rcgen::CertificateParams::new(names)?;
    let clock = HallClock::real(0);
    let today = clock.date(clock.now());
    let from_today = |days: i64| {
        let day = today.saturating_add(days.days());
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        rcgen::date_time_ymd(day.year().into(), month, of_month)
    };
    params.not_before = from_today(-SLOW_CLOCK_DAYS);
    params.not_after = from_today(MADE_DAYS);
    let mut name = rcgen::DistinguishedName::new();
    name.push(rcgen::DnType::CommonName, "Paihao hall");
    params.distinguished_name = name;
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    let key = rcgen::KeyPair::generate()?;
    Ok((params.self_signed(&key)?.pem(), key.serialize_pem()))
}

fn write(path: &Path, text: &str) -> Result<(), HttpsFault> {
    let fault = |source| HttpsFault::File { doing: "write", path: path.into(), source };
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(fault)
}

#[cfg(test)]
mod tests;
