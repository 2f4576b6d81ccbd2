//! The bridge's file: one commented TOML; an unknown key is told with its line and the nearest
//! known one.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use wire::{
    ids::{DeviceId, HallId},
    misspelt::{Complaint, nearest},
    texts::{Language, Texts},
    tls::{TlsFault, TlsFiles},
};

use crate::{bus::Echo, profile::Framing, shelf::Shelf};

/// A bridge.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The hall, as it stands in topics.
    pub hall: HallId,
    /// The bridge's own id; also its user name and client id at the broker.
    pub bridge: DeviceId,
    /// Where reports are kept until the broker has them.
    pub data: PathBuf,
    /// A folder with profiles of the site.
    #[serde(default)]
    pub profiles: Option<PathBuf>,
    /// The broker.
    pub broker: Broker,
    /// Serial lines.
    #[serde(default, rename = "line")]
    pub lines: Vec<Line>,
    /// Slip printers at windows.
    #[serde(default, rename = "printer")]
    pub printers: Vec<Printer>,
    /// 身份证阅读器 at the kiosk on whose machine this bridge runs.
    #[serde(default, rename = "reader")]
    pub readers: Vec<Reader>,
}

/// A card reader.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// Its id, as in the hall's `devices.toml`: "reader-1".
    pub id: DeviceId,
    /// The port: a path that stays the same when the reader is plugged in again, or
    /// "tcp:ADDRESS:PORT".
    pub port: PathBuf,
    /// Its speed.
    #[serde(default = "reader_baud")]
    pub baud: u32,
    /// The Unix socket on which the kiosk hears of cards; the kiosk's file names the same.
    pub socket: PathBuf,
}

/// A slip printer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// Its id, as in the hall's `devices.toml`: "printer-w1".
    pub id: DeviceId,
    /// Where it is: "tcp:192.168.1.50", "serial:PATH@19200", "device:/dev/usb/lp0".
    pub place: paper::transport::Place,
    /// Its model: a built-in profile's name, or a file ending in `.toml`.
    pub profile: String,
}

/// Where the broker is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broker {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// A file with the password: the last line of `queue-server token add --role bridge`.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The password itself, for programs that make a configuration.
    #[serde(default)]
    pub password: Option<String>,
    /// The authority that signed the broker's certificate: TLS if it is given.
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// The bridge's own certificate, for a broker that lets in certificates.
    #[serde(default)]
    pub certificate_file: Option<PathBuf>,
    /// Its key.
    #[serde(default)]
    pub key_file: Option<PathBuf>,
}

impl Broker {
    /// The files of TLS; none without TLS.
    ///
    /// # Errors
    /// If they do not belong together.
    pub fn tls(&self) -> Result<Option<TlsFiles>, BadConfig> {
        let Self { authority_file, certificate_file, key_file, .. } = self.clone();
        Ok(TlsFiles::of(authority_file, certificate_file, key_file)?)
    }
}

/// A serial line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// The port: a path that stays the same when the adapter is plugged in again.
    pub port: PathBuf,
    /// Its speed, 300 to 921,600.
    #[serde(default = "usual_baud")]
    pub baud: u32,
    /// Speeds to be tried one after the other instead, if a card's is not known.
    #[serde(default)]
    pub search_bauds: Vec<u32>,
    /// How bytes stand on it.
    #[serde(default)]
    pub framing: Framing,
    /// The driver turns the RS-485 transmitter on and off; most adapters do it themselves.
    #[serde(default)]
    pub rs485: bool,
    /// Whether the adapter gives our own bytes back.
    #[serde(default)]
    pub echo: Echo,
    /// The devices on it.
    #[serde(default, rename = "device")]
    pub devices: Vec<Device>,
}

/// A device on a line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Its id: "strip-1".
    pub id: DeviceId,
    /// Its profile: "strip-a090".
    pub profile: String,
    /// Its address on the line.
    pub address: u8,
}

const fn usual_baud() -> u32 {
    9_600
}

const fn reader_baud() -> u32 {
    115_200
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadConfig {
    /// The file cannot be read.
    #[error("failed to read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It says something wrong.
    #[error("{file}: {why}")]
    Wrong {
        /// The file.
        file: String,
        /// What is wrong, with its line.
        why: String,
    },
    /// Certificate and key.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// A profile of the site is wrong.
    #[error(transparent)]
    Profile(#[from] crate::profile::BadProfile),
}

impl Printer {
    /// What the model can do.
    ///
    /// # Errors
    /// If there is no such profile, or it is wrong.
    pub fn profile(&self) -> Result<paper::profile::Profile, paper::profile::ProfileFault> {
        paper::profile::Profile::find(&self.profile)
    }
}

impl Line {
    /// A line of one speed, 8N1, whose adapter turns by itself.
    #[must_use]
    pub fn usual(name: &str, port: PathBuf, baud: u32, devices: Vec<Device>) -> Self {
        Self {
            name: name.to_owned(),
            port,
            baud,
            search_bauds: Vec::new(),
            framing: Framing::default(),
            rs485: false,
            echo: Echo::default(),
            devices,
        }
    }

    /// The speeds that its port is opened at, in their order.
    #[must_use]
    pub fn bauds(&self) -> Vec<u32> {
        if self.search_bauds.is_empty() { vec![self.baud] } else { self.search_bauds.clone() }
    }
}

impl Config {
    /// Reads a file; relative paths in it count from its folder.
    ///
    /// # Errors
    /// [`BadConfig`] with the line and, for an unknown key, the nearest known one.
    pub fn read(path: &Path) -> Result<Self, BadConfig> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| BadConfig::Read { path: path.to_owned(), source })?;
        let mut config = Self::parse(&path.display().to_string(), &text)?;
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        config.data = folder.join(&config.data);
        for file in [
            &mut config.profiles,
            &mut config.broker.password_file,
            &mut config.broker.authority_file,
            &mut config.broker.certificate_file,
            &mut config.broker.key_file,
        ] {
            *file = file.take().map(|file| folder.join(file));
        }
        for printer in &mut config.printers {
            if let paper::transport::Place::Directory(slips) = &mut printer.place {
                *slips = folder.join(&*slips);
            }
            if Path::new(&printer.profile).extension().is_some_and(|ending| ending == "toml") {
                printer.profile = folder.join(&printer.profile).display().to_string();
            }
        }
        for reader in &mut config.readers {
            reader.socket = folder.join(&reader.socket);
        }
        // Two names of one adapter, by-id and by-path, are the same port.
        let real = |port: &Path| port.canonicalize().unwrap_or_else(|_| port.to_owned());
        let wrong = |why| BadConfig::Wrong { file: path.display().to_string(), why };
        config.check_ports(real).map_err(wrong)?;
        if let Some(file) = config.broker.password_file.take() {
            let text = std::fs::read_to_string(&file)
                .map_err(|source| BadConfig::Read { path: file, source })?;
            config.broker.password = text.lines().last().map(|line| line.trim().to_owned());
        }
        Ok(config)
    }

    /// Reads a text and checks that its parts fit together, as far as it can without profiles.
    ///
    /// # Errors
    /// [`BadConfig`] with the line.
    pub fn parse(file: &str, text: &str) -> Result<Self, BadConfig> {
        let wrong = |why| BadConfig::Wrong { file: file.to_owned(), why };
        let config: Self =
            toml::from_str(text).map_err(|error| wrong(Complaint::of(&error, text).to_string()))?;
        config.check().map_err(wrong)?;
        Ok(config)
    }

    /// The profiles this bridge knows.
    ///
    /// # Errors
    /// If a profile of the site is wrong, or a device names one that does not exist.
    pub fn shelf(&self) -> Result<Shelf, BadConfig> {
        let mut shelf = Shelf::built_in();
        if let Some(folder) = &self.profiles {
            shelf.add_folder(folder)?;
        }
        for device in self.lines.iter().flat_map(|line| &line.devices) {
            if let Some(profile) = shelf.get(&device.profile) {
                let [low, high] = profile.addresses;
                if !(low..=high).contains(&device.address) {
                    let [address, low, high] = [device.address, low, high].map(|n| n.to_string());
                    let values = [
                        ("device", device.id.as_str()),
                        ("address", &address),
                        ("profile", &device.profile),
                        ("low", &low),
                        ("high", &high),
                    ];
                    let why = said("bridge.address_range", &values);
                    return Err(BadConfig::Wrong { file: self.bridge.to_string(), why });
                }
            } else {
                let known = shelf.all().map(|profile| profile.name.as_str());
                let why = said(
                    "bridge.no_such_profile",
                    &[
                        ("device", device.id.as_str()),
                        ("profile", &device.profile),
                        ("nearest", nearest(&device.profile, known).unwrap_or("–")),
                    ],
                );
                return Err(BadConfig::Wrong { file: self.bridge.to_string(), why });
            }
        }
        Ok(shelf)
    }

    /// What will work and yet make trouble one day, in sentences.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let changes = |port: &&Path| {
            let name = port.strip_prefix("/dev").ok().and_then(Path::to_str).unwrap_or_default();
            name.starts_with("ttyUSB") || name.starts_with("ttyACM")
        };
        let told = |port: &Path| said("bridge.port_changes", &[("port", &port.to_string_lossy())]);
        self.ports().map(|(_, port)| port).filter(changes).map(told).collect()
    }

    /// Who has which port.
    fn ports(&self) -> impl Iterator<Item = (&str, &Path)> {
        let lines = self.lines.iter().map(|line| (&*line.name, &*line.port));
        lines.chain(self.readers.iter().map(|reader| (reader.id.as_str(), &*reader.port)))
    }

    /// A port serves one line or one reader.
    fn check_ports(&self, real: impl Fn(&Path) -> PathBuf) -> Result<(), String> {
        let mut had = std::collections::BTreeMap::new();
        for (name, port) in self.ports() {
            if let Some(other) = had.insert(real(port), name) {
                let port = port.to_string_lossy();
                let values = [("one", other), ("other", name), ("port", &*port)];
                return Err(said("bridge.same_port", &values));
            }
        }
        Ok(())
    }

    /// Nothing to show the broker, names twice, addresses twice, speeds that there are not.
    fn check(&self) -> Result<(), String> {
        let Broker { password_file, password, certificate_file, .. } = &self.broker;
        if password_file.is_none() && password.is_none() && certificate_file.is_none() {
            return Err(said("broker.no_password", &[]));
        }
        for line in &self.lines {
            for baud in line.bauds().into_iter().chain([line.baud]) {
                check_baud(&line.name, baud)?;
            }
        }
        for reader in &self.readers {
            check_baud(reader.id.as_str(), reader.baud)?;
        }
        self.check_ports(Path::to_owned)?;
        let mut seen = std::collections::BTreeSet::new();
        let printers = self.printers.iter().map(|printer| printer.id);
        for id in printers.chain(self.readers.iter().map(|reader| reader.id)) {
            if !seen.insert(id) {
                return Err(said("bridge.twice", &[("what", id.as_str())]));
            }
        }
        for line in &self.lines {
            let mut at = std::collections::BTreeMap::new();
            for device in &line.devices {
                if !seen.insert(device.id) {
                    return Err(said("bridge.twice", &[("what", device.id.as_str())]));
                }
                let kind = device.profile.split('-').next().unwrap_or_default();
                if let Some(other) = at.insert((device.address, kind), device.id) {
                    return Err(said(
                        "bridge.same_address",
                        &[
                            ("one", other.as_str()),
                            ("other", device.id.as_str()),
                            ("address", &device.address.to_string()),
                        ],
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Speeds that adapters know.
const BAUDS: std::ops::RangeInclusive<u32> = 300..=921_600;

fn check_baud(what: &str, baud: u32) -> Result<(), String> {
    let (low, high) = (BAUDS.start().to_string(), BAUDS.end().to_string());
    let baud_said = baud.to_string();
    let values = [("what", what), ("baud", &baud_said), ("low", &low), ("high", &high)];
    if BAUDS.contains(&baud) { Ok(()) } else { Err(said("bridge.bad_baud", &values)) }
}

/// A few words in both languages, on one line.
pub(crate) fn both(key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let [chinese, english] = [Language::Chinese, Language::English]
        .map(|language| Texts::of(language).fill(key, values));
    format!("{chinese} / {english}")
}

/// A sentence in both languages: the electrician may read either.
pub(crate) fn said(key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    let chinese = Texts::of(Language::Chinese).fill(key, &values);
    let english = Texts::of(Language::English).fill(key, &values);
    format!("{chinese}\n{english}")
}

#[cfg(test)]
mod tests;
