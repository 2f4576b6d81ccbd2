//! Who may say and hear what: each device only its own topics.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError, RwLock},
};

use hall::ids::{DeviceId, HallId, WindowId};
use wire::{
    device::DeviceKind,
    topics::{DeviceTopic, Place, Topic},
};

use crate::{
    access::{Access, Identity, Role, SERVER},
    profile::Device,
};

/// Names remembered between connect and publish; more than clients can be connected.
const CONNECTED_MAX: usize = 2_000;

/// The server's own password, new with every start.
#[derive(Clone)]
pub struct ServerSecret(String);

impl ServerSecret {
    /// A fresh secret.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn fresh() -> Result<Self, crate::access::Fault> {
        crate::access::fresh_secret().map(Self)
    }

    /// Name and password of the server.
    #[must_use]
    pub fn credentials(&self) -> (&'static str, &str) {
        (SERVER, &self.0)
    }
}

/// A topic that a client may read, publish on, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// Which.
    pub topic: Topic,
    /// It may read it.
    pub read: bool,
    /// It may publish on it.
    pub publish: bool,
}

/// What is asked of each device here.
#[derive(Clone, Copy)]
struct Known {
    kind: DeviceKind,
    window: Option<WindowId>,
    carrier: Option<DeviceId>,
    /// It hangs on a line, so a bridge speaks for it.
    on_line: bool,
}

type Devices = BTreeMap<DeviceId, Known>;

fn by_id(devices: &[Device]) -> Devices {
    let known = |device: &Device| {
        let Device { id, kind, window, carrier, .. } = *device;
        (id, Known { kind, window, carrier, on_line: device.line.is_some() })
    };
    devices.iter().map(known).collect()
}

/// Decides for each client, by what its credential may do at this moment.
pub struct Permissions {
    hall: HallId,
    access: Access,
    server: ServerSecret,
    devices: RwLock<Devices>,
    /// Client ids that were let in, with the name they gave and the mark of its secret.
    connected: Mutex<BTreeMap<String, (String, String)>>,
}

impl Permissions {
    /// The permissions of a hall with these devices.
    #[must_use]
    pub fn new(hall: HallId, access: Access, server: ServerSecret, devices: &[Device]) -> Self {
        let devices = RwLock::new(by_id(devices));
        Self { hall, access, server, devices, connected: Mutex::default() }
    }

    /// Other devices from now on.
    pub fn change(&self, devices: &[Device]) {
        *self.devices.write().unwrap_or_else(PoisonError::into_inner) = by_id(devices);
    }

    /// True if name and secret belong together, the client id is the name or begins with it (so
    /// that nobody takes over another's session), and the will is its own to say.
    #[must_use]
    pub fn may_connect(&self, name: &str, secret: &str, client: &str, will: Option<&str>) -> bool {
        if name == SERVER {
            return secret == self.server.0;
        }
        let own =
            client == name || client.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        if !own || self.access.device(name, secret).is_none() {
            return false;
        }
        let mut connected = self.connected.lock().unwrap_or_else(PoisonError::into_inner);
        if connected.len() >= CONNECTED_MAX {
            connected.clear();
        }
        let mark = self.access.mark(name).unwrap_or_default();
        connected.insert(client.to_owned(), (name.to_owned(), mark));
        drop(connected);
        will.is_none_or(|topic| self.may_publish(name, topic))
    }

    /// True if a bridge may say that it carries a device. Who has no credential here is believed if
    /// `strangers` are, as with a broker outside that has users of its own.
    #[must_use]
    pub fn may_carry(&self, bridge: DeviceId, device: DeviceId, strangers: bool) -> bool {
        match self.identity(bridge.as_str()) {
            Some(identity) => identity.role == Role::Bridge && self.carries(&identity, device),
            None => strangers,
        }
    }

    /// Every topic of the hall that the client may read or publish on, for a broker that must be told
    /// beforehand. The server may everything and is not asked about here.
    #[must_use]
    pub fn topics(&self, name: DeviceId) -> Vec<Granted> {
        let devices: Vec<DeviceId> = {
            let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
            devices.keys().copied().collect()
        };
        let of_devices = devices.into_iter().flat_map(|device| {
            DeviceTopic::ALL.map(|topic| Topic::device(self.hall, device, topic))
        });
        let of_hall = [
            Topic::bridge_state(self.hall, name),
            Topic::board(self.hall),
            Topic::metrics(self.hall),
            Topic::screens(self.hall),
        ];
        let granted = |topic: Topic| {
            let (name, text) = (name.as_str(), topic.to_string());
            let (read, publish) = (self.may_read(name, &text), self.may_publish(name, &text));
            (read || publish).then_some(Granted { topic, read, publish })
        };
        of_devices.chain(of_hall).filter_map(granted).collect()
    }

    /// The client ids whose credential was revoked or replaced since they connected; each is told
    /// once.
    pub fn revoked(&self) -> Vec<String> {
        let mut connected = self.connected.lock().unwrap_or_else(PoisonError::into_inner);
        let held: BTreeSet<&(String, String)> = connected.values().collect();
        let is_gone = |(name, mark): &&(String, String)| {
            self.identity(name).is_none() || self.access.mark(name).as_ref() != Some(mark)
        };
        let gone: BTreeSet<(String, String)> = held.into_iter().filter(is_gone).cloned().collect();
        connected.extract_if(.., |_, held| gone.contains(held)).map(|(client, _)| client).collect()
    }

    fn identity(&self, name: &str) -> Option<Identity> {
        self.access.named(name)
    }

    /// True if the device is of one of these kinds, at a window where the credential may act, and no
    /// other credential is named as the one that speaks for it.
    fn is_of(&self, identity: &Identity, device: DeviceId, kinds: &[DeviceKind]) -> bool {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = devices.get(&device) else { return false };
        let its_window = match known.window {
            Some(window) => identity.may_act_at(window),
            None => identity.windows.is_empty(),
        };
        let its_carrier = known.carrier.is_none_or(|carrier| carrier == identity.name);
        kinds.contains(&known.kind) && its_window && its_carrier
    }

    fn is_on_line(&self, device: DeviceId) -> bool {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices.get(&device).is_some_and(|known| known.on_line)
    }

    /// True if this client carries or is this device.
    fn carries(&self, identity: &Identity, device: DeviceId) -> bool {
        use DeviceKind::{
            Evaluator, HallScreen, Kiosk, Pad, Printer, Reader, Strip, Tablet, Voice, WindowScreen,
        };
        match identity.role {
            Role::Bridge if self.is_on_line(device) => {
                self.is_of(identity, device, &[Strip, Pad, Evaluator, HallScreen])
            }
            Role::Bridge => self.is_of(identity, device, &[Strip, Pad, Evaluator, Printer, Reader]),
            Role::Display if self.is_on_line(device) => false,
            Role::Display => {
                self.is_of(identity, device, &[HallScreen, WindowScreen, Tablet, Voice])
            }
            Role::Kiosk => identity.name == device && self.is_of(identity, device, &[Kiosk]),
            Role::Desk
            | Role::Guide
            | Role::Office
            | Role::Supervisor
            | Role::Operator
            | Role::Admin
            | Role::Security
            | Role::Auditor => false,
        }
    }

    /// True if this display may speak for this voice.
    fn may_claim(&self, identity: &Identity, device: DeviceId) -> bool {
        identity.role == Role::Display && self.is_of(identity, device, &[DeviceKind::Voice])
    }

    /// True if the client may publish on the topic.
    #[must_use]
    pub fn may_publish(&self, name: &str, topic: &str) -> bool {
        if name == SERVER {
            return true;
        }
        let Some(identity) = self.identity(name) else { return false };
        let Some(topic) = Topic::parse(topic).filter(|topic| topic.hall == self.hall) else {
            return false;
        };
        match topic.place {
            Place::Device(device, DeviceTopic::Report | DeviceTopic::State) => {
                self.carries(&identity, device)
            }
            Place::Device(device, DeviceTopic::Claim) => self.may_claim(&identity, device),
            Place::Device(device, DeviceTopic::Picture) => {
                identity.role == Role::Bridge && self.carries(&identity, device)
            }
            Place::BridgeState(bridge) => identity.role == Role::Bridge && identity.name == bridge,
            Place::Device(_, DeviceTopic::Wanted | DeviceTopic::Job | DeviceTopic::Press)
            | Place::Board
            | Place::Metrics
            | Place::Screens => false,
        }
    }

    /// True if the client may read what the filter gives; wildcards are for the server only.
    #[must_use]
    pub fn may_read(&self, name: &str, filter: &str) -> bool {
        if name == SERVER {
            return true;
        }
        let Some(identity) = self.identity(name) else { return false };
        let Some(topic) = Topic::parse(filter).filter(|topic| topic.hall == self.hall) else {
            return false;
        };
        match topic.place {
            Place::Device(device, DeviceTopic::Wanted | DeviceTopic::Job) => {
                self.carries(&identity, device)
            }
            Place::Device(device, DeviceTopic::Press) => {
                identity.role == Role::Bridge && self.carries(&identity, device)
            }
            Place::Device(device, DeviceTopic::Claim) => self.may_claim(&identity, device),
            Place::Board | Place::Metrics => {
                matches!(identity.role, Role::Display | Role::Office | Role::Admin)
            }
            Place::Screens => identity.role == Role::Display,
            Place::Device(_, DeviceTopic::Report | DeviceTopic::State | DeviceTopic::Picture)
            | Place::BridgeState(_) => false,
        }
    }
}

#[cfg(test)]
mod tests;
