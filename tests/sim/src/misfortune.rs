//! Misfortunes that come by the clock: what breaks, and how it is whole again.

use std::time::Duration;

use crate::{
    faults::Fault,
    mqtt::Client,
    world::{Deed, Outcome, World},
};

/// Misfortunes that come by themselves; the others strike what is being done.
const TIMED: [Fault; 11] = [
    Fault::MqttBreaks,
    Fault::BrokerForgets,
    Fault::ServerKilled,
    Fault::ServerPower,
    Fault::BridgePower,
    Fault::Noise,
    Fault::Unplug,
    Fault::DevicePower,
    Fault::ClockFive,
    Fault::ClockHour,
    Fault::KioskPower,
];

const FIVE_MINUTES: i64 = 5 * 60_000;
const HOUR: i64 = 60 * 60_000;

/// Which timed misfortunes are planned already.
#[derive(Debug, Default)]
pub struct Damage {
    planned: bool,
}

impl World {
    /// Plans the first misfortune of each kind; each plans its next.
    pub fn plan_misfortunes(&mut self) {
        if std::mem::replace(&mut self.damage.planned, true) {
            return;
        }
        for fault in TIMED {
            if self.faults.has(fault) {
                let wait = self.luck.secs(60, 2_400);
                self.after(wait, Deed::Fault(fault));
            }
        }
    }

    /// A misfortune comes.
    ///
    /// # Errors
    /// Never by itself.
    pub fn misfortune(&mut self, fault: Fault) -> Outcome {
        let next =
            if self.devices_on { self.luck.secs(120, 2_400) } else { self.luck.secs(3_600, 9_000) };
        self.after(next, Deed::Fault(fault));
        if self.calm.is_some() {
            return Ok(());
        }
        self.counts.misfortunes += 1;
        match fault {
            Fault::MqttBreaks => {
                let clients = [Client::Server, Client::Bridge, Client::Screen];
                let client = clients[self.luck.below(3) as usize];
                self.link_breaks(client);
            }
            Fault::BrokerForgets if self.faults.outside_broker => {
                self.broker_stops();
                let back = self.luck.millis(200, 10_000);
                self.after(back, Deed::StartBroker);
            }
            Fault::ServerKilled | Fault::ServerPower if self.server.up.is_some() => {
                self.server_crashes();
            }
            Fault::BridgePower if self.bridge_is_up() => self.bridge_crashes(),
            Fault::Noise => self.noise(),
            Fault::Unplug if self.devices_on => {
                let place = self.luck.below(self.cables.len() as u64) as usize;
                self.unplug(place);
                let back = self.luck.secs(1, 60);
                self.after(back, Deed::Replug(place));
            }
            Fault::DevicePower if self.devices_on => self.darken(),
            Fault::ClockFive => self.set_clock(FIVE_MINUTES),
            Fault::ClockHour => self.set_clock(HOUR),
            Fault::KioskPower if self.devices_on => {
                let place = self.luck.below(self.kiosks.len() as u64) as usize;
                self.kiosk_loses_power(place);
            }
            Fault::BrokerForgets
            | Fault::ServerKilled
            | Fault::ServerPower
            | Fault::BridgePower
            | Fault::Unplug
            | Fault::DevicePower
            | Fault::KioskPower
            | Fault::HttpLost
            | Fault::HttpTwice
            | Fault::Slow
            | Fault::MqttTwice
            | Fault::DiskFull
            | Fault::DiskSync
            | Fault::Deaf
            | Fault::Printer
            | Fault::Overnight
            | Fault::Wild => {}
        }
        Ok(())
    }

    /// An adapter is in again.
    pub fn replug(&mut self, place: usize) {
        self.cables[place].plugged = true;
        self.bridge_turns();
    }

    /// A device has power again.
    pub fn power_on(&mut self, place: usize, twin: usize) {
        if self.dark.remove(&(place, twin)) && self.devices_on {
            self.cables[place].cable.twins_mut()[twin].power(true);
        }
    }

    /// Every device has power, or none.
    pub fn power_all(&mut self, on: bool) {
        self.dark.clear();
        for cable in &mut self.cables {
            cable.plugged = true;
            cable.cable.twins_mut().iter_mut().for_each(|twin| twin.power(on));
        }
    }

    /// Everything is whole, and everything runs.
    ///
    /// # Errors
    /// If something does not start.
    pub fn mend_all(&mut self) -> Outcome {
        for (place, twin) in std::mem::take(&mut self.dark) {
            self.cables[place].cable.twins_mut()[twin].power(true);
        }
        (0..self.cables.len()).for_each(|place| self.cables[place].plugged = true);
        self.server.disk.make_room();
        self.server.disk.fail_sync(u64::MAX);
        self.start_server()?;
        if !self.broker.is_up() {
            self.start_broker();
        }
        self.start_bridge()?;
        (0..self.kiosks.len()).try_for_each(|place| self.kiosk_on(place))?;
        self.bridge_turns();
        Ok(())
    }

    fn noise(&mut self) {
        let place = self.luck.below(self.cables.len() as u64) as usize;
        let long = 1 + self.luck.below(40);
        let bytes: Vec<u8> = (0..long).map(|_| self.luck.next() as u8).collect();
        let now = self.moment().steady;
        self.cables[place].cable.handle_bytes(bytes.clone(), now);
        self.after(Duration::from_millis(3), Deed::Heard(place, bytes));
    }

    fn darken(&mut self) {
        let place = self.luck.below(self.cables.len() as u64) as usize;
        let twins = self.cables[place].cable.twins().len();
        let twin = self.luck.below(twins as u64) as usize;
        self.cables[place].cable.twins_mut()[twin].power(false);
        self.dark.insert((place, twin));
        let back = self.luck.secs(1, 60);
        self.after(back, Deed::PowerOn(place, twin));
    }

    /// Somebody sets the server's clock.
    fn set_clock(&mut self, most: i64) {
        let by = match self.luck.below(3) {
            0 => 0,
            1 => most,
            _ => -most,
        };
        self.server.clock_off = by;
    }
}
