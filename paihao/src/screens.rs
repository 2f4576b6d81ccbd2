//! The kiosks and the screens of the demo, each a process of its own with a file of its own.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use hall::ids::DeviceId;
use queue_server::{access::Role, profile::Device, serve::Running};
use serde::Serialize;
use wire::device::DeviceKind;

use crate::{
    keys::Keys,
    windows::{PACKAGES, Window, has_display},
};

#[derive(Serialize)]
struct KioskFile {
    server: KioskServer,
    printer: KioskPrinter,
    kiosk: KioskItself,
}

#[derive(Serialize)]
struct KioskServer {
    url: String,
    credential_file: PathBuf,
}

#[derive(Serialize)]
struct KioskPrinter {
    profile: String,
    place: String,
}

#[derive(Serialize)]
struct KioskItself {
    name: String,
    data: PathBuf,
    pick_up_queue: &'static str,
    complaint_queue: &'static str,
    general_queue: &'static str,
}

#[derive(Serialize)]
struct DisplayFile {
    hall: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    screen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<String>,
    data: PathBuf,
    broker: DisplayBroker,
    server: DisplayServer,
    speech: DisplaySpeech,
}

#[derive(Serialize)]
struct DisplayServer {
    url: String,
}

#[derive(Serialize)]
struct DisplayBroker {
    host: String,
    port: u16,
    user: &'static str,
    password_file: PathBuf,
}

#[derive(Serialize)]
struct DisplaySpeech {
    speaker: &'static str,
}

/// The programs that a spoken announcement needs.
const SPEECH_PROGRAMS: [&str; 2] = ["espeak-ng", "aplay"];

/// Where a sound card shows itself.
const SOUND: &str = "/dev/snd";

/// Speaks if this machine can, and is silent otherwise: a hall without sound is not ill.
fn speaker() -> &'static str {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has = |program: &str| std::env::split_paths(&path).any(|at| at.join(program).is_file());
    let speaks = Path::new(SOUND).is_dir() && SPEECH_PROGRAMS.into_iter().all(has);
    if speaks { "espeak" } else { "silent" }
}

/// The displays' name at the broker.
const DISPLAY: &str = "display-1";

/// What is opened, and how.
pub struct Opening<'a> {
    /// The running server.
    pub running: &'a Running,
    /// The demo's secrets.
    pub keys: &'a Keys,
    /// Where the first kiosk's printer listens.
    pub printer: &'a str,
    /// Windows are wanted.
    pub windows: bool,
    /// The devices that get a window; the first kiosk and the first hall screen if none is named.
    pub named: &'a [DeviceId],
}

/// Opens every kiosk, hall screen and voice of the hall: some in windows if there is a display, the
/// others without, so that each device is there. Tells which are not seen, and how to see them.
///
/// # Errors
/// If a device is named that is none of them, a file cannot be written or a process not started.
pub fn open(opening: &Opening, told: &mut Vec<String>) -> anyhow::Result<Vec<Window>> {
    let devices = &opening.running.app.profile.devices;
    let of_kind = |kind| devices.iter().filter(move |device| device.kind == kind);
    let kiosks: Vec<&Device> = of_kind(DeviceKind::Kiosk).collect();
    // A screen of diodes hangs on a line and is the bridge's. Hall screens come first: one of them
    // is shown.
    let shown = |device: &&Device| device.is_screen_program();
    let mut screens: Vec<&Device> = devices.iter().filter(shown).collect();
    screens.sort_by_key(|screen| screen.kind);
    let voices: Vec<&Device> = of_kind(DeviceKind::Voice).collect();
    let both = || kiosks.iter().chain(&screens);
    if let Some(none) = opening.named.iter().find(|id| !both().any(|device| device.id == **id)) {
        let known: Vec<&str> = both().map(|device| device.id.as_str()).collect();
        anyhow::bail!(
            "--open {none}：没有这台取号机或大屏 no such kiosk or hall screen; {}",
            known.join(", ")
        );
    }
    let has_windows = opening.windows && has_display();
    let is_seen = |device: &Device| {
        let first = |list: &[&Device]| list.first().is_some_and(|first| first.id == device.id);
        let usual = opening.named.is_empty() && (first(&kiosks) || first(&screens));
        has_windows && (usual || opening.named.contains(&device.id))
    };
    let mut windows = Vec::new();
    for (place, kiosk) in kiosks.iter().enumerate() {
        let file = kiosk_file(opening, kiosk, place)?;
        windows.push(Window::open(named(kiosk), "kiosk", file, is_seen(kiosk))?);
    }
    for place in 0..screens.len().max(voices.len()) {
        let (screen, voice) = (screens.get(place).copied(), voices.get(place).copied());
        let Some(device) = screen.or(voice) else { continue };
        let file = display_file(opening, device, screen, voice)?;
        windows.push(Window::open(named(device), "display", file, screen.is_some_and(is_seen))?);
    }
    let unseen: Vec<&Device> = both().filter(|device| !is_seen(device)).copied().collect();
    told.extend(about_windows(opening.windows, has_windows, &unseen));
    Ok(windows)
}

fn named(device: &Device) -> String {
    format!("{} {}", device.name, device.id)
}

/// What is to be said about devices without a window; nothing if there is none.
fn about_windows(wanted: bool, has: bool, unseen: &[&Device]) -> Option<String> {
    let first = unseen.first()?;
    let names: Vec<String> = unseen.iter().map(|device| named(device)).collect();
    let names = names.join("、");
    Some(match (wanted, has) {
        (true, true) => format!(
            "没有开窗口、照常在线 online without a window: {names}\n  \
             要看哪台就加上 to see one add: --open {}",
            first.id
        ),
        (true, false) => format!(
            "没有显示器：{names} 没有窗口，照常在线。无显示器时可用 Xvfb：\n  \
             xvfb-run -s '-screen 0 1920x1080x24' cargo run --release\n\
             There is no display, so kiosks and hall screens run without windows, and everything is \
             online. Windows need: {PACKAGES}"
        ),
        (false, _) => {
            format!("按 --no-windows 没有开窗口、照常在线 online without a window: {names}")
        }
    })
}

fn kiosk_file(opening: &Opening, kiosk: &Device, place: usize) -> anyhow::Result<PathBuf> {
    let Opening { running, keys, printer, .. } = opening;
    let data = fs::canonicalize(keys.folder())?.join(kiosk.id.as_str());
    // The virtual printer of the device room is the first kiosk's; slips of the others are files.
    let place = match place {
        0 => format!("tcp:{printer}"),
        _ => format!("directory:{}", data.join("slips").display()),
    };
    let file = KioskFile {
        server: KioskServer {
            url: format!("http://{}", running.http),
            credential_file: fs::canonicalize(keys.credential(kiosk.id.as_str(), Role::Kiosk)?)?,
        },
        printer: KioskPrinter { profile: kiosk.profile.clone(), place },
        kiosk: KioskItself {
            name: kiosk.name.clone(),
            data,
            pick_up_queue: "R",
            complaint_queue: "W",
            general_queue: "K",
        },
    };
    write(keys.folder(), &format!("{}.toml", kiosk.id), &file)
}

fn display_file(
    opening: &Opening,
    device: &Device,
    screen: Option<&Device>,
    voice: Option<&Device>,
) -> anyhow::Result<PathBuf> {
    let Opening { running, keys, .. } = opening;
    let (host, port) = running.mqtt.rsplit_once(':').context("the broker has no port")?;
    let id = |device: &Device| device.id.to_string();
    let file = DisplayFile {
        hall: running.app.profile.setup.id().to_string(),
        screen: screen.map(id),
        voice: voice.map(id),
        data: fs::canonicalize(keys.folder())?.join("displays"),
        broker: DisplayBroker {
            host: host.to_owned(),
            port: port.parse()?,
            user: DISPLAY,
            password_file: fs::canonicalize(keys.credential(DISPLAY, Role::Display)?)?,
        },
        server: DisplayServer { url: format!("http://{}", running.http) },
        // Who wants no windows is not spoken to either.
        speech: DisplaySpeech { speaker: if opening.windows { speaker() } else { "silent" } },
    };
    write(keys.folder(), &format!("{}.toml", device.id), &file)
}

fn write(folder: &Path, name: &str, file: &impl Serialize) -> anyhow::Result<PathBuf> {
    let path = folder.join(name);
    let text = toml::to_string(file)?;
    fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))?;
    Ok(path)
}

/// A kiosk's own process.
#[must_use]
pub fn kiosk(config: &Path, unseen: bool) -> ExitCode {
    let how = if unseen { "--no-window" } else { "--window" };
    let words: [OsString; 4] =
        ["kiosk".into(), "--config".into(), config.as_os_str().to_owned(), how.into()];
    kiosk::main_with(words)
}

/// A hall screen's own process.
///
/// # Errors
/// If its file cannot be read or no window can be opened.
pub fn display(config: &Path, unseen: bool) -> anyhow::Result<ExitCode> {
    let config = display::config::Config::read(config)?;
    if unseen {
        display::run::run_unseen(&config)?;
    } else {
        display::run::run(config, true)?;
    }
    Ok(ExitCode::SUCCESS)
}
