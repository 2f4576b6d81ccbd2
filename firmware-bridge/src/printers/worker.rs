//! A thread for each printer: jobs in, news out, a look in between. It may wait for its printer as
//! long as the crate `paper` lets it; nobody waits for it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use wire::{device::Job, ids::DeviceId};

use super::{
    desk::Desk,
    ledger::{Book, BookFault, disk::DiskBook},
    model::{ModelFault, Printer, SlipPrinter},
};
use crate::{
    config,
    line::{LineEvent, LineOrder},
    moment::Moment,
};

/// Papers that may wait for a printer: a clerk waits for one at a time.
const INBOX_MAX: usize = 8;

/// The longest wait, so that stopping is noticed.
const WAIT_MAX: Duration = Duration::from_millis(200);

/// A running printer.
pub struct PrinterWorker {
    inbox: SyncSender<(Job, Instant)>,
    dropped: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// A printer cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum PrinterFault {
    /// Its model.
    #[error(transparent)]
    Model(#[from] ModelFault),
    /// Its record.
    #[error(transparent)]
    Book(#[from] BookFault),
    /// A thread or a folder.
    #[error("failed to {what}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// Why.
        source: std::io::Error,
    },
}

impl PrinterWorker {
    /// Starts a printer of the configuration; its record stands below `data`.
    ///
    /// # Errors
    /// [`PrinterFault`]; a printer that is away is no fault but waited for.
    pub fn open(
        printer: &config::Printer,
        data: &Path,
        tell: impl FnMut(LineEvent) + Send + 'static,
    ) -> Result<Self, PrinterFault> {
        let model = SlipPrinter::open(printer)?;
        let folder = data.join("printers").join(printer.id.as_str());
        let io = |what| move |source| PrinterFault::Io { what, source };
        std::fs::create_dir_all(&folder).map_err(io("make the folder of a printer's record"))?;
        let (book, left) = DiskBook::open(&folder)?;
        let desk = Desk::new(printer.id, model, book, &left, Instant::now());
        Self::start(printer.id, desk, tell).map_err(io("start a printer"))
    }

    /// Starts the thread of a desk.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start<P: Printer + Send + 'static, B: Book + Send + 'static>(
        id: DeviceId,
        desk: Desk<P, B>,
        tell: impl FnMut(LineEvent) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (inbox, jobs) = sync_channel(INBOX_MAX);
        let (dropped, stop) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (lost, asked) = (dropped.clone(), stop.clone());
        let thread = std::thread::Builder::new().name(id.to_string());
        let thread = thread.spawn(move || serve(desk, tell, &jobs, &lost, &asked))?;
        Ok(Self { inbox, dropped, stop, thread: Some(thread) })
    }

    /// Hands over an order without waiting. A job that finds no room is dropped and counted: the
    /// clerk who asked hears nothing of it and asks again. A printer shows no faces.
    pub fn order(&self, order: LineOrder) {
        let LineOrder::Job(id, job, expires) = order else { return };
        match self.inbox.try_send((job, expires)) {
            Ok(()) | Err(TrySendError::Disconnected(_)) => {}
            Err(TrySendError::Full(_)) => {
                self.dropped.fetch_add(1, Relaxed);
                tracing::warn!(device = %id, "a paper was dropped: too many wait");
            }
        }
    }

    /// Asks the thread to end, without waiting.
    pub fn ask_to_stop(&self) {
        self.stop.store(true, Relaxed);
    }

    /// Ends the thread; one whose printer hangs ends when the printer's time is over.
    pub fn stop(&mut self) {
        self.ask_to_stop();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a printer panicked");
        }
    }
}

fn serve<P: Printer, B: Book>(
    mut desk: Desk<P, B>,
    mut tell: impl FnMut(LineEvent),
    jobs: &Receiver<(Job, Instant)>,
    dropped: &AtomicU64,
    stop: &AtomicBool,
) {
    let mut lost = 0;
    while !stop.load(Relaxed) {
        let wait = desk.due().saturating_duration_since(Instant::now()).min(WAIT_MAX);
        match jobs.recv_timeout(wait) {
            Ok((job, expires)) => desk.take(&job, expires, Moment::now()),
            Err(RecvTimeoutError::Timeout) => desk.look(Moment::now()),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let now = dropped.load(Relaxed);
        if now != lost {
            lost = now;
            desk.note_dropped(now);
        }
        desk.events().into_iter().for_each(&mut tell);
    }
}
