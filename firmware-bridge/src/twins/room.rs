//! Twins in the device room: each publishes its picture when it changes and takes presses, under
//! the bridge's name but over a connection of its own, so that the bridge need not know that its
//! devices are virtual.

use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc,
        mpsc::{RecvTimeoutError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use wire::{
    device::Press,
    ids::DeviceId,
    topics::{DeviceTopic, Place, Topic},
};

use super::Twins;
use crate::{
    config::Config,
    mqtt::{FromBroker, Mqtt},
    run::{Stop, broker_of},
};

/// A picture is published at most this often.
const PICTURE_EVERY: Duration = Duration::from_millis(100);

/// What the broker may have told before anybody listens.
const INBOX_MAX: usize = 256;

/// Presses remembered for each twin, so that a repeated message presses once.
const PRESSES_MAX: usize = 32;

/// The twins' connection to the device room.
pub struct Room {
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Room {
    /// Connects the twins.
    ///
    /// # Errors
    /// If the system gives no thread or a certificate cannot be read.
    pub fn open(config: &Config, twins: Arc<Twins>) -> io::Result<Self> {
        let hall = config.hall;
        let press = |id| Topic::device(hall, id, DeviceTopic::Press);
        let topics = twins.ids().into_iter().map(press).collect();
        let (tell, told) = sync_channel(INBOX_MAX);
        let mqtt = broker_of(config, format!("{}.twins", config.bridge), topics)
            .map_err(io::Error::other)?;
        let mqtt = Mqtt::start(mqtt, move |from| {
            tell.send(from).ok();
        })?;
        let stop = Stop::new();
        let stopped = stop.clone();
        let thread =
            std::thread::Builder::new().name("device room".to_owned()).spawn(move || {
                let mut mqtt = mqtt;
                let mut published = BTreeMap::new();
                let mut pressed: BTreeMap<DeviceId, Vec<u64>> = BTreeMap::new();
                let mut due = Instant::now();
                while !stopped.is_asked() {
                    match told.recv_timeout(due.saturating_duration_since(Instant::now())) {
                        // The broker may have forgotten every picture.
                        Ok(FromBroker::Connected) => published.clear(),
                        Ok(FromBroker::Message(topic, payload)) => {
                            take(&twins, &mut pressed, topic, &payload);
                        }
                        Ok(
                            FromBroker::Lost | FromBroker::Acknowledged(_) | FromBroker::Denied(_),
                        ) => {}
                        Err(RecvTimeoutError::Disconnected) => break,
                        Err(RecvTimeoutError::Timeout) => {
                            due = Instant::now() + PICTURE_EVERY;
                            publish(&twins, &mut published, |id, picture| {
                                let topic = Topic::device(hall, id, DeviceTopic::Picture);
                                mqtt.publish(topic, true, picture, None)
                            });
                        }
                    }
                }
                drop(told);
                mqtt.stop();
            })?;
        Ok(Self { stop, thread: Some(thread) })
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of the device room panicked");
        }
    }
}

fn publish(
    twins: &Twins,
    published: &mut BTreeMap<DeviceId, u64>,
    post: impl Fn(DeviceId, Vec<u8>) -> bool,
) {
    let is_known = |id, changes| published.get(&id) == Some(&changes);
    let changed = twins.lines().iter().flat_map(|line| line.changed(is_known));
    for (id, changes, picture) in changed.collect::<Vec<_>>() {
        let payload = serde_json::to_vec(&picture).expect("a picture has no maps");
        if post(id, payload) {
            published.insert(id, changes);
        }
    }
}

fn take(twins: &Twins, pressed: &mut BTreeMap<DeviceId, Vec<u64>>, topic: Topic, payload: &[u8]) {
    let Place::Device(id, DeviceTopic::Press) = topic.place else { return };
    let Ok(press) = serde_json::from_slice::<Press>(payload) else {
        tracing::warn!(%topic, "a press that cannot be read");
        return;
    };
    let seen = pressed.entry(id).or_default();
    if seen.contains(&press.id) {
        return;
    }
    if seen.len() == PRESSES_MAX {
        seen.remove(0);
    }
    seen.push(press.id);
    if let Some(Err(no_such)) = twins.press(id, &press.key) {
        tracing::warn!(device = %id, "{no_such}");
    }
}
