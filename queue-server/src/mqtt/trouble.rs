//! Why the broker cannot be reached, told once and not at every attempt, in both languages.

use std::error::Error;

use rumqttc::{ConnectionError, TlsError};
use rustls::AlertDescription;
use wire::texts::Texts;

/// What was told last while there was no connection.
#[derive(Default)]
pub(super) struct Trouble {
    told: String,
}

impl Trouble {
    /// Tells why an attempt failed, unless the one before failed for the same reason.
    pub(super) fn tell(&mut self, error: &ConnectionError) {
        let why = error.to_string();
        if why == self.told {
            tracing::debug!(%error, "the broker is still away");
            return;
        }
        match key(error) {
            "broker.away" => tracing::info!(%error, "{}", Texts::both("broker.away", &[])),
            key => tracing::warn!(%error, "{}", Texts::both(key, &[])),
        }
        self.told = why;
    }
}

/// The words for it.
fn key(error: &ConnectionError) -> &'static str {
    match (error, tls(error)) {
        (_, Some(rustls::Error::InvalidCertificate(_))) => "broker.distrusted",
        (_, Some(rustls::Error::AlertReceived(alert))) if is_about_us(*alert) => {
            "broker.distrusts_us"
        }
        (_, Some(rustls::Error::InconsistentKeys(_))) => "broker.key_of_another",
        (ConnectionError::Tls(_), _) => "broker.no_tls",
        (ConnectionError::ConnectionRefused(_), _) => "broker.refuses_us",
        (
            ConnectionError::MqttState(_)
            | ConnectionError::NetworkTimeout
            | ConnectionError::FlushTimeout
            | ConnectionError::Io(_)
            | ConnectionError::NotConnAck(_)
            | ConnectionError::RequestsDone,
            _,
        ) => "broker.away",
    }
}

/// The broker wants a certificate of us, or does not like ours.
const fn is_about_us(alert: AlertDescription) -> bool {
    matches!(
        alert,
        AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::HandshakeFailure
    )
}

/// What TLS says, however deep it lies.
fn tls(error: &ConnectionError) -> Option<&rustls::Error> {
    if let ConnectionError::Tls(TlsError::TLS(fault)) = error {
        return Some(fault);
    }
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<rustls::Error>() {
            return Some(found);
        }
        let inside = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match inside {
            Some(inside) => Some(inside),
            None => error.source(),
        };
    }
    None
}
