//! The engine's thread: batch, decide, apply, append, sync; then show, answer, publish.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, PoisonError, RwLock,
        mpsc::{Receiver, RecvTimeoutError, SyncSender},
    },
    time::{Duration, Instant},
};

use hall::{
    Hall,
    command::{Command, Input},
    event::{Event, Fact},
    time::Timestamp,
    words::Actor,
};
use journal::{Journal, record::Kind};
use tokio::sync::{broadcast, oneshot, watch};

use super::{
    BATCH_MAX, Batch, ClosedDay, EngineFault, Figures, Message, NotDone, OnFault, Told, Wish,
};
use crate::{
    clock::HallClock,
    day::{Daybook, HallNow},
};

/// The longest sleep: a clock that was set is noticed after this at the latest.
const SLEEP_MAX: Duration = Duration::from_secs(30);

/// The shortest sleep, so that a deadline that stays due never spins.
const SLEEP_MIN: Duration = Duration::from_millis(5);

/// Orders of the calendar and ticks in one step: a server that was off for a week needs six.
const OWN_ORDERS_MAX: usize = 16;

/// A clock set back by more than this is told.
const SET_BACK_TOLD_MILLIS: i64 = 60_000;

pub(super) struct Worker {
    pub hall: Hall,
    pub last: Timestamp,
    pub sequence: u64,
    pub journal: Box<dyn Journal + Send>,
    pub clock: HallClock,
    pub daybook: Daybook,
    pub messages: Receiver<Message>,
    pub readers: Arc<RwLock<Hall>>,
    pub told: watch::Sender<u64>,
    pub events: broadcast::Sender<Arc<Batch>>,
    pub closed: SyncSender<ClosedDay>,
    pub figures: Arc<Figures>,
}

type Reply = oneshot::Sender<Result<Told, NotDone>>;

/// What was decided: the answer and when, or why not.
type Decided = Result<(hall::answer::Answer, Timestamp), NotDone>;

/// What a step has decided and not yet told.
#[derive(Default)]
struct Step {
    records: Vec<Vec<Event>>,
    replies: Vec<(Reply, Decided)>,
    refusals: usize,
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

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words").to_owned()
}

impl Worker {
    fn work(&mut self) -> Result<(), EngineFault> {
        loop {
            let mut step = Step::default();
            self.own_orders(&mut step);
            if step.records.is_empty() {
                self.take(&mut step);
            }
            let stop = step.stop;
            self.finish(step)?;
            if stop {
                return Ok(());
            }
        }
    }

    /// Waits for askings and decides a batch of them.
    fn take(&mut self, step: &mut Step) {
        let first = match self.messages.recv_timeout(self.sleep()) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => return,
            Err(RecvTimeoutError::Disconnected) => {
                step.stop = true;
                return;
            }
        };
        // What became due while we slept happened before what was asked just now.
        self.own_orders(step);
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Ask(wish, reply) => self.decide(wish, reply, step),
                Message::Stop => {
                    step.stop = true;
                    return;
                }
            }
            next =
                if step.replies.len() < BATCH_MAX { self.messages.try_recv().ok() } else { None };
        }
    }

    fn decide(&mut self, wish: Wish, reply: Reply, step: &mut Step) {
        let at = self.now();
        let (by, request, command) = (wish.by, wish.request, wish.command);
        let input = Input { at, luck: luck(), by, request, command };
        let told = match self.hall.decide(&input) {
            Ok(events) => {
                events.iter().for_each(|event| self.hall.apply(event));
                let answer = self.hall.answer_to(&input, &events);
                self.note(events, step);
                Ok((answer, at))
            }
            Err(refusal) => {
                step.refusals += 1;
                Err(NotDone::Refused(refusal))
            }
        };
        step.replies.push((reply, told));
    }

    /// What the calendar and the hall's deadlines want by now.
    fn own_orders(&mut self, step: &mut Step) {
        for _ in 0..OWN_ORDERS_MAX {
            let now = self.now();
            let (at, command) = match self.daybook.due(self.hall_now(), now) {
                Some((due, command)) => (due.clamp(self.last, now), command),
                None if self.hall.next_deadline().is_some_and(|deadline| deadline <= now) => {
                    (now, Command::Tick)
                }
                None => return,
            };
            let tick = command == Command::Tick;
            let input = Input { at, luck: luck(), by: Actor::Hall, request: None, command };
            match self.hall.decide(&input) {
                Ok(events) => {
                    let nothing = events.is_empty();
                    events.iter().for_each(|event| self.hall.apply(event));
                    if !tick && !nothing {
                        tracing::info!(command = ?input.command, "the calendar");
                    }
                    self.note(events, step);
                    if tick && nothing {
                        return;
                    }
                }
                Err(refusal) => {
                    tracing::warn!(command = ?input.command, %refusal, "the calendar was refused");
                    self.daybook.was_refused(&input.command, now);
                    if tick {
                        return;
                    }
                }
            }
        }
    }

    fn note(&mut self, events: Vec<Event>, step: &mut Step) {
        if let Some(event) = events.last() {
            self.last = self.last.max(event.at);
            step.records.push(events);
        }
    }

    /// Writes what was decided, and only then tells anybody.
    fn finish(&mut self, step: Step) -> Result<(), EngineFault> {
        self.figures.took(step.replies.len(), step.refusals);
        if !step.records.is_empty() {
            self.write(&step.records)?;
            self.show(step.records);
        }
        for (reply, told) in step.replies {
            let sequence = self.sequence;
            let told = told.map(|(answer, at)| Told { answer, at, sequence });
            // A caller that went away is answered when it asks again.
            reply.send(told).ok();
        }
        Ok(())
    }

    fn write(&mut self, records: &[Vec<Event>]) -> Result<(), EngineFault> {
        let fault = |why: String| EngineFault::Journal { why };
        let mut count = 0;
        for events in records {
            let mut kind = Kind::Entry;
            if let Fact::DayOpened { day, .. } = events[0].fact {
                // Each day has a segment of its own, so that replay reads one day.
                self.journal.roll(&day.to_string()).map_err(|error| fault(chain(&error)))?;
                kind = Kind::Opening;
            }
            let payload = serde_json::to_vec(events).map_err(|error| fault(error.to_string()))?;
            self.journal.append(kind, &payload).map_err(|error| fault(chain(&error)))?;
            self.sequence += 1;
            count += events.len();
        }
        let before = Instant::now();
        self.journal.sync().map_err(|error| fault(chain(&error)))?;
        self.figures.wrote(count, before.elapsed());
        Ok(())
    }

    fn show(&mut self, records: Vec<Vec<Event>>) {
        let events: Vec<Event> = records.into_iter().flatten().collect();
        let mut readers = self.readers.write().unwrap_or_else(PoisonError::into_inner);
        for event in &events {
            readers.apply(event);
            if let Fact::DayClosed { day } = event.fact {
                let (sequence, hall) = (self.sequence, readers.clone());
                if self.closed.try_send(ClosedDay { day, sequence, hall }).is_err() {
                    tracing::warn!(%day, "the store is behind; it is completed at the next start");
                }
            }
        }
        drop(readers);
        self.told.send_replace(self.sequence);
        // Nobody may be listening yet.
        self.events.send(Arc::new(Batch { sequence: self.sequence, events })).ok();
    }

    fn now(&self) -> Timestamp {
        let now = self.clock.now();
        if self.last.0 - now.0 > SET_BACK_TOLD_MILLIS {
            tracing::debug!(millis = self.last.0 - now.0, "the clock is behind the last event");
        }
        now.max(self.last)
    }

    fn sleep(&self) -> Duration {
        let now = self.now();
        let calendar = self.daybook.next(now);
        let next = self.hall.next_deadline().map_or(calendar, |deadline| deadline.min(calendar));
        let sleep = self.clock.world_until(next).unwrap_or(SLEEP_MAX);
        sleep.clamp(SLEEP_MIN, SLEEP_MAX)
    }

    fn hall_now(&self) -> HallNow {
        let windows = self.hall.setup().windows();
        let staffed = |id| self.hall.window(id).is_some_and(|window| window.staff().is_some());
        HallNow {
            day: self.hall.day(),
            session: self.hall.session(),
            opened_up_to: self.hall.opened_up_to(),
            staffed: windows.iter().any(|window| staffed(window.id)),
            last: self.last,
        }
    }
}

/// Fresh random bits. Without them tokens could be guessed, so nothing goes on.
fn luck() -> u64 {
    getrandom::u64().expect("the system gives random bytes once it has started")
}

/// An error with everything behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
