//! Finding out which device this screen is: it was told its role and its place, and the hall's list
//! of screens says the rest. The list is kept by the broker, so it comes at once; while nothing in
//! it fits, the next list is waited for.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rumqttc::{Client, Connection, Event, Packet, Publish, QoS, RecvTimeoutError};
use wire::{
    ids::{DeviceId, HallId},
    pause::Pause,
    screens::{NotFound, Screens, Sought},
    topics::Topic,
};

use super::{LinkFault, REQUESTS_MAX, plain_options, trouble::Trouble};
use crate::config::BrokerConfig;

/// How often it is looked whether the display ends.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// This device; nothing more is told.
    Found(DeviceId),
    /// None, or nobody can tell which; the next list may know.
    Not(NotFound),
}

/// A search that goes on until it is stopped or has found.
pub struct Finder {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Finder {
    /// Begins to search.
    ///
    /// # Errors
    /// If the credential or a certificate cannot be read, or there is no thread.
    pub fn start(
        broker: &BrokerConfig,
        hall: HallId,
        sought: Sought,
        boot: u64,
        told: Box<dyn Fn(Told) + Send>,
    ) -> Result<Self, LinkFault> {
        // Several screens may search at once under one name.
        let options = plain_options(broker, &format!("find-{boot:x}"))?;
        let (client, connection) = Client::new(options, REQUESTS_MAX);
        let stop = Arc::new(AtomicBool::new(false));
        let search = Search { client, hall, sought, told, stop: Arc::clone(&stop) };
        let thread = std::thread::Builder::new()
            .name("find".to_owned())
            .spawn(move || search.run(connection))
            .map_err(LinkFault::Thread)?;
        Ok(Self { stop, thread })
    }

    /// Ends the search.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Release);
        if self.thread.join().is_err() {
            tracing::error!("the search for the screen's device ended by a bug");
        }
    }
}

struct Search {
    client: Client,
    hall: HallId,
    sought: Sought,
    told: Box<dyn Fn(Told) + Send>,
    stop: Arc<AtomicBool>,
}

impl Search {
    fn run(self, mut connection: Connection) {
        let (mut pause, mut connected) = (Pause::default(), None::<Instant>);
        let mut trouble = Trouble::default();
        while !self.stop.load(Ordering::Acquire) {
            match connection.recv_timeout(LOOK_EVERY) {
                Ok(Ok(Event::Incoming(Packet::ConnAck(_)))) => {
                    connected = Some(Instant::now());
                    trouble = Trouble::default();
                    let topic = Topic::screens(self.hall).to_string();
                    if self.client.try_subscribe(topic, QoS::AtLeastOnce).is_err() {
                        tracing::warn!("the list of screens could not be asked for");
                    }
                }
                Ok(Ok(Event::Incoming(Packet::Publish(message)))) => {
                    if self.take(&message) {
                        self.client.try_disconnect().ok();
                        return;
                    }
                }
                Ok(Ok(Event::Incoming(_) | Event::Outgoing(_))) => {}
                Ok(Err(error)) => {
                    trouble.tell(&error);
                    // Waited in small steps, so that the end of the display is not waited for.
                    let until =
                        Instant::now() + pause.after(connected.take().map(|at| at.elapsed()));
                    while Instant::now() < until && !self.stop.load(Ordering::Acquire) {
                        std::thread::sleep(LOOK_EVERY);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// True if the device was found.
    fn take(&self, message: &Publish) -> bool {
        let screens = match serde_json::from_slice::<Screens>(&message.payload) {
            Ok(screens) => screens,
            Err(error) => {
                tracing::warn!(%error, "the list of screens could not be read");
                return false;
            }
        };
        match screens.find(self.sought) {
            Ok(device) => {
                tracing::info!(%device, "this screen is found in the hall's list");
                (self.told)(Told::Found(device));
                true
            }
            Err(why) => {
                (self.told)(Told::Not(why));
                false
            }
        }
    }
}
