//! A virtual card reader on a pseudo-terminal, and the one that a person plays at a terminal.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::JoinHandle,
    time::Duration,
};

use wire::texts::{Language, Texts};

use super::{
    pty::{Pty, Waker},
    shown::Fault,
};
use crate::{
    config::said,
    idcard::twin::{TwinReader, citizen, foreigner, nobodys_number, resident},
};

/// What `firmware-bridge twin` calls it, beside the profiles.
pub const NAME: &str = "idcard";

/// No wait is longer, so that stopping is noticed.
const WAIT_MAX: Duration = Duration::from_millis(200);

/// The keys of a virtual reader.
const KEYS: [&str; 8] =
    ["card", "elderly", "foreigner", "resident", "strange", "fail", "lift", "babble"];

/// A reader on a pseudo-terminal; unplugged when it is dropped.
pub struct ReaderTwin {
    path: PathBuf,
    reader: Arc<Mutex<TwinReader>>,
    stop: Arc<AtomicBool>,
    waker: Arc<Waker>,
    thread: Option<JoinHandle<()>>,
}

impl ReaderTwin {
    /// Puts a reader on a pseudo-terminal at `path`.
    ///
    /// # Errors
    /// If the system gives no pseudo-terminal or no thread.
    pub fn start(path: &Path) -> io::Result<Self> {
        let pty = Pty::open(path)?;
        let (reader, stop) =
            (Arc::<Mutex<TwinReader>>::default(), Arc::new(AtomicBool::new(false)));
        let waker = Arc::new(Waker::new()?);
        let (asked, stopped, woken) = (reader.clone(), stop.clone(), waker.clone());
        let thread =
            std::thread::Builder::new().name("twin reader".to_owned()).spawn(move || {
                while !stopped.load(Relaxed) {
                    let bytes = pty.read(&woken, WAIT_MAX);
                    if !bytes.is_empty() {
                        let answer = locked(&asked).take(&bytes);
                        pty.write(&answer);
                    }
                }
            })?;
        Ok(Self { path: path.to_owned(), reader, stop, waker, thread: Some(thread) })
    }

    /// The path of its port.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The reader, to lay a card on it or lift one.
    pub fn reader(&self) -> MutexGuard<'_, TwinReader> {
        locked(&self.reader)
    }

    /// Presses a key; false if it has no such key.
    pub fn press(&self, key: &str) -> bool {
        let mut reader = self.reader();
        let texts = Texts::of(Language::Chinese);
        let [name, elder] = ["bridge.twin_name", "bridge.twin_elder"].map(|key| texts.get(key));
        match key {
            "card" => reader.lay(citizen(name, "19900101", &nobodys_number("19900101"))),
            "elderly" => reader.lay(citizen(elder, "19450101", &nobodys_number("19450101"))),
            "foreigner" => reader.lay(foreigner(name, "19800101", "FRA990080010101")),
            "resident" => reader.lay(resident(name, "19850101", &nobodys_number("19850101"))),
            "strange" => reader.lay(citizen(name, "19900101", "990000199001010000")),
            "fail" => {
                reader.fail(1);
                reader.lay(citizen(name, "19900101", &nobodys_number("19900101")));
            }
            "lift" => reader.lift(),
            "babble" => reader.babble(true),
            _ => return false,
        }
        true
    }
}

impl Drop for ReaderTwin {
    fn drop(&mut self) {
        self.stop.store(true, Relaxed);
        self.waker.wake();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a virtual reader panicked");
        }
    }
}

/// Plays a reader until the keys say `q`; when they end without it, until `stay` returns.
///
/// # Errors
/// If there is no pseudo-terminal.
pub fn play(
    port: Option<PathBuf>,
    keys: impl Iterator<Item = String>,
    stay: impl FnOnce(),
    say: &mut dyn FnMut(&str),
) -> Result<(), Fault> {
    let port = port.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("twin-{NAME}-{}", std::process::id()))
    });
    let fault = |source| Fault::Pty { port: port.display().to_string(), source };
    let twin = ReaderTwin::start(&port).map_err(fault)?;
    let shown = port.display().to_string();
    say(&said("bridge.twin_reader_ready", &[("port", &shown)]));
    say(&said("bridge.twin_keys", &[("keys", &KEYS.join(" "))]));
    for key in keys {
        match key.trim() {
            "q" => return Ok(()),
            key if twin.press(key) => {}
            key => say(&said("bridge.twin_bad_key", &[("key", key), ("keys", &KEYS.join(" "))])),
        }
    }
    stay();
    Ok(())
}

fn locked(reader: &Mutex<TwinReader>) -> MutexGuard<'_, TwinReader> {
    reader.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_there_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let twin = ReaderTwin::start(&folder.path().join("reader")).unwrap();
        assert!(KEYS.iter().all(|key| twin.press(key)));
        assert!(!twin.press("number"));
        let mut told = Vec::new();
        let keys = ["card", "number", "q"].map(str::to_owned).into_iter();
        let port = folder.path().join("other");
        play(Some(port), keys, || panic!("it was asked to quit"), &mut |line| {
            told.push(line.to_owned());
        })
        .unwrap();
        assert!(told[0].contains("other") && told[1].contains("elderly"), "{told:?}");
        assert!(told[2].contains("number"), "{told:?}");
    }
}
