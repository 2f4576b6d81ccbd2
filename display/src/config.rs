//! The display's configuration: one commented TOML file, unknown keys are errors.

use std::{
    num::{NonZeroU16, NonZeroU64},
    path::{Path, PathBuf},
};

use serde::Deserialize;
use wire::{
    ids::{DeviceId, HallId, WindowId, ZoneId},
    misspelt::Complaint,
    screens::{Role, Sought},
    texts::Language,
    tls::{TlsFault, TlsFiles},
};

/// The whole file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The hall's id, as in the topics.
    pub hall: HallId,
    /// The screen's device id; without it and without a role there is no screen.
    pub screen: Option<DeviceId>,
    /// What the screen shows, if its device is to be found by its place.
    #[serde(default, deserialize_with = "role")]
    pub role: Option<Role>,
    /// The zone where it hangs.
    pub zone: Option<ZoneId>,
    /// The window where it stands.
    pub window: Option<WindowId>,
    /// The voice's device id; without it nothing is spoken here.
    pub voice: Option<DeviceId>,
    /// The folder where the screen keeps what it needs after a power cut; without one, ratings that
    /// have not arrived are in memory only.
    pub data: Option<PathBuf>,
    /// The language of what the screen itself says.
    #[serde(default)]
    pub language: Language,
    /// The broker.
    pub broker: BrokerConfig,
    /// The server, for the photographs of the staff; without it plates show a silhouette.
    pub server: Option<ServerConfig>,
    /// How the screen behaves.
    #[serde(default)]
    pub show: ShowConfig,
    /// How the voice speaks.
    #[serde(default)]
    pub speech: SpeechConfig,
}

/// Where photographs come from; the credential is the broker's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerConfig {
    /// `http://192.168.1.10:8080`, or `https://` with the authority.
    pub url: String,
    /// The server's certificate or that of who signed it, PEM: for `https://`.
    pub authority_file: Option<PathBuf>,
}

/// The broker and the credential.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrokerConfig {
    /// Host name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// User name; by permission also the beginning of the client ids.
    pub user: String,
    /// The password itself; better is a file.
    pub password: Option<String>,
    /// A file whose last line is the password.
    pub password_file: Option<PathBuf>,
    /// The authority that signed the broker's certificate: TLS if it is given.
    pub authority_file: Option<PathBuf>,
    /// The screen's own certificate, for a broker that lets in certificates.
    pub certificate_file: Option<PathBuf>,
    /// Its key.
    pub key_file: Option<PathBuf>,
}

/// How the screen behaves. Times are the world's, not the hall's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShowConfig {
    /// Without the broker for so long, the screen says that it is cut off.
    pub lost_after_secs: NonZeroU64,
    /// Without any sign of the server for so long, likewise; it says something every ten seconds.
    pub silent_after_secs: NonZeroU64,
    /// Then the old rows stay for so long.
    pub rows_kept_secs: u64,
    /// A page of the running text.
    pub running_page_secs: NonZeroU64,
    /// A called row stays for so long, whatever is called after it.
    pub call_stands_secs: u64,
    /// How far people sit from a hall screen, in metres: rows are at least 1/250 of it high.
    pub distance_m: Option<NonZeroU16>,
    /// How high the screen's picture is, in millimetres; needed for the distance.
    pub height_mm: Option<NonZeroU16>,
    /// A called row blinks so often.
    pub blinks: u8,
    /// Half a blink; under 500 would flash faster than once a second, which is not allowed.
    pub blink_half_millis: NonZeroU64,
    /// One more font for rare characters of names.
    pub font_file: Option<PathBuf>,
}

impl Default for ShowConfig {
    fn default() -> Self {
        let at_least_one = |n: u64| NonZeroU64::MIN.saturating_add(n - 1);
        Self {
            lost_after_secs: at_least_one(10),
            silent_after_secs: at_least_one(35),
            rows_kept_secs: 300,
            running_page_secs: at_least_one(8),
            call_stands_secs: 8,
            distance_m: None,
            height_mm: None,
            blinks: 3,
            blink_half_millis: at_least_one(500),
            font_file: None,
        }
    }
}

impl ShowConfig {
    /// The share of the screen's height that a row must have at least; 0 if nobody knows.
    #[must_use]
    pub fn row_share_min(&self) -> f32 {
        /// Of the distance.
        const READABLE: f32 = 1.0 / 250.0;
        let (Some(distance), Some(height)) = (self.distance_m, self.height_mm) else { return 0.0 };
        f32::from(distance.get()) * 1_000.0 * READABLE / f32::from(height.get())
    }
}

/// How the voice speaks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SpeechConfig {
    /// Who speaks.
    pub speaker: SpeakerKind,
    /// The speech program.
    pub program: PathBuf,
    /// Its voice. On Debian 12 `cmn` reads hanzi as English letters; the pinyin voice is right.
    pub voice: String,
    /// Ordinary speech; the hall's profile says how much slower calls are.
    pub words_per_minute: NonZeroU16,
    /// How loud, 0 to 200; the hall's profile turns it down at some hours.
    pub volume: u8,
    /// A chime before the sentence.
    pub chime: bool,
    /// Where the sound goes.
    pub output: OutputKind,
    /// Plays a WAV from its standard input.
    pub player: Vec<String>,
    /// The recording, if the sound goes to a file.
    pub output_file: PathBuf,
    /// The folder of recorded clips, one WAV a word: 请.wav, 零.wav, A.wav …
    pub clips_folder: Option<PathBuf>,
    /// Nothing is spoken longer; then the program is ended.
    pub sentence_secs_max: NonZeroU64,
}

impl Default for SpeechConfig {
    fn default() -> Self {
        Self {
            speaker: SpeakerKind::Espeak,
            program: PathBuf::from("espeak-ng"),
            voice: "cmn-latn-pinyin".to_owned(),
            words_per_minute: NonZeroU16::MIN.saturating_add(159),
            volume: 100,
            chime: true,
            output: OutputKind::Player,
            player: ["aplay", "-q", "-"].map(str::to_owned).to_vec(),
            output_file: PathBuf::from("voice.wav"),
            clips_folder: None,
            sentence_secs_max: NonZeroU64::MIN.saturating_add(24),
        }
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerKind {
    /// The system's espeak-ng.
    Espeak,
    /// Recorded clips; what no clip says, espeak-ng says.
    Clips,
    /// Nobody; the sentence is shown only.
    Silent,
}

impl SpeakerKind {
    /// Its word in the file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Espeak => "espeak",
            Self::Clips => "clips",
            Self::Silent => "silent",
        }
    }
}

/// Where the sound goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// A program of the system plays it.
    Player,
    /// Nowhere: a machine without a sound card; everything takes as long as if it were heard.
    Nowhere,
    /// A WAV file, with the silence between.
    File,
}

/// What the command line says of the screen; it goes before the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The device itself.
    pub screen: Option<DeviceId>,
    /// Its role.
    pub role: Option<Role>,
    /// Its zone.
    pub zone: Option<ZoneId>,
    /// Its window.
    pub window: Option<WindowId>,
}

/// Which device the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// This one.
    Device(DeviceId),
    /// The one with this role at this place.
    Place(Sought),
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file.
    #[error("{}: {}", .path.display(), both("check.unreadable", &[("why", source)]))]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What is in it.
    #[error("{path}: {why}")]
    Syntax {
        /// Which.
        path: PathBuf,
        /// Line, and what is known instead.
        why: String,
    },
    /// Nothing to do.
    #[error("{}: {}", .path.display(), both("screen.config_nothing", &[]))]
    Nothing {
        /// Which.
        path: PathBuf,
    },
    /// A place of what?
    #[error("{}: {}", .path.display(), both("screen.config_place", &[]))]
    PlaceWithoutRole {
        /// Which.
        path: PathBuf,
    },
    /// Two ways to say which device it is.
    #[error("{}: {}", .path.display(), both("screen.config_twice", &[]))]
    Twice {
        /// Which.
        path: PathBuf,
    },
    /// Certificate and key.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// No credential.
    #[error("{}", both("screen.config_no_password", &[]))]
    NoPassword,
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, has unknown keys, or asks for nothing.
    pub fn read(path: &Path) -> Result<Self, ConfigFault> {
        Self::read_as(path, Asked::default())
    }

    /// Reads a file, and lets the command line say which screen it is.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn read_as(path: &Path, asked: Asked) -> Result<Self, ConfigFault> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigFault::Read { path: path.to_owned(), source })?;
        Self::parse(path, &text, asked)
    }

    /// Reads the text of a file; `path` is for the message.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(path: &Path, text: &str, asked: Asked) -> Result<Self, ConfigFault> {
        let mut config: Self = toml::from_str(text).map_err(|error| ConfigFault::Syntax {
            path: path.to_owned(),
            why: Complaint::of(&error, text).to_string(),
        })?;
        if asked.screen.is_some() || asked.role.is_some() {
            let Asked { screen, role, zone, window } = asked;
            (config.screen, config.role, config.zone, config.window) = (screen, role, zone, window);
        }
        let path = path.to_owned();
        let has_place = config.zone.is_some() || config.window.is_some();
        if config.screen.is_some() && (config.role.is_some() || has_place) {
            return Err(ConfigFault::Twice { path });
        }
        if config.role.is_none() && has_place {
            return Err(ConfigFault::PlaceWithoutRole { path });
        }
        if config.shows().is_none() && config.voice.is_none() {
            return Err(ConfigFault::Nothing { path });
        }
        Ok(config)
    }

    /// Which device the screen is; none if there is no screen.
    #[must_use]
    pub fn shows(&self) -> Option<Shows> {
        let (zone, window) = (self.zone, self.window);
        let place = || self.role.map(|role| Shows::Place(Sought { role, zone, window }));
        self.screen.map(Shows::Device).or_else(place)
    }
}

impl BrokerConfig {
    /// The files of TLS; none without TLS.
    ///
    /// # Errors
    /// If they do not belong together.
    pub fn tls(&self) -> Result<Option<TlsFiles>, ConfigFault> {
        let Self { authority_file, certificate_file, key_file, .. } = self.clone();
        Ok(TlsFiles::of(authority_file, certificate_file, key_file)?)
    }

    /// The password, from where it is kept; an empty one for who has a certificate.
    ///
    /// # Errors
    /// If there is none or its file cannot be read.
    pub fn secret(&self) -> Result<String, ConfigFault> {
        if let Some(password) = &self.password {
            return Ok(password.clone());
        }
        if self.password_file.is_none() && self.certificate_file.is_some() {
            return Ok(String::new());
        }
        let path = self.password_file.as_ref().ok_or(ConfigFault::NoPassword)?;
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigFault::Read { path: path.clone(), source })?;
        text.lines()
            .rev()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .map(str::to_owned)
            .ok_or(ConfigFault::NoPassword)
    }
}

/// A role that this program shows.
///
/// # Errors
/// If the word is none of them, with all of them.
pub fn parse_role(word: &str) -> Result<Role, String> {
    let found = Role::ALL.into_iter().find(|(_, known)| *known == word);
    found.map(|(role, _)| role).ok_or_else(|| {
        let known = Role::ALL.map(|(_, word)| word).join(", ");
        both("screen.config_role", &[("word", &word), ("known", &known)])
    })
}

fn role<'de, D: serde::Deserializer<'de>>(file: D) -> Result<Option<Role>, D::Error> {
    let word = String::deserialize(file)?;
    parse_role(&word).map(Some).map_err(serde::de::Error::custom)
}

/// A sentence in Chinese and in English: whoever installs reads one of them.
fn both(key: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    let said = |language| wire::texts::Texts::of(language).fill(key, values);
    [Language::Chinese, Language::English].map(said).join(" ")
}

#[cfg(test)]
mod tests;
