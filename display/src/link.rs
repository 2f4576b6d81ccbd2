//! The display's connection to the broker: one for each device, because a will speaks for one.
//!
//! Two threads. One does nothing but poll the client, because nothing moves unless it is polled;
//! it waits a growing while before it connects again. The other owns the reports that the broker
//! has not acknowledged. Nothing here knows of windows or voices.

pub mod finder;
pub mod kept;
mod outbox;
mod poller;
mod tls;
mod trouble;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rumqttc::{Client, LastWill, MqttOptions, QoS, Transport};
use wire::{
    clock::Clock,
    device::{DeviceState, Happening, Health, Job, Report, Wanted},
    ids::{DeviceId, HallId},
    spoken::Claim,
    tls::TlsFault,
    topics::{DeviceTopic, Topic},
};

use crate::{
    config::{BrokerConfig, ConfigFault},
    voice::turn::SharedTurn,
};
use kept::Kept;
use outbox::Outbox;
use poller::Poller;

/// The largest packet either way; a hall screen's face has some 5 KiB.
const PACKET_BYTES_MAX: usize = 256 * 1024;

/// Requests that may wait inside the client.
const REQUESTS_MAX: usize = 64;

/// Unacknowledged messages; modest, because a packet-id collision wedges the client (rumqtt #1014).
const INFLIGHT_MAX: u16 = 16;

/// Things the owner may still have to do.
const INPUTS_MAX: usize = 256;

const KEEP_ALIVE: Duration = Duration::from_secs(5);

/// How often the state with its counters is told again: the server counts a display that says
/// nothing for a minute as lost.
pub const STATE_EVERY: Duration = Duration::from_secs(15);

/// Which device a link speaks for.
#[derive(Debug, Clone)]
pub struct LinkConfig {
    /// The hall.
    pub hall: HallId,
    /// The device.
    pub device: DeviceId,
    /// The name of the credential.
    pub by: String,
    /// What it is, for the electrician.
    pub about: String,
    /// What it reads.
    pub reads: Reads,
    /// The sender's boot, random.
    pub boot: u64,
    /// How often it says that it lives: [`STATE_EVERY`].
    pub state_every: Duration,
    /// Of a voice: whether this program is the one that speaks.
    pub turn: Option<Arc<SharedTurn>>,
    /// The folder where ratings are kept that have not arrived; none keeps them in memory only.
    pub kept_in: Option<PathBuf>,
}

/// What a link reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Faces, jobs, and the metrics as the server's heartbeat.
    Screen,
    /// Jobs.
    Voice,
}

/// What the broker tells.
#[derive(Debug)]
pub enum FromBroker {
    /// Connected.
    Connected,
    /// The connection broke; it is being made again.
    Lost,
    /// A wanted face; kept by the broker or live.
    Face(Box<Wanted>, bool),
    /// A job.
    Job(Job),
    /// The server is alive.
    Heartbeat(Clock),
}

/// The link could not be started at all; an absent broker is no fault but waited for.
#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    /// The credential.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// The certificates.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// A thread.
    #[error("failed to start a thread for the broker")]
    Thread(#[source] std::io::Error),
}

enum Input {
    Report(Happening),
    Health(Health, &'static str),
    Count(&'static str, u64),
    Connected,
    Disconnected,
    Claim,
    Sent(u16),
    Acknowledged(u16),
    Stop,
}

/// Says things to the broker; cheap to clone, never waits.
#[derive(Clone)]
pub struct Sender {
    inputs: SyncSender<Input>,
}

impl Sender {
    /// Reports what the device did, at least once.
    pub fn report(&self, what: Happening) {
        self.send(Input::Report(what));
    }

    /// Says how the device is; `why` is a code of the texts, empty if all is well.
    pub fn health(&self, health: Health, why: &'static str) {
        self.send(Input::Health(health, why));
    }

    /// Sets a counter of the state.
    pub fn count(&self, name: &'static str, value: u64) {
        self.send(Input::Count(name, value));
    }

    fn send(&self, input: Input) {
        match self.inputs.try_send(input) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                tracing::warn!("a report to the broker was dropped: too many wait");
            }
            Err(TrySendError::Disconnected(_)) => {}
        }
    }
}

/// A running link.
pub struct Link {
    sender: Sender,
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Takes what the broker tells; must not wait long. False once nobody listens.
pub type Sink = Box<dyn Fn(FromBroker) + Send>;

impl Link {
    /// Starts the two threads and goes on connecting for ever.
    ///
    /// # Errors
    /// If the credential or a certificate cannot be read.
    pub fn start(broker: &BrokerConfig, config: LinkConfig, sink: Sink) -> Result<Self, LinkFault> {
        let options = options(broker, &config)?;
        let (client, connection) = Client::new(options, REQUESTS_MAX);
        let (inputs, waiting) = sync_channel(INPUTS_MAX);
        let sender = Sender { inputs };
        let stop = Arc::new(AtomicBool::new(false));
        let poller = Poller {
            client: client.clone(),
            hall: config.hall,
            device: config.device,
            reads: config.reads,
            turn: config.turn.clone(),
            inputs: sender.inputs.clone(),
            sink,
            stop: Arc::clone(&stop),
        };
        let name = config.device.to_string();
        let owner = Owner { client, outbox: outbox(&config), state: state(&config), config };
        let thread = |name: String| std::thread::Builder::new().name(name);
        let polling = thread(format!("{name} poll"))
            .spawn(move || poller.run(connection))
            .map_err(LinkFault::Thread)?;
        let owning = thread(format!("{name} reports"))
            .spawn(move || owner.run(&waiting))
            .map_err(LinkFault::Thread)?;
        Ok(Self { sender, stop, threads: vec![owning, polling] })
    }

    /// Something that speaks to the broker.
    #[must_use]
    pub fn sender(&self) -> Sender {
        self.sender.clone()
    }

    /// Says offline and ends both threads; waits at most some seconds for a broker that is gone.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Release);
        self.sender.send(Input::Stop);
        let until = Instant::now() + Duration::from_secs(2);
        for thread in self.threads {
            while !thread.is_finished() && Instant::now() < until {
                std::thread::park_timeout(Duration::from_millis(10));
            }
            if thread.is_finished() && thread.join().is_err() {
                tracing::error!("a thread of the link ended by a bug");
            }
        }
    }
}

/// A disk that cannot be used is told and done without: the screen is worth more.
fn outbox(config: &LinkConfig) -> Outbox {
    let empty = Outbox::new(config.boot);
    let Some(folder) = &config.kept_in else { return empty };
    match Kept::open(folder) {
        Ok(kept) => empty.keeping(kept),
        Err(error) => {
            tracing::error!(%error, folder = %folder.display(), "ratings are in memory only");
            empty
        }
    }
}

fn state(config: &LinkConfig) -> DeviceState {
    DeviceState {
        health: Health::Online,
        why: String::new(),
        shown: None,
        about: config.about.clone(),
        counters: std::collections::BTreeMap::new(),
    }
}

fn options(broker: &BrokerConfig, config: &LinkConfig) -> Result<MqttOptions, LinkFault> {
    let mut options = plain_options(broker, config.device.as_str())?;
    let will = DeviceState { health: Health::Offline, ..state(config) };
    let topic = Topic::device(config.hall, config.device, DeviceTopic::State).to_string();
    options.set_last_will(LastWill::new(topic, json(&will), QoS::AtLeastOnce, true));
    Ok(options)
}

/// A connection under our name. By permission a client id begins with the user's name; `own` makes
/// it one of its own.
fn plain_options(broker: &BrokerConfig, own: &str) -> Result<MqttOptions, LinkFault> {
    let client_id = format!("{}.{own}", broker.user);
    let mut options = MqttOptions::new(client_id, &broker.host, broker.port);
    options
        .set_credentials(&broker.user, broker.secret()?)
        .set_keep_alive(KEEP_ALIVE)
        // A job kept for us while we were away would be spoken late: its expiry counts from now.
        .set_clean_session(true)
        .set_max_packet_size(PACKET_BYTES_MAX, PACKET_BYTES_MAX)
        .set_inflight(INFLIGHT_MAX);
    if let Some(files) = broker.tls()? {
        options.set_transport(Transport::tls_with_config(tls::with(files.read()?)));
    }
    Ok(options)
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("messages of `wire` have text keys only")
}

struct Owner {
    client: Client,
    config: LinkConfig,
    outbox: Outbox,
    state: DeviceState,
}

impl Owner {
    fn run(mut self, inputs: &Receiver<Input>) {
        let (every, mut told) = (self.config.state_every, Instant::now());
        loop {
            // Counted from the last telling, not from the last input: a busy screen lives too.
            if told.elapsed() >= every {
                self.outbox.tell_state();
                self.claim();
                told = Instant::now();
            }
            match inputs.recv_timeout(every.saturating_sub(told.elapsed())) {
                Ok(Input::Report(what)) => {
                    if let Happening::Shown { revision } = what {
                        self.state.shown = Some(revision);
                    }
                    self.outbox.push(what);
                }
                Ok(Input::Health(health, why)) => {
                    if (self.state.health, self.state.why.as_str()) != (health, why) {
                        self.state.health = health;
                        why.clone_into(&mut self.state.why);
                        self.outbox.tell_state();
                    }
                }
                Ok(Input::Count(name, value)) => {
                    self.state.counters.insert(name.to_owned(), value);
                }
                Ok(Input::Connected) => {
                    self.outbox.handle_connected();
                    self.claim();
                }
                Ok(Input::Claim) => self.claim(),
                Ok(Input::Disconnected) => self.outbox.handle_disconnected(),
                Ok(Input::Sent(pkid)) => self.outbox.handle_sent(pkid),
                Ok(Input::Acknowledged(pkid)) => self.outbox.handle_acknowledged(pkid),
                Ok(Input::Stop) | Err(RecvTimeoutError::Disconnected) => return self.leave(),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if !self.is_ours() {
                // Whoever speaks for this device tells how it is.
                self.outbox.hush_state();
            }
            while let Some(next) = self.outbox.poll_next() {
                let sent = match next {
                    outbox::Next::Report(report) => {
                        self.publish(DeviceTopic::Report, false, json(&report))
                    }
                    outbox::Next::State => {
                        self.publish(DeviceTopic::State, true, json(&self.state))
                    }
                };
                if !sent {
                    self.outbox.handle_refused();
                    break;
                }
            }
        }
    }

    fn publish(&self, topic: DeviceTopic, retain: bool, payload: Vec<u8>) -> bool {
        let topic = Topic::device(self.config.hall, self.config.device, topic).to_string();
        self.client.try_publish(topic, QoS::AtLeastOnce, retain, payload).is_ok()
    }

    /// False of a voice for which another program speaks.
    fn is_ours(&self) -> bool {
        self.config.turn.as_ref().is_none_or(|turn| turn.is_ours())
    }

    /// Says that this program speaks, so that another one does not. Not acknowledged: it is said
    /// again and again.
    fn claim(&self) {
        if self.config.turn.is_none() || !self.is_ours() {
            return;
        }
        let topic = Topic::device(self.config.hall, self.config.device, DeviceTopic::Claim);
        let claim = json(&Claim { by: self.config.by.clone() });
        if self.client.try_publish(topic.to_string(), QoS::AtMostOnce, true, claim).is_err() {
            tracing::debug!("who speaks is said a little later");
        }
    }

    /// A clean good-bye sends no will, so the state says it.
    fn leave(&mut self) {
        self.state.health = Health::Offline;
        if self.is_ours() {
            self.publish(DeviceTopic::State, true, json(&self.state));
        }
        if self.client.try_disconnect().is_err() {
            tracing::debug!("the connection was already gone");
        }
    }
}

/// A report with its place in the sender's count.
fn numbered(boot: u64, count: u64, what: Happening) -> Report {
    Report { boot, count, age_millis: 0, what }
}

#[cfg(test)]
mod tests;
