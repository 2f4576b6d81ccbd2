//! The way out and in over MQTT: faces, jobs and metrics out; reports and states in.
//!
//! Nothing is published before the journal is synced: everything here is computed from the
//! readers' hall. The broker may forget everything at any moment, so every connect publishes all
//! faces again. A report is acknowledged to the broker only after the engine answered.

mod arrivals;
mod captions;
mod concern;
mod health;
mod inbox;
pub mod postroom;
mod screens;

use std::{sync::Arc, time::Duration};

use hall::{Hall, ids::DeviceId, time::Timestamp};
use tokio::{
    sync::{
        broadcast::{
            self,
            error::{RecvError, TryRecvError},
        },
        mpsc, watch,
    },
    time::{Instant, Interval, MissedTickBehavior, interval, sleep_until},
};
use wire::{device::Work, screens::Screens, texts::Language, topics::Topic};

use crate::{
    app::{App, Notice},
    engine::Batch,
    faces::View,
    fleet::Fleet,
    mqtt::{FromBroker, Mqtt},
};
use postroom::{Believes, Post, Postroom};

/// The hall screen's heartbeat: it marks its picture as old when it misses three.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// What the office subscribes to.
const METRICS_EVERY: Duration = Duration::from_secs(10);

/// Faces that change by time alone (blinking, askings that end) are looked at so often.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// After a look the outbox rests so many times as long as the look took…
const REST_TIMES: u32 = 4;

/// …and at most so long. A step that comes alone is looked at at once; under load the cores are
/// the engine's, and a strip is behind by no more than a person can see.
const REST_MAX: Duration = Duration::from_millis(25);

/// Steps that are looked at together: half of what the engine keeps for whoever is behind.
const TOGETHER_MAX: usize = 512;

/// The outbox's state.
pub struct Outbox {
    app: Arc<App>,
    fleet: Arc<Fleet>,
    mqtt: Mqtt,
    room: Postroom,
    on_its_way: health::OnItsWay,
    feedback: mpsc::Sender<(DeviceId, bool)>,
    fed_back: Option<mpsc::Receiver<(DeviceId, bool)>>,
    rested: Instant,
    /// The hall's time when it was told last which calls arrived.
    arrivals_told: Timestamp,
    /// When the next device may be asked to do something.
    asked: Instant,
    /// The list of screens that was published last.
    listed: Screens,
}

/// Whoever asks the whole hall asks one device after another: a bridge takes 64 jobs at once.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// Reports that may be with the engine at once.
const FEEDBACK_MAX: usize = 256;

impl Outbox {
    /// The outbox of a server; `boot` is random and names this start, `start` counts them.
    #[must_use]
    pub fn new(app: Arc<App>, mqtt: Mqtt, believes: Believes, boot: u64, start: u64) -> Self {
        let fleet = app.fleet.clone();
        let (feedback, fed_back) = mpsc::channel(FEEDBACK_MAX);
        fleet.begin_presses_at(boot >> 1);
        let room = Postroom::new(fleet.clone(), boot, start).believing(believes);
        let on_its_way = health::OnItsWay::default();
        let (fed_back, rested, asked) = (Some(fed_back), Instant::now(), Instant::now());
        let (listed, arrivals_told) = (Screens::default(), app.now());
        Self {
            app,
            fleet,
            mqtt,
            room,
            on_its_way,
            feedback,
            fed_back,
            rested,
            arrivals_told,
            asked,
            listed,
        }
    }

    /// Runs until the server stops.
    pub async fn run(mut self, mut broker: mpsc::Receiver<FromBroker>) {
        let mut events = self.app.engine.subscribe();
        let mut notices = self.app.notices();
        let mut stopping = self.app.stopping.clone();
        let (Some(mut presses), Some(mut papers), Some(mut fed_back)) =
            (self.fleet.take_presses(), self.app.printroom.take_orders(), self.fed_back.take())
        else {
            return;
        };
        let Some(mut asks) = self.fleet.take_asks() else { return };
        let (mut heartbeat, mut figures, mut look) =
            (every(HEARTBEAT), every(METRICS_EVERY), every(LOOK_EVERY));
        loop {
            tokio::select! {
                () = stopped(&mut stopping) => return,
                Some(tell) = broker.recv() => self.hear(tell),
                batch = next(&mut events, self.rested) => match batch {
                    Ok(batch) => self.after(batch, &mut events),
                    Err(RecvError::Lagged(missed)) => {
                        was_behind(missed);
                        self.with_room(Postroom::handle_time);
                    }
                    Err(RecvError::Closed) => return,
                },
                Ok(notice) = notices.recv() => self.note(&notice),
                Some((device, press)) = presses.recv() => {
                    self.with_room(|room, _| room.press(device, press));
                }
                Some(order) = papers.recv() => {
                    let (device, paper) = (order.device, order.paper);
                    let (boot, id) = self.with_room(|room, _| room.print(device, paper));
                    self.app.printroom.left((device, boot, id), order.answer);
                }
                Some((device, work)) = next_ask(&mut asks, self.asked) => {
                    self.asked = Instant::now() + ASK_EVERY;
                    self.with_room(|room, _| room.ask(device, work));
                }
                Some((device, done)) = fed_back.recv() => {
                    self.with_room(|room, _| room.feed_back(device, done));
                }
                _ = look.tick() => {
                    self.look_at_all();
                    if self.fleet.handle_time(LOOK_EVERY) {
                        self.app.devices_changed();
                    }
                    self.report_health();
                    self.report_arrivals();
                }
                _ = heartbeat.tick() => self.beat(),
                _ = figures.tick() => self.publish_metrics(),
            }
        }
    }

    fn hear(&mut self, tell: FromBroker) {
        match tell {
            FromBroker::Connected => {
                self.app.set_broker_connected(true);
                self.listed = Screens::default();
                self.with_room(Postroom::handle_connected);
                self.publish_metrics();
            }
            FromBroker::Lost => self.app.set_broker_connected(false),
            FromBroker::Message(topic, message) => self.arrived(topic, message),
        }
    }

    /// Steps that came together are looked at together: a face shows how things are now, so a busy
    /// second costs as many looks as there is time for, and nobody waits behind them.
    fn after(&mut self, first: Arc<Batch>, events: &mut broadcast::Receiver<Arc<Batch>>) {
        let mut batches = vec![first];
        while batches.len() < TOGETHER_MAX {
            match events.try_recv() {
                Ok(batch) => batches.push(batch),
                Err(TryRecvError::Lagged(missed)) => was_behind(missed),
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        let begun = Instant::now();
        self.with_room(|room, view| {
            room.handle_events(view, batches.iter().flat_map(|batch| &batch.events));
        });
        let ended = Instant::now();
        self.rested = ended + (ended.duration_since(begun) * REST_TIMES).min(REST_MAX);
    }

    fn note(&mut self, notice: &Notice) {
        match notice {
            Notice::Kiosk { kiosk, why, about } => {
                if self.fleet.note_kiosk(*kiosk, why, about, self.app.now()) {
                    self.app.devices_changed();
                }
            }
            Notice::Help { from, place } => tracing::info!(%from, place, "somebody asks for help"),
        }
    }

    /// The board, and the hall screens, which are told that we live.
    fn beat(&mut self) {
        self.publish_board();
        self.with_room(Postroom::handle_beat);
    }

    /// Lets the postroom look at the readers' hall, and publishes what it posts.
    fn with_room<T>(&mut self, act: impl FnOnce(&mut Postroom, &View) -> T) -> T {
        let (app, room) = (&self.app, &mut self.room);
        let done = app.read(|hall| act(room, &view(app, hall)));
        self.publish_posts();
        done
    }

    /// Looks at every face, on a copy: the engine waits for its readers, and hundreds of faces
    /// take a while.
    fn look_at_all(&mut self) {
        let hall = self.app.engine.hall();
        self.room.handle_time(&view(&self.app, &hall));
        self.publish_posts();
    }

    fn publish_posts(&mut self) {
        while let Some(post) = self.room.poll_post() {
            self.publish(&post);
        }
    }

    /// The whole board, for screens of others; as often as the heartbeat.
    fn publish_board(&self) {
        let board = self.app.board(Language::Chinese);
        self.send(Topic::board(self.app.profile.setup.id()), true, serde_json::to_vec(&*board));
    }

    fn publish_metrics(&mut self) {
        self.publish_screens();
        let metrics = self.app.metrics();
        self.send(Topic::metrics(self.app.profile.setup.id()), true, serde_json::to_vec(&metrics));
    }

    /// The list of screens, by which a display finds the device it is; when it is another one than
    /// before.
    fn publish_screens(&mut self) {
        let screens = screens::of(&self.app.profile.devices, &self.app.profile.setup);
        if screens != self.listed {
            let topic = Topic::screens(self.app.profile.setup.id());
            self.send(topic, true, serde_json::to_vec(&screens));
            self.listed = screens;
        }
    }

    fn publish(&self, post: &Post) {
        let topic = Topic::device(self.app.profile.setup.id(), post.device, post.topic());
        self.send(topic, post.is_retained(), post.payload());
    }

    fn send(&self, topic: Topic, retain: bool, payload: serde_json::Result<Vec<u8>>) {
        match payload {
            Ok(payload) => {
                self.mqtt.publish(topic, retain, payload);
            }
            Err(error) => tracing::error!(%topic, %error, "a message could not be written"),
        }
    }
}

/// The hall as faces and papers see it.
pub(crate) fn view<'a>(app: &'a App, hall: &'a Hall) -> View<'a> {
    let (profile, clock, now) = (&app.profile, app.clock, app.now());
    let forecasts = Some(&app.forecasts);
    View { hall, profile, clock, texts: Postroom::texts(), now, forecasts }
}

/// The next step, once the outbox has rested.
async fn next(
    events: &mut broadcast::Receiver<Arc<Batch>>,
    rested: Instant,
) -> Result<Arc<Batch>, RecvError> {
    sleep_until(rested).await;
    events.recv().await
}

/// What a device is asked next, once the one before has had its time.
async fn next_ask(
    asks: &mut mpsc::Receiver<(DeviceId, Work)>,
    after: Instant,
) -> Option<(DeviceId, Work)> {
    sleep_until(after).await;
    asks.recv().await
}

fn was_behind(missed: u64) {
    tracing::warn!(missed, "the outbox was behind; calls went unspoken");
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
