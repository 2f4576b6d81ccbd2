//! The embedded MQTT broker: start, stop, address, and who may say what where.
//!
//! The only place that names the broker's crate, so that it can be changed. The broker may forget
//! everything at any moment: the server publishes the truth again on every connect.

mod permissions;

use std::{net::SocketAddr, pin::Pin, sync::Arc, time::Duration};

use mqtt5::{
    broker::{
        MqttBroker,
        auth::{AuthProvider, AuthResult},
        config::{AuthConfig, BrokerConfig, RateLimitConfig, StorageBackend, StorageConfig},
    },
    packet::connect::ConnectPacket,
    protocol::v5::reason_codes::ReasonCode,
};
use tokio::task::JoinHandle;

pub use permissions::{Permissions, ServerSecret};

/// Clients at once: the largest hall has 114 windows, 10 kiosks and some bridges.
const CLIENTS_MAX: usize = 500;

/// The largest packet: a slip's picture has some 20 KiB.
pub const PACKET_BYTES_MAX: usize = 256 * 1024;

/// Retained messages: four topics a device.
const RETAINED_MAX: usize = 8_000;

/// Messages a second from one client.
const MESSAGES_PER_SECOND_MAX: u32 = 500;

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
        let config =
            BrokerConfig { max_message_rate_per_client: MESSAGES_PER_SECOND_MAX, ..config };
        let mut broker = MqttBroker::with_config(config)
            .await
            .map_err(|error| fault(error.to_string()))?
            .with_auth_provider(Arc::new(Door { permissions }));
        let bound = broker.local_addr().ok_or_else(|| fault("it has no address".into()))?;
        let shutdown = broker.shutdown_handle();
        let mut ready = broker.ready_receiver();
        let task = tokio::spawn(async move {
            if let Err(error) = broker.run().await {
                tracing::error!(%error, "the MQTT broker ended");
            }
        });
        ready.wait_for(|ready| *ready).await.map_err(|error| fault(error.to_string()))?;
        Ok(Self { address: bound, shutdown, task })
    }

    /// The address it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it and waits a bounded time for it to end.
    pub async fn stop(self) {
        self.shutdown.shutdown();
        let mut task = self.task;
        if tokio::time::timeout(Duration::from_secs(5), &mut task).await.is_err() {
            task.abort();
        }
    }
}

/// Asks [`Permissions`] at every connect, publish and subscribe.
struct Door {
    permissions: Arc<Permissions>,
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
        Box::pin(async move { user.is_some_and(|user| self.permissions.may_publish(user, topic)) })
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
