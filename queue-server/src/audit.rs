//! 操作审计: who did what, from where, why and when, in a chain that shows if it was changed.
//!
//! Built upon the journal, beside the hall's own record: what clerks do for people is in that one
//! already. Nobody at a window waits for the trail; what an administrator does is in it before it
//! is answered. No identity number stands in it, and of a telephone only what tells it from another.

mod act;
pub mod check;
pub mod command;
pub mod read;
mod writer;

use std::{
    collections::BTreeMap,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
        mpsc::{self, SyncSender, TrySendError},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use journal::files::Files;
use tokio::sync::oneshot;

pub use act::{Act, Kind, Outcome, Who, masked};
use check::Checked;

use crate::clock::HallClock;

/// Acts that wait for the disk: minutes of a hall's busiest hour. Past it they are counted, and the
/// trail says how many there were.
const WAITING_MAX: usize = 4_096;

/// An administrator's act waits so long for the disk; then it is answered that it is not on record.
const WRITTEN_WITHIN: Duration = Duration::from_secs(5);

/// The same refusal of the same asker is in the trail once in this time.
const SAME_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// Refusals remembered for that.
const SAME_REMEMBERED_MAX: usize = 512;

/// Months that the trail is kept, unless the settings say more.
pub const MONTHS_KEPT: u32 = 12;

/// No hall may keep it for less (网络安全法).
pub const MONTHS_KEPT_MIN: u32 = 6;

/// The folder of the trail.
#[must_use]
pub fn folder(data: &Path) -> PathBuf {
    data.join("audit")
}

/// How a trail is opened.
pub struct Start {
    /// The folder of the data.
    pub data: PathBuf,
    /// Its files.
    pub files: Arc<dyn Files>,
    /// The hall's clock.
    pub clock: HallClock,
    /// Months that it is kept.
    pub months_kept: u32,
}

/// The trail; cheap to clone.
#[derive(Clone)]
pub struct Audit {
    state: Arc<State>,
    waiting: SyncSender<Message>,
}

/// What the writer and whoever asks share.
struct State {
    data: PathBuf,
    files: Arc<dyn Files>,
    clock: HallClock,
    months_kept: u32,
    /// Acts that found no place.
    lost: AtomicU64,
    /// Nothing can be written now.
    is_stuck: AtomicBool,
    checked: Mutex<Option<(hall::time::Timestamp, Checked)>>,
    same: Mutex<BTreeMap<String, Instant>>,
}

enum Message {
    Keep(Box<Act>, Option<oneshot::Sender<bool>>),
    Check,
    Stop,
}

/// Opens the trail and the thread that alone writes it.
///
/// A trail that is damaged is put aside and told, and another is begun: the hall opens.
///
/// # Errors
/// If the system gives no thread.
pub fn start(start: Start) -> std::io::Result<(Audit, JoinHandle<()>)> {
    let (waiting, inbox) = mpsc::sync_channel(WAITING_MAX);
    let state = Arc::new(State {
        data: start.data,
        files: start.files,
        clock: start.clock,
        months_kept: start.months_kept.max(MONTHS_KEPT_MIN),
        lost: AtomicU64::new(0),
        is_stuck: AtomicBool::new(false),
        checked: Mutex::default(),
        same: Mutex::default(),
    });
    let writer = writer::Writer::new(state.clone(), inbox);
    let thread = std::thread::Builder::new().name("audit".to_owned()).spawn(|| writer.run())?;
    Ok((Audit { state, waiting }, thread))
}

impl Audit {
    /// Puts an act into the trail without waiting for it.
    pub fn note(&self, act: Act) {
        let sent = self.waiting.try_send(Message::Keep(Box::new(act), None));
        if sent.is_err() {
            self.state.lost.fetch_add(1, Relaxed);
        }
    }

    /// The same, unless this asker was told this very no within the last minute.
    pub fn note_once(&self, from: Option<IpAddr>, act: Act) {
        let key = format!("{:?} {:?} {}", act.by, from, act.about);
        let now = Instant::now();
        let mut same = lock(&self.state.same);
        same.retain(|_, then| now.saturating_duration_since(*then) < SAME_AGAIN_AFTER);
        if same.contains_key(&key) || same.len() >= SAME_REMEMBERED_MAX {
            return;
        }
        same.insert(key, now);
        drop(same);
        self.note(act);
    }

    /// Puts an act into the trail, and says whether it is safe there.
    pub async fn keep(&self, act: Act) -> bool {
        let (kept, is_kept) = oneshot::channel();
        match self.waiting.try_send(Message::Keep(Box::new(act), Some(kept))) {
            Ok(()) => {}
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
                self.state.lost.fetch_add(1, Relaxed);
                return false;
            }
        }
        matches!(tokio::time::timeout(WRITTEN_WITHIN, is_kept).await, Ok(Ok(true)))
    }

    /// True while nothing can be written: what must be on record may not be done.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.state.is_stuck.load(Relaxed)
    }

    /// Nothing can be written from now on; for tests.
    #[cfg(test)]
    pub fn stick(&self) {
        self.state.is_stuck.store(true, Relaxed);
    }

    /// When the trail was looked through last, and what was found; none before the first time.
    #[must_use]
    pub fn checked(&self) -> Option<(hall::time::Timestamp, Checked)> {
        lock(&self.state.checked).clone()
    }

    /// Looks through the whole trail again, on a thread of its own.
    pub fn check_again(&self) {
        // A full line means that it is written to right now; the next night looks again.
        self.waiting.try_send(Message::Check).ok();
    }

    /// Months that it is kept.
    #[must_use]
    pub fn months_kept(&self) -> u32 {
        self.state.months_kept
    }

    /// Lets the writer end when everything that waits is written.
    pub fn stop(&self) {
        self.waiting.send(Message::Stop).ok();
    }
}

impl State {
    fn keep_checked(&self, checked: Checked) {
        *lock(&self.checked) = Some((self.clock.now(), checked));
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
