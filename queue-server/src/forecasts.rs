//! 预计等候 of the whole hall: a thread of its own runs the hall forward after each step and shows one
//! picture, which tickets, kiosks, telephones, screens and pages all read.
//!
//! Nothing here is the record. Where there is no fresh picture the queue's length answers
//! (`hall/src/forecast.rs`), as it does before the hall opens and if the thread has failed.

mod ask;
pub mod learning;
mod outlook;
mod picture;
pub mod planning;
pub mod silence;
pub mod trying;
mod worker;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use hall::{
    Hall,
    event::wait_range::WaitRange,
    forecast::{self, learned::Learned, model::Model, outlook::Outlook, pace::Today},
    ids::QueueId,
    state::ticket::Ticket,
    time::Timestamp,
    views::estimates::Accuracy,
    words::PriorityClass,
};
use tokio::sync::watch;

use crate::app::App;

pub use ask::told;
pub use outlook::of as outlook;
pub use picture::{Newcomer, Picture};
pub use worker::start;

/// What the forecast rests on beside the hall as it stands.
#[derive(Debug, Clone)]
pub struct Knowledge {
    /// What finished days have taught.
    pub learned: Learned,
    /// How good the word was of late, queue by queue: over the days by which a queue falls silent.
    pub accuracy: BTreeMap<QueueId, Accuracy>,
    /// Queues of which nothing is told: their forecast was wrong too often.
    pub silent: BTreeSet<QueueId>,
}

/// A handle on what is forecast; cheap to clone.
#[derive(Clone)]
pub struct Forecasts {
    shared: Arc<Shared>,
}

struct Shared {
    knowledge: RwLock<Arc<Knowledge>>,
    picture: RwLock<Option<Arc<Picture>>>,
    /// Grows with every picture that says something else than the one before.
    said: watch::Sender<u64>,
    made: AtomicU64,
    at_work: AtomicBool,
    /// Somebody tries what would help.
    trying: AtomicBool,
    /// Before this moment nobody is asked about alone.
    alone: Mutex<Instant>,
    spent: AtomicU64,
    failed: AtomicU64,
}

/// What making pictures has cost since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// Pictures made.
    pub pictures: u64,
    /// Pictures that could not be made.
    pub failed: u64,
    /// Time of a core.
    pub time: Duration,
}

impl Forecasts {
    /// Without a picture yet, with what is known at the start.
    #[must_use]
    pub fn new(learned: Learned) -> Self {
        let (accuracy, silent) = (BTreeMap::new(), BTreeSet::new());
        let knowledge = Knowledge { learned, accuracy, silent };
        Self {
            shared: Arc::new(Shared {
                knowledge: RwLock::new(Arc::new(knowledge)),
                picture: RwLock::new(None),
                said: watch::Sender::new(0),
                made: AtomicU64::new(0),
                at_work: AtomicBool::new(false),
                trying: AtomicBool::new(false),
                alone: Mutex::new(Instant::now()),
                spent: AtomicU64::new(0),
                failed: AtomicU64::new(0),
            }),
        }
    }

    /// What the next picture rests on.
    #[must_use]
    pub fn knowledge(&self) -> Arc<Knowledge> {
        self.shared.knowledge.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces what the next picture rests on.
    pub fn know(&self, knowledge: Knowledge) {
        let mut now = self.shared.knowledge.write().unwrap_or_else(PoisonError::into_inner);
        *now = Arc::new(knowledge);
    }

    /// The last picture; none while no day is open, before the first was made, and where the hall
    /// cannot be run forward.
    #[must_use]
    pub fn snapshot(&self) -> Option<Arc<Picture>> {
        self.shared.picture.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The last picture, if it is not too old to be told at this moment of the hall.
    #[must_use]
    pub fn fresh(&self, now: Timestamp) -> Option<Arc<Picture>> {
        self.snapshot().filter(|picture| picture.is_fresh(now))
    }

    /// The count of pictures that said something new, to be waited for: what a page shows is old.
    #[must_use]
    pub fn said(&self) -> watch::Receiver<u64> {
        self.shared.said.subscribe()
    }

    /// The same count now.
    #[must_use]
    pub fn revision(&self) -> u64 {
        *self.shared.said.borrow()
    }

    /// What it has cost so far.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent {
            pictures: self.shared.made.load(Relaxed),
            failed: self.shared.failed.load(Relaxed),
            time: Duration::from_micros(self.shared.spent.load(Relaxed)),
        }
    }

    /// True if nothing is told of this queue's waits.
    #[must_use]
    pub fn is_silent(&self, queue: QueueId) -> bool {
        self.knowledge().silent.contains(&queue)
    }

    /// The range for a ticket that waits, as it is told now; none for every other, where no window
    /// serves it, and where the queue's forecast is silent.
    #[must_use]
    pub fn wait_of(&self, hall: &Hall, ticket: &Ticket, now: Timestamp) -> Option<WaitRange> {
        if self.is_silent(ticket.queue()) {
            return None;
        }
        let picture = self.fresh(now);
        let of_picture = picture.as_ref().and_then(|picture| picture.of_ticket(ticket, now));
        match of_picture {
            Some(forecast) => Some(forecast.range(forecast::ahead_of(hall, ticket, now) > 0)),
            None => forecast::wait_of(hall, ticket, now),
        }
    }

    /// The range for somebody who would take a ticket now; none where no window serves the queue, and
    /// where its forecast is silent.
    #[must_use]
    pub fn wait_of_newcomer(
        &self,
        hall: &Hall,
        (queue, class): (QueueId, PriorityClass),
        now: Timestamp,
    ) -> Option<WaitRange> {
        if self.is_silent(queue) {
            return None;
        }
        let picture = self.fresh(now);
        match picture.as_ref().and_then(|picture| picture.of_newcomer(queue, class)) {
            Some(told) => {
                let ahead = forecast::ahead_of_newcomer(hall, queue, class, now);
                Some(told.forecast.range(ahead > 0))
            }
            None => forecast::wait_of_newcomer(hall, queue, class, now),
        }
    }

    /// The right to try what would help, which one caller has at a time; none while another has it.
    #[must_use]
    pub fn try_turn(&self) -> Option<Turn> {
        let taken = self.shared.trying.swap(true, Relaxed);
        (!taken).then(|| Turn(self.clone()))
    }

    fn model(&self, hall: &Hall, now: Timestamp, outlook: &Outlook) -> Option<Model> {
        let knowledge = self.knowledge();
        let today = today(&knowledge.learned, hall, outlook, now);
        Model::of(hall, now, &knowledge.learned, today, outlook)
    }

    fn show(&self, picture: Option<Picture>, cost: Duration) {
        let picture = picture.map(Arc::new);
        let mut now = self.shared.picture.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *now, picture.clone());
        drop(now);
        let micros = u64::try_from(cost.as_micros()).unwrap_or(u64::MAX);
        self.shared.spent.fetch_add(micros, Relaxed);
        self.shared.made.fetch_add(1, Relaxed);
        let says = |picture: Option<Arc<Picture>>| picture.map(|picture| picture.ranges());
        if says(before) != says(picture) {
            self.shared.said.send_modify(|count| *count += 1);
        }
    }
}

/// The right to try what would help; it goes back however that ends.
pub struct Turn(Forecasts);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.shared.trying.store(false, Relaxed);
    }
}

/// The hall at a moment, ready to be run forward with what is known; none if no day is open or the
/// hall is too strange.
#[must_use]
pub fn model(app: &App, hall: &Hall, now: Timestamp) -> Option<Model> {
    app.forecasts.model(hall, now, &outlook::of(app, hall, now)?)
}

/// What today has shown so far.
#[must_use]
pub fn today(learned: &Learned, hall: &Hall, outlook: &Outlook, now: Timestamp) -> Today {
    Today::of(hall, learned, (outlook.weekday, outlook.midnight), now)
}

impl App {
    /// Looks at the hall and makes a picture now, whoever else makes some; for tests and benches.
    pub fn forecast_now(&self) {
        worker::Painter::default().paint_and_show(self);
    }
}

#[cfg(test)]
mod tests;
