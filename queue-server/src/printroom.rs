//! 文印: papers on their way to the slip printers at windows, and who waits for each.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use hall::ids::DeviceId;
use tokio::sync::{mpsc, oneshot};
use wire::papers::{Paper, SlipOutcome};

use crate::papers::Which;

/// Papers that may wait for the outbox: more than a hall has windows.
const ORDERS_MAX: usize = 256;

/// A clerk waits so long: the paper's own time, and the way of its answer.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// Papers of which it is remembered that they were printed: a day of a large hall.
const PRINTED_MAX: usize = 4_096;

/// A paper for a printer, and where its end is told.
pub struct Order {
    /// The printer.
    pub device: DeviceId,
    /// The paper.
    pub paper: Paper,
    /// Who waits.
    pub answer: oneshot::Sender<SlipNews>,
}

/// A job by its printer, its boot and its number.
pub type Key = (DeviceId, u64, u64);

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipNews {
    /// What.
    pub outcome: SlipOutcome,
    /// Why it did not come out, as a code; empty if it did.
    pub why: String,
}

/// Papers on their way.
pub struct Printroom {
    orders: mpsc::Sender<Order>,
    taken: Mutex<Option<mpsc::Receiver<Order>>>,
    waiting: Mutex<BTreeMap<Key, oneshot::Sender<SlipNews>>>,
    printed: Mutex<VecDeque<Which>>,
}

impl Default for Printroom {
    fn default() -> Self {
        let (orders, taken) = mpsc::channel(ORDERS_MAX);
        let taken = Mutex::new(Some(taken));
        Self { orders, taken, waiting: Mutex::default(), printed: Mutex::default() }
    }
}

impl Printroom {
    /// The orders from now on; the outbox takes them once.
    pub fn take_orders(&self) -> Option<mpsc::Receiver<Order>> {
        locked(&self.taken).take()
    }

    /// Sends a paper to a printer and waits for its end, but not for ever.
    pub async fn print(&self, device: DeviceId, paper: Paper) -> SlipNews {
        let (answer, told) = oneshot::channel();
        if self.orders.try_send(Order { device, paper, answer }).is_err() {
            return SlipNews { outcome: SlipOutcome::Failed, why: "busy".to_owned() };
        }
        match tokio::time::timeout(WAIT_MAX, told).await {
            Ok(Ok(news)) => news,
            Ok(Err(_)) | Err(_) => {
                SlipNews { outcome: SlipOutcome::Unknown, why: "no_word".to_owned() }
            }
        }
    }

    /// A paper left as this job.
    pub fn left(&self, key: Key, answer: oneshot::Sender<SlipNews>) {
        let mut waiting = locked(&self.waiting);
        // Whoever stopped waiting is nobody to be told.
        waiting.retain(|_, answer| !answer.is_closed());
        waiting.insert(key, answer);
    }

    /// The end of a job is known.
    pub fn came(&self, key: Key, news: SlipNews) {
        if let Some(answer) = locked(&self.waiting).remove(&key) {
            // Whoever stopped waiting has been told that nobody knows.
            answer.send(news).ok();
        }
    }

    /// True if the same paper was printed before.
    #[must_use]
    pub fn was_printed(&self, which: &Which) -> bool {
        locked(&self.printed).contains(which)
    }

    /// Remembers a paper that may be out.
    pub fn note_printed(&self, which: Which) {
        let mut printed = locked(&self.printed);
        if printed.len() == PRINTED_MAX {
            printed.pop_front();
        }
        printed.push_back(which);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
