//! The connection to the broker, in a thread of its own.
//!
//! It heeds what the client crate leaves to its user: the event loop is polled by nobody else,
//! reconnecting waits with a growing pause, packet sizes are explicit, publishing never waits, and
//! subscriptions are made at every connect. Each connection gets a new client and event loop, so
//! nothing half sent lives on in them (rumqtt #1014): whoever needs delivery keeps the message and
//! sends it again until [`FromBroker::Acknowledged`]. The session is clean, because a job that
//! waited in the broker would come without telling how old it is.

use std::{
    collections::{BTreeMap, VecDeque},
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rumqttc::{
    AsyncClient, Event, LastWill, MqttOptions, Outgoing, Packet, QoS, SubscribeFilter,
    SubscribeReasonCode, Transport,
};
use tokio::sync::Notify;
use wire::{pause::Pause, tls::TlsFiles, topics::Topic};

mod tls;
mod trouble;

use trouble::Trouble;

/// The largest packet, as the server's broker has it.
const PACKET_BYTES_MAX: usize = 256 * 1024;

/// Room for the topic and the head of a packet.
const HEAD_BYTES: usize = 256;

/// Messages that may wait for the connection.
const WAITING_MAX: usize = 512;

/// Unacknowledged messages; modest, because a packet-id collision wedges the client (rumqtt #1014).
const INFLIGHT_MAX: u16 = 64;

/// Topics in one subscribe packet.
const FILTERS_AT_ONCE: usize = 32;

const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// How long the last messages may take when the program ends.
const FAREWELL: Duration = Duration::from_secs(1);

/// Where the broker is and who we are to it.
#[derive(Clone)]
pub struct MqttConfig {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User name.
    pub user: String,
    /// Client id: the user name, or the user name, a dot and more.
    pub client: String,
    /// Password; none for a broker that lets in certificates.
    pub password: Option<String>,
    /// How the broker is known, and perhaps we: TLS if it is given.
    pub tls: Option<TlsFiles>,
    /// What the broker says for us when the connection breaks; retained.
    pub will: Option<(Topic, Vec<u8>)>,
    /// What we read.
    pub topics: Vec<Topic>,
}

/// What the connection tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromBroker {
    /// Connected: everything retained must be published again.
    Connected,
    /// The connection broke; it is being made again.
    Lost,
    /// A message on a topic of ours.
    Message(Topic, Vec<u8>),
    /// The broker has the message with this tag.
    Acknowledged(u64),
    /// The broker lets us not read this: our credential has no right to the device. What is said
    /// on its topics it acknowledges all the same, and throws away.
    Denied(Topic),
}

/// The connection.
pub struct Mqtt {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    link: Mutex<Option<Link>>,
    stopping: AtomicBool,
    stop: Notify,
}

/// One connection's client, and which tag belongs to which packet.
struct Link {
    client: AsyncClient,
    /// Tags in the order of publishing; the packets get their ids in the same order.
    given: VecDeque<Option<u64>>,
    unacknowledged: BTreeMap<u16, u64>,
}

impl Mqtt {
    /// Connects, and goes on connecting until it is stopped; `tell` is called from its thread and
    /// may wait, but not for this connection.
    ///
    /// # Errors
    /// If a certificate cannot be read or the system gives no thread; an absent
    /// broker is no error but waited for.
    pub fn start(
        config: MqttConfig,
        tell: impl FnMut(FromBroker) + Send + 'static,
    ) -> io::Result<Self> {
        let options = options(&config)?;
        let shared = Arc::new(Shared {
            link: Mutex::new(None),
            stopping: AtomicBool::new(false),
            stop: Notify::new(),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let turning = shared.clone();
        let thread = std::thread::Builder::new()
            .name(config.client.clone())
            .spawn(move || runtime.block_on(turning.run(&options, &config.topics, tell)))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Publishes at least once as long as this connection lasts, without waiting; false if there
    /// is no connection or no room.
    pub fn publish(&self, topic: Topic, retain: bool, payload: Vec<u8>, tag: Option<u64>) -> bool {
        if payload.len() + HEAD_BYTES > PACKET_BYTES_MAX {
            tracing::error!(%topic, bytes = payload.len(), "a message is too large to publish");
            // It never fits, so it counts as gone.
            return true;
        }
        let mut link = self.shared.lock();
        let Some(link) = link.as_mut() else { return false };
        let sent = link.client.try_publish(topic.to_string(), QoS::AtLeastOnce, retain, payload);
        if sent.is_ok() {
            link.given.push_back(tag);
        }
        sent.is_ok()
    }

    /// Ends the connection without a will, after what was published has left.
    pub fn stop(&mut self) {
        self.shared.stopping.store(true, Ordering::Relaxed);
        if let Some(link) = self.shared.lock().as_ref() {
            link.client.try_disconnect().ok();
        }
        self.shared.stop.notify_one();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the connection's thread panicked");
        }
    }
}

impl Drop for Mqtt {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Option<Link>> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(
        &self,
        options: &MqttOptions,
        topics: &[Topic],
        mut tell: impl FnMut(FromBroker) + Send,
    ) {
        let mut pause = Pause::default();
        let mut trouble = Trouble::default();
        while !self.stopping.load(Ordering::Relaxed) {
            let connected = tokio::select! {
                since = self.connection(options, topics, &mut tell, &mut trouble) => since,
                () = self.farewell() => return,
            };
            *self.lock() = None;
            let stood = connected.map(|since| since.elapsed());
            let wait = pause.after(stood);
            if stood.is_some() {
                tell(FromBroker::Lost);
                if pause.looks_thrown_out() {
                    tracing::warn!(
                        "connections break as soon as they are made: another program may be using \
                         the same name"
                    );
                }
            }
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = self.stop.notified() => return,
            }
        }
    }

    async fn farewell(&self) {
        self.stop.notified().await;
        tokio::time::sleep(FAREWELL).await;
    }

    /// One connection from its making to its end; says since when it stood, if it ever did.
    async fn connection(
        &self,
        options: &MqttOptions,
        topics: &[Topic],
        tell: &mut impl FnMut(FromBroker),
        trouble: &mut Trouble,
    ) -> Option<Instant> {
        let (client, mut event_loop) = AsyncClient::new(options.clone(), WAITING_MAX);
        let mut connected = None;
        // Topics that are asked for, in the order of asking; then by packet.
        let (mut asked, mut awaited) = (VecDeque::new(), BTreeMap::new());
        loop {
            match event_loop.poll().await {
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    for topics in topics.chunks(FILTERS_AT_ONCE) {
                        let filter = |topic: &Topic| {
                            SubscribeFilter::new(topic.to_string(), QoS::AtLeastOnce)
                        };
                        if client.try_subscribe_many(topics.iter().map(filter)).is_err() {
                            tracing::warn!("a subscription could not be asked for");
                        } else {
                            asked.push_back(topics);
                        }
                    }
                    let client = client.clone();
                    let (given, unacknowledged) = (VecDeque::new(), BTreeMap::new());
                    *self.lock() = Some(Link { client, given, unacknowledged });
                    connected = Some(Instant::now());
                    *trouble = Trouble::default();
                    tracing::info!("connected to the broker");
                    tell(FromBroker::Connected);
                }
                Ok(Event::Incoming(Packet::Publish(message))) => {
                    if let Some(topic) = Topic::parse(&message.topic) {
                        tell(FromBroker::Message(topic, message.payload.to_vec()));
                    }
                }
                Ok(Event::Outgoing(Outgoing::Publish(packet))) => self.left(packet),
                Ok(Event::Outgoing(Outgoing::Subscribe(packet))) => {
                    awaited.extend(asked.pop_front().map(|topics| (packet, topics)));
                }
                Ok(Event::Incoming(Packet::SubAck(ack))) => {
                    let topics = awaited.remove(&ack.pkid).unwrap_or_default();
                    for (topic, code) in topics.iter().zip(ack.return_codes) {
                        if code == SubscribeReasonCode::Failure {
                            tell(FromBroker::Denied(*topic));
                        }
                    }
                }
                Ok(Event::Incoming(Packet::PubAck(ack))) => {
                    let tag =
                        self.lock().as_mut().and_then(|link| link.unacknowledged.remove(&ack.pkid));
                    if let Some(tag) = tag {
                        tell(FromBroker::Acknowledged(tag));
                    }
                }
                Ok(Event::Outgoing(Outgoing::Disconnect)) => return connected,
                Ok(Event::Incoming(_) | Event::Outgoing(_)) => {}
                Err(error) => {
                    if connected.is_some() {
                        tracing::warn!(%error, "the connection to the broker broke");
                    } else {
                        trouble.tell(&error);
                    }
                    return connected;
                }
            }
        }
    }

    fn left(&self, packet: u16) {
        if let Some(link) = self.lock().as_mut()
            && let Some(Some(tag)) = link.given.pop_front()
        {
            link.unacknowledged.insert(packet, tag);
        }
    }
}

fn options(config: &MqttConfig) -> io::Result<MqttOptions> {
    let mut options = MqttOptions::new(&config.client, &config.host, config.port);
    options
        .set_credentials(&config.user, config.password.as_deref().unwrap_or_default())
        .set_keep_alive(KEEP_ALIVE)
        .set_clean_session(true)
        .set_max_packet_size(PACKET_BYTES_MAX, PACKET_BYTES_MAX)
        .set_inflight(INFLIGHT_MAX);
    if let Some((topic, payload)) = &config.will {
        let will = LastWill::new(topic.to_string(), payload.clone(), QoS::AtLeastOnce, true);
        options.set_last_will(will);
    }
    if let Some(files) = &config.tls {
        let pems = files.read().map_err(io::Error::other)?;
        options.set_transport(Transport::tls_with_config(tls::with(pems)));
    }
    Ok(options)
}
