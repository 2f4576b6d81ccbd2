//! The embedded MQTT broker: start, stop, address, and who may say what where.
//!
//! The only place that names the broker's crate, so that it can be changed. The broker may forget
//! everything at any moment: the server publishes the truth again on every connect.

mod permissions;

use std::{net::SocketAddr, num::NonZeroU32, pin::Pin, sync::Arc, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use mqtt5::{
    broker::{
        MqttBroker,
        auth::{AuthProvider, AuthResult},
        config::{AuthConfig, BrokerConfig, RateLimitConfig, StorageBackend, StorageConfig},
        router::MessageRouter,
    },
    packet::connect::ConnectPacket,
    protocol::v5::reason_codes::ReasonCode,
};
use tokio::task::JoinHandle;
use wire::texts::Texts;

use crate::access::SERVER;
pub use permissions::{Granted, Permissions, ServerSecret};

/// Clients at once: the largest hall has 114 windows, 10 kiosks and some bridges.
pub const CLIENTS_MAX: usize = 500;

/// The largest packet: a slip's picture has some 20 KiB.
pub const PACKET_BYTES_MAX: usize = 256 * 1024;

/// Retained messages: four topics a device.
const RETAINED_MAX: usize = 8_000;

/// Messages a second from one client; a faster one waits, and nothing of it is lost.
const MESSAGES_PER_SECOND: NonZeroU32 = NonZeroU32::new(500).expect("it is above zero");

/// Clients whose speed is remembered; past it those who rest are forgotten.
const SPEEDS_MAX: usize = 2_000;

/// A client whose credential was revoked is sent away after this, and the second in which the
/// access looks again.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long the broker keeps what an absent client has not fetched.
const SESSION_LASTS: Duration = Duration::from_secs(3_600);

/// The broker could not be started.
#[derive(Debug, thiserror::Error)]
#[error("failed to start the MQTT broker on {address}: {why}")]
pub struct BrokerFault {
    address: SocketAddr,
    why: String,
}

/// A running broker.
pub struct Broker {
    address: SocketAddr,
    shutdown: mqtt5::broker::BrokerShutdownHandle,
    task: JoinHandle<()>,
    watch: JoinHandle<()>,
}

impl Broker {
    /// Starts a broker; port 0 takes any free port.
    ///
    /// # Errors
    /// If the port is taken or the address is not of this machine.
    pub async fn start(
        address: SocketAddr,
        permissions: Arc<Permissions>,
    ) -> Result<Self, BrokerFault> {
        let fault = |why: String| BrokerFault { address, why };
        let config = BrokerConfig::new()
            .with_bind_address(address)
            .with_max_clients(CLIENTS_MAX)
            .with_max_packet_size(PACKET_BYTES_MAX)
            .with_max_retained_messages(RETAINED_MAX)
            .with_max_retained_message_size(PACKET_BYTES_MAX)
            .with_session_expiry(SESSION_LASTS)
            .with_sys_topics_enabled(false)
            // The crate asks for a password file unless this is set; `Door` refuses strangers.
            // Locking an address out would silence every device behind one bridge for one wrong
            // password; secrets of 256 random bits need no such help.
            .with_auth(AuthConfig {
                allow_anonymous: true,
                rate_limit: RateLimitConfig { enabled: false, ..RateLimitConfig::default() },
                ..AuthConfig::default()
            })
            .with_storage(StorageConfig {
                backend: StorageBackend::Memory,
                enable_persistence: false,
                ..StorageConfig::default()
            });
        // Past a limit of its own the crate drops a message and acknowledges it; `Door` slows down.
        let config = BrokerConfig { max_message_rate_per_client: 0, ..config };
        let mut broker = MqttBroker::with_config(config)
            .await
            .map_err(|error| fault(error.to_string()))?
            .with_auth_provider(Arc::new(Door {
                permissions: permissions.clone(),
                speeds: RateLimiter::dashmap(Quota::per_second(MESSAGES_PER_SECOND)),
            }));
        let watch = tokio::spawn(send_away(broker.router(), permissions));
        let bound = broker.local_addr().ok_or_else(|| fault("it has no address".into()))?;
        let shutdown = broker.shutdown_handle();
        let mut ready = broker.ready_receiver();
        let task = tokio::spawn(async move {
            if let Err(error) = broker.run().await {
                tracing::error!(%error, "the MQTT broker ended");
            }
        });
        ready.wait_for(|ready| *ready).await.map_err(|error| fault(error.to_string()))?;
        Ok(Self { address: bound, shutdown, task, watch })
    }

    /// The address it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it and waits a bounded time for it to end.
    pub async fn stop(self) {
        self.watch.abort();
        self.shutdown.shutdown();
        let mut task = self.task;
        if tokio::time::timeout(Duration::from_secs(5), &mut task).await.is_err() {
            task.abort();
        }
    }
}

/// What is to be said of an address that others than this machine can reach; the embedded broker
/// speaks no TLS.
#[must_use]
pub fn in_the_clear(address: SocketAddr) -> Option<String> {
    let others = !address.ip().is_loopback();
    others.then(|| Texts::both("broker.in_the_clear", &[("address", &address)]))
}

/// Closes the connections of revoked credentials; the crate takes no entry for a sign to go.
async fn send_away(router: Arc<MessageRouter>, permissions: Arc<Permissions>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        for client in permissions.revoked() {
            tracing::info!(client, "its credential was revoked: sent away");
            router.disconnect_client(&client).await;
        }
    }
}

/// Asks [`Permissions`] at every connect, publish and subscribe, and slows down who is too fast:
/// the crate reads a client's next packet only after this one is through.
struct Door {
    permissions: Arc<Permissions>,
    speeds: DefaultKeyedRateLimiter<String>,
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl AuthProvider for Door {
    fn authenticate<'a>(
        &'a self,
        connect: &'a ConnectPacket,
        _address: SocketAddr,
    ) -> Answer<'a, mqtt5::error::Result<AuthResult>> {
        Box::pin(async move {
            let (Some(name), Some(secret)) = (&connect.username, &connect.password) else {
                return Ok(AuthResult::fail(ReasonCode::NotAuthorized));
            };
            let secret = String::from_utf8_lossy(secret);
            let will = connect.will.as_ref().map(|will| will.topic.as_str());
            if self.permissions.may_connect(name, &secret, &connect.client_id, will) {
                Ok(AuthResult::success_with_user(name.clone()))
            } else {
                Ok(AuthResult::fail(ReasonCode::BadUsernameOrPassword))
            }
        })
    }

    fn authorize_publish<'a>(
        &'a self,
        _client_id: &str,
        user: Option<&'a str>,
        topic: &'a str,
    ) -> Answer<'a, bool> {
        Box::pin(async move {
            let Some(user) = user else { return false };
            if user != SERVER {
                if self.speeds.len() > SPEEDS_MAX {
                    self.speeds.retain_recent();
                }
                self.speeds.until_key_ready(&user.to_owned()).await;
            }
            self.permissions.may_publish(user, topic)
        })
    }

    fn authorize_subscribe<'a>(
        &'a self,
        _client_id: &str,
        user: Option<&'a str>,
        filter: &'a str,
    ) -> Answer<'a, bool> {
        Box::pin(async move { user.is_some_and(|user| self.permissions.may_read(user, filter)) })
    }
}

#[cfg(test)]
mod tests;
