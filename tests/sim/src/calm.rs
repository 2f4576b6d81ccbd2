//! Calm: faults stop, nobody presses anything, and within ten seconds every strip and screen must
//! show what the hall says.

use std::{collections::BTreeMap, time::Duration};

use firmware_bridge::dialects::{self, Order, a090};
use queue_server::{faces::say_the_same, profile::Device};
use wire::{
    device::{DeviceKind, Face},
    ids::DeviceId,
};

use crate::{
    mqtt::Client,
    world::{Deed, Outcome, World},
};

/// Everything is right within this.
const RIGHT_WITHIN: Duration = Duration::from_secs(10);

/// The world looks so often.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// A calm.
#[derive(Debug)]
pub struct Calm {
    since: Duration,
    /// What a device had to show and did not, and since when.
    wrong: BTreeMap<DeviceId, (Face, Duration)>,
}

impl World {
    /// Plans the day's calms: two in the hours, one after them.
    pub fn plan_calms(&mut self, midnight: Duration) {
        for (from, to) in [(8 * 60 + 40, 9 * 60 + 50), (10 * 60 + 35, 11 * 60 + 20)] {
            let at = midnight + self.luck.secs(from * 60, to * 60);
            self.plan(at, Deed::Calm);
        }
        self.plan(midnight + Duration::from_secs((12 * 60 + 15) * 60), Deed::Calm);
    }

    /// Faults stop: everything that was broken is whole, everything runs.
    ///
    /// # Errors
    /// If something does not start.
    pub fn begin_calm(&mut self) -> Outcome {
        if !self.devices_on || self.calm.is_some() {
            return Ok(());
        }
        self.calm = Some(Calm { since: self.now, wrong: BTreeMap::new() });
        self.counts.calms += 1;
        self.mend_all()?;
        self.after(LOOK_EVERY, Deed::CheckCalm);
        Ok(())
    }

    /// Is everything right by now?
    ///
    /// # Errors
    /// If a strip or a screen has been wrong for too long.
    pub fn check_calm(&mut self) -> Outcome {
        let Some(mut calm) = self.calm.take() else { return Ok(()) };
        let devices = self.profile.devices.clone();
        for device in &devices {
            let Some(wanted) = self.wanted_face(device) else { continue };
            match self.is_right(device, &wanted) {
                None => {}
                Some(Ok(())) => {
                    calm.wrong.remove(&device.id);
                }
                Some(Err(shows)) => {
                    let entry = calm.wrong.entry(device.id);
                    let (face, since) = entry.or_insert_with(|| (wanted.clone(), self.now));
                    if !say_the_same(face, &wanted) {
                        (*face, *since) = (wanted.clone(), self.now);
                    }
                    if self.now.saturating_sub(*since) >= RIGHT_WITHIN {
                        return Err(self.complaint(device.id, &wanted, &shows));
                    }
                }
            }
        }
        let over = self.now >= calm.since + RIGHT_WITHIN && calm.wrong.is_empty();
        if !over {
            self.calm = Some(calm);
            self.after(LOOK_EVERY, Deed::CheckCalm);
        }
        Ok(())
    }

    fn complaint(&self, id: DeviceId, wanted: &Face, shows: &str) -> String {
        format!(
            "ten seconds after the faults stopped {id} shows {shows} and should show {wanted:?} \
             (connected: server {}, bridge {}, screen {})",
            self.is_connected(Client::Server),
            self.is_connected(Client::Bridge),
            self.is_connected(Client::Screen)
        )
    }

    /// Whether a device shows what it must; nothing for those that are not looked at.
    fn is_right(&self, device: &Device, wanted: &Face) -> Option<Result<(), String>> {
        match (device.kind, wanted) {
            (DeviceKind::Strip, Face::Strip { text, tone }) => {
                let text = if text.is_empty() { " " } else { text };
                let order = Order::Text { text: text.to_owned(), tone: *tone };
                let profile = self.shelf.get(&device.profile)?;
                let bytes = dialects::encode(0, &order, &profile).ok()?;
                let must = a090::read_text(&bytes[6..bytes.len() - 1]);
                let twins = self.cables.iter().flat_map(|cable| cable.cable.twins());
                let twin = twins.into_iter().find(|twin| twin.id() == device.id)?;
                let shows = twin.strip()?;
                let said: String = shows.iter().map(|(character, _)| *character).collect();
                Some(if shows == must { Ok(()) } else { Err(format!("\"{said}\"")) })
            }
            (DeviceKind::HallScreen, Face::HallScreen(_)) if Some(device.id) == self.screen_id => {
                let mut shows = self.screen_shows();
                // A caption comes and goes with what is spoken; the hall knows nothing of it.
                if let Some(Face::HallScreen(screen)) = &mut shows {
                    screen.broadcast = None;
                }
                let right = shows.as_ref().is_some_and(|shows| say_the_same(shows, wanted));
                Some(if right { Ok(()) } else { Err(format!("{shows:?}")) })
            }
            (
                DeviceKind::Strip
                | DeviceKind::HallScreen
                | DeviceKind::WindowScreen
                | DeviceKind::Tablet
                | DeviceKind::Pad
                | DeviceKind::Evaluator
                | DeviceKind::Kiosk
                | DeviceKind::Voice
                | DeviceKind::Printer
                | DeviceKind::Reader,
                _,
            ) => None,
        }
    }
}
