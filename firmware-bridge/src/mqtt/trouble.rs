//! Why the broker cannot be reached, told once and not at every attempt.

use rumqttc::{ConnectionError, TlsError};

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
        match error {
            ConnectionError::Tls(TlsError::Io(fault)) if is_distrust(fault) => tracing::warn!(
                %error,
                "the broker's certificate is not trusted: authority_file must hold the authority \
                 that signed it, and host must be a name in it"
            ),
            ConnectionError::Tls(_) => tracing::warn!(
                %error,
                "no TLS with the broker: look whether port is its TLS port"
            ),
            ConnectionError::ConnectionRefused(_) => {
                tracing::warn!(%error, "the broker refuses us: look at user and password");
            }
            ConnectionError::MqttState(_)
            | ConnectionError::NetworkTimeout
            | ConnectionError::FlushTimeout
            | ConnectionError::Io(_)
            | ConnectionError::NotConnAck(_)
            | ConnectionError::RequestsDone => {
                tracing::info!(%error, "the broker is away; trying again until it is there");
            }
        }
        self.told = why;
    }
}

fn is_distrust(fault: &std::io::Error) -> bool {
    let inner = fault.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}
