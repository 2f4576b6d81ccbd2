//! The bridge of the demo: virtual devices on pseudo-terminals for every device of the profile, and
//! the real bridge in between.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::Context;
use firmware_bridge::{
    config::{self, Broker, Config},
    run::{self, Stop},
    twins::{self, Twins, room::Room},
};
use queue_server::{
    access::Role,
    profile::{Device, Line},
    serve::Running,
};

use crate::keys::Keys;

/// The bridge's name, also at the broker.
const NAME: &str = "bridge-1";

/// A running bridge with its twins.
pub struct Bridge {
    twins: Arc<Twins>,
    room: Option<Room>,
    stop: Stop,
    thread: JoinHandle<()>,
}

impl Bridge {
    /// Puts a twin on a pseudo-terminal for every device on a line, and starts the bridge on them.
    ///
    /// # Errors
    /// If a pseudo-terminal or a thread cannot be had.
    pub fn open(
        running: &Running,
        keys: &Keys,
        printers: Vec<config::Printer>,
    ) -> anyhow::Result<Self> {
        let profile = &running.app.profile;
        let data = keys.folder().join("bridge");
        let (host, port) = running.mqtt.rsplit_once(':').context("the broker has no port")?;
        let mut config = Config {
            hall: profile.setup.id(),
            bridge: NAME.parse()?,
            data: data.clone(),
            profiles: None,
            broker: Broker {
                host: host.to_owned(),
                port: port.parse()?,
                password_file: None,
                password: Some(keys.secret(NAME, Role::Bridge)?),
                authority_file: None,
                certificate_file: None,
                key_file: None,
            },
            printers,
            readers: Vec::new(),
            lines: lines(&profile.lines, &profile.devices, &data),
        };
        let shelf = config.shelf()?;
        // The twins live in our time, the hall in the demo's.
        let asking = f64::from(profile.setup.rules().device_evaluation_secs);
        let lit_for = Duration::from_secs_f64(asking / running.app.clock.wire().speed.max(0.001));
        let started = twins::start_for(&data.join("lines"), &config.lines, &shelf, lit_for)?;
        let ports: BTreeMap<_, _> = started.ports().into_iter().collect();
        for line in &mut config.lines {
            if let Some(port) = ports.get(&line.name) {
                line.port.clone_from(port);
            }
        }
        let twins = Arc::new(started);
        let room = Room::open(&config, twins.clone())?;
        let stop = Stop::new();
        let asked = stop.clone();
        let thread = thread::Builder::new().name("bridge".into()).spawn(move || {
            if let Err(fault) = run::run(&config, &asked) {
                tracing::error!(%fault, "the bridge ended");
            }
        })?;
        Ok(Self { twins, room: Some(room), stop, thread })
    }

    /// The virtual devices, to press their keys.
    #[must_use]
    pub fn twins(&self) -> Arc<Twins> {
        self.twins.clone()
    }

    /// Stops the bridge, then the device room.
    pub fn stop(mut self) {
        self.stop.stop();
        if self.thread.join().is_err() {
            tracing::error!("the bridge's thread panicked");
        }
        self.room.take();
    }
}

/// The profile's lines with the devices that hang on them.
fn lines(lines: &[Line], devices: &[Device], data: &Path) -> Vec<config::Line> {
    let on_line = |line: &Line| {
        let devices = devices.iter().filter(|device| device.line.as_deref() == Some(&line.name));
        let devices = devices.filter_map(|device| {
            Some(config::Device {
                id: device.id,
                profile: device.profile.clone(),
                address: device.address?,
            })
        });
        let port = data.join("lines").join(&line.name);
        config::Line::usual(&line.name, port, line.baud, devices.collect())
    };
    lines.iter().map(on_line).collect()
}
