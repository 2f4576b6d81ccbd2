//! A real `firmware-bridge` process on a pseudo-terminal with the devices of window 1.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use firmware_bridge::{
    bus::Echo,
    config,
    shelf::Shelf,
    twins::{self, Twins},
};
use wire::{device::Picture, ids::DeviceId};

use crate::{log_to, program, show_if_failed, wait_until};

const DEVICES: [(&str, &str, u8); 3] = [
    ("strip-1", "strip-a090", 1),
    ("pad-1", "pad-s11", 1),
    ("evaluator-1", "evaluator-5key", 0x81),
];

/// The bridge and the virtual devices it speaks with.
pub struct Bridge {
    process: Child,
    twins: Twins,
    log: PathBuf,
}

impl Bridge {
    /// Starts it against a broker.
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
        let (host, port) = broker.rsplit_once(':').expect("a broker has a port");
        let lines = folder.join("lines");
        let line = config::Line {
            name: "line-1".to_owned(),
            port: lines.join("line-1"),
            baud: 9_600,
            echo: Echo::default(),
            devices: DEVICES
                .map(|(id, profile, address)| config::Device {
                    id: device(id),
                    profile: profile.to_owned(),
                    address,
                })
                .to_vec(),
        };
        let twins =
            twins::start_for(&lines, &[line], &Shelf::built_in()).expect("a pseudo-terminal");
        let devices = DEVICES.map(|(id, profile, address)| {
            format!(
                "[[line.device]]\nid = \"{id}\"\nprofile = \"{profile}\"\naddress = {address}\n"
            )
        });
        let text = format!(
            "hall = \"yunxi\"\nbridge = \"bridge-1\"\ndata = \"bridge\"\n[broker]\nhost = \"{host}\"\n\
             port = {port}\npassword = \"{password}\"\n{more}[[line]]\nname = \"line-1\"\nport = \"{}\"\n{}",
            lines.join("line-1").display(),
            devices.concat()
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

fn device(id: &str) -> DeviceId {
    id.parse().expect("a literal id is valid")
}
