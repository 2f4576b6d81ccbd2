//! One step of the hall of record: the calendar's orders, then what was asked; decide and apply
//! each, append, sync once. No thread, clock or channel: time, chance and askings come in as
//! values, and what may be told goes out only after the sync.

use std::{
    cell::OnceCell,
    time::{Duration, Instant},
};

use hall::{
    Hall,
    answer::Answer,
    command::{Command, Input},
    event::{Event, Fact},
    ids::DeviceId,
    time::Timestamp,
    words::Actor,
};
use journal::{Journal, record::Kind};

use super::{EngineFault, NotDone, Recovered, Told, Wish, offer::Waiting, time::HallTime};
use crate::day::{Daybook, HallNow};

/// Orders of the calendar and ticks in one step: a server that was off for a week needs six.
const OWN_ORDERS_MAX: usize = 16;

/// The hall of record, its journal and its calendar.
pub struct HallOfRecord {
    pub(super) hall: Hall,
    /// The hall's next deadline since its last event: reckoned once for all who ask.
    deadline: OnceCell<Option<Timestamp>>,
    /// The last event's.
    last: Timestamp,
    time: HallTime,
    sequence: u64,
    journal: Box<dyn Journal + Send>,
    pub(super) daybook: Daybook,
    /// A profile that was offered and is not in force yet.
    pub(super) waiting: Option<Waiting>,
    /// Devices that were silent when the server stopped and of which nothing was told: while it was
    /// away it did not listen, so their silence counts anew.
    unheard: Vec<DeviceId>,
}

/// What came of a step; all of it is safe on the disk.
pub struct Stepped<R> {
    /// The events, in order.
    pub events: Vec<Event>,
    /// The journal's sequence number of the last of them, or of the last before.
    pub sequence: u64,
    /// To whom what is told.
    pub told: Vec<(R, Result<Told, NotDone>)>,
    /// How long the disk took, if anything was written.
    pub sync: Option<Duration>,
}

/// What was decided: the answer and when, or why not.
pub(super) type Decided = Result<(Answer, Timestamp), NotDone>;

/// What a step has decided and not yet told.
pub(super) struct Step<R> {
    records: Vec<Vec<Event>>,
    decided: Vec<(R, Decided)>,
}

impl HallOfRecord {
    /// The hall as replayed, where it goes on writing, and its calendar.
    #[must_use]
    pub fn new(
        recovered: Recovered,
        journal: Box<dyn Journal + Send>,
        mut daybook: Daybook,
    ) -> Self {
        let Recovered { hall, last, sequence, .. } = recovered;
        daybook.take_over(&hall);
        let unheard = hall.devices_lost_untold().collect();
        let (deadline, waiting, time) = (OnceCell::new(), None, HallTime::after(last));
        Self { hall, deadline, last, time, sequence, journal, daybook, waiting, unheard }
    }

    /// Takes one step at this moment of the clock. After a fault nothing more may be asked of it:
    /// the process ends, and replays.
    ///
    /// # Errors
    /// If the journal could not be written; nobody may be answered.
    pub fn step<R>(
        &mut self,
        clock: Timestamp,
        luck: &mut dyn FnMut() -> u64,
        wishes: impl IntoIterator<Item = (R, Wish)>,
    ) -> Result<Stepped<R>, EngineFault> {
        let now = self.time.follow(clock);
        let mut step = Step { records: Vec::new(), decided: Vec::new() };
        self.begin_listening(luck, &mut step);
        // What became due before happened before what was asked just now.
        self.own_orders(now, luck, &mut step);
        self.take_offer(now, luck, &mut step);
        for (reply, wish) in wishes {
            let decided = self.decide(now, luck(), wish, &mut step);
            step.decided.push((reply, decided));
        }
        // What follows at once from what was asked (an alert) is written with it.
        self.own_orders(now, luck, &mut step);
        self.finish(step)
    }

    /// What the clock shows when something is due by the calendar or the hall's own deadlines.
    #[must_use]
    pub fn next_due(&self, clock: Timestamp) -> Timestamp {
        let calendar = self.daybook.next(self.time.at(clock));
        let due = self.deadline().map_or(calendar, |deadline| deadline.min(calendar));
        self.time.clock_at(due)
    }

    /// The hall's time when the clock shows this.
    #[must_use]
    pub fn time_at(&self, clock: Timestamp) -> Timestamp {
        self.time.at(clock)
    }

    /// The hall, decided but perhaps not yet synced: for looking only.
    #[must_use]
    pub const fn hall(&self) -> &Hall {
        &self.hall
    }

    pub(super) fn decide<R>(
        &mut self,
        at: Timestamp,
        luck: u64,
        wish: Wish,
        step: &mut Step<R>,
    ) -> Decided {
        let Wish { by, request, command } = wish;
        let input = Input { at, luck, by, request, command };
        let events = self.hall.decide(&input).map_err(NotDone::Refused)?;
        self.apply(&events);
        let answer = self.hall.answer_to(&input, &events);
        self.note(events, step);
        Ok((answer, at))
    }

    /// As of the last moment before the stop, so that nothing that became due meanwhile is told.
    fn begin_listening<R>(&mut self, luck: &mut dyn FnMut() -> u64, step: &mut Step<R>) {
        for device in std::mem::take(&mut self.unheard) {
            let command = Command::ReportDevice { device, trouble: None, since: self.last };
            let wish = Wish { by: Actor::Hall, request: None, command };
            if let Err(why) = self.decide(self.last, luck(), wish, step) {
                tracing::debug!(%device, %why, "its silence counts on");
            }
        }
    }

    /// What the calendar and the hall's deadlines want by now.
    fn own_orders<R>(
        &mut self,
        clock: Timestamp,
        luck: &mut dyn FnMut() -> u64,
        step: &mut Step<R>,
    ) {
        for _ in 0..OWN_ORDERS_MAX {
            let now = clock.max(self.last);
            // What waited for the night is in force before the next day opens.
            if self.hall.day().is_none() && self.take_offer(self.last, luck, step) {
                continue;
            }
            let (at, command) = match self.daybook.due(self.hall_now(), now) {
                Some((due, command)) => (due.clamp(self.last, now), command),
                None if self.deadline().is_some_and(|deadline| deadline <= now) => {
                    (now, Command::Tick)
                }
                None => return,
            };
            let tick = command == Command::Tick;
            let input = Input { at, luck: luck(), by: Actor::Hall, request: None, command };
            match self.hall.decide(&input) {
                Ok(events) => {
                    let nothing = events.is_empty();
                    self.apply(&events);
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

    fn apply(&mut self, events: &[Event]) {
        events.iter().for_each(|event| self.hall.apply(event));
        if !events.is_empty() {
            self.deadline = OnceCell::new();
        }
    }

    fn deadline(&self) -> Option<Timestamp> {
        *self.deadline.get_or_init(|| self.hall.next_deadline())
    }

    fn note<R>(&mut self, events: Vec<Event>, step: &mut Step<R>) {
        if let Some(event) = events.last() {
            self.last = self.last.max(event.at);
            step.records.push(events);
        }
    }

    /// Writes what was decided, and only then lets anybody be told.
    fn finish<R>(&mut self, step: Step<R>) -> Result<Stepped<R>, EngineFault> {
        let sync = if step.records.is_empty() { None } else { Some(self.write(&step.records)?) };
        let sequence = self.sequence;
        let told = |(answer, at)| Told { answer, at, sequence };
        Ok(Stepped {
            events: step.records.into_iter().flatten().collect(),
            sequence,
            told: step.decided.into_iter().map(|(reply, each)| (reply, each.map(told))).collect(),
            sync,
        })
    }

    /// Appends and syncs; says how long the sync took.
    fn write(&mut self, records: &[Vec<Event>]) -> Result<Duration, EngineFault> {
        let fault = |why: String| EngineFault::Journal { why };
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
        }
        let before = Instant::now();
        self.journal.sync().map_err(|error| fault(chain(&error)))?;
        Ok(before.elapsed())
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
