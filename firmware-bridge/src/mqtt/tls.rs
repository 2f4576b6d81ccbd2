//! TLS with a broker: one authority is trusted, the hall's own, and nobody else.

use rumqttc::TlsConfiguration;
use wire::tls::TlsPems;

/// TLS that trusts the authority, and shows our own certificate if there is one.
pub(super) fn with(pems: TlsPems) -> TlsConfiguration {
    // Fails only if a provider was installed before, which is as good.
    rustls::crypto::ring::default_provider().install_default().ok();
    TlsConfiguration::Simple { ca: pems.authority, alpn: None, client_auth: pems.own }
}
