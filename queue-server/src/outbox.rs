//! The way out and in over MQTT: faces, jobs and metrics out; reports and states in.
//!
//! Nothing is published before the journal is synced: everything here is computed from the
//! readers' hall. The broker may forget everything at any moment, so every connect publishes all
//! faces again. A report is acknowledged to the broker only after the engine answered.

mod inbox;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use hall::ids::DeviceId;
use tokio::{
    sync::{broadcast, mpsc, watch},
    time::{Interval, MissedTickBehavior, interval},
};
use wire::{
    device::{Face, Job, Press, Wanted, Work},
    texts::{Language, Texts},
    topics::{DeviceTopic, Topic},
};

use crate::{
    announcements,
    app::{App, Notice},
    engine::Batch,
    faces::{View, say_the_same},
    fleet::Fleet,
    mqtt::{FromBroker, Mqtt},
};

/// The hall screen's heartbeat: it marks its picture as old when it misses three.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// What the office subscribes to.
const METRICS_EVERY: Duration = Duration::from_secs(10);

/// Faces that change by time alone (blinking, askings that end) are looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A call that could not be spoken for so long is not worth speaking any more. Twenty-four windows
/// that call together take two minutes; a newer call of a window replaces its older one.
const VOICE_EXPIRES_MILLIS: u64 = 300_000;

/// A key's beep is worth nothing after this.
const FEEDBACK_EXPIRES_MILLIS: u64 = 3_000;

/// Revisions of one start of the server: a change a second for a hundred years.
const REVISION_BITS: u32 = 32;

/// The outbox's state.
pub struct Outbox {
    app: Arc<App>,
    fleet: Arc<Fleet>,
    mqtt: Mqtt,
    texts: &'static Texts,
    boot: u64,
    start: u64,
    faces: BTreeMap<DeviceId, Wanted>,
    jobs: BTreeMap<DeviceId, u64>,
    seen: inbox::Seen,
    feedback: mpsc::Sender<(DeviceId, bool)>,
    fed_back: Option<mpsc::Receiver<(DeviceId, bool)>>,
}

/// Reports that may be with the engine at once.
const FEEDBACK_MAX: usize = 256;

impl Outbox {
    /// The outbox of a server; `boot` is random and names this start, `start` counts them.
    #[must_use]
    pub fn new(app: Arc<App>, mqtt: Mqtt, boot: u64, start: u64) -> Self {
        let fleet = app.fleet.clone();
        let (feedback, fed_back) = mpsc::channel(FEEDBACK_MAX);
        fleet.begin_presses_at(boot >> 1);
        Self {
            app,
            fleet,
            mqtt,
            texts: Texts::of(Language::Chinese),
            boot,
            start,
            faces: BTreeMap::new(),
            jobs: BTreeMap::new(),
            seen: inbox::Seen::default(),
            feedback,
            fed_back: Some(fed_back),
        }
    }

    /// Runs until the server stops.
    pub async fn run(mut self, mut broker: mpsc::Receiver<FromBroker>) {
        let mut events = self.app.engine.subscribe();
        let mut notices = self.app.notices();
        let mut stopping = self.app.stopping.clone();
        let (Some(mut presses), Some(mut fed_back)) =
            (self.fleet.take_presses(), self.fed_back.take())
        else {
            return;
        };
        let (mut heartbeat, mut figures, mut look) =
            (every(HEARTBEAT), every(METRICS_EVERY), every(LOOK_EVERY));
        loop {
            tokio::select! {
                () = stopped(&mut stopping) => return,
                Some(tell) = broker.recv() => self.hear(tell),
                batch = events.recv() => match batch {
                    Ok(batch) => self.after(&batch),
                    Err(broadcast::error::RecvError::Lagged(missed)) => {
                        tracing::warn!(missed, "the outbox was behind; calls went unspoken");
                        self.publish_changes();
                    }
                    Err(broadcast::error::RecvError::Closed) => return,
                },
                Ok(notice) = notices.recv() => self.note(&notice),
                Some((device, press)) = presses.recv() => self.press(device, &press),
                Some((device, done)) = fed_back.recv() => self.feed_back(device, done),
                _ = look.tick() => self.publish_changes(),
                _ = heartbeat.tick() => self.beat(),
                _ = figures.tick() => self.publish_metrics(),
            }
        }
    }

    fn hear(&mut self, tell: FromBroker) {
        match tell {
            FromBroker::Connected => {
                self.app.set_broker_connected(true);
                self.publish_all();
            }
            FromBroker::Lost => self.app.set_broker_connected(false),
            FromBroker::Message(topic, message) => self.arrived(topic, message),
        }
    }

    fn after(&mut self, batch: &Batch) {
        self.publish_changes();
        let voices = self.fleet.of_kind(wire::device::DeviceKind::Voice);
        for event in &batch.events {
            let texts = self.texts;
            let work = self.app.read(|hall| announcements::after(event, hall, texts));
            if let Some(work) = work {
                for voice in &voices {
                    self.publish_job(*voice, work.clone(), VOICE_EXPIRES_MILLIS);
                }
            }
        }
    }

    fn note(&mut self, notice: &Notice) {
        match notice {
            Notice::Kiosk { kiosk, why } => self.fleet.note_kiosk(*kiosk, why, self.app.now()),
            Notice::Help { from, place } => tracing::info!(%from, place, "somebody asks for help"),
        }
    }

    /// Publishes every face, as after each connect.
    fn publish_all(&mut self) {
        self.faces.clear();
        self.publish_changes();
        self.publish_metrics();
    }

    /// Publishes the faces that say something else than before.
    fn publish_changes(&mut self) {
        for (device, face) in self.compute() {
            let same = self.faces.get(&device);
            if !same.is_some_and(|wanted| say_the_same(&wanted.face, &face)) {
                self.publish_face(device, face);
            }
        }
    }

    /// The hall screen is told that we live, with a fresh clock.
    fn beat(&mut self) {
        self.publish_board();
        for (device, face) in self.compute() {
            if matches!(face, Face::HallScreen(_)) {
                self.publish_face(device, face);
            }
        }
    }

    fn compute(&self) -> Vec<(DeviceId, Face)> {
        let app = &self.app;
        app.read(|hall| {
            let (profile, clock, now) = (&app.profile, app.clock, app.now());
            let view = View { hall, profile, clock, texts: self.texts, now };
            let devices = profile.devices.iter();
            devices.filter_map(|device| Some((device.id, view.face(device)?))).collect()
        })
    }

    /// Revisions grow within a start by counting, and over starts because starts are counted: a
    /// device that went on while the server was away must not take a new face for an old one.
    fn publish_face(&mut self, device: DeviceId, face: Face) {
        let before = self.faces.get(&device).map_or(0, |wanted| wanted.revision);
        let revision = (self.start << REVISION_BITS).max(before) + 1;
        let wanted = Wanted { revision, face };
        self.publish(device, DeviceTopic::Wanted, true, &wanted);
        self.fleet.note_wanted(device, &wanted);
        self.faces.insert(device, wanted);
    }

    fn publish_job(&mut self, device: DeviceId, work: Work, expires_in_millis: u64) {
        let id = self.jobs.entry(device).or_default();
        *id += 1;
        let job = Job { id: *id, boot: self.boot, expires_in_millis, work };
        self.publish(device, DeviceTopic::Job, false, &job);
    }

    fn feed_back(&mut self, device: DeviceId, done: bool) {
        self.publish_job(device, Work::Feedback { done }, FEEDBACK_EXPIRES_MILLIS);
    }

    fn press(&self, device: DeviceId, press: &Press) {
        self.publish(device, DeviceTopic::Press, false, press);
    }

    /// The whole board, for screens of others; as often as the heartbeat.
    fn publish_board(&self) {
        let board = self.app.board(Language::Chinese);
        self.send(Topic::board(self.app.profile.setup.id()), true, &*board);
    }

    fn publish_metrics(&self) {
        let metrics = self.app.metrics();
        self.send(Topic::metrics(self.app.profile.setup.id()), true, &metrics);
    }

    fn publish<T: serde::Serialize>(
        &self,
        device: DeviceId,
        topic: DeviceTopic,
        retain: bool,
        what: &T,
    ) {
        self.send(Topic::device(self.app.profile.setup.id(), device, topic), retain, what);
    }

    fn send<T: serde::Serialize>(&self, topic: Topic, retain: bool, what: &T) {
        match serde_json::to_vec(what) {
            Ok(payload) => {
                self.mqtt.publish(topic, retain, payload);
            }
            Err(error) => tracing::error!(%topic, %error, "a message could not be written"),
        }
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Skip);
    interval
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that whoever could stop us is gone.
    stopping.wait_for(|stop| *stop).await.ok();
}
