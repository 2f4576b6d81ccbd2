//! `kiosk.toml`: one commented file, units in the names, unknown keys told with line and neighbour.

use std::path::{Path, PathBuf};

use paper::transport::Place;
use serde::Deserialize;
use wire::{ids::QueueId, misspelt::Complaint, texts::Language};

use crate::{guide_phone, limits, model::Settings};

/// The commented example, also the documentation of every key.
pub const EXAMPLE: &str = include_str!("../../assets/config/kiosk.toml");

/// Everything the file can say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whom to ask.
    pub server: Server,
    /// What prints.
    pub printer: Printer,
    /// What the screen is.
    pub kiosk: Kiosk,
    /// What speaks.
    #[serde(default)]
    pub voice: Voice,
}

/// `[server]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// `http://host:port`, or `https://host:port` with the authority.
    pub url: String,
    /// The server's certificate or that of who signed it, PEM: for `https://`.
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// The file whose last line is the credential.
    pub credential_file: PathBuf,
}

/// `[printer]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printer {
    /// A built-in profile's name or a file's path.
    pub profile: String,
    /// Where it is.
    pub place: Place,
}

/// `[kiosk]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kiosk {
    /// Its name: "1号取号机".
    pub name: String,
    /// The same for who reads English: "Kiosk 1".
    #[serde(default)]
    pub english_name: Option<String>,
    /// Where it keeps its record of slips.
    pub data: PathBuf,
    /// The language it returns to.
    #[serde(default)]
    pub language: Language,
    /// English may be chosen.
    #[serde(default = "yes")]
    pub english: bool,
    /// 领证取件 leads to this queue.
    #[serde(default)]
    pub pick_up_queue: Option<QueueId>,
    /// 我要反映 leads to this queue.
    #[serde(default)]
    pub complaint_queue: Option<QueueId>,
    /// 综合窗口: who did not find what they came for may take a number of this queue.
    #[serde(default)]
    pub general_queue: Option<QueueId>,
    /// 运维口令: the file with its hash, made by `kiosk operator-code`; none: nothing leads out of the kiosk.
    #[serde(default)]
    pub operator_code_file: Option<PathBuf>,
    /// The Unix socket of the card reader's bridge on this machine; none: no reader.
    #[serde(default)]
    pub reader_socket: Option<PathBuf>,
    /// The nearest other kiosk: name.
    #[serde(default)]
    pub nearest_kiosk: Option<String>,
    /// The nearest other kiosk: where it stands.
    #[serde(default)]
    pub nearest_kiosk_where: Option<String>,
    /// The nearest other kiosk for who reads English: name.
    #[serde(default)]
    pub english_nearest_kiosk: Option<String>,
    /// The nearest other kiosk for who reads English: where it stands.
    #[serde(default)]
    pub english_nearest_kiosk_where: Option<String>,
    /// The guide desk's telephone, for as long as the server has never told it.
    #[serde(default)]
    pub guide_phone: Option<String>,
    /// Back to the start page without a touch.
    #[serde(default = "secs_60")]
    pub return_after_secs: u32,
    /// The same in 长者版.
    #[serde(default = "secs_120")]
    pub return_after_secs_elder: u32,
    /// 低位: the kiosk stands or hangs low, or serves wheelchairs.
    #[serde(default)]
    pub low: bool,
    /// 低位: what is touched stands in so many hundredths of the screen from below.
    #[serde(default = "percent_50")]
    pub reach_percent: u8,
    /// How wide the picture on the panel is as it hangs; none: as the design's panel.
    #[serde(default)]
    pub screen_width_mm: Option<u32>,
    /// How long a number is shown.
    #[serde(default = "secs_8")]
    pub ticket_secs: u32,
    /// The same for a number without paper.
    #[serde(default = "secs_30")]
    pub ticket_secs_without_paper: u32,
}

/// `[voice]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// A speech program; none: silent.
    #[serde(default)]
    pub program: Option<String>,
}

const fn yes() -> bool {
    true
}
const fn percent_50() -> u8 {
    limits::REACH_PERCENT
}
const fn secs_8() -> u32 {
    8
}
const fn secs_30() -> u32 {
    30
}
const fn secs_60() -> u32 {
    60
}
const fn secs_120() -> u32 {
    120
}

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file cannot be read.
    #[error("failed to read {path}: {source}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line is wrong.
    #[error("{path}:{line}: {what}")]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// The credential file has no credential.
    #[error("{path} holds no credential; make one with `queue-server token add --role kiosk`")]
    NoCredential {
        /// Which file.
        path: PathBuf,
    },
}

impl Config {
    /// Reads a file; paths in it are relative to its folder.
    ///
    /// # Errors
    /// [`ConfigFault`] with the line and the nearest known key.
    pub fn load(path: &Path) -> Result<Self, ConfigFault> {
        let text = read(path)?;
        let mut config = Self::parse(path, &text)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let place = |inner: &mut PathBuf| *inner = folder.join(&*inner);
        place(&mut config.server.credential_file);
        place(&mut config.kiosk.data);
        if let Some(authority) = &mut config.server.authority_file {
            place(authority);
        }
        if let Some(socket) = &mut config.kiosk.reader_socket {
            place(socket);
        }
        if let Some(code) = &mut config.kiosk.operator_code_file {
            place(code);
        }
        if let Place::Directory(slips) = &mut config.printer.place {
            place(slips);
        }
        if config.printer.profile.ends_with(".toml") {
            let profile = folder.join(&config.printer.profile);
            config.printer.profile = profile.to_string_lossy().into_owned();
        }
        Ok(config)
    }

    /// Parses a text.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigFault> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let complaint = Complaint::of(&error, text);
            let (line, what) = (complaint.line(), complaint.to_string());
            ConfigFault::Line { path: path.to_owned(), line, what }
        })?;
        let kiosk = &config.kiosk;
        let bounds = [
            ("return_after_secs", kiosk.return_after_secs, 15, 600),
            // No timeout of 长者版 may be under 120 s.
            ("return_after_secs_elder", kiosk.return_after_secs_elder, 120, 1200),
            ("ticket_secs", kiosk.ticket_secs, 5, 120),
            ("ticket_secs_without_paper", kiosk.ticket_secs_without_paper, 10, 300),
        ];
        let bounds = bounds.into_iter().chain([
            // Under 45 the keys have no room; over 60 nobody in a wheelchair reaches them.
            ("reach_percent", u32::from(kiosk.reach_percent), 45, 60),
            ("screen_width_mm", kiosk.screen_width_mm.unwrap_or(250), 150, 2_000),
        ]);
        for (key, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                let line = text.lines().position(|line| line.trim_start().starts_with(key));
                let what = format!("{key} is {value}; it must be {least} to {most}");
                let line = line.map_or(1, |line| line + 1);
                return Err(ConfigFault::Line { path: path.to_owned(), line, what });
            }
        }
        Ok(config)
    }

    /// The credential: the last line of its file that is not empty.
    ///
    /// # Errors
    /// If there is none.
    pub fn credential(&self) -> Result<String, ConfigFault> {
        let path = &self.server.credential_file;
        let text = read(path)?;
        let last = text.lines().map(str::trim).rfind(|line| !line.is_empty());
        last.map(str::to_owned).ok_or_else(|| ConfigFault::NoCredential { path: path.clone() })
    }

    /// What the screen must know.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let kiosk = &self.kiosk;
        Settings {
            place: kiosk.name.clone(),
            english_place: kiosk.english_name.clone(),
            language: kiosk.language,
            english: kiosk.english,
            pick_up_queue: kiosk.pick_up_queue,
            complaint_queue: kiosk.complaint_queue,
            general_queue: kiosk.general_queue,
            nearest_kiosk: kiosk
                .nearest_kiosk
                .clone()
                .map(|name| (name, kiosk.nearest_kiosk_where.clone().unwrap_or_default())),
            english_nearest_kiosk: kiosk
                .english_nearest_kiosk
                .clone()
                .map(|name| (name, kiosk.english_nearest_kiosk_where.clone().unwrap_or_default())),
            guide_phone: guide_phone::last_known(&kiosk.data).or_else(|| kiosk.guide_phone.clone()),
            return_after_secs: kiosk.return_after_secs,
            return_after_secs_elder: kiosk.return_after_secs_elder,
            ticket_secs: kiosk.ticket_secs,
            ticket_secs_without_paper: kiosk.ticket_secs_without_paper,
            speaks: self.voice.program.is_some(),
            screen_width_mm: kiosk.screen_width_mm,
            low: kiosk.low,
            reach_percent: kiosk.reach_percent,
            has_code: false,
            is_kept: false,
        }
    }
}

fn read(path: &Path) -> Result<String, ConfigFault> {
    std::fs::read_to_string(path)
        .map_err(|source| ConfigFault::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests;
