//! A virtual printer on TCP or on a pseudo-terminal: keeps every slip as bytes and picture and behaves as it is told.
//!
//! An independent client finds it to be a printer: `receiptio` 2.1.2 recognises it and prints on it
//! with the result "success".

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::PollFlags;

use crate::faces::Faces;
use crate::picture::Picture;
use crate::profile::Profile;
use crate::status::HeadError;
use crate::transport::wait;

mod line;
mod machine;

pub use line::LineTwin;
use machine::Machine;

/// How long the twin waits for bytes before it looks at its state again.
const LOOK: Duration = Duration::from_millis(10);
/// How long a connection may say nothing before others get their turn, as in real printers.
const IDLE_MAX: Duration = Duration::from_secs(30);
/// How long an answer may take to leave.
const ANSWER_MAX: Duration = Duration::from_secs(1);
/// Slips kept; older ones are dropped.
const JOBS_KEPT: usize = 64;

/// How the twin behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TwinState {
    /// The roll.
    pub paper: TwinPaper,
    /// The cover is open.
    pub cover_open: bool,
    /// It takes no orders.
    pub offline: bool,
    /// It stopped with an error.
    pub error: Option<HeadError>,
    /// It refuses connections.
    pub refuses: bool,
    /// It never answers, though it prints.
    pub silent: bool,
    /// It knows no DLE EOT, as some clones that still report by themselves.
    pub no_real_time: bool,
}

/// The twin's roll of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TwinPaper {
    /// Enough.
    #[default]
    Plenty,
    /// Enough for some slips, which only a model with the sensor tells.
    NearEnd,
    /// Enough for so many rows of dots; then it is out, in the middle of a slip or not.
    EndsAfter {
        /// Rows of dots, eight a millimetre.
        rows: usize,
    },
    /// Used up.
    Out,
}

/// One slip that came out of the twin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinJob {
    /// The bytes it was printed from, without questions about the state.
    pub bytes: Vec<u8>,
    /// What the paper shows.
    pub picture: Picture,
    /// Whether it came out whole, as far as the printer can know.
    pub whole: bool,
}

#[derive(Debug, Default)]
struct Desk {
    state: TwinState,
    jobs: VecDeque<TwinJob>,
    count: usize,
    stop: bool,
}

/// What the twin's thread and its owner share.
#[derive(Debug, Default)]
struct Shared {
    desk: Mutex<Desk>,
    changed: Condvar,
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, job: TwinJob) {
        let mut desk = self.desk();
        if desk.jobs.len() == JOBS_KEPT {
            desk.jobs.pop_front();
        }
        desk.jobs.push_back(job);
        desk.count += 1;
        self.changed.notify_all();
    }
}

/// A virtual printer, however it is reached; it stops when dropped.
#[derive(Debug)]
pub struct Printer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Printer {
    fn start(serve: impl FnOnce(Arc<Shared>) + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let its = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("printer-twin".to_owned());
        let thread = thread.spawn(move || serve(its))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Says how it behaves now; paper that ended has become [`TwinPaper::Out`].
    pub fn state(&self) -> TwinState {
        self.shared.desk().state
    }

    /// Tells it how to behave from now on.
    pub fn set(&self, state: TwinState) {
        self.shared.desk().state = state;
        self.shared.changed.notify_all();
    }

    /// Shows the last slips, oldest first.
    pub fn jobs(&self) -> Vec<TwinJob> {
        self.shared.desk().jobs.iter().cloned().collect()
    }

    /// Shows the last slip, or the last piece of one.
    pub fn last_picture(&self) -> Option<Picture> {
        self.shared.desk().jobs.back().map(|job| job.picture.clone())
    }

    /// Says how many slips came out since the start.
    pub fn count(&self) -> usize {
        self.shared.desk().count
    }

    /// Waits until so many slips came out; false when they did not in time.
    pub fn wait_for(&self, count: usize, within: Duration) -> bool {
        let desk = self.shared.desk();
        let wait = self.shared.changed.wait_timeout_while(desk, within, |desk| desk.count < count);
        let (desk, _) = wait.unwrap_or_else(PoisonError::into_inner);
        desk.count >= count
    }

    /// Stops it and waits until it stands.
    pub fn stop(&mut self) {
        self.shared.desk().stop = true;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the printer twin's thread ended in a panic");
        }
    }
}

impl Drop for Printer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A virtual printer on the network.
#[derive(Debug)]
pub struct PrinterTwin {
    address: SocketAddr,
    printer: Printer,
}

impl PrinterTwin {
    /// Starts a printer of a model at an address; port 0 takes any free one.
    pub fn start(
        profile: &Profile,
        faces: &Faces,
        address: impl ToSocketAddrs,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let machine = Machine::new(profile, faces);
        let printer = Printer::start(move |shared| {
            Door { address, listener: Some(listener), shared }.keep_open(machine);
        })?;
        Ok(Self { address, printer })
    }

    /// Says where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Deref for PrinterTwin {
    type Target = Printer;

    fn deref(&self) -> &Printer {
        &self.printer
    }
}

impl DerefMut for PrinterTwin {
    fn deref_mut(&mut self) -> &mut Printer {
        &mut self.printer
    }
}

/// Lets one connection after another in.
struct Door {
    address: SocketAddr,
    listener: Option<TcpListener>,
    shared: Arc<Shared>,
}

impl Door {
    fn keep_open(&mut self, mut machine: Machine) {
        loop {
            let (stop, refuses) = {
                let desk = self.shared.desk();
                (desk.stop, desk.state.refuses)
            };
            if stop {
                return;
            }
            if refuses {
                self.listener = None;
                std::thread::sleep(LOOK);
                continue;
            }
            machine.look(&self.shared);
            if let Some(stream) = self.next() {
                if let Err(fault) = self.serve(stream, &mut machine) {
                    tracing::debug!(%fault, "a connection to the printer twin broke");
                }
                machine.hung_up(&self.shared);
            }
        }
    }

    fn next(&mut self) -> Option<TcpStream> {
        if self.listener.is_none() {
            let bound = TcpListener::bind(self.address);
            let bound = bound.and_then(|door| door.set_nonblocking(true).map(|()| door));
            match bound {
                Ok(listener) => self.listener = Some(listener),
                Err(_) => std::thread::sleep(LOOK),
            }
        }
        let listener = self.listener.as_ref()?;
        wait(listener, PollFlags::IN, LOOK).ok()?;
        listener.accept().ok().map(|(stream, _)| stream)
    }

    /// Serves one connection until it ends.
    fn serve(&self, mut stream: TcpStream, machine: &mut Machine) -> io::Result<()> {
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(LOOK))?;
        stream.set_write_timeout(Some(ANSWER_MAX))?;
        machine.greeted();
        let mut bytes = [0; 4096];
        let mut last_heard = Instant::now();
        while last_heard.elapsed() < IDLE_MAX {
            {
                let desk = self.shared.desk();
                if desk.stop || desk.state.refuses {
                    return Ok(());
                }
            }
            let answers = if machine.is_full(&self.shared) {
                std::thread::sleep(LOOK);
                machine.look(&self.shared)
            } else {
                match stream.read(&mut bytes) {
                    Ok(0) => return Ok(()),
                    Ok(count) => {
                        last_heard = Instant::now();
                        machine.take(&bytes[..count], &self.shared)
                    }
                    Err(fault) if is_pause(&fault) => machine.look(&self.shared),
                    Err(fault) => return Err(fault),
                }
            };
            if !answers.is_empty() && !self.shared.desk().state.silent {
                stream.write_all(&answers)?;
            }
        }
        Ok(())
    }
}

fn is_pause(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests;
