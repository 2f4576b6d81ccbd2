//! A real `firmware-bridge` process on a pseudo-terminal with the devices of a line's windows.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    slice,
    time::{Duration, Instant},
};

use firmware_bridge::{
    config,
    shelf::Shelf,
    twins::{
        self, Twins,
        line::TwinLine,
        twin::{LIT_FOR, Twin},
    },
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
        Self::started(folder, broker, (password, more), slice::from_ref(&(1..2)))
    }

    /// The same with the devices of the first windows, all on one line.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start_for(folder: &Path, broker: &str, password: &str, windows: u8) -> Self {
        let windows = 1..windows + 1;
        Self::started(folder, broker, (password, ""), slice::from_ref(&windows))
    }

    /// The same with the devices of window 1, each on a line of its own.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start_alone(folder: &Path, broker: &str, password: &str) -> Self {
        let lines = devices_of(1).map(|device| vec![device]).collect();
        Self::start_laid(folder, broker, (password, ""), lines)
    }

    /// The same with a line for each of these groups of windows.
    ///
    /// # Panics
    /// If it cannot be started.
    #[must_use]
    pub fn start_lines(folder: &Path, broker: &str, password: &str, lines: &[Range<u8>]) -> Self {
        Self::started(folder, broker, (password, ""), lines)
    }

    fn started(folder: &Path, broker: &str, secret: (&str, &str), groups: &[Range<u8>]) -> Self {
        let of = |windows: &Range<u8>| windows.clone().flat_map(devices_of).collect();
        Self::start_laid(folder, broker, secret, groups.iter().map(of).collect())
    }

    fn start_laid(
        folder: &Path,
        broker: &str,
        (password, more): (&str, &str),
        laid: Vec<Vec<config::Device>>,
    ) -> Self {
        let (host, port) = broker.rsplit_once(':').expect("a broker has a port");
        let ports = folder.join("lines");
        let line = |(devices, number): (Vec<config::Device>, usize)| {
            let name = format!("line-{number}");
            config::Line::usual(&name, ports.join(&name), 9_600, devices)
        };
        let lines: Vec<config::Line> = laid.into_iter().zip(1..).map(line).collect();
        let tables: String = lines.iter().map(line_table).collect();
        let twins = twins::start_for(&ports, &lines, &Shelf::built_in(), LIT_FOR)
            .expect("a pseudo-terminal");
        let text = format!(
            "hall = \"yunxi\"\nbridge = \"bridge-1\"\ndata = \"bridge\"\n[broker]\nhost = \"{host}\"\n\
             port = {port}\npassword = \"{password}\"\n{more}{tables}",
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

    /// The line that a device hangs on.
    ///
    /// # Panics
    /// If it hangs on none.
    #[must_use]
    pub fn line_of(&self, id: DeviceId) -> &TwinLine {
        let line = self.twins.lines().iter().find(|line| line.ids().contains(&id));
        line.expect("there is such a device")
    }

    /// Presses a key of a device.
    ///
    /// # Panics
    /// If there is no such device or key.
    pub fn press(&self, id: &str, key: &str) {
        let pressed = self.twins.press(device(id), key);
        assert!(pressed.is_some_and(|pressed| pressed.is_ok()), "{id} has a key {key}");
    }

    /// Cuts a device's power, or switches it on again.
    ///
    /// # Panics
    /// If there is no such device.
    pub fn power(&self, id: &str, on: bool) {
        self.twin(id, |twin| twin.power(on));
    }

    /// How many of its keys a device saw acknowledged.
    ///
    /// # Panics
    /// If there is no such device.
    #[must_use]
    pub fn acknowledged(&self, id: &str) -> u64 {
        self.twin(id, |twin| twin.acknowledged())
    }

    /// Which part of one processor the bridge takes while nothing is done for so long.
    ///
    /// # Panics
    /// If the system does not tell.
    #[must_use]
    pub fn processor_share(&self, time: Duration) -> f64 {
        let begun = (Instant::now(), self.processor_time());
        std::thread::sleep(time);
        let used = self.processor_time().saturating_sub(begun.1);
        used.as_secs_f64() / begun.0.elapsed().as_secs_f64()
    }

    /// Fields 14 and 15 of `/proc/PID/stat`, in hundredths of a second.
    fn processor_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()));
        let stat = stat.expect("the bridge runs");
        let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let fields: Vec<u64> = after_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse().ok())
            .collect();
        Duration::from_millis(10 * fields.iter().sum::<u64>())
    }

    fn twin<T>(&self, id: &str, act: impl Fn(&mut Twin) -> T) -> T {
        let lines = self.twins.lines();
        let found = lines.iter().find_map(|line| line.with(device(id), &act));
        found.expect("there is such a device")
    }

    /// Waits until the strip over window 1 shows some words: what its bytes made of it.
    pub fn strip_shows(&self, words: &str, within: Duration) {
        wait_until(&format!("the strip shows {words}"), within, || {
            match self.twins.picture(device("strip-1")) {
                Some(picture) if picture.text().is_some_and(|text| text.contains(words)) => Ok(()),
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

fn line_table(line: &config::Line) -> String {
    let devices: String = line.devices.iter().map(table).collect();
    format!("[[line]]\nname = \"{}\"\nport = \"{}\"\n{devices}", line.name, line.port.display())
}

fn table(device: &config::Device) -> String {
    let config::Device { id, profile, address } = device;
    format!("[[line.device]]\nid = \"{id}\"\nprofile = \"{profile}\"\naddress = {address}\n")
}

fn device(id: &str) -> DeviceId {
    id.parse().expect("a literal id is valid")
}
