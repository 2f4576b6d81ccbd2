//! The engine's thread: gathers a batch, takes the step, and then shows, answers and publishes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering::Relaxed},
        mpsc::{Receiver, RecvTimeoutError, SyncSender},
    },
    time::Duration,
};

use hall::{
    Hall,
    event::{Event, Fact},
};
use tokio::sync::{broadcast, oneshot, watch};

use super::{
    BATCH_MAX, Batch, ClosedDay, EngineFault, Figures, Message, NotDone, Offer, OnFault, Taken,
    Told, Wish,
    step::{HallOfRecord, Stepped},
};
use crate::clock::HallClock;

/// The longest sleep: a clock that was set is noticed after this at the latest.
const SLEEP_MAX: Duration = Duration::from_secs(30);

/// The shortest sleep, so that a deadline that stays due never spins.
const SLEEP_MIN: Duration = Duration::from_millis(5);

pub(super) struct Worker {
    pub record: HallOfRecord,
    pub clock: HallClock,
    pub messages: Receiver<Message>,
    pub readers: Arc<RwLock<Hall>>,
    pub told: watch::Sender<u64>,
    pub events: broadcast::Sender<Arc<Batch>>,
    pub closed: SyncSender<ClosedDay>,
    pub stepped_at: Arc<AtomicI64>,
    pub figures: Arc<Figures>,
}

type Reply = oneshot::Sender<Result<Told, NotDone>>;

/// What was asked since the last step.
#[derive(Default)]
struct Asked {
    wishes: Vec<(Reply, Wish)>,
    offer: Option<(Box<Offer>, oneshot::Sender<Taken>)>,
    stop: bool,
}

/// Runs until it is stopped or a fault ends it.
pub(super) fn run(mut worker: Worker, on_fault: OnFault) {
    let fault = match catch_unwind(AssertUnwindSafe(|| worker.work())) {
        Ok(Ok(())) => return,
        Ok(Err(fault)) => fault,
        Err(panic) => EngineFault::Bug { why: words_of(&*panic) },
    };
    on_fault(&fault);
}

/// What a panic said.
pub fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words").to_owned()
}

impl Worker {
    fn work(&mut self) -> Result<(), EngineFault> {
        let mut asked = Asked::default();
        loop {
            let stop = asked.stop;
            let offered = asked.offer.map(|(offer, reply)| self.consider(*offer, reply));
            let wrote = self.step(asked.wishes)?;
            if let Some(reply) = offered {
                // Whoever asked may have gone.
                reply.send(self.record.taken()).ok();
            }
            if stop {
                return Ok(());
            }
            // More of the calendar may be due after what was just written.
            asked = if wrote { Asked::default() } else { self.take() };
        }
    }

    /// Waits for askings and gathers a batch of them.
    fn take(&self) -> Asked {
        let mut asked = Asked::default();
        let mut next = match self.messages.recv_timeout(self.sleep()) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Message::Stop),
        };
        while let Some(message) = next {
            match message {
                Message::Ask(wish, reply) => asked.wishes.push((reply, wish)),
                Message::Offer(offer, reply) => {
                    asked.offer = Some((offer, reply));
                    break;
                }
                Message::Stop => {
                    asked.stop = true;
                    break;
                }
            }
            let room = asked.wishes.len() < BATCH_MAX;
            next = if room { self.messages.try_recv().ok() } else { None };
        }
        asked
    }

    /// Takes an offer to heart before the next step; the readers know it too.
    fn consider(&mut self, offer: Offer, reply: oneshot::Sender<Taken>) -> oneshot::Sender<Taken> {
        let mut readers = self.readers.write().unwrap_or_else(PoisonError::into_inner);
        readers.hand(offer.setup.clone());
        drop(readers);
        self.record.offer(offer);
        reply
    }

    /// Takes a step and tells everybody; true if something was written.
    fn step(&mut self, wishes: Vec<(Reply, Wish)>) -> Result<bool, EngineFault> {
        let clock = self.clock.now();
        let stepped = self.record.step(clock, &mut luck, wishes)?;
        self.stepped_at.store(self.record.time_at(clock).0, Relaxed);
        let Stepped { events, sequence, told, sync } = stepped;
        let refusals = told.iter().filter(|(_, told)| told.is_err()).count();
        self.figures.took(told.len(), refusals);
        if let Some(sync) = sync {
            self.figures.wrote(events.len(), sync);
            self.show(sequence, events);
        }
        for (reply, told) in told {
            // A caller that went away is answered when it asks again.
            reply.send(told).ok();
        }
        Ok(sync.is_some())
    }

    fn show(&self, sequence: u64, events: Vec<Event>) {
        let mut readers = self.readers.write().unwrap_or_else(PoisonError::into_inner);
        for event in &events {
            readers.apply(event);
            if let Fact::DayClosed { day } = event.fact {
                let hall = readers.clone();
                if self.closed.try_send(ClosedDay { day, sequence, hall }).is_err() {
                    tracing::warn!(%day, "the store is behind; it is completed at the next start");
                }
            }
        }
        drop(readers);
        self.told.send_replace(sequence);
        // Nobody may be listening yet.
        self.events.send(Arc::new(Batch { sequence, events })).ok();
    }

    fn sleep(&self) -> Duration {
        let next = self.record.next_due(self.clock.now());
        let sleep = self.clock.world_until(next).unwrap_or(SLEEP_MAX);
        sleep.clamp(SLEEP_MIN, SLEEP_MAX)
    }
}

/// Fresh random bits. Without them tokens could be guessed, so nothing goes on.
fn luck() -> u64 {
    getrandom::u64().expect("the system gives random bytes once it has started")
}
