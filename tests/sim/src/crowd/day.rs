//! One day of the county hall: people come, windows call, serve and close, and nothing else happens.

use std::collections::BTreeMap;

use hall::{
    Hall,
    answer::Answer,
    command::{Command, Issue},
    event::people::Grounds,
    ids::{ItemId, QueueId, TicketId, WindowId},
    time::{Millis, Timestamp},
    words::{Actor, Channel, PriorityClass},
};
use journal::memory::MemoryJournal;
use queue_server::{
    clock::HallClock,
    day::Daybook,
    engine::{HallOfRecord, Told, Wish, fresh},
    profile::{Minute, Profile},
};

use super::{DayKind, TIDE, chance, is_staffed, minutes};
use crate::{agenda::Agenda, luck::Luck};

/// Hours in which a window is open.
pub const OPEN: Millis = Millis::from_minutes(7 * 60);

/// A Monday, at midnight.
const MONDAY: &str = "2026-11-23 00:00";

/// Minute of the day, length in minutes, per cent of the day's tickets.
const ARRIVALS: [(u64, u64, u64); 16] = [
    (495, 15, 4),
    (510, 30, 9),
    (540, 30, 12),
    (570, 30, 12),
    (600, 30, 11),
    (630, 30, 8),
    (660, 30, 4),
    (690, 15, 1),
    (825, 15, 2),
    (840, 30, 7),
    (870, 30, 9),
    (900, 30, 8),
    (930, 30, 6),
    (960, 30, 4),
    (990, 30, 2),
    (1_020, 15, 1),
];

/// Windows are open from and until, in minutes of the day.
const OPENS: [(u64, u64); 2] = [(510, 720), (840, 1_050)];

/// So are the hours of the tide.
const TIDES: [(u64, u64); 2] = [(570, 690), (870, 930)];

/// Between two visitors.
const CHANGEOVER: Millis = Millis::from_secs(30);

/// Somebody who does not come is called three times within this.
const ABSENT: [u64; 3] = [20, 40, 60];

/// A queue whose items nobody listed: mean and deviation in minutes, tickets a day.
const UNLISTED: (&str, f64, f64, u64) = ("W", 12.0, 5.0, 3);

/// What happens.
enum Event {
    Comes(QueueId, Option<ItemId>),
    Opens(WindowId),
    Ends(WindowId),
    Recall(WindowId),
    NoShow(WindowId),
    Finishes(WindowId),
    Free(WindowId),
}

struct County<'p> {
    profile: &'p Profile,
    record: HallOfRecord,
    agenda: Agenda<Event>,
    luck: Luck,
    midnight: Timestamp,
    now: std::time::Duration,
    /// Windows whose clerk waits for somebody.
    idle: BTreeMap<WindowId, bool>,
    /// What somebody came for, to know how long it takes.
    wants: BTreeMap<TicketId, Option<ItemId>>,
    closing: BTreeMap<WindowId, bool>,
}

/// Lives a day and gives back the hall as it was in the evening.
///
/// # Errors
/// If the engine or the calendar fails.
pub fn live(profile: &Profile, kind: DayKind, seed: u64) -> Result<Hall, String> {
    let midnight = HallClock::read(MONDAY, profile.details.utc_offset_minutes)?;
    let clock = HallClock::told(profile.details.utc_offset_minutes, midnight);
    let mut calendar = profile.calendar.clone();
    // Everybody with a ticket is served, over the noon if need be: nobody is swept.
    calendar.sweep_at = vec![Minute(13 * 60 + 40), Minute(23 * 60)];
    let journal = Box::new(MemoryJournal::new());
    let record =
        HallOfRecord::new(fresh(profile.setup.clone()), journal, Daybook::new(calendar, clock));
    let mut county = County {
        profile,
        record,
        agenda: Agenda::default(),
        luck: Luck::new(seed),
        midnight,
        now: std::time::Duration::ZERO,
        idle: BTreeMap::new(),
        wants: BTreeMap::new(),
        closing: BTreeMap::new(),
    };
    county.plan(kind);
    while let Some((at, event)) = county.agenda.take() {
        county.now = at;
        county.happen(event)?;
    }
    Ok(county.record.hall().clone())
}

impl County<'_> {
    fn plan(&mut self, kind: DayKind) {
        let items: Vec<(QueueId, Option<ItemId>, u64)> = {
            let listed = self.profile.setup.items().iter();
            let listed = listed.map(|item| (item.queue, Some(item.id), u64::from(item.per_day)));
            let unlisted = UNLISTED.0.parse().ok().map(|queue| (queue, None, UNLISTED.3));
            listed.chain(unlisted).collect()
        };
        let standard: u64 = items.iter().map(|(_, _, per_day)| per_day).sum();
        let total = (standard as f64 * kind.factor).round() as u64;
        for _ in 0..total {
            let mut place = self.luck.below(standard);
            let chosen = items.iter().find(|(_, _, per_day)| {
                let found = place < *per_day;
                place = place.saturating_sub(*per_day);
                found
            });
            let Some((queue, item, _)) = chosen else { continue };
            let at = self.arrival();
            self.agenda.plan(at, Event::Comes(*queue, *item));
        }
        for window in self.profile.setup.windows() {
            if !is_staffed(window.id, kind.tide) {
                continue;
            }
            let hours = if window.id.as_str() == TIDE { TIDES } else { OPENS };
            for (from, until) in hours {
                self.agenda.plan(at(from), Event::Opens(window.id));
                self.agenda.plan(at(until), Event::Ends(window.id));
            }
        }
    }

    fn arrival(&mut self) -> std::time::Duration {
        let mut place = self.luck.below(100);
        let found = ARRIVALS.iter().find(|(_, _, share)| {
            let found = place < *share;
            place = place.saturating_sub(*share);
            found
        });
        let (from, long, _) = found.copied().unwrap_or(ARRIVALS[0]);
        at(from) + self.luck.millis(0, long * 60_000 - 1)
    }

    fn happen(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Comes(queue, item) => self.comes(queue, item),
            Event::Opens(window) => {
                self.closing.insert(window, false);
                let post = self.profile.posts.iter().find(|post| post.windows.contains(&window));
                let staff = post.ok_or_else(|| format!("nobody works at window {window}"))?.no;
                self.ask(Command::SignOn { window, staff })?;
                self.free(window)
            }
            Event::Ends(window) => {
                self.closing.insert(window, true);
                if self.idle.get(&window) == Some(&true) { self.leaves(window) } else { Ok(()) }
            }
            Event::Recall(window) => self.ask(Command::Recall { window }).map(drop),
            Event::NoShow(window) => {
                self.ask(Command::NoShow { window })?;
                self.free(window)
            }
            Event::Finishes(window) => {
                self.ask(Command::Finish { window, case: None, item: None, copies: None })?;
                let at = self.now + std::time::Duration::from_millis(CHANGEOVER.0);
                self.agenda.plan(at, Event::Free(window));
                Ok(())
            }
            Event::Free(window) => self.free(window),
        }
    }

    fn comes(&mut self, queue: QueueId, item: Option<ItemId>) -> Result<(), String> {
        let (class, channel) = (PriorityClass::Ordinary, Channel::Kiosk);
        let (person, agent) = (None, None);
        let issue = Issue {
            queue,
            item,
            channel,
            class,
            grounds: Grounds::default(),
            paper: false,
            person,
            agent,
            purpose: hall::command::Purpose::One,
            silent: false,
            estimate: None,
        };
        let told = self.ask(Command::Issue(issue))?.ok_or("a ticket was refused")?;
        if let Answer::Issued(ticket) = told.answer {
            self.wants.insert(ticket, item);
        }
        // A clerk who waits sees it at once: one of the queue's own windows first.
        let serving = self.record.hall().windows_serving(queue);
        let free = serving.map(|window| window.id).find(|id| self.idle.get(id) == Some(&true));
        free.map_or(Ok(()), |window| self.free(window))
    }

    /// A window calls the next; without anybody it waits, or closes if its hours are over.
    fn free(&mut self, window: WindowId) -> Result<(), String> {
        let told = self.ask(Command::CallNext { window, finish_current: false })?;
        let called = told.map(|told| told.answer);
        let Some(Answer::Called { leg, why }) = called else {
            self.idle.insert(window, true);
            return if self.closing.get(&window) == Some(&true) {
                self.leaves(window)
            } else {
                Ok(())
            };
        };
        self.idle.insert(window, false);
        let waited = why.waited.0 as f64 / 60_000.0;
        let stays_away = (0.03 + 0.002 * waited).min(0.25);
        if chance::part(&mut self.luck) < stays_away {
            let [first, second, last] = ABSENT.map(std::time::Duration::from_secs);
            self.agenda.plan(self.now + first, Event::Recall(window));
            self.agenda.plan(self.now + second, Event::Recall(window));
            self.agenda.plan(self.now + last, Event::NoShow(window));
            return Ok(());
        }
        self.ask(Command::Start { window })?;
        let item = self.wants.get(&leg.ticket).copied().flatten();
        let item = item.and_then(|item| self.profile.setup.item(item));
        let (mean, deviation) = item.map_or((UNLISTED.1, UNLISTED.2), |item| {
            (item.mean_service.0 as f64 / 60_000.0, item.sd_service.0 as f64 / 60_000.0)
        });
        let minutes = chance::service_minutes(&mut self.luck, mean, deviation);
        let lasts = std::time::Duration::from_secs_f64(minutes * 60.0);
        self.agenda.plan(self.now + lasts, Event::Finishes(window));
        Ok(())
    }

    fn leaves(&mut self, window: WindowId) -> Result<(), String> {
        self.idle.insert(window, false);
        self.ask(Command::SignOff { window }).map(drop)
    }

    /// Asks the engine; a refusal is no answer.
    fn ask(&mut self, command: Command) -> Result<Option<Told>, String> {
        let wish = Wish { by: Actor::Hall, request: None, command };
        let now = Timestamp(self.midnight.0 + self.now.as_millis() as i64);
        let luck = &mut self.luck;
        let stepped = self.record.step(now, &mut || luck.next(), [((), wish)]);
        let stepped = stepped.map_err(|fault| fault.to_string())?;
        Ok(stepped.told.into_iter().next().and_then(|(_, told)| told.ok()))
    }
}

const fn at(minute: u64) -> std::time::Duration {
    std::time::Duration::from_millis(minutes(minute).0)
}
