//! Mosquitto as the hall's broker: its configuration, its password file and its list of who may
//! read and publish what, all made from the hall's profile and credentials.
//!
//! The list is asked topic by topic of the same [`Permissions`] that guard the embedded broker. It
//! names whole topics only, so a wildcard or `$SYS` gives nobody anything, and nobody but the
//! server publishes faces, jobs and presses.

use std::{
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use hall::ids::HallId;
use wire::{
    texts::{Language, Texts},
    topics,
};

use crate::{
    access::{Credential, SERVER},
    broker::{CLIENTS_MAX, Granted, PACKET_BYTES_MAX, Permissions},
};

/// Messages that wait for an absent client: an hour of a busy hall of a hundred windows.
const QUEUED_MAX: usize = 10_000;

/// How often what it must remember is written down; nothing of ours depends on it.
const SAVED_EVERY_SECS: u32 = 60;

/// How mosquitto is to run.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where its password file and its list will lie.
    pub place: PathBuf,
    /// Where it keeps what it must remember over a restart.
    pub state: PathBuf,
    /// TLS; without it everything goes in the clear.
    pub tls: Option<TlsPlan>,
}

/// TLS of mosquitto.
#[derive(Debug, Clone)]
pub struct TlsPlan {
    /// Its certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The authority of the clients' certificates: who has none does not come in, and its common
    /// name is the user, so that passwords are not asked for.
    pub clients: Option<PathBuf>,
}

impl Plan {
    /// Where it listens unless it is told: to the hall's net with TLS, to this machine without.
    #[must_use]
    pub fn usual_address(has_tls: bool) -> SocketAddr {
        if has_tls {
            SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 8_883)
        } else {
            SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 1_883)
        }
    }

    /// True if passwords would cross the hall's net in the clear.
    #[must_use]
    pub fn is_in_the_clear(&self) -> bool {
        self.tls.is_none() && !self.listen.ip().is_loopback()
    }

    /// Where its password file will lie.
    #[must_use]
    pub fn passwords_file(&self) -> PathBuf {
        self.place.join("passwords")
    }

    /// Where its list will lie.
    #[must_use]
    pub fn acl_file(&self) -> PathBuf {
        self.place.join("acl")
    }

    /// The whole `mosquitto.conf`.
    #[must_use]
    pub fn conf(&self) -> String {
        let mut text = head();
        let mut line = |words: &str, value: &dyn std::fmt::Display| {
            writeln!(text, "{words} {value}").expect("a string takes every text");
        };
        line("listener", &format!("{} {}", self.listen.port(), self.listen.ip()));
        line("max_connections", &CLIENTS_MAX);
        if let Some(tls) = &self.tls {
            line("certfile", &tls.certificate.display());
            line("keyfile", &tls.key.display());
            line("tls_version", &"tlsv1.2");
            if let Some(authority) = &tls.clients {
                line("cafile", &authority.display());
                line("require_certificate", &true);
                line("use_identity_as_username", &true);
            }
        }
        line("allow_anonymous", &false);
        if self.tls.as_ref().is_none_or(|tls| tls.clients.is_none()) {
            line("password_file", &self.passwords_file().display());
        }
        line("acl_file", &self.acl_file().display());
        line("persistence", &true);
        line("persistence_location", &self.state.display());
        line("autosave_interval", &SAVED_EVERY_SECS);
        line("persistent_client_expiration", &"1d");
        line("max_packet_size", &PACKET_BYTES_MAX);
        line("max_queued_messages", &QUEUED_MAX);
        line("sys_interval", &0);
        line("log_dest", &"stderr");
        text
    }
}

/// What each credential may read and publish, as mosquitto's list. Credentials that may nothing,
/// as a desk's, are left out.
#[must_use]
pub fn acl(hall: HallId, credentials: &[Credential], permissions: &Permissions) -> String {
    let mut text = head();
    let mut line = |words: &str| writeln!(text, "{words}").expect("a string takes every text");
    line(&format!("user {SERVER}"));
    line(&format!("topic readwrite {}", topics::everything(hall)));
    for credential in speakers(credentials, permissions) {
        line(&format!("\nuser {}", credential.name));
        for Granted { topic, read, publish } in permissions.topics(credential.name) {
            let may = match (read, publish) {
                (true, true) => "readwrite",
                (true, false) => "read",
                (false, true) => "write",
                (false, false) => continue,
            };
            line(&format!("topic {may} {topic}"));
        }
    }
    text
}

/// Mosquitto's password file, with what stands for the server's own secret. A credential that was
/// made before its hash was kept is left out; [`unknown_to_mosquitto`] names it.
#[must_use]
pub fn passwords(server: &str, credentials: &[Credential], permissions: &Permissions) -> String {
    let mut text = format!("{SERVER}:{server}\n");
    for credential in speakers(credentials, permissions) {
        if let Some(hash) = credential.mosquitto() {
            writeln!(text, "{}:{hash}", credential.name).expect("a string takes every text");
        }
    }
    text
}

/// Credentials that speak over MQTT and were made before their hash was kept.
#[must_use]
pub fn unknown_to_mosquitto<'a>(
    credentials: &'a [Credential],
    permissions: &Permissions,
) -> Vec<&'a Credential> {
    let lacks = |credential: &&Credential| credential.mosquitto().is_none();
    speakers(credentials, permissions).filter(lacks).collect()
}

/// Credentials that may read or publish anything.
pub fn speakers<'a>(
    credentials: &'a [Credential],
    permissions: &Permissions,
) -> impl Iterator<Item = &'a Credential> {
    credentials.iter().filter(|credential| !permissions.topics(credential.name).is_empty())
}

fn head() -> String {
    let said = |language| format!("# {}\n", Texts::of(language).get("mosquitto.head"));
    [Language::Chinese, Language::English].map(said).concat()
}

#[cfg(test)]
mod tests;
