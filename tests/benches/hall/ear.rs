//! Somebody at the broker who notes when a strip is told a number: the moment the hall has called,
//! after the disk and before the line.

use std::{
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use rumqttc::{Client, Event, MqttOptions, Packet, QoS};
use wire::{
    ids::DeviceId,
    topics::{DeviceTopic, Topic},
};

/// Messages that wait unheard.
const HEARD_MAX: usize = 1_024;

/// A client of the broker beside the bridge, with the bridge's rights.
pub struct Ear {
    client: Client,
    heard: Receiver<(String, String, Instant)>,
}

impl Ear {
    /// Listens to what some strips are told.
    ///
    /// # Panics
    /// If the broker cannot be reached.
    #[must_use]
    pub fn open(broker: &str, password: &str, strips: &[DeviceId]) -> Self {
        let (host, port) = broker.rsplit_once(':').expect("a broker has a port");
        let port = port.parse().expect("a port is a number");
        let mut options = MqttOptions::new("bridge-1.ear", host, port);
        options.set_credentials("bridge-1", password).set_keep_alive(Duration::from_secs(5));
        let (client, mut connection) = Client::new(options, HEARD_MAX);
        for strip in strips {
            client.subscribe(topic(*strip), QoS::AtLeastOnce).expect("the client is there");
        }
        let (note, heard) = mpsc::sync_channel(HEARD_MAX);
        thread::spawn(move || {
            for event in connection.iter() {
                let Ok(Event::Incoming(Packet::Publish(message))) = event else {
                    // The server is gone: the measurement is over.
                    if event.is_err() {
                        return;
                    }
                    continue;
                };
                let now = Instant::now();
                let words = String::from_utf8_lossy(&message.payload).into_owned();
                if note.send((message.topic, words, now)).is_err() {
                    return;
                }
            }
        });
        Self { client, heard }
    }

    /// When the strip was told the number; none if it was not in time.
    pub fn hears(&self, strip: DeviceId, no: &str, within: Duration) -> Option<Instant> {
        let (topic, until) = (topic(strip), Instant::now() + within);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let (of, words, at) = self.heard.recv_timeout(left).ok()?;
            if of == topic && words.contains(no) {
                return Some(at);
            }
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.client.disconnect().ok();
    }
}

fn topic(strip: DeviceId) -> String {
    let hall = "yunxi".parse().expect("the sample hall's id");
    Topic::device(hall, strip, DeviceTopic::Wanted).to_string()
}
