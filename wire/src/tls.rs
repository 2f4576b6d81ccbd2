//! The files by which a program knows its broker, and by which the broker knows the program.
//!
//! `authority_file` holds the authority that signed the broker's certificate: whoever has none from
//! it is no broker of ours. `certificate_file` and `key_file` are the program's own, for a broker
//! that lets in certificates instead of passwords. All are PEM, as `openssl` writes them.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use rustls_pki_types::{
    CertificateDer, PrivateKeyDer,
    pem::{self, PemObject as _},
};

use crate::texts::Texts;

/// The files of a connection with TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Who signed the broker's certificate.
    pub authority: PathBuf,
    /// Our own certificate and its key.
    pub own: Option<(PathBuf, PathBuf)>,
}

/// What stands in the files, known to be certificates and a key.
#[derive(Clone, PartialEq, Eq)]
pub struct TlsPems {
    /// The authority.
    pub authority: Vec<u8>,
    /// Our own certificate and its key.
    pub own: Option<(Vec<u8>, Vec<u8>)>,
}

/// The files cannot be used. It is told in both languages: whoever installs reads one of them.
#[derive(Debug)]
pub enum TlsFault {
    /// A certificate without its key, or a key without its certificate.
    Half,
    /// Our own certificate, and nobody by whom the broker is known.
    NoAuthority,
    /// A file cannot be read.
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No certificate stands in it.
    NoCertificate {
        /// Which.
        path: PathBuf,
    },
    /// No key stands in it.
    NoKey {
        /// Which.
        path: PathBuf,
    },
}

impl fmt::Display for TlsFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match self {
            Self::Half => Texts::both("broker.half", &[]),
            Self::NoAuthority => Texts::both("broker.no_authority", &[]),
            Self::Read { path, source } => {
                Texts::both("broker.unreadable", &[("path", &path.display()), ("why", source)])
            }
            Self::NoCertificate { path } => {
                Texts::both("broker.no_certificate", &[("path", &path.display())])
            }
            Self::NoKey { path } => Texts::both("broker.no_key", &[("path", &path.display())]),
        };
        to.write_str(&told)
    }
}

impl std::error::Error for TlsFault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::Half | Self::NoAuthority | Self::NoCertificate { .. } | Self::NoKey { .. } => {
                None
            }
        }
    }
}

impl TlsFiles {
    /// The files that a configuration names; none if it names none, and then there is no TLS.
    ///
    /// # Errors
    /// If they do not belong together.
    pub fn of(
        authority: Option<PathBuf>,
        certificate: Option<PathBuf>,
        key: Option<PathBuf>,
    ) -> Result<Option<Self>, TlsFault> {
        let own = match (certificate, key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(TlsFault::Half),
        };
        match (authority, own) {
            (Some(authority), own) => Ok(Some(Self { authority, own })),
            (None, Some(_)) => Err(TlsFault::NoAuthority),
            (None, None) => Ok(None),
        }
    }

    /// Reads them and looks whether they are what they should be.
    ///
    /// # Errors
    /// With the file that is not.
    pub fn read(&self) -> Result<TlsPems, TlsFault> {
        let authority = certificates(&self.authority)?;
        let own = match &self.own {
            Some((certificate, key)) => Some((certificates(certificate)?, a_key(key)?)),
            None => None,
        };
        Ok(TlsPems { authority, own })
    }
}

/// A file with certificates and nothing broken between them.
pub(crate) fn certificates(path: &Path) -> Result<Vec<u8>, TlsFault> {
    let bytes = bytes(path)?;
    let found: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(bytes),
        Ok(_) | Err(_) => Err(TlsFault::NoCertificate { path: path.to_owned() }),
    }
}

/// A file with a key that no password guards.
fn a_key(path: &Path) -> Result<Vec<u8>, TlsFault> {
    let bytes = bytes(path)?;
    match PrivateKeyDer::from_pem_slice(&bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err(TlsFault::NoKey { path: path.to_owned() }),
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, TlsFault> {
    std::fs::read(path).map_err(|source| TlsFault::Read { path: path.to_owned(), source })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use super::*;

    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    const GUARDED: &str =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";

    fn path(name: &str) -> Option<PathBuf> {
        Some(PathBuf::from(name))
    }

    #[test]
    fn a_certificate_comes_with_its_key_and_with_an_authority() {
        assert!(TlsFiles::of(None, None, None).unwrap().is_none());
        let only = TlsFiles::of(path("ca"), None, None).unwrap().unwrap();
        assert_eq!(only.own, None);
        let told = |fault: Result<_, TlsFault>| fault.unwrap_err().to_string();
        let half = told(TlsFiles::of(path("ca"), path("own"), None));
        assert!(half.contains("key_file") && half.contains("要一起写"), "{half}");
        let nobody = told(TlsFiles::of(None, path("own"), path("key")));
        assert!(nobody.contains("authority_file"), "{nobody}");
    }

    #[test]
    fn what_is_no_certificate_or_no_open_key_is_told_with_its_file() {
        let folder = std::env::temp_dir().join(format!("wire-tls-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let files = |authority: &str, key: &str| TlsFiles {
            authority: file("ca.pem", authority),
            own: Some((file("own.pem", CERTIFICATE), file("own.key", key))),
        };
        assert!(files(CERTIFICATE, KEY).read().is_ok());
        let told = |files: TlsFiles| files.read().err().unwrap().to_string();
        assert!(told(files("nothing", KEY)).contains("ca.pem"));
        assert!(told(files(CERTIFICATE, CERTIFICATE)).contains("own.key"));
        assert!(told(files(CERTIFICATE, GUARDED)).contains("own.key"), "nobody can type its word");
        let absent = TlsFiles { authority: folder.join("absent"), own: None };
        assert!(told(absent).contains("absent"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
