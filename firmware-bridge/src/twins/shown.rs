//! One twin for a person at a terminal: says its port and what it shows, and takes keys.

use std::{path::PathBuf, time::Duration};

use wire::device::Picture;

use super::{
    line::{Habits, TwinLine},
    twin::Twin,
};
use crate::{config::said, shelf::Shelf};

/// The id of the only twin.
const ONLY: &str = "twin";

/// How often it is looked whether the picture has changed.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The twin cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// No such profile.
    #[error("{}", said("bridge.twin_no_profile", &[("profile", profile), ("known", known)]))]
    NoSuchProfile {
        /// The one asked for.
        profile: String,
        /// Those that there are.
        known: String,
    },
    /// Something that is no pseudo-terminal has the name.
    #[error("{}", said("bridge.twin_port_taken", &[("port", port)]))]
    Taken {
        /// The path.
        port: String,
    },
    /// No pseudo-terminal.
    #[error("{}", said("bridge.twin_no_port", &[("port", port)]))]
    Pty {
        /// Where.
        port: String,
        /// Why.
        source: std::io::Error,
    },
}

/// Which twin, and where.
pub struct Only {
    /// Its profile.
    pub profile: String,
    /// Its address; the profile's first if not given.
    pub address: Option<u8>,
    /// Where its port shall be.
    pub port: Option<PathBuf>,
    /// A picture of a strip, written at each change.
    pub png: Option<PathBuf>,
}

/// Shows one twin until the keys say `q`; when they end without it, until `stay` returns.
///
/// # Errors
/// If there is no such profile or no pseudo-terminal.
pub fn show_one(
    shelf: &Shelf,
    only: Only,
    mut keys: impl Iterator<Item = String>,
    stay: impl FnOnce(),
    say: &mut (dyn FnMut(&str) + Send),
) -> Result<(), Fault> {
    let Only { profile, address, port, png } = only;
    let Some(profile) = shelf.get(&profile) else {
        let known: Vec<_> = shelf.all().map(|profile| profile.name.as_str()).collect();
        return Err(Fault::NoSuchProfile { profile, known: known.join(", ") });
    };
    let id = ONLY.parse().expect("four letters are an id");
    let address = address.unwrap_or(profile.addresses[0]);
    let port = port.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("twin-{}-{}", profile.name, std::process::id()))
    });
    let habits = Habits { baud: profile.baud, echo: false };
    let twin = Twin::new(id, address, profile.clone());
    let (known, name) = (twin.keys().join(" "), profile.name.clone());
    let fault = |source: std::io::Error| {
        let port = port.display().to_string();
        if source.kind() == std::io::ErrorKind::AlreadyExists {
            Fault::Taken { port }
        } else {
            Fault::Pty { port, source }
        }
    };
    let line = TwinLine::start(ONLY, &port, vec![twin], habits).map_err(fault)?;
    say(&said(
        "bridge.twin_ready",
        &[
            ("profile", &name),
            ("address", &address.to_string()),
            ("port", &port.display().to_string()),
        ],
    ));
    if !known.is_empty() {
        say(&said("bridge.twin_keys", &[("keys", &known)]));
    }
    let done = std::sync::atomic::AtomicBool::new(false);
    let say = std::sync::Mutex::new(say);
    let tell = |text: &str| (say.lock().unwrap_or_else(std::sync::PoisonError::into_inner))(text);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut seen = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                line.wait_until(LOOK_EVERY, |twins, _| twins[0].changes() != seen);
                let Some((_, changes, picture)) = line.changed(|_, at| at == seen).pop() else {
                    continue;
                };
                seen = changes;
                tell(&in_words(&picture));
                if let Some(path) = &png {
                    let diodes = line.with(id, |twin| twin.diodes()).flatten();
                    let drawn = diodes.and_then(|diodes| diodes.png().ok());
                    if let Some(Err(error)) = drawn.map(|file| std::fs::write(path, file)) {
                        tracing::warn!(path = %path.display(), %error, "no picture was written");
                    }
                }
            }
        });
        let mut quit = false;
        while !quit && let Some(key) = keys.next() {
            quit = key.trim() == "q";
            if !quit && let Some(Err(no_such)) = line.press(id, key.trim()) {
                tell(&no_such.to_string());
            }
        }
        if !quit {
            stay();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    Ok(())
}

/// A picture as one line of JSON, which people can read as well; diodes as what they spell.
fn in_words(picture: &Picture) -> String {
    let spelt = match picture {
        Picture::Panel { text, .. } => {
            &Picture::Panel { text: text.clone(), png_base64: String::new() }
        }
        Picture::Strip { .. }
        | Picture::Pad { .. }
        | Picture::Evaluator { .. }
        | Picture::Slip { .. } => picture,
    };
    serde_json::to_string(spelt).expect("a picture has no maps")
}
