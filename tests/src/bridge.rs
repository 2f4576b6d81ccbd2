//! A real `firmware-bridge` process on a pseudo-terminal with the devices of a line's windows.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use firmware_bridge::{
    config,
    shelf::Shelf,
    twins::{self, Twins, twin::LIT_FOR},
};
use wire::{device::Picture, ids::DeviceId};

use crate::{log_to, program, show_if_failed, wait_until};

/// A window's devices: kind, profile, and what is added to the window's number for the address.
const DEVICES: [(&str, &str, u8); 3] =
    [("strip", "strip-a090", 0), ("pad", "pad-s11", 0), ("evaluator", "evaluator-5key", 0x80)];

/// The bridge and the virtual devices it speaks with.
pub struct Bridge {
    process: Child,
    twins: Twins,
    log: PathBuf,
}

impl Bridge {
    /// Starts it against a broker, with the devices of window 1.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start(folder: &Path, broker: &str, password: &str) -> Self {
        Self::start_with(folder, broker, password, "")
    }

    /// The same with more lines about the broker.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start_with(folder: &Path, broker: &str, password: &str, more: &str) -> Self {
        Self::started(folder, broker, (password, more), 1)
    }

    /// The same with the devices of the first windows, all on one line.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start_for(folder: &Path, broker: &str, password: &str, windows: u8) -> Self {
        Self::started(folder, broker, (password, ""), windows)
    }

    fn started(folder: &Path, broker: &str, (password, more): (&str, &str), windows: u8) -> Self {
        let (host, port) = broker.rsplit_once(':').expect("a broker has a port");
        let lines = folder.join("lines");
        let devices = (1..=windows).flat_map(devices_of).collect();
        let line = config::Line::usual("line-1", lines.join("line-1"), 9_600, devices);
        let tables: String = line.devices.iter().map(table).collect();
        let twins = twins::start_for(&lines, &[line], &Shelf::built_in(), LIT_FOR)
            .expect("a pseudo-terminal");
        let text = format!(
            "hall = \"yunxi\"\nbridge = \"bridge-1\"\ndata = \"bridge\"\n[broker]\nhost = \"{host}\"\n\
             port = {port}\npassword = \"{password}\"\n{more}[[line]]\nname = \"line-1\"\nport = \"{}\"\n{tables}",
            lines.join("line-1").display(),
        );
        let file = folder.join("bridge.toml");
        fs::write(&file, text).expect("a file for a test");
        let log = folder.join("bridge.log");
        let process = Command::new(program("firmware-bridge"))
            .arg("run")
            .arg("--config")
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log_to(&log))
            .spawn()
            .expect("the bridge starts");
        Self { process, twins, log }
    }

    /// What it said.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The virtual devices.
    #[must_use]
    pub fn twins(&self) -> &Twins {
        &self.twins
    }

    /// Presses a key of a device.
    ///
    /// # Panics
    /// If there is no such device or key.
    pub fn press(&self, id: &str, key: &str) {
        let pressed = self.twins.press(device(id), key);
        assert!(pressed.is_some_and(|pressed| pressed.is_ok()), "{id} has a key {key}");
    }

    /// Waits until the strip over window 1 shows some words: what its bytes made of it.
    pub fn strip_shows(&self, words: &str, within: Duration) {
        wait_until(&format!("the strip shows {words}"), within, || {
            match self.twins.picture(device("strip-1")) {
                Some(Picture::Strip { text, .. }) if text.contains(words) => Ok(()),
                seen => Err(format!("{seen:?}")),
            }
        });
    }

    /// Waits until the evaluator of window 1 asks.
    pub fn evaluator_asks(&self, within: Duration) {
        wait_until("the evaluator asks", within, || {
            match self.twins.picture(device("evaluator-1")) {
                Some(Picture::Evaluator { asking: true, .. }) => Ok(()),
                seen => Err(format!("{seen:?}")),
            }
        });
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
        show_if_failed(&self.log);
    }
}

fn devices_of(window: u8) -> impl Iterator<Item = config::Device> {
    DEVICES.into_iter().map(move |(kind, profile, offset)| config::Device {
        id: device(&format!("{kind}-{window}")),
        profile: profile.to_owned(),
        address: window + offset,
    })
}

fn table(device: &config::Device) -> String {
    let config::Device { id, profile, address } = device;
    format!("[[line.device]]\nid = \"{id}\"\nprofile = \"{profile}\"\naddress = {address}\n")
}

fn device(id: &str) -> DeviceId {
    id.parse().expect("a literal id is valid")
}
