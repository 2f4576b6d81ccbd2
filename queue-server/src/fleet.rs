//! 设备: what is known of each device, for the device room and the alerts.

mod notes;
mod owed;
pub mod trials;

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hall::{ids::DeviceId, time::Timestamp, words::alert::DeviceTrouble};
use tokio::sync::mpsc;
use wire::device::{BridgeState, DeviceState, Health, Picture, Press, Wanted, Work};

use crate::profile::Device;
use owed::Owed;
use trials::Trials;

/// Key presses from the device room that may wait for the broker.
const PRESSES_MAX: usize = 64;

/// Trials that may wait for the broker: one of each device of the largest hall.
const ASKS_MAX: usize = 1_024;

/// A device that speaks for itself and says nothing for so long is lost, also one that was never
/// heard since the server began. Each says how it is every fifteen seconds; devices on a line are
/// spoken for by their bridge. It is the world's time, however fast the hall's clock runs.
const SILENT_AFTER: Duration = Duration::from_secs(60);

/// A device that is there and has not confirmed a face for so long shows something old: 未更新. A
/// strip has tried it three times and more by then, and a line of six windows has been through.
pub const STALE_AFTER: Duration = Duration::from_secs(15);

/// What ails a device that is stale, in the codes of [`DeviceState::why`].
const STALE: &str = "stale";

/// A bridge carries the device without the right to.
const DENIED: &str = "not_allowed";

/// What is known of one device.
#[derive(Debug, Clone)]
pub struct Known {
    /// What the profile says of it.
    pub device: Device,
    /// What it said of itself last.
    pub state: Option<DeviceState>,
    /// The face it must show.
    pub wanted: Option<Wanted>,
    /// The revision it confirmed last.
    pub shown: Option<u64>,
    /// When it was heard last.
    pub heard: Option<Timestamp>,
    /// What its twin shows.
    pub picture: Option<Picture>,
    /// The bridge that carries it.
    pub bridge: Option<DeviceId>,
    /// A bridge says that it carries it, and has no right to.
    pub is_denied: bool,
}

impl Known {
    /// A device that was never heard.
    fn of(device: &Device) -> Self {
        Self {
            device: device.clone(),
            state: None,
            wanted: None,
            shown: None,
            heard: None,
            picture: None,
            bridge: None,
            is_denied: false,
        }
    }
}

/// Every device of the hall.
pub struct Fleet {
    inner: Mutex<Inner>,
    presses: mpsc::Sender<(DeviceId, Press)>,
    pressed: Mutex<Option<mpsc::Receiver<(DeviceId, Press)>>>,
    asks: mpsc::Sender<(DeviceId, Work)>,
    asked: Mutex<Option<mpsc::Receiver<(DeviceId, Work)>>>,
}

struct Inner {
    known: BTreeMap<DeviceId, Known>,
    bridges: BTreeMap<DeviceId, BridgeState>,
    /// Virtual devices of this process, which need no broker.
    nearby: BTreeMap<DeviceId, mpsc::Sender<Press>>,
    /// The time since a device said something, or was said to be lost.
    quiet: BTreeMap<DeviceId, Duration>,
    /// The time since a bridge was lost.
    away: BTreeMap<DeviceId, Duration>,
    /// The faces that were not confirmed yet.
    owed: BTreeMap<DeviceId, Owed>,
    trials: Trials,
    press: u64,
}

impl Inner {
    /// Nothing was heard of it yet, and it still has time to say something.
    fn is_awaited(&self, known: &Known) -> bool {
        known.state.is_none() && self.quiet_of(known.device.id) < SILENT_AFTER
    }

    fn quiet_of(&self, id: DeviceId) -> Duration {
        self.quiet.get(&id).copied().unwrap_or_default()
    }

    /// What a device or its bridge says of it.
    fn told(&self, known: &Known) -> Health {
        let carried = known.bridge.and_then(|bridge| self.bridges.get(&bridge));
        if carried.is_some_and(|bridge| !bridge.online) || self.is_silent(known) {
            return Health::Offline;
        }
        known.state.as_ref().map_or(Health::Offline, |state| state.health)
    }

    /// It has not confirmed what it must show for too long. Who is lost or ill has trouble enough.
    fn is_stale(&self, id: DeviceId) -> bool {
        let owed = self.owed.get(&id).and_then(Owed::oldest);
        // A screen says by itself that its picture is old, and without a window it has none.
        let owes =
            |known: &Known| !known.device.is_screen_program() && self.told(known) == Health::Online;
        self.known.get(&id).is_some_and(owes) && owed.is_some_and(|owed| owed >= STALE_AFTER)
    }

    fn is_silent(&self, known: &Known) -> bool {
        let id = known.device.id;
        let speaks_itself = known.bridge.is_none() && !self.nearby.contains_key(&id);
        speaks_itself && self.quiet_of(id) >= SILENT_AFTER
    }
}

/// A key of the device room was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PressFault {
    /// Not in the profile.
    #[error("no such device")]
    NoSuchDevice,
    /// Real devices are pressed with a finger.
    #[error("only virtual devices can be pressed from here")]
    NoTwin,
    /// This kind of device does nothing of the kind.
    #[error("this kind of device cannot be asked that")]
    NotAsked,
    /// Too many at once, or the broker is away.
    #[error("too many keys at once; try again")]
    Busy,
}

impl Fleet {
    /// The devices of a profile, none of them heard of; each has a minute to say something.
    #[must_use]
    pub fn new(devices: &[Device]) -> Self {
        let (presses, pressed) = mpsc::channel(PRESSES_MAX);
        let known = devices.iter().map(|device| (device.id, Known::of(device)));
        let inner = Inner {
            known: known.collect(),
            bridges: BTreeMap::new(),
            nearby: BTreeMap::new(),
            quiet: devices.iter().map(|device| (device.id, Duration::ZERO)).collect(),
            away: BTreeMap::new(),
            owed: BTreeMap::new(),
            trials: Trials::default(),
            press: 0,
        };
        let (asks, asked) = mpsc::channel(ASKS_MAX);
        let (pressed, asked) = (Mutex::new(Some(pressed)), Mutex::new(Some(asked)));
        Self { inner: Mutex::new(inner), presses, pressed, asks, asked }
    }

    /// Other devices from now on; what is known of those that stay is kept.
    pub fn replace(&self, devices: &[Device]) {
        let mut inner = self.lock();
        let mut before = std::mem::take(&mut inner.known);
        for device in devices {
            let known = before.remove(&device.id).filter(|known| known.device.kind == device.kind);
            let known = known.map(|known| Known { device: device.clone(), ..known });
            inner.known.insert(device.id, known.unwrap_or_else(|| Known::of(device)));
            inner.quiet.entry(device.id).or_default();
        }
        for gone in before.keys() {
            inner.quiet.remove(gone);
            inner.away.remove(gone);
            inner.owed.remove(gone);
        }
    }

    /// Every device, in the order of their ids.
    #[must_use]
    pub fn devices(&self) -> Vec<Known> {
        self.lock().known.values().cloned().collect()
    }

    /// One device.
    #[must_use]
    pub fn device(&self, id: DeviceId) -> Option<Known> {
        self.lock().known.get(&id).cloned()
    }

    /// 在线 / 异常 / 离线: a device is online when its bridge is, or it was heard of itself within a
    /// minute, and it says so, and it shows what it must.
    #[must_use]
    pub fn health(&self, id: DeviceId) -> Health {
        let inner = self.lock();
        let Some(known) = inner.known.get(&id) else { return Health::Offline };
        match inner.told(known) {
            Health::Online if inner.is_stale(id) => Health::Ill,
            told @ (Health::Online | Health::Ill | Health::Offline) => told,
        }
    }

    /// Why a device is not well, as a code for the texts; empty if it is.
    #[must_use]
    pub fn why(&self, id: DeviceId) -> String {
        let inner = self.lock();
        let Some(known) = inner.known.get(&id) else { return String::new() };
        match inner.told(known) {
            Health::Online if inner.is_stale(id) => STALE.to_owned(),
            Health::Offline if known.is_denied => DENIED.to_owned(),
            Health::Online | Health::Ill | Health::Offline => {
                known.state.as_ref().map_or(String::new(), |state| state.why.clone())
            }
        }
    }

    /// 未更新: it is there, and has not confirmed what it must show for too long.
    #[must_use]
    pub fn is_stale(&self, id: DeviceId) -> bool {
        self.lock().is_stale(id)
    }

    /// How long a device has not confirmed what it must show; nothing while it does.
    #[must_use]
    pub fn owes(&self, id: DeviceId) -> Option<Duration> {
        self.lock().owed.get(&id).and_then(Owed::oldest)
    }

    /// How long an offline device has said nothing; none if it is there, or nothing was heard of it
    /// yet and it still has time.
    #[must_use]
    pub fn silence(&self, id: DeviceId) -> Option<Duration> {
        if self.health(id) != Health::Offline {
            return None;
        }
        let inner = self.lock();
        let known = inner.known.get(&id).filter(|known| !inner.is_awaited(known))?;
        let away = known.bridge.and_then(|bridge| inner.away.get(&bridge)).copied();
        let quiet = inner.quiet_of(id);
        // A device on a line says nothing for hours; its bridge spoke for it.
        Some(away.map_or(quiet, |away| away.min(quiet)))
    }

    /// What ails each device; none if it is well. Those that still have time to say something for
    /// the first time are left out.
    #[must_use]
    pub fn troubles(&self) -> Vec<(DeviceId, Option<DeviceTrouble>)> {
        let told: Vec<DeviceId> = {
            let inner = self.lock();
            let told = inner.known.iter().filter(|(_, known)| !inner.is_awaited(known));
            told.map(|(id, _)| *id).collect()
        };
        let ails = |id| trouble(self.health(id), &self.why(id));
        told.into_iter().map(|id| (id, ails(id))).collect()
    }

    /// How many devices are online, and how many there are.
    #[must_use]
    pub fn online(&self) -> (usize, usize) {
        let ids: Vec<_> = self.lock().known.keys().copied().collect();
        let online = ids.iter().filter(|id| self.health(**id) != Health::Offline).count();
        (online, ids.len())
    }

    /// Presses a key of a virtual device.
    ///
    /// # Errors
    /// [`PressFault`].
    pub fn press(&self, id: DeviceId, key: &str) -> Result<(), PressFault> {
        let mut inner = self.lock();
        let known = inner.known.get(&id).ok_or(PressFault::NoSuchDevice)?;
        if known.picture.is_none() {
            return Err(PressFault::NoTwin);
        }
        inner.press += 1;
        let press = Press { key: key.to_owned(), id: inner.press };
        if let Some(nearby) = inner.nearby.get(&id) {
            return nearby.try_send(press).map_err(|_| PressFault::Busy);
        }
        self.presses.try_send((id, press)).map_err(|_| PressFault::Busy)
    }

    /// The keys pressed from now on; the outbox takes them once.
    pub fn take_presses(&self) -> Option<mpsc::Receiver<(DeviceId, Press)>> {
        self.pressed.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What devices are asked from now on; the outbox takes it once.
    pub fn take_asks(&self) -> Option<mpsc::Receiver<(DeviceId, Work)>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The keys of a virtual device that runs in this process.
    #[must_use]
    pub fn stand_nearby(&self, id: DeviceId) -> mpsc::Receiver<Press> {
        let (send, receive) = mpsc::channel(PRESSES_MAX);
        self.lock().nearby.insert(id, send);
        receive
    }

    /// So much of the world's time has passed; true if a device counts as lost or
    /// stale from now on, or a trial has ended without an answer.
    pub fn handle_time(&self, passed: Duration) -> bool {
        let mut inner = self.lock();
        let ill = |inner: &Inner| {
            let ill = |known: &&Known| inner.is_silent(known) || inner.is_stale(known.device.id);
            inner.known.values().filter(ill).count()
        };
        let before = ill(&inner);
        let inner_now = &mut *inner;
        for quiet in inner_now.quiet.values_mut().chain(inner_now.away.values_mut()) {
            *quiet = quiet.saturating_add(passed);
        }
        inner_now.owed.values_mut().for_each(|owed| owed.handle_time(passed));
        let tried_in_vain = inner.trials.handle_time(passed);
        ill(&inner) > before || tried_in_vain
    }

    /// A press id must not repeat those of an earlier boot.
    pub fn begin_presses_at(&self, id: u64) {
        self.lock().press = id;
    }

    fn owed(&self, id: DeviceId, change: impl FnOnce(&mut Owed)) {
        let mut inner = self.lock();
        if inner.known.contains_key(&id) {
            change(inner.owed.entry(id).or_default());
        }
    }

    fn change(&self, id: DeviceId, change: impl FnOnce(&mut Known)) {
        if let Some(known) = self.lock().known.get_mut(&id) {
            change(known);
        }
    }

    /// A device said something.
    fn heard(&self, id: DeviceId) {
        let mut inner = self.lock();
        if inner.known.contains_key(&id) {
            inner.quiet.insert(id, Duration::ZERO);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What ails a device, by what it says of itself.
fn trouble(health: Health, why: &str) -> Option<DeviceTrouble> {
    match (health, why) {
        (Health::Offline, _) => Some(DeviceTrouble::Silent),
        (_, "paper_out") => Some(DeviceTrouble::PaperOut),
        (_, "paper_low") => Some(DeviceTrouble::PaperLow),
        (_, "cover_open") => Some(DeviceTrouble::CoverOpen),
        (_, "jam") => Some(DeviceTrouble::Jam),
        (Health::Ill, _) => Some(DeviceTrouble::Fault),
        (Health::Online, _) => None,
    }
}

#[cfg(test)]
mod tests;
