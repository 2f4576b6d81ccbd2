//! Between the broker and the lines: faces and jobs go down, happenings and states go up. No IO;
//! time comes in as a value.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use wire::{
    device::{BridgeState, DeviceState, Happening, Health, Job, Report, Wanted, Work},
    ids::{DeviceId, HallId},
    texts::Texts,
    topics::{DeviceTopic, Place, Topic},
};

use crate::{
    line::{LineEvent, LineOrder},
    moment::Moment,
    mqtt::FromBroker,
    outbox::{NotKept, Outbox, is_by_person},
};

/// Jobs that may wait for a line's inbox, all devices together.
const JOBS_MAX: usize = 64;

/// Jobs of a device that are with its line, so that it is known why one was not done.
const JOBS_KNOWN_MAX: usize = 16;

/// After connecting, reports wait this long: to a broker that has just come up the server connects
/// at about the same time, and a report that came before it listens would be acknowledged by the
/// broker and heard by nobody.
pub const SETTLE: Duration = Duration::from_secs(1);

/// The counter of reports that the broker has not acknowledged yet.
const REPORTS_WAITING: &str = "reports_waiting";

/// The id of a job that the bridge gives itself: feedback about a key that could not be reported.
const OWN_JOBS_BOOT: u64 = 0;

/// A message to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where.
    pub topic: Topic,
    /// Whether the broker keeps it.
    pub retain: bool,
    /// What.
    pub payload: Vec<u8>,
    /// The place in the outbox, if it must arrive.
    pub tag: Option<u64>,
}

/// One bridge's affairs.
pub struct Switchboard {
    hall: HallId,
    bridge: DeviceId,
    boot: u64,
    devices: BTreeMap<DeviceId, Device>,
    outbox: Outbox,
    connected: Option<Instant>,
    /// The bridge's own state must be published.
    own_state: bool,
    states: BTreeSet<DeviceId>,
    faces: BTreeSet<DeviceId>,
    jobs: Vec<(usize, LineOrder)>,
    own_jobs: u64,
}

struct Device {
    line: usize,
    count: u64,
    state: Option<DeviceState>,
    wanted: Option<Wanted>,
    refused: bool,
    /// Its published state says that reports wait for the broker.
    told_waiting: bool,
    /// The credential has no right to it.
    denied: bool,
    /// Until when each job that is with the line is worth doing, by boot and id.
    jobs: BTreeMap<(u64, u64), Instant>,
    /// Jobs that came too late to be done.
    expired: u64,
    /// Jobs that could not be done for another reason.
    undone: u64,
}

impl Switchboard {
    /// A bridge whose devices hang on these lines; `boot` is random.
    #[must_use]
    pub fn new(
        hall: HallId,
        bridge: DeviceId,
        boot: u64,
        devices: impl IntoIterator<Item = (DeviceId, usize)>,
        outbox: Outbox,
    ) -> Self {
        let device = |line| Device {
            line,
            count: 0,
            state: None,
            wanted: None,
            refused: false,
            told_waiting: false,
            denied: false,
            jobs: BTreeMap::new(),
            expired: 0,
            undone: 0,
        };
        let devices = devices.into_iter().map(|(id, line)| (id, device(line))).collect();
        Self {
            hall,
            bridge,
            boot,
            devices,
            outbox,
            connected: None,
            own_state: false,
            states: BTreeSet::new(),
            faces: BTreeSet::new(),
            jobs: Vec::new(),
            own_jobs: 0,
        }
    }

    /// What it reads from the broker.
    #[must_use]
    pub fn topics(&self) -> Vec<Topic> {
        let topic = |(&id, topic)| Topic::device(self.hall, id, topic);
        let both = [DeviceTopic::Wanted, DeviceTopic::Job];
        self.devices.keys().flat_map(|id| both.map(|which| (id, which))).map(topic).collect()
    }

    /// The bridge's state, for its will and for its farewell.
    #[must_use]
    pub fn state(&self, online: bool) -> Post {
        let devices = self.devices.keys().copied().collect();
        let state = BridgeState { online, boot: self.boot, devices };
        let topic = Topic::bridge_state(self.hall, self.bridge);
        Post { topic, retain: true, payload: json(&state), tag: None }
    }

    /// The broker tells something.
    pub fn handle_broker(&mut self, from: FromBroker, now: Moment) {
        match from {
            FromBroker::Connected => {
                self.connected = Some(now.steady);
                self.own_state = true;
                self.devices.values_mut().for_each(|device| device.denied = false);
                // The broker may have forgotten everything.
                self.states = self.devices.keys().copied().collect();
                self.outbox.lost();
            }
            FromBroker::Lost => {
                self.connected = None;
                self.outbox.lost();
            }
            FromBroker::Acknowledged(place) => {
                self.outbox.arrived(place);
                if self.outbox.is_empty() {
                    let told = self.devices.iter().filter(|(_, device)| device.told_waiting);
                    self.states.extend(told.map(|(&id, _)| id));
                }
            }
            FromBroker::Message(topic, payload) => self.message(topic, &payload, now.steady),
            FromBroker::Denied(topic) => self.deny(topic),
        }
    }

    /// A line tells something.
    pub fn handle_line(&mut self, event: LineEvent, now: Moment) {
        match event {
            LineEvent::State(id, state) => {
                if let Some(device) = self.devices.get_mut(&id) {
                    device.state = Some(state);
                    self.states.insert(id);
                }
            }
            LineEvent::Forgot(id) => {
                self.faces.insert(id);
            }
            LineEvent::Happened(_, Happening::JobDone { boot: OWN_JOBS_BOOT, .. }) => {}
            LineEvent::Happened(id, what) => {
                if let Happening::JobDone { id: job, boot, done, .. } = what {
                    self.note_job(id, (boot, job), done, now.steady);
                }
                self.report(id, what, now);
            }
        }
    }

    /// Hands out what is due: posts to the broker, orders to lines. A post that is not taken and
    /// an order that comes back are handed out again at the next call.
    pub fn pump(
        &mut self,
        now: Moment,
        post: &mut dyn FnMut(Post) -> bool,
        order: &mut dyn FnMut(usize, LineOrder) -> Result<(), LineOrder>,
    ) {
        for (line, job) in std::mem::take(&mut self.jobs) {
            if let Some(late) = too_late(&job, now.steady) {
                self.handle_line(late, now);
            } else if let Err(job) = order(line, job) {
                self.jobs.push((line, job));
            }
        }
        for id in std::mem::take(&mut self.faces) {
            let Some(device) = self.devices.get(&id) else { continue };
            let Some(wanted) = device.wanted.clone() else { continue };
            if order(device.line, LineOrder::Wanted(id, Box::new(wanted))).is_err() {
                self.faces.insert(id);
            }
        }
        if let Some(since) = self.connected {
            let settled = now.steady.saturating_duration_since(since) >= SETTLE;
            self.pump_up(settled, now.unix_millis, post);
        }
    }

    /// How many reports wait for the broker.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.outbox.len()
    }

    /// True if something was not taken and [`Switchboard::pump`] should be called again soon.
    #[must_use]
    pub fn is_held_up(&self) -> bool {
        let up = self.own_state || !self.states.is_empty() || self.outbox.next().is_some();
        !self.jobs.is_empty() || !self.faces.is_empty() || (self.connected.is_some() && up)
    }

    fn pump_up(&mut self, settled: bool, now: u64, post: &mut dyn FnMut(Post) -> bool) {
        if self.own_state {
            self.own_state = !post(self.state(true));
        }
        while settled && let Some(letter) = self.outbox.next() {
            let topic = Topic::device(self.hall, letter.device, DeviceTopic::Report);
            let (place, payload) = (letter.place, json(&letter.leaving(now)));
            if !post(Post { topic, retain: false, payload, tag: Some(place) }) {
                return;
            }
            self.outbox.left(place);
        }
        while let Some(id) = self.states.pop_first() {
            let Some(state) = self.devices.get(&id).and_then(|device| self.told(device)) else {
                continue;
            };
            let topic = Topic::device(self.hall, id, DeviceTopic::State);
            let waits = state.counters.get(REPORTS_WAITING).is_some_and(|count| *count > 0);
            if !post(Post { topic, retain: true, payload: json(&state), tag: None }) {
                self.states.insert(id);
                return;
            }
            if let Some(device) = self.devices.get_mut(&id) {
                device.told_waiting = waits;
            }
        }
    }

    /// A device's state, with the outbox's trouble in it.
    fn told(&self, device: &Device) -> Option<DeviceState> {
        let mut state = device.state.clone()?;
        if state.health == Health::Online && (device.refused || self.outbox.is_broken()) {
            state.health = Health::Ill;
            state.why = if device.refused { "outbox_full" } else { "outbox_fault" }.to_owned();
        }
        state.counters.insert(REPORTS_WAITING.to_owned(), self.outbox.len() as u64);
        state.counters.insert("jobs_expired".to_owned(), device.expired);
        state.counters.insert("jobs_undone".to_owned(), device.undone);
        Some(state)
    }

    /// The broker lets us not speak for a device: its keys are refused here, where somebody sees it,
    /// and not thrown away there.
    fn deny(&mut self, topic: Topic) {
        let Place::Device(id, _) = topic.place else { return };
        let Some(device) = self.devices.get_mut(&id) else { return };
        if !std::mem::replace(&mut device.denied, true) {
            tracing::error!("{}", Texts::both("bridge.denied", &[("device", &id)]));
        }
    }

    fn message(&mut self, topic: Topic, payload: &[u8], now: Instant) {
        let Place::Device(id, which) = topic.place else { return };
        let Some(device) = self.devices.get_mut(&id).filter(|_| topic.hall == self.hall) else {
            return;
        };
        match which {
            DeviceTopic::Wanted => match serde_json::from_slice::<Wanted>(payload) {
                Ok(wanted) => {
                    device.wanted = Some(wanted);
                    self.faces.insert(id);
                }
                Err(error) => tracing::warn!(%topic, %error, "a face that cannot be read"),
            },
            DeviceTopic::Job => match serde_json::from_slice::<Job>(payload) {
                Ok(job) if self.jobs.len() < JOBS_MAX => {
                    let expires = now + Duration::from_millis(job.expires_in_millis);
                    if device.jobs.len() == JOBS_KNOWN_MAX {
                        device.jobs.pop_first();
                    }
                    device.jobs.insert((job.boot, job.id), expires);
                    self.jobs.push((device.line, LineOrder::Job(id, job, expires)));
                }
                Ok(_) => {
                    device.undone += 1;
                    self.states.insert(id);
                    tracing::warn!(%topic, "a job was dropped: too many wait");
                }
                Err(error) => tracing::warn!(%topic, %error, "a job that cannot be read"),
            },
            DeviceTopic::Report
            | DeviceTopic::State
            | DeviceTopic::Picture
            | DeviceTopic::Claim
            | DeviceTopic::Press => {}
        }
    }

    /// Counts a job that was not done: too late, or not possible.
    fn note_job(&mut self, id: DeviceId, job: (u64, u64), done: bool, now: Instant) {
        let Some(device) = self.devices.get_mut(&id) else { return };
        let expires = device.jobs.remove(&job);
        if done {
            return;
        }
        if expires.is_some_and(|expires| now >= expires) {
            device.expired += 1;
        } else {
            device.undone += 1;
        }
        self.states.insert(id);
    }

    fn report(&mut self, id: DeviceId, what: Happening, now: Moment) {
        let Some(device) = self.devices.get_mut(&id) else { return };
        let was_pressed = matches!(what, Happening::Pressed(_));
        let report = Report { boot: self.boot, count: device.count + 1, age_millis: 0, what };
        let put = if device.denied && is_by_person(&report.what) {
            Err(NotKept::Denied)
        } else {
            self.outbox.put(id, report, now.unix_millis)
        };
        match put {
            Ok(()) => {
                device.count += 1;
                if std::mem::take(&mut device.refused) {
                    self.states.insert(id);
                }
            }
            Err(refusal) => {
                if !std::mem::replace(&mut device.refused, true) {
                    tracing::error!(device = %id, %refusal, "a report was not taken");
                }
                self.states.insert(id);
                // The clerk is told that the key did nothing.
                if was_pressed && self.jobs.len() < JOBS_MAX {
                    self.own_jobs += 1;
                    let work = Work::Feedback { done: false };
                    let (boot, expires_in_millis) = (OWN_JOBS_BOOT, 2_000);
                    let job = Job { id: self.own_jobs, boot, expires_in_millis, work };
                    let expires = now.steady + Duration::from_millis(expires_in_millis);
                    self.jobs.push((device.line, LineOrder::Job(id, job, expires)));
                }
            }
        }
    }
}

/// What is told of a job that is not worth handing to its line any more.
fn too_late(order: &LineOrder, now: Instant) -> Option<LineEvent> {
    match order {
        LineOrder::Job(id, job, expires) if now >= *expires => {
            let done = Happening::job_done(job.id, job.boot, false);
            Some(LineEvent::Happened(*id, done))
        }
        LineOrder::Job(..) | LineOrder::Wanted(..) => None,
    }
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("what goes over the wire has no maps with strange keys")
}

#[cfg(test)]
mod hour_tests;
#[cfg(test)]
mod tests;
