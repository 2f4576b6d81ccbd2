//! A thread for each line: moves bytes between the port and the line, opens the port again after
//! it went away, and never turns in a busy loop.

mod failing;
mod plug;
mod search;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use failing::Failing;
pub use plug::Plug;

use crate::{
    line::{Away, Line, LineEvent, LineOrder},
    moment::Moment,
    port::{Brought, Manner, Port},
    profile::Framing,
};
use search::Search;

/// Orders and reads that may wait for a line; faces are kept by the sender when it is full.
const INBOX_MAX: usize = 256;

/// No wait is shorter: a bound against turning in place.
const WAIT_MIN: Duration = Duration::from_millis(1);
const WAIT_MAX: Duration = Duration::from_secs(5);

/// A card's own clock drifts by seconds a day.
const WALL_EVERY: Duration = Duration::from_secs(3_600);

/// Which way bytes went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the line.
    Heard,
    /// Onto the line.
    Sent,
}

/// Watches the bytes of all lines: line, way, bytes, time. For measuring and for logs.
pub type Tap = Arc<dyn Fn(&str, Way, &[u8], Instant) + Send + Sync>;

/// What waits in a line's inbox.
enum Arrived {
    Order(LineOrder),
    /// From the port opened as the n-th.
    Brought(u64, Brought),
    Stop,
}

/// Why an order was not taken.
#[derive(Debug, Clone, PartialEq)]
pub enum NotTaken {
    /// The inbox is full: the order may be given again later.
    Full(LineOrder),
    /// The thread has ended, and with it the line.
    Ended,
}

/// A running line.
pub struct Worker {
    inbox: SyncSender<Arrived>,
    thread: Option<JoinHandle<()>>,
}

/// Where a line's port is.
#[derive(Debug, Clone)]
pub struct Place {
    /// The line's name.
    pub name: String,
    /// The port's path.
    pub port: PathBuf,
    /// The speeds: the first that is answered at is kept.
    pub bauds: Vec<u32>,
    /// How bytes stand on the line.
    pub framing: Framing,
    /// The driver turns the RS-485 transmitter on and off.
    pub rs485: bool,
}

impl Place {
    /// A line of one speed with 8N1.
    #[must_use]
    pub fn usual(name: &str, port: PathBuf, baud: u32) -> Self {
        let bauds = vec![baud];
        Self { name: name.to_owned(), port, bauds, framing: Framing::Usual, rs485: false }
    }
}

impl Worker {
    /// Starts the thread; `tell` may wait, but not for this line. A line that fails is told as ill
    /// and begins anew as `line` is now, after a pause that grows.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        place: Place,
        line: Line,
        tap: Option<Tap>,
        tell: impl FnMut(LineEvent) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (inbox, arrived) = sync_channel(INBOX_MAX);
        let own = inbox.clone();
        let thread = std::thread::Builder::new().name(place.name.clone()).spawn(move || {
            let mut turning = Turning {
                plug: Plug::new(Instant::now()),
                search: Search::new(place.bauds.clone()),
                wall_at: None,
                place,
                line: line.clone(),
                tap,
                tell,
                own,
                opened: 0,
                port: None,
            };
            let mut failing = Failing::new();
            // A bug of ours on one line is no reason to leave the others.
            while catch_unwind(AssertUnwindSafe(|| turning.run(&arrived))).is_err() {
                let pause = failing.failed(Instant::now());
                turning.begin_anew(&line, pause);
            }
        })?;
        Ok(Self { inbox, thread: Some(thread) })
    }

    /// Gives an order without waiting.
    ///
    /// # Errors
    /// [`NotTaken`] with the order if the inbox is full, or if nobody will ever take it.
    pub fn try_order(&self, order: LineOrder) -> Result<(), NotTaken> {
        match self.inbox.try_send(Arrived::Order(order)) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(Arrived::Order(order))) => Err(NotTaken::Full(order)),
            Err(TrySendError::Full(Arrived::Brought(..) | Arrived::Stop)) => Ok(()),
            Err(TrySendError::Disconnected(_)) => Err(NotTaken::Ended),
        }
    }

    /// Ends the thread and closes the port.
    pub fn stop(&mut self) {
        // If the thread has ended already there is nobody to be told.
        self.inbox.send(Arrived::Stop).ok();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a line panicked");
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Turning<F> {
    place: Place,
    line: Line,
    plug: Plug,
    search: Search,
    /// When devices are told the time again.
    wall_at: Option<Instant>,
    tap: Option<Tap>,
    tell: F,
    own: SyncSender<Arrived>,
    opened: u64,
    port: Option<Port>,
}

impl<F: FnMut(LineEvent)> Turning<F> {
    fn run(&mut self, arrived: &Receiver<Arrived>) {
        loop {
            let now = Instant::now();
            if self.plug.wants_opening(now) {
                self.open(now);
            }
            if !self.transmit() || self.port.as_ref().is_some_and(Port::is_gone) {
                self.close();
            }
            while let Some(event) = self.line.poll_event() {
                (self.tell)(event);
            }
            let now = Instant::now();
            if self.port.is_some() {
                self.look_after(now);
            }
            let due =
                [self.line.poll_timeout(now), self.plug.poll_timeout(), self.search.poll_timeout()];
            let due = due.into_iter().flatten().min();
            let wait = due.map_or(WAIT_MAX, |due| due.saturating_duration_since(now));
            match arrived.recv_timeout(wait.clamp(WAIT_MIN, WAIT_MAX)) {
                Ok(Arrived::Order(order)) => self.line.handle_order(order, Instant::now()),
                Ok(Arrived::Brought(opened, _)) if opened != self.opened => {}
                Ok(Arrived::Brought(_, Brought::Bytes(bytes))) => {
                    let now = Instant::now();
                    self.watch(Way::Heard, &bytes, now);
                    self.line.handle_bytes(&bytes, now);
                }
                Ok(Arrived::Brought(_, Brought::Gone)) => self.close(),
                Ok(Arrived::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.line.handle_timeout(Instant::now()),
            }
        }
    }

    /// After a failure: nothing of what was is believed, and who is on the line hears of it.
    fn begin_anew(&mut self, line: &Line, pause: Duration) {
        tracing::error!(line = self.place.name, ?pause, "a line failed and begins anew");
        let now = Instant::now();
        // Dropped before it is opened again.
        self.port = None;
        self.opened += 1;
        self.line = line.clone();
        self.plug = Plug::new(now + pause);
        self.search = Search::new(self.place.bauds.clone());
        self.line.handle_failed(now);
    }

    /// Tells the time, and tries the next speed if nobody answers.
    fn look_after(&mut self, now: Instant) {
        if self.plug.stood(now) {
            self.say_open();
        }
        if self.wall_at.is_none_or(|at| at <= now) {
            self.wall_at = Some(now + WALL_EVERY);
            self.line.handle_clock(Moment::now());
        }
        if self.search.wants_next(self.line.is_unanswered(), now) {
            self.port = None;
            self.plug.again(now);
            self.open(now);
        }
    }

    fn open(&mut self, now: Instant) {
        self.opened += 1;
        self.wall_at = None;
        let (own, opened) = (self.own.clone(), self.opened);
        // If the inbox is full, what was read is dropped like garbage, and devices say it again.
        let bring = move |brought| {
            !matches!(
                own.try_send(Arrived::Brought(opened, brought)),
                Err(TrySendError::Disconnected(_))
            )
        };
        let baud = self.search.baud();
        let Place { framing, rs485, .. } = self.place;
        match Port::open(&self.place.port, Manner { baud, framing, rs485 }, bring) {
            Ok(port) => {
                self.line.handle_speed(baud, framing);
                self.search.opened(now);
                self.port = Some(port);
                if self.plug.opened(now) {
                    self.say_open();
                }
                self.line.handle_open(now);
            }
            Err(fault) => {
                self.line.handle_away(fault.away(), now);
                if self.plug.not_opened(fault.away(), now) {
                    tracing::warn!(line = self.place.name, "{fault}");
                }
            }
        }
    }

    fn say_open(&self) {
        tracing::info!(line = self.place.name, port = %self.place.port.display(), "line open");
    }

    fn close(&mut self) {
        // Dropped before it is opened again: the system gives the adapter a new number otherwise.
        if self.port.take().is_some() {
            let now = Instant::now();
            if self.plug.gone(now) {
                tracing::warn!(line = self.place.name, "the line went away");
            }
            self.line.handle_away(Away::PortMissing, now);
        }
    }

    /// Sends what is due; false if the port is gone.
    fn transmit(&mut self) -> bool {
        let Some(mut port) = self.port.take() else { return true };
        let mut good = true;
        while good && let Some(bytes) = self.line.poll_transmit(Instant::now()) {
            self.watch(Way::Sent, &bytes, Instant::now());
            good = port.write(&bytes);
        }
        self.port = Some(port);
        good
    }

    fn watch(&self, way: Way, bytes: &[u8], now: Instant) {
        tracing::trace!(line = self.place.name, ?way, ?bytes, "bytes");
        if let Some(tap) = &self.tap {
            tap(&self.place.name, way, bytes, now);
        }
    }
}
