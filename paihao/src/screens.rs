//! The kiosk and the hall screen of the demo, each a process of its own with a file of its own.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
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
}

#[derive(Serialize)]
struct DisplayFile {
    hall: String,
    screen: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<String>,
    broker: DisplayBroker,
    speech: DisplaySpeech,
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

/// The display's name at the broker.
const DISPLAY: &str = "display-1";

/// Opens both, if there is a display; says in one sentence why not.
///
/// # Errors
/// If a file cannot be written or a process not started.
pub fn open(
    running: &Running,
    keys: &Keys,
    printer: &str,
    told: &mut Vec<String>,
) -> anyhow::Result<Vec<Window>> {
    let folder = keys.folder();
    let kiosk = kiosk_file(running, keys, printer, folder)?;
    let display = display_file(running, keys, folder)?;
    if !has_display() {
        told.push(format!(
            "没有显示器，取号机和大屏没有打开，其余照常。无显示器时可用 Xvfb：\n  \
             xvfb-run -s '-screen 0 1920x1080x24' cargo run --release\n\
             There is no display, so the kiosk and the hall screen are not opened; everything else \
             runs. Windows need: {PACKAGES}"
        ));
        return Ok(Vec::new());
    }
    Ok(vec![
        Window::open("取号机 kiosk", "kiosk", &kiosk)?,
        Window::open("大屏 hall screen", "display", &display)?,
    ])
}

fn first(devices: &[Device], kind: DeviceKind) -> Option<&Device> {
    devices.iter().find(|device| device.kind == kind)
}

fn kiosk_file(
    running: &Running,
    keys: &Keys,
    printer: &str,
    folder: &Path,
) -> anyhow::Result<PathBuf> {
    let devices = &running.app.profile.devices;
    let kiosk = first(devices, DeviceKind::Kiosk).context("devices.toml names no kiosk")?;
    let file = KioskFile {
        server: KioskServer {
            url: format!("http://{}", running.http),
            credential_file: fs::canonicalize(keys.credential(kiosk.id.as_str(), Role::Kiosk)?)?,
        },
        printer: KioskPrinter { profile: kiosk.profile.clone(), place: format!("tcp:{printer}") },
        kiosk: KioskItself {
            name: kiosk.name.clone(),
            data: fs::canonicalize(folder)?.join(kiosk.id.as_str()),
            pick_up_queue: "R",
            complaint_queue: "W",
        },
    };
    write(folder, "kiosk.toml", &file)
}

fn display_file(running: &Running, keys: &Keys, folder: &Path) -> anyhow::Result<PathBuf> {
    let devices = &running.app.profile.devices;
    let screen =
        first(devices, DeviceKind::HallScreen).context("devices.toml names no hall screen")?;
    let (host, port) = running.mqtt.rsplit_once(':').context("the broker has no port")?;
    let file = DisplayFile {
        hall: running.app.profile.setup.id().to_string(),
        screen: screen.id.to_string(),
        voice: first(devices, DeviceKind::Voice).map(|voice| voice.id.to_string()),
        broker: DisplayBroker {
            host: host.to_owned(),
            port: port.parse()?,
            user: DISPLAY,
            password_file: fs::canonicalize(keys.credential(DISPLAY, Role::Display)?)?,
        },
        speech: DisplaySpeech { speaker: speaker() },
    };
    write(folder, "display.toml", &file)
}

fn write(folder: &Path, name: &str, file: &impl Serialize) -> anyhow::Result<PathBuf> {
    let path = folder.join(name);
    let text = toml::to_string(file)?;
    fs::write(&path, text).with_context(|| format!("failed to write {}", path.display()))?;
    Ok(path)
}

/// The kiosk's own process.
#[must_use]
pub fn kiosk(config: &Path) -> ExitCode {
    let words: [OsString; 4] =
        ["kiosk".into(), "--config".into(), config.as_os_str().to_owned(), "--window".into()];
    kiosk::main_with(words)
}

/// The hall screen's own process.
///
/// # Errors
/// If its file cannot be read or no window can be opened.
pub fn display(config: &Path) -> anyhow::Result<ExitCode> {
    let config = display::config::Config::read(config)?;
    display::run::run(config, true)?;
    Ok(ExitCode::SUCCESS)
}
