//! The broker, embedded or outside, and the server's own credentials to it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use tokio::task::JoinHandle;

use super::ServeFault;
use crate::{
    access::Access,
    app::App,
    broker::{Broker, Permissions, ServerSecret},
    engine::{EngineFault, OnFault, words_of},
    mqtt::{Mqtt, MqttConfig, MqttTask},
    outbox::{Outbox, postroom::Believes},
    profile::Profile,
};

/// The MQTT side of a server.
pub struct MqttSide {
    broker: Option<Broker>,
    own: MqttConfig,
    mqtt: Mqtt,
    task: MqttTask,
    outbox: JoinHandle<()>,
}

/// A broker that may be spoken to: the embedded one listens already.
pub struct Ready {
    broker: Option<Broker>,
    permissions: Arc<Permissions>,
    own: MqttConfig,
}

impl Ready {
    /// Starts the embedded broker, unless one outside is given.
    pub async fn start(
        profile: &Profile,
        access: &Access,
        outside: Option<MqttConfig>,
        address: SocketAddr,
    ) -> Result<Self, ServeFault> {
        let secret = ServerSecret::fresh()?;
        let (hall, devices) = (profile.setup.id(), &profile.devices);
        let permissions = Permissions::new(hall, access.clone(), secret.clone(), devices);
        let permissions = Arc::new(permissions);
        if let Some(own) = outside {
            return Ok(Self { broker: None, permissions, own });
        }
        let broker = Broker::start(address, permissions.clone()).await?;
        let bound = broker.address();
        if let Some(warning) = crate::broker::in_the_clear(bound) {
            tracing::warn!("{warning}");
        }
        let host =
            if bound.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { bound.ip() };
        let (user, password) = secret.credentials();
        let own = MqttConfig {
            host: host.to_string(),
            port: bound.port(),
            user: user.to_owned(),
            password: Some(password.to_owned()),
            tls: None,
        };
        Ok(Self { broker: Some(broker), permissions, own })
    }
}

/// Runs what tells the devices; a server whose devices hear nothing must not seem to be open.
async fn watched(work: impl Future<Output = ()> + Send + 'static, on_fault: OnFault) {
    if let Err(fault) = tokio::spawn(work).await
        && fault.is_panic()
    {
        let why = words_of(&*fault.into_panic());
        on_fault(&EngineFault::Devices { why });
    }
}

impl MqttSide {
    /// Connects to the broker; `start` counts the server's.
    pub fn connect(
        app: &Arc<App>,
        start: u64,
        ready: Ready,
        on_fault: OnFault,
    ) -> Result<Self, ServeFault> {
        let Ready { broker, permissions, own } = ready;
        permissions.change(&app.profile.devices);
        app.reloading.tell(permissions.clone());
        let is_outside = broker.is_none();
        let believes: Believes =
            Arc::new(move |bridge, device| permissions.may_carry(bridge, device, is_outside));
        let filters = vec![wire::topics::everything(app.profile.setup.id())];
        let (mqtt, task, inbox) = Mqtt::start(&own, filters)?;
        let boot = getrandom::u64().map_err(|_| ServeFault::Luck)? >> 1;
        let outbox = Outbox::new(app.clone(), mqtt.clone(), believes, boot, start);
        let outbox = tokio::spawn(watched(outbox.run(inbox), on_fault));
        Ok(Self { broker, own, mqtt, task, outbox })
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[tokio::test]
    async fn a_server_whose_devices_hear_nothing_any_more_says_so_and_ends() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let note = told.clone();
        let on_fault: OnFault = Arc::new(move |fault| note.lock().unwrap().push(fault.clone()));
        watched(async {}, on_fault.clone()).await;
        assert_eq!(*told.lock().unwrap(), [], "it stopped as it was asked to");
        watched(async { panic!("a bug") }, on_fault).await;
        let why = "a bug".to_owned();
        assert_eq!(*told.lock().unwrap(), [EngineFault::Devices { why }]);
    }
}
