//! Several twins on one pseudo-terminal, with the time that bytes take on a real wire.

use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use wire::{device::Picture, ids::DeviceId};

use super::{
    cable::TwinCable,
    pty::{Pty, Waker},
    twin::{NoSuchKey, Twin},
    uart,
};
use crate::worker::Way;

/// Pieces of what went over the line that are remembered.
const TRACE_MAX: usize = 4_096;

/// No wait is longer, so that stopping is noticed.
const WAIT_MAX: Duration = Duration::from_millis(500);

/// How a line of twins behaves.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// The speed whose times are kept.
    pub baud: u32,
    /// The adapter gives the host its own bytes back.
    pub echo: bool,
}

/// A piece of what went over the line.
#[derive(Debug, Clone)]
pub struct Trace {
    /// Heard is from the host, sent is from a twin.
    pub way: Way,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When they came to the pseudo-terminal.
    pub arrived: Instant,
    /// When the last of them would have passed a real wire.
    pub passed: Instant,
}

/// A line with virtual devices on it.
pub struct TwinLine {
    name: String,
    path: PathBuf,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    waker: Waker,
}

struct State {
    cable: TwinCable,
    baud: u32,
    pty: Option<Arc<Pty>>,
    trace: VecDeque<Trace>,
    /// The host's own speed is looked at.
    heeds_speed: bool,
    stopped: bool,
}

impl TwinLine {
    /// Puts the twins on a pseudo-terminal at `path`.
    ///
    /// # Errors
    /// If the system gives no pseudo-terminal or no thread.
    pub fn start(name: &str, path: &Path, twins: Vec<Twin>, habits: Habits) -> io::Result<Self> {
        let state = State {
            cable: TwinCable::new(twins, habits, Instant::now()),
            baud: habits.baud,
            pty: Some(Arc::new(Pty::open(path)?)),
            trace: VecDeque::new(),
            heeds_speed: false,
            stopped: false,
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Condvar::new(),
            waker: Waker::new()?,
        });
        let turning = shared.clone();
        let thread = std::thread::Builder::new()
            .name(format!("twins {name}"))
            .spawn(move || turning.run())?;
        Ok(Self { name: name.to_owned(), path: path.to_owned(), shared, thread: Some(thread) })
    }

    /// The line's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of its port.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The ids of its twins.
    #[must_use]
    pub fn ids(&self) -> Vec<DeviceId> {
        self.shared.lock().cable.twins().iter().map(Twin::id).collect()
    }

    /// Asks or changes a twin; `None` if it hangs on another line.
    pub fn with<T>(&self, id: DeviceId, act: impl FnOnce(&mut Twin) -> T) -> Option<T> {
        let mut state = self.shared.lock();
        let found = state.cable.twins_mut().iter_mut().find(|twin| twin.id() == id).map(act);
        drop(state);
        self.shared.changed.notify_all();
        self.shared.waker.wake();
        found
    }

    /// Presses a key; says when, or `None` if the twin hangs on another line.
    pub fn press(&self, id: DeviceId, key: &str) -> Option<Result<Instant, NoSuchKey>> {
        let now = Instant::now();
        self.with(id, |twin| twin.press(key, now).map(|()| now))
    }

    /// What a twin shows.
    #[must_use]
    pub fn picture(&self, id: DeviceId) -> Option<Picture> {
        let state = self.shared.lock();
        state.cable.twins().iter().find(|twin| twin.id() == id).map(Twin::picture)
    }

    /// What every twin shows that has changed, with the count of its changes.
    #[must_use]
    pub fn changed(
        &self,
        is_known: impl Fn(DeviceId, u64) -> bool,
    ) -> Vec<(DeviceId, u64, Picture)> {
        let state = self.shared.lock();
        let twins = state.cable.twins().iter();
        let twins = twins.filter(|twin| !is_known(twin.id(), twin.changes()));
        twins.map(|twin| (twin.id(), twin.changes(), twin.picture())).collect()
    }

    /// What went over the line, oldest first.
    #[must_use]
    pub fn trace(&self) -> Vec<Trace> {
        self.shared.lock().trace.iter().cloned().collect()
    }

    /// Waits until the twins and what went over the line are so; false if they are not in time.
    pub fn wait_until(
        &self,
        time: Duration,
        mut is_so: impl FnMut(&[Twin], &VecDeque<Trace>) -> bool,
    ) -> bool {
        let state = self.shared.lock();
        let (_state, waited) = self
            .shared
            .changed
            .wait_timeout_while(state, time, |state| !is_so(state.cable.twins(), &state.trace))
            .unwrap_or_else(PoisonError::into_inner);
        !waited.timed_out()
    }

    /// Pulls the adapter out.
    pub fn unplug(&self) {
        let mut state = self.shared.lock();
        state.pty = None;
        state.cable.handle_unplugged();
        drop(state);
        self.shared.waker.wake();
    }

    /// Plugs an adapter in again, at the same path.
    ///
    /// # Errors
    /// If the system gives no pseudo-terminal.
    pub fn replug(&self) -> io::Result<()> {
        let pty = Pty::open(&self.path)?;
        self.shared.lock().pty = Some(Arc::new(pty));
        self.shared.waker.wake();
        Ok(())
    }

    /// From now on a host that has set its port to another speed is not understood and does not
    /// understand, as on a real line.
    pub fn heed_speed(&self) {
        self.shared.lock().heeds_speed = true;
    }

    /// Puts bytes on the line that no twin says: noise.
    pub fn say(&self, bytes: &[u8]) {
        let state = self.shared.lock();
        if let Some(pty) = &state.pty {
            pty.write(bytes);
        }
    }
}

impl Drop for TwinLine {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.waker.wake();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a line of twins panicked");
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        loop {
            let mut state = self.lock();
            if state.stopped {
                return;
            }
            let now = Instant::now();
            state.turn(now);
            let due = state.cable.poll_timeout();
            let wait = due.map_or(WAIT_MAX, |due| due.saturating_duration_since(now)).min(WAIT_MAX);
            let pty = state.pty.clone();
            drop(state);
            self.changed.notify_all();
            let Some(pty) = pty else {
                // Unplugged: nothing moves until somebody plugs it in again.
                std::thread::park_timeout(Duration::from_millis(20));
                continue;
            };
            let bytes = pty.read(&self.waker, wait);
            // Kept no longer than needed: the last one to let go closes the other end.
            drop(pty);
            if !bytes.is_empty() {
                self.lock().arrive(bytes, Instant::now());
            }
        }
    }
}

impl State {
    fn arrive(&mut self, bytes: Vec<u8>, now: Instant) {
        let heard = bytes.clone();
        let bytes = match self.host_speed() {
            Some(host) => uart::heard(&bytes, host, self.baud),
            None => bytes,
        };
        let echo = self.cable.handle_bytes(bytes, now);
        if let (Some(echo), Some(pty)) = (echo, &self.pty) {
            pty.write(&echo);
        }
        self.remember(Way::Heard, heard, now);
    }

    /// Hears what has passed the wire, and says what is due.
    fn turn(&mut self, now: Instant) {
        self.cable.handle_timeout(now);
        while let Some(bytes) = self.cable.poll_transmit(now) {
            let bytes = match self.host_speed() {
                Some(host) => uart::heard(&bytes, self.baud, host),
                None => bytes,
            };
            if let Some(pty) = &self.pty {
                pty.write(&bytes);
            }
            self.remember(Way::Sent, bytes, now);
        }
    }

    /// The host's speed, if it is heeded.
    fn host_speed(&self) -> Option<u32> {
        if self.heeds_speed { self.pty.as_ref().and_then(|pty| pty.speed()) } else { None }
    }

    fn remember(&mut self, way: Way, bytes: Vec<u8>, arrived: Instant) {
        if self.trace.len() == TRACE_MAX {
            self.trace.pop_front();
        }
        let passed = self.cable.passed().max(arrived);
        self.trace.push_back(Trace { way, bytes, arrived, passed });
    }
}
