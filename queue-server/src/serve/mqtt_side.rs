//! The broker, embedded or outside, and the server's own credentials to it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::task::JoinHandle;

use super::ServeFault;
use crate::{
    app::App,
    broker::{Broker, Permissions, ServerSecret},
    mqtt::{Mqtt, MqttConfig, MqttTask},
    outbox::Outbox,
};

/// The MQTT side of a server.
pub struct MqttSide {
    broker: Option<Broker>,
    own: MqttConfig,
    mqtt: Mqtt,
    task: MqttTask,
    outbox: JoinHandle<()>,
}

impl MqttSide {
    /// Starts the embedded broker, unless one outside is given; `start` counts the server's.
    pub async fn start(
        app: &Arc<App>,
        start: u64,
        outside: Option<MqttConfig>,
        address: SocketAddr,
    ) -> Result<Self, ServeFault> {
        if let Some(own) = outside {
            return Self::connect(app, start, None, own);
        }
        let secret = ServerSecret::fresh()?;
        let kinds = app.profile.devices.iter().map(|device| (device.id, device.kind)).collect();
        let permissions =
            Permissions::new(app.profile.setup.id(), app.access.clone(), secret.clone(), kinds);
        let broker = Broker::start(address, Arc::new(permissions)).await?;
        let bound = broker.address();
        let host =
            if bound.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { bound.ip() };
        let (user, password) = secret.credentials();
        let own = MqttConfig {
            host: host.to_string(),
            port: bound.port(),
            user: user.to_owned(),
            password: password.to_owned(),
            authority_file: None,
        };
        Self::connect(app, start, Some(broker), own)
    }

    fn connect(
        app: &Arc<App>,
        start: u64,
        broker: Option<Broker>,
        own: MqttConfig,
    ) -> Result<Self, ServeFault> {
        let filters = vec![wire::topics::everything(app.profile.setup.id())];
        let (mqtt, task, inbox) = Mqtt::start(&own, filters)?;
        let boot = getrandom::u64().map_err(|_| ServeFault::Luck)? >> 1;
        let outbox = Outbox::new(app.clone(), mqtt.clone(), boot, start);
        Ok(Self { broker, own, mqtt, task, outbox: tokio::spawn(outbox.run(inbox)) })
    }

    /// Where the broker is, for devices.
    pub fn address(&self) -> String {
        let embedded = self.broker.as_ref().map(|broker| broker.address().to_string());
        embedded.unwrap_or_else(|| format!("{}:{}", self.own.host, self.own.port))
    }

    /// Stops what was started.
    pub async fn stop(self) {
        // It ends by itself when the server stops.
        self.outbox.await.ok();
        self.task.stop(&self.mqtt).await;
        if let Some(broker) = self.broker {
            broker.stop().await;
        }
    }
}
