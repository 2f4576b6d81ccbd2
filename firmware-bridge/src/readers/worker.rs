//! A thread for each reader: moves bytes between the port, the desk and the kiosk's socket, opens the
//! port again after it went away, and never turns in a busy loop.

use std::{
    io::Write,
    os::unix::net::UnixStream,
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use wire::{device::Job, ids::DeviceId, reader::lines};
use zeroize::Zeroize;

use super::{
    desk::ReaderDesk,
    socket::{Knock, Socket, SocketFault},
};
use crate::{
    config,
    line::{Away, LineEvent, LineOrder},
    moment::Moment,
    port::{Brought, Manner, Port},
    worker::Plug,
};

/// Reads and messages that may wait for a reader.
const INBOX_MAX: usize = 64;

/// No wait is shorter: a bound against turning in place.
const WAIT_MIN: Duration = Duration::from_millis(1);
const WAIT_MAX: Duration = Duration::from_secs(5);

/// What waits in a reader's inbox.
enum Arrived {
    Job(Job, Instant),
    /// From the port opened as the n-th.
    Brought(u64, Brought),
    /// From the kiosk that came as the n-th.
    Kiosk(u64, Knock),
    Stop,
}

/// A running reader.
pub struct ReaderWorker {
    inbox: SyncSender<Arrived>,
    thread: Option<JoinHandle<()>>,
    socket: Option<Socket>,
}

/// A reader cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ReaderFault {
    /// Its socket.
    #[error(transparent)]
    Socket(#[from] SocketFault),
    /// A thread.
    #[error("failed to start a thread")]
    Thread(#[source] std::io::Error),
}

impl ReaderWorker {
    /// Starts a reader of the configuration; `tell` may wait, but not for this reader.
    ///
    /// # Errors
    /// [`ReaderFault`]; a port that is away is no fault but waited for.
    pub fn open(
        reader: &config::Reader,
        tell: impl FnMut(LineEvent) + Send + 'static,
    ) -> Result<Self, ReaderFault> {
        let (inbox, arrived) = sync_channel(INBOX_MAX);
        let knocking = inbox.clone();
        let knock = move |nth, knock| knocking.send(Arrived::Kiosk(nth, knock)).is_ok();
        let socket = Socket::open(&reader.socket, knock)?;
        let now = Instant::now();
        let mut turning = Turning {
            id: reader.id,
            port_path: reader.port.clone(),
            baud: reader.baud,
            desk: ReaderDesk::new(reader.id, reader.baud, now),
            plug: Plug::new(now),
            own: inbox.clone(),
            opened: 0,
            port: None,
            kiosk: None,
            tell,
        };
        let thread = std::thread::Builder::new().name(reader.id.to_string());
        let thread = thread.spawn(move || turning.run(&arrived)).map_err(ReaderFault::Thread)?;
        Ok(Self { inbox, thread: Some(thread), socket: Some(socket) })
    }

    /// Hands over an order without waiting; it comes back if the inbox is full. A reader shows no
    /// faces.
    ///
    /// # Errors
    /// The order, to be given again later.
    pub fn try_order(&self, order: LineOrder) -> Result<(), LineOrder> {
        use std::sync::mpsc::TrySendError::{Disconnected, Full};
        let LineOrder::Job(id, job, expires) = order else { return Ok(()) };
        match self.inbox.try_send(Arrived::Job(job, expires)) {
            Err(Full(Arrived::Job(job, expires))) => Err(LineOrder::Job(id, job, expires)),
            Ok(()) | Err(Full(_) | Disconnected(_)) => Ok(()),
        }
    }

    /// Ends the threads and closes port and socket.
    pub fn stop(&mut self) {
        // The socket first, while somebody still takes what it tells.
        self.socket = None;
        // If the thread has ended already there is nobody to be told.
        self.inbox.send(Arrived::Stop).ok();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a reader panicked");
        }
    }
}

impl Drop for ReaderWorker {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Turning<F> {
    id: DeviceId,
    port_path: PathBuf,
    baud: u32,
    desk: ReaderDesk,
    plug: Plug,
    own: SyncSender<Arrived>,
    opened: u64,
    port: Option<Port>,
    kiosk: Option<(u64, UnixStream)>,
    tell: F,
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
            self.speak();
            while let Some(event) = self.desk.poll_event() {
                (self.tell)(event);
            }
            let due = [self.desk.poll_timeout(), self.plug.poll_timeout()];
            let due = due.into_iter().flatten().min();
            let wait = due.map_or(WAIT_MAX, |due| due.saturating_duration_since(Instant::now()));
            match arrived.recv_timeout(wait.clamp(WAIT_MIN, WAIT_MAX)) {
                Ok(Arrived::Job(job, expires)) => {
                    self.desk.handle_job(&job, expires, Instant::now());
                }
                Ok(Arrived::Brought(opened, brought)) => self.brought(opened, brought),
                Ok(Arrived::Kiosk(nth, knock)) => self.knocked(nth, knock),
                Ok(Arrived::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.desk.handle_timeout(Instant::now()),
            }
        }
    }

    /// What the port brings is never logged, and wiped here.
    fn brought(&mut self, opened: u64, brought: Brought) {
        match brought {
            Brought::Bytes(mut bytes) => {
                if opened == self.opened {
                    self.desk.handle_bytes(&bytes, Moment::now().wall(), Instant::now());
                }
                bytes.zeroize();
            }
            Brought::Gone if opened == self.opened => self.close(),
            Brought::Gone => {}
        }
    }

    fn knocked(&mut self, nth: u64, knock: Knock) {
        let now = Instant::now();
        let is_present = self.kiosk.as_ref().is_some_and(|(present, _)| *present == nth);
        match knock {
            Knock::Here(stream) => {
                self.kiosk = Some((nth, stream));
                self.desk.handle_kiosk(now);
            }
            Knock::Says(says) if is_present => {
                if !self.desk.handle_kiosk_says(says, now) {
                    self.send_away(now);
                }
            }
            Knock::Gone if is_present => self.send_away(now),
            Knock::Says(_) | Knock::Gone => {}
        }
    }

    fn send_away(&mut self, now: Instant) {
        if let Some((_, stream)) = self.kiosk.take() {
            // It may have gone by itself.
            stream.shutdown(std::net::Shutdown::Both).ok();
        }
        self.desk.handle_kiosk_gone(now);
    }

    /// Says what there is to say to the kiosk; one that does not listen is sent away.
    fn speak(&mut self) {
        while let Some(saying) = self.desk.poll_saying() {
            let Some((_, stream)) = &mut self.kiosk else { continue };
            let mut line = lines::line(&saying);
            let said = stream.write_all(&line);
            line.zeroize();
            if said.is_err() {
                self.send_away(Instant::now());
            }
        }
    }

    fn open(&mut self, now: Instant) {
        self.opened += 1;
        let (own, opened) = (self.own.clone(), self.opened);
        // If the inbox is full, what was read is dropped like garbage, and the card is laid again.
        let bring = move |brought| {
            use std::sync::mpsc::TrySendError::Disconnected;
            !matches!(own.try_send(Arrived::Brought(opened, brought)), Err(Disconnected(_)))
        };
        match Port::open(&self.port_path, Manner::usual(self.baud), bring) {
            Ok(port) => {
                tracing::info!(reader = %self.id, port = %self.port_path.display(), "reader open");
                self.port = Some(port);
                self.plug.opened(now);
                self.desk.handle_open(now);
            }
            Err(fault) => {
                let is_news = self.plug.not_opened(fault.away(), now);
                self.desk.handle_away(fault.away(), now);
                if is_news {
                    tracing::warn!(reader = %self.id, "{fault}");
                }
            }
        }
    }

    fn close(&mut self) {
        // Dropped before it is opened again: the system gives the adapter a new number otherwise.
        if self.port.take().is_some() {
            tracing::warn!(reader = %self.id, "the reader's port went away");
            let now = Instant::now();
            self.plug.gone(now);
            self.desk.handle_away(Away::PortMissing, now);
        }
    }

    /// Sends what is due; false if the port is gone.
    fn transmit(&mut self) -> bool {
        let Some(mut port) = self.port.take() else { return true };
        let mut good = true;
        while good && let Some(bytes) = self.desk.poll_transmit(Instant::now()) {
            good = port.write(&bytes);
        }
        self.port = Some(port);
        good
    }
}
