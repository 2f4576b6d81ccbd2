//! What the fleet is told: faces that are wanted, and what devices and bridges say.

use std::collections::BTreeMap;

use hall::{ids::DeviceId, time::Timestamp};
use wire::device::{BridgeState, DeviceState, Health, Picture, Wanted};

use super::{Fleet, Known};

impl Fleet {
    /// Notes the face a device must show.
    pub fn note_wanted(&self, id: DeviceId, wanted: &Wanted) {
        self.change(id, |known| known.wanted = Some(wanted.clone()));
        self.owed(id, |owed| owed.handle_wanted(wanted.revision));
    }

    /// Notes a confirmed face.
    pub fn note_shown(&self, id: DeviceId, revision: u64, now: Timestamp) {
        self.change(id, |known| {
            known.shown = known.shown.max(Some(revision));
            known.heard = Some(now);
        });
        self.owed(id, |owed| owed.handle_shown(revision));
        self.heard(id);
    }

    /// Notes what a device says of itself, or its bridge of it. That it is still lost is no sign of
    /// life.
    pub fn note_state(&self, id: DeviceId, state: DeviceState, now: Timestamp) {
        let was_lost = |known: &Known| {
            known.state.as_ref().is_some_and(|state| state.health == Health::Offline)
        };
        if state.health == Health::Offline && self.device(id).is_some_and(|known| was_lost(&known))
        {
            self.change(id, |known| known.state = Some(state));
            return;
        }
        let was_online = self.device(id).and_then(|known| known.state).map(|state| state.health);
        let comes_back = was_online != Some(Health::Online) && state.health == Health::Online;
        self.owed(id, |owed| {
            if comes_back {
                owed.begin_again();
            }
            if let Some(shown) = state.shown {
                owed.handle_shown(shown);
            }
        });
        self.change(id, |known| {
            known.shown = state.shown.or(known.shown);
            known.state = Some(state);
            known.heard = Some(now);
        });
        self.heard(id);
    }

    /// Notes that a kiosk said how it is; empty if all is well. True if that is news.
    pub fn note_kiosk(&self, id: DeviceId, why: &str, about: &str, now: Timestamp) -> bool {
        let before = (self.health(id), self.device(id).and_then(|known| known.state));
        let health = if why.is_empty() { Health::Online } else { Health::Ill };
        let why = why.to_owned();
        let (shown, about, counters) = (None, about.to_owned(), BTreeMap::new());
        let state = DeviceState { health, why, shown, about, counters };
        let news = before != (health, Some(state.clone()));
        self.note_state(id, state, now);
        news
    }

    /// Notes what a twin shows.
    pub fn note_picture(&self, id: DeviceId, picture: Picture) {
        self.change(id, |known| known.picture = Some(picture));
    }

    /// Notes how a bridge is and what it carries.
    pub fn note_bridge(&self, id: DeviceId, state: BridgeState) {
        for device in &state.devices {
            self.change(*device, |known| {
                known.bridge = Some(id);
                known.is_denied = false;
            });
        }
        let mut inner = self.lock();
        if state.online {
            if inner.away.remove(&id).is_some() {
                // It sends every face anew.
                for device in &state.devices {
                    if let Some(owed) = inner.owed.get_mut(device) {
                        owed.begin_again();
                    }
                }
            }
        } else {
            inner.away.entry(id).or_default();
        }
        inner.bridges.insert(id, state);
    }

    /// Notes that a bridge carries devices for which it has no right: what it says of them does not
    /// come here, and would be lost without a word.
    pub fn note_denied(&self, bridge: DeviceId, devices: &[DeviceId]) {
        for device in devices {
            self.change(*device, |known| {
                if !known.is_denied {
                    tracing::warn!(%bridge, %device, "a bridge carries what it may not speak for");
                }
                known.is_denied = true;
            });
        }
    }
}
