//! The engine: one thread owns the hall of record.
//!
//! One step never changes its order: take a batch, `decide` and `apply` each, append, sync once,
//! and only then show the readers, answer the callers and publish. A failed append or sync ends
//! the process; it is never retried as if it had worked (`docs/decisions/0002-*`).

mod figures;
mod look;
mod offer;
mod recover;
mod run;
mod step;
mod time;

pub use run::words_of;

use std::{
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering::Relaxed},
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
};

use hall::{
    Hall,
    answer::Answer,
    command::Command,
    event::Event,
    ids::RequestId,
    refusal::Refusal,
    setup::Setup,
    time::{Day, Timestamp},
    words::Actor,
};
use journal::Journal;
use sha2::{Digest, Sha256};
use tokio::sync::{broadcast, oneshot, watch};

use crate::{clock::HallClock, day::Daybook};

pub use figures::Figures;
pub use offer::{Offer, Taken};
pub use recover::{RecoverFault, Recovered, events_of, hand, recover, recover_finding};
pub use step::{HallOfRecord, Stepped};
pub use time::CLOCK_BEHIND_TOLD;

/// Askings that may wait for the engine: four seconds of work of a slow disk (4 ms a sync, 256 a
/// batch) would be far more; past this a caller is told to come back.
const INBOX_MAX: usize = 4_096;

/// Askings in one step: enough for every window and kiosk of the largest hall at once.
const BATCH_MAX: usize = 256;

/// Batches that a slow listener may be behind before it must look at the whole again.
const BATCHES_KEPT: usize = 4_096;

/// Closed days that may wait for the store; there is one a day.
const CLOSED_DAYS_MAX: usize = 16;

/// The exit code after a bug in the hall's rules (`EX_SOFTWARE`).
pub const EXIT_BUG: i32 = 70;

/// The exit code after the journal could not be written (`EX_IOERR`).
pub const EXIT_JOURNAL: i32 = 74;

/// What somebody wants of the hall.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who.
    pub by: Actor,
    /// Names the asking; only the hall's own calendar has none.
    pub request: Option<RequestId>,
    /// What.
    pub command: Command,
}

/// What came of a wish, after the journal was synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The hall's answer.
    pub answer: Answer,
    /// The hall's time of the step.
    pub at: Timestamp,
    /// The journal's sequence number that the answer rests on.
    pub sequence: u64,
}

/// Why a wish was not fulfilled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    /// The hall said no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Too much is waiting; nothing was done, try again.
    #[error("the engine is busy")]
    Busy,
    /// The engine has ended; whether it was done is in the journal. Ask again with the same id.
    #[error("the engine has stopped")]
    Stopped,
}

/// What happened in one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The journal's sequence number of the last of them.
    pub sequence: u64,
    /// The events, in order.
    pub events: Vec<Event>,
}

/// A day that was closed, with the hall as it was then.
pub struct ClosedDay {
    /// Which day.
    pub day: Day,
    /// The journal's sequence number of its closing.
    pub sequence: u64,
    /// The hall at that moment.
    pub hall: Hall,
}

/// Why the engine ended. The supervisor starts the process again, and it replays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineFault {
    /// The journal could not be written: a full or broken disk.
    #[error(
        "the journal could not be written, so nobody was answered and the server stops: {why}. \
         Make room on the disk or replace it, then start again; every answered ticket is kept."
    )]
    Journal {
        /// Why.
        why: String,
    },
    /// The hall's own rules failed.
    #[error("a bug in the hall's rules, the server stops and replays: {why}")]
    Bug {
        /// The panic's words.
        why: String,
    },
    /// What tells the devices failed: a hall that nobody sees or hears is not open.
    #[error("a bug in what the devices are told, the server stops and starts again: {why}")]
    Devices {
        /// The panic's words.
        why: String,
    },
}

impl EngineFault {
    /// The exit code of the process.
    #[must_use]
    pub const fn exit_code(&self) -> i32 {
        match self {
            Self::Journal { .. } => EXIT_JOURNAL,
            Self::Bug { .. } | Self::Devices { .. } => EXIT_BUG,
        }
    }
}

/// What is done when the engine, or what tells the devices, ended by a fault.
pub type OnFault = Arc<dyn Fn(&EngineFault) + Send + Sync>;

/// Ends the process with a clear message: what a server does.
#[must_use]
pub fn end_process() -> OnFault {
    Arc::new(|fault| {
        tracing::error!(%fault, exit_code = fault.exit_code(), "the engine ended");
        std::process::exit(fault.exit_code());
    })
}

/// Names an asking: the first 16 bytes of the digest of who asks and the text that was sent.
#[must_use]
pub fn request_id(who: &str, text: &str) -> RequestId {
    let digest = Sha256::new().chain_update(who).chain_update([0]).chain_update(text).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    RequestId(bytes)
}

/// A handle on the engine; cheap to clone.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

struct Shared {
    inbox: SyncSender<Message>,
    readers: Arc<RwLock<Hall>>,
    sequence: watch::Receiver<u64>,
    events: broadcast::Sender<Arc<Batch>>,
    /// The hall's time at the last step, in milliseconds since the epoch.
    stepped_at: Arc<AtomicI64>,
    figures: Arc<Figures>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    Ask(Wish, oneshot::Sender<Result<Told, NotDone>>),
    Offer(Box<Offer>, oneshot::Sender<Taken>),
    Stop,
}

/// What an engine is started with.
pub struct Start {
    /// The hall as replayed, and up to which record.
    pub recovered: Recovered,
    /// Where it goes on writing.
    pub journal: Box<dyn Journal + Send>,
    /// The hall's clock.
    pub clock: HallClock,
    /// The hall's calendar.
    pub daybook: Daybook,
    /// What to do when it ends by a fault.
    pub on_fault: OnFault,
}

impl Engine {
    /// Starts the engine's thread. Closed days are sent to the receiver.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(start: Start) -> std::io::Result<(Self, std::sync::mpsc::Receiver<ClosedDay>)> {
        let (inbox, messages) = sync_channel(INBOX_MAX);
        let (closed, closed_days) = sync_channel(CLOSED_DAYS_MAX);
        let (told, sequence) = watch::channel(start.recovered.sequence);
        let events = broadcast::Sender::new(BATCHES_KEPT);
        let readers = Arc::new(RwLock::new(start.recovered.hall.clone()));
        let figures = Arc::new(Figures::default());
        let stepped_at = Arc::new(AtomicI64::new(start.recovered.last.0));
        let worker = run::Worker {
            record: HallOfRecord::new(start.recovered, start.journal, start.daybook),
            clock: start.clock,
            messages,
            readers: readers.clone(),
            told,
            events: events.clone(),
            closed,
            stepped_at: stepped_at.clone(),
            figures: figures.clone(),
        };
        let on_fault = start.on_fault;
        let thread = std::thread::Builder::new()
            .name("engine".into())
            .spawn(move || run::run(worker, on_fault))?;
        let thread = Mutex::new(Some(thread));
        let shared = Shared { inbox, readers, sequence, events, stepped_at, figures, thread };
        Ok((Self { shared: Arc::new(shared) }, closed_days))
    }

    /// Asks and waits until the answer is safe on the disk.
    ///
    /// # Errors
    /// [`NotDone`].
    pub async fn ask(&self, wish: Wish) -> Result<Told, NotDone> {
        let reply = self.send(wish)?;
        reply.await.map_err(|_| NotDone::Stopped)?
    }

    /// The same from a plain thread.
    ///
    /// # Errors
    /// [`NotDone`].
    pub fn ask_blocking(&self, wish: Wish) -> Result<Told, NotDone> {
        let reply = self.send(wish)?;
        reply.blocking_recv().map_err(|_| NotDone::Stopped)?
    }

    /// Offers another profile and waits until it is in force, or known to wait for the night.
    ///
    /// # Errors
    /// [`NotDone`], but no refusal.
    pub async fn offer(&self, offer: Offer) -> Result<Taken, NotDone> {
        let (answer, reply) = oneshot::channel();
        match self.shared.inbox.try_send(Message::Offer(Box::new(offer), answer)) {
            Ok(()) => reply.await.map_err(|_| NotDone::Stopped),
            Err(TrySendError::Full(_)) => Err(NotDone::Busy),
            Err(TrySendError::Disconnected(_)) => Err(NotDone::Stopped),
        }
    }

    fn send(&self, wish: Wish) -> Result<oneshot::Receiver<Result<Told, NotDone>>, NotDone> {
        let (answer, reply) = oneshot::channel();
        match self.shared.inbox.try_send(Message::Ask(wish, answer)) {
            Ok(()) => Ok(reply),
            Err(TrySendError::Full(_)) => {
                self.shared.figures.turned_away();
                Err(NotDone::Busy)
            }
            Err(TrySendError::Disconnected(_)) => Err(NotDone::Stopped),
        }
    }

    /// Looks at the readers' hall: everything up to [`Engine::sequence`] and nothing unsynced.
    /// Keep it short: the engine waits for its readers once a step. Never look from inside a look: a
    /// step that waits between the two waits for ever, and so does the second look.
    pub fn read<T>(&self, look: impl FnOnce(&Hall) -> T) -> T {
        let _alone = look::Alone::begin();
        look(&self.shared.readers.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A copy of the readers' hall, for what takes long.
    #[must_use]
    pub fn hall(&self) -> Hall {
        self.read(Clone::clone)
    }

    /// The hall's time at the last step; the clock may have been set back behind it.
    #[must_use]
    pub fn stepped_at(&self) -> Timestamp {
        Timestamp(self.shared.stepped_at.load(Relaxed))
    }

    /// The last synced sequence number, to be read or waited for.
    #[must_use]
    pub fn sequence(&self) -> watch::Receiver<u64> {
        self.shared.sequence.clone()
    }

    /// Every step's events from now on. Whoever is too slow is told how many were missed and looks
    /// at the whole again.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Batch>> {
        self.shared.events.subscribe()
    }

    /// What the engine counted.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.shared.figures
    }

    /// True while its thread runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        let thread = self.shared.thread.lock().unwrap_or_else(PoisonError::into_inner);
        thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Ends the thread after the step it is in, and waits for it. Blocks.
    pub fn stop(&self) {
        self.shared.inbox.send(Message::Stop).ok();
        let thread = self.shared.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            thread.join().ok();
        }
    }
}

/// An empty hall of a profile, for tests and for a hall that was never opened.
#[must_use]
pub fn fresh(setup: Arc<Setup>) -> Recovered {
    let hall = Hall::new(setup);
    Recovered { hall, last: Timestamp(0), sequence: 0, opened_at: None, closed_at: None }
}

#[cfg(test)]
mod power_tests;
#[cfg(test)]
mod tests;
