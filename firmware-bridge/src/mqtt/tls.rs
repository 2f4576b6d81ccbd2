//! The broker's certificate is trusted if one authority signed it, the hall's own.

use std::{io, path::Path};

use rumqttc::TlsConfiguration;
use rustls::pki_types::{CertificateDer, pem::PemObject as _};

/// TLS that trusts the authority whose certificate is in a file, and nobody else.
///
/// # Errors
/// If the file cannot be read or holds no certificate.
pub(super) fn trusting(path: &Path) -> io::Result<TlsConfiguration> {
    // Fails only if a provider was installed before, which is as good.
    rustls::crypto::ring::default_provider().install_default().ok();
    let ca = std::fs::read(path)?;
    let wrong = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(&ca) {
        certificate.map_err(|error| wrong(format!("it is no certificate: {error}")))?;
        count += 1;
    }
    if count == 0 {
        return Err(wrong("it holds no certificate (-----BEGIN CERTIFICATE-----)".to_owned()));
    }
    Ok(TlsConfiguration::Simple { ca, alpn: None, client_auth: None })
}
