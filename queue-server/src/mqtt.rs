//! The server's own connection to the broker, embedded or outside.
//!
//! It heeds what the client crate leaves to its user: the event loop is polled in a task of its
//! own, reconnecting waits with a growing pause, packet sizes are explicit, subscriptions are made
//! at every connect, publishing never waits, and a report is acknowledged to the broker only after
//! the journal has it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, Publish, QoS, Transport};
use tokio::{sync::mpsc, task::JoinHandle};
use wire::{
    pause::Pause,
    tls::{TlsFault, TlsFiles},
    topics::Topic,
};

use crate::broker::PACKET_BYTES_MAX;

mod tls;
mod trouble;

use trouble::Trouble;

/// Messages that may wait for the connection; faces are published again on every connect, so what
/// is dropped past it is only stale.
const WAITING_MAX: usize = 4_096;

/// Messages from the broker that may wait for the outbox; past it the connection slows down.
const ARRIVED_MAX: usize = 1_024;

/// Unacknowledged messages; modest, because a packet-id collision wedges the client (rumqtt #1014).
const INFLIGHT_MAX: u16 = 64;

const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// Where the broker is and who we are to it.
#[derive(Clone)]
pub struct MqttConfig {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User name; also the client id.
    pub user: String,
    /// Password; none for a broker that lets in certificates.
    pub password: Option<String>,
    /// How the broker is known, and perhaps we: TLS if it is given.
    pub tls: Option<TlsFiles>,
}

/// The connection could not be set up at all.
#[derive(Debug, thiserror::Error)]
pub enum MqttFault {
    /// The certificates.
    #[error(transparent)]
    Tls(#[from] TlsFault),
}

/// What the connection tells.
pub enum FromBroker {
    /// Connected: everything retained must be published again.
    Connected,
    /// The connection broke; it is being made again.
    Lost,
    /// A message on a topic of ours. Acknowledge it when it is safe.
    Message(Topic, Arrived),
}

/// A message with the connection it came over: an acknowledgement goes back there or nowhere,
/// because another connection has other packet ids.
pub struct Arrived {
    /// The message.
    pub publish: Publish,
    /// It came before our subscription was confirmed: the broker had kept it for us while we were
    /// away, and nobody knows for how long.
    pub waited: bool,
    client: AsyncClient,
}

impl Arrived {
    /// Tells the broker that the message is safe.
    pub fn acknowledge(&self) {
        if self.client.try_ack(&self.publish).is_err() {
            tracing::debug!("an acknowledgement was dropped; the message will come again");
        }
    }
}

/// The connection.
#[derive(Clone)]
pub struct Mqtt {
    client: Arc<Mutex<AsyncClient>>,
}

/// The task behind a connection.
pub struct MqttTask {
    task: JoinHandle<()>,
}

impl Mqtt {
    /// Connects, and goes on connecting for ever; reads the topics of `filters`.
    ///
    /// # Errors
    /// If a certificate cannot be read; an absent broker is no error but waited for.
    pub fn start(
        config: &MqttConfig,
        filters: Vec<String>,
    ) -> Result<(Self, MqttTask, mpsc::Receiver<FromBroker>), MqttFault> {
        let mut options = MqttOptions::new(&config.user, &config.host, config.port);
        options
            .set_credentials(&config.user, config.password.as_deref().unwrap_or_default())
            .set_keep_alive(KEEP_ALIVE)
            .set_clean_session(false)
            .set_max_packet_size(PACKET_BYTES_MAX, PACKET_BYTES_MAX)
            .set_inflight(INFLIGHT_MAX)
            .set_manual_acks(true);
        if let Some(files) = &config.tls {
            options.set_transport(Transport::tls_with_config(tls::with(files.read()?)));
        }
        let (client, event_loop) = AsyncClient::new(options.clone(), WAITING_MAX);
        let client = Arc::new(Mutex::new(client));
        let (arrived, inbox) = mpsc::channel(ARRIVED_MAX);
        let task = tokio::spawn(poll(options, client.clone(), event_loop, filters, arrived));
        Ok((Self { client }, MqttTask { task }, inbox))
    }

    /// Publishes at least once, without waiting; false if it was dropped because the broker has
    /// been away for too long or the message is too large.
    pub fn publish(&self, topic: Topic, retain: bool, payload: Vec<u8>) -> bool {
        if payload.len() + 256 > PACKET_BYTES_MAX {
            tracing::error!(%topic, bytes = payload.len(), "a message is too large to publish");
            return false;
        }
        let sent = self.client.lock().unwrap_or_else(PoisonError::into_inner).try_publish(
            topic.to_string(),
            QoS::AtLeastOnce,
            retain,
            payload,
        );
        if sent.is_err() {
            tracing::debug!(%topic, "a message was dropped: the broker is away");
        }
        sent.is_ok()
    }
}

impl MqttTask {
    /// Ends the connection without a will.
    pub async fn stop(self, mqtt: &Mqtt) {
        mqtt.client.lock().unwrap_or_else(PoisonError::into_inner).try_disconnect().ok();
        let mut task = self.task;
        if tokio::time::timeout(Duration::from_secs(2), &mut task).await.is_err() {
            task.abort();
        }
    }
}

async fn poll(
    options: MqttOptions,
    shared: Arc<Mutex<AsyncClient>>,
    mut event_loop: EventLoop,
    filters: Vec<String>,
    arrived: mpsc::Sender<FromBroker>,
) {
    let mut pause = Pause::default();
    let (mut connected, mut subscribed) = (None::<Instant>, false);
    let mut trouble = Trouble::default();
    let current = || shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut client = current();
    loop {
        let tell = match event_loop.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                (connected, subscribed) = (Some(Instant::now()), false);
                trouble = Trouble::default();
                for filter in &filters {
                    if client.try_subscribe(filter, QoS::AtLeastOnce).is_err() {
                        tracing::warn!(filter, "a subscription could not be asked for");
                    }
                }
                Some(FromBroker::Connected)
            }
            Ok(Event::Incoming(Packet::Publish(message))) => match Topic::parse(&message.topic) {
                Some(topic) => {
                    if tracing::enabled!(target: "wire", tracing::Level::TRACE) {
                        let payload = String::from_utf8_lossy(&message.payload);
                        tracing::trace!(target: "wire", %topic, %payload);
                    }
                    let (client, waited) = (client.clone(), !subscribed);
                    Some(FromBroker::Message(topic, Arrived { publish: message, waited, client }))
                }
                None => {
                    client.try_ack(&message).ok();
                    None
                }
            },
            Ok(Event::Incoming(Packet::SubAck(_))) => {
                subscribed = true;
                None
            }
            Ok(Event::Outgoing(rumqttc::Outgoing::Disconnect)) => return,
            Ok(Event::Incoming(_) | Event::Outgoing(_)) => None,
            Err(error) => {
                let stood = connected.take().map(|since| since.elapsed());
                if stood.is_some() {
                    tracing::warn!(%error, "the connection to the broker broke");
                } else {
                    trouble.tell(&error);
                }
                // A client that goes on with what was under way can wedge on a packet id it still
                // waits for (rumqtt #1014); a new one begins clean, and every face is published anew.
                (client, event_loop) = AsyncClient::new(options.clone(), WAITING_MAX);
                *shared.lock().unwrap_or_else(PoisonError::into_inner) = client.clone();
                let wait = pause.after(stood);
                if stood.is_some() && pause.looks_thrown_out() {
                    tracing::warn!(
                        "connections break as soon as they are made: another server may be using \
                         the same name at this broker"
                    );
                }
                tokio::time::sleep(wait).await;
                stood.map(|_| FromBroker::Lost)
            }
        };
        if let Some(tell) = tell
            && arrived.send(tell).await.is_err()
        {
            return;
        }
    }
}
