//! What comes in: reports become wishes, states and pictures go to the fleet.

use std::collections::BTreeMap;

use hall::ids::DeviceId;
use serde::de::DeserializeOwned;
use wire::{
    device::{Happening, Report},
    topics::{DeviceTopic, Place, Topic},
};

use super::Outbox;
use crate::{engine::NotDone, mqtt::Arrived, reports};

/// A report's payload is far smaller; what is larger is not read.
const REPORT_BYTES_MAX: usize = 4_096;

/// How often a report is asked again while the engine is busy.
const TRIES_MAX: u32 = 20;

const PAUSE_BETWEEN_TRIES: std::time::Duration = std::time::Duration::from_millis(50);

/// The last report of each device, so that what comes twice acts once even across days.
#[derive(Default)]
pub struct Seen {
    last: BTreeMap<DeviceId, (u64, u64)>,
}

impl Seen {
    /// True if this report was not seen before; counts of one boot only grow.
    fn is_new(&mut self, device: DeviceId, boot: u64, count: u64) -> bool {
        match self.last.get(&device) {
            Some((last_boot, last)) if *last_boot == boot && count <= *last => false,
            Some(_) | None => {
                self.last.insert(device, (boot, count));
                true
            }
        }
    }
}

impl Outbox {
    pub(super) fn arrived(&mut self, topic: Topic, message: Arrived) {
        let now = self.app.now();
        match topic.place {
            Place::Device(device, DeviceTopic::Report) => {
                self.report(device, message);
                return;
            }
            Place::Device(device, DeviceTopic::State) => {
                if let Some(state) = read(&message) {
                    self.fleet.note_state(device, state, now);
                }
            }
            Place::Device(device, DeviceTopic::Picture) => {
                if let Some(picture) = read(&message) {
                    self.fleet.note_picture(device, picture);
                }
            }
            Place::BridgeState(bridge) => {
                if let Some(state) = read(&message) {
                    self.fleet.note_bridge(bridge, state);
                }
            }
            Place::Device(_, DeviceTopic::Wanted | DeviceTopic::Job | DeviceTopic::Press)
            | Place::Board
            | Place::Metrics => {}
        }
        self.app.devices_changed();
        message.acknowledge();
    }

    fn report(&mut self, id: DeviceId, message: Arrived) {
        let known = self.app.profile.devices.iter().find(|device| device.id == id).cloned();
        let report =
            (message.publish.payload.len() <= REPORT_BYTES_MAX).then(|| read::<Report>(&message));
        let (Some(device), Some(report)) = (known, report.flatten()) else {
            message.acknowledge();
            return;
        };
        if let Happening::Shown { revision } = report.what {
            self.fleet.note_shown(id, revision, self.app.now());
            self.app.devices_changed();
        }
        let new = self.seen.is_new(id, report.boot, report.count);
        let wish =
            new.then(|| self.app.read(|hall| reports::wish(hall, &device, &report))).flatten();
        let Some(wish) = wish else {
            message.acknowledge();
            if new && matches!(report.what, Happening::Pressed(_)) {
                self.feed_back(id, false);
            }
            return;
        };
        let (engine, feedback) = (self.app.engine.clone(), self.feedback.clone());
        tokio::spawn(async move {
            let mut outcome = engine.ask(wish.clone()).await;
            for _ in 0..TRIES_MAX {
                if outcome != Err(NotDone::Busy) {
                    break;
                }
                tokio::time::sleep(PAUSE_BETWEEN_TRIES).await;
                outcome = engine.ask(wish.clone()).await;
            }
            match outcome {
                Ok(_) | Err(NotDone::Refused(_)) => message.acknowledge(),
                // Not acknowledged, so that the broker brings it again after the restart.
                Err(fault @ (NotDone::Busy | NotDone::Stopped)) => {
                    tracing::warn!(%fault, device = %id, "a report was not taken");
                }
            }
            // A full channel only costs a beep.
            feedback.try_send((id, outcome.is_ok())).ok();
        });
    }
}

fn read<T: DeserializeOwned>(message: &Arrived) -> Option<T> {
    match serde_json::from_slice(&message.publish.payload) {
        Ok(what) => Some(what),
        Err(error) => {
            tracing::warn!(topic = %message.publish.topic, %error, "a message could not be read");
            None
        }
    }
}
