//! The crowd: citizens who come, and clerks who work, by the sample hall's arrivals and service
//! times. It uses the API as kiosks and desks do; it knows nothing of the hall's inside.

mod class;
mod clerks;
mod day;
mod kept;
pub mod slips;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use hall::{
    ids::{ItemId, StaffNo, WindowId},
    setup::Setup,
    words::{CaseKind, Channel, PriorityClass},
};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use wire::{
    board::Board,
    clock::Clock,
    http::{IssueAnswer, IssueRequest},
};

use crate::{
    api::{Api, ApiFault},
    crowd::{kept::Kept, slips::Slips},
};

/// The clock is asked again so often, in milliseconds of the world.
const CLOCK_KEPT: Duration = Duration::from_secs(20);

/// The crowd looks whether it should stop at least so often.
const NAP_MAX: Duration = Duration::from_millis(200);

/// A hall that does not answer is asked again after this.
const AWAY_PAUSE: Duration = Duration::from_secs(1);

/// Somebody presses an evaluator's key: the window and the level.
pub type Rate = Box<dyn Fn(WindowId, u8) + Send>;

/// Who works where, and who rates how.
pub struct Crowd {
    kiosk: Api,
    desk: Api,
    setup: Arc<Setup>,
    staff: BTreeMap<WindowId, StaffNo>,
    /// 件类 of what is served at each window.
    cases: BTreeMap<WindowId, CaseKind>,
    kept: Kept,
    slips: Slips,
    rate: Rate,
    luck: StdRng,
    clock: Clock,
    clock_read: Instant,
    todo: BinaryHeap<Reverse<(i64, u64, Do)>>,
    planned: u64,
    planned_day: Option<i64>,
    /// 练习: people come to whoever has signed on, and nobody else works.
    class: Option<class::Class>,
}

/// What somebody is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Do {
    /// A citizen takes a ticket.
    Come { item: ItemId, class: PriorityClass },
    /// A clerk calls the next.
    CallNext(WindowId),
    /// The person called has come.
    Start(WindowId),
    /// The clerk calls again, and after the last time passes over.
    Again(WindowId),
    /// The service is over.
    Finish(WindowId),
    /// The citizen presses a key.
    Rate(WindowId, u8),
    /// The next day is planned.
    Plan,
    /// The windows of a class are looked at.
    LookAround,
}

impl Crowd {
    /// A crowd for every window with a clerk in `staff`; the window `mine` is the visitor's.
    #[must_use]
    pub fn new(
        (kiosk, desk, slips): (Api, Api, Slips),
        setup: Arc<Setup>,
        (staff, mine): (BTreeMap<WindowId, StaffNo>, WindowId),
        rate: Rate,
        seed: u64,
    ) -> Self {
        Self {
            kept: Kept::of(&setup, mine),
            kiosk,
            desk,
            slips,
            setup,
            staff,
            rate,
            luck: StdRng::seed_from_u64(seed),
            clock: Clock { at: 0, speed: 1.0, utc_offset_minutes: 480 },
            clock_read: Instant::now(),
            todo: BinaryHeap::new(),
            planned: 0,
            planned_day: None,
            cases: BTreeMap::new(),
            class: None,
        }
    }

    /// 练习: the same people, who come to the windows of a class, one after the other.
    #[must_use]
    pub fn of_class(self) -> Self {
        Self { class: Some(class::Class::default()), ..self }
    }

    /// Lives until it is told to stop.
    pub fn live(mut self, stop: &AtomicBool) {
        while !stop.load(Relaxed) {
            match self.look() {
                Ok(board) => {
                    self.settle_in(&board);
                    break;
                }
                Err(fault) => {
                    tracing::debug!(%fault, "the crowd waits for the hall");
                    std::thread::sleep(AWAY_PAUSE);
                }
            }
        }
        while !stop.load(Relaxed) {
            self.step();
        }
        self.slips.stop();
    }

    fn look(&mut self) -> Result<Board, ApiFault> {
        let board: Board = self.desk.get("/board")?;
        (self.clock, self.clock_read) = (board.clock, Instant::now());
        Ok(board)
    }

    fn now(&self) -> i64 {
        let millis = self.clock_read.elapsed().as_millis();
        self.clock.after_millis(i64::try_from(millis).unwrap_or(i64::MAX))
    }

    fn step(&mut self) {
        if self.clock_read.elapsed() > CLOCK_KEPT && self.look().is_err() {
            std::thread::sleep(AWAY_PAUSE);
            return;
        }
        let Some(Reverse((at, _, _))) = self.todo.peek() else {
            self.plan();
            return;
        };
        let early = (at - self.now()) as f64 / self.clock.speed.max(0.001);
        if early > 0.0 {
            std::thread::sleep(Duration::from_millis(early as u64 + 1).min(NAP_MAX));
            return;
        }
        if let Some(Reverse((_, _, what))) = self.todo.pop() {
            self.act(what);
        }
    }

    fn after(&mut self, secs: f64, what: Do) {
        self.at(self.now() + (secs * 1_000.0) as i64, what);
    }

    fn at(&mut self, at: i64, what: Do) {
        self.planned += 1;
        self.todo.push(Reverse((at, self.planned, what)));
    }

    fn act(&mut self, what: Do) {
        match what {
            Do::Come { item, class } => self.come(item, class),
            Do::CallNext(window) => self.call_next(window),
            Do::Start(window) => self.start(window),
            Do::Again(window) => self.again(window),
            Do::Finish(window) => self.finish(window),
            Do::Rate(window, level) => (self.rate)(window, level),
            Do::Plan => self.plan(),
            Do::LookAround => self.look_around(),
        }
    }

    /// Writes down who comes today from now on, and that tomorrow is planned tomorrow.
    fn plan(&mut self) {
        if self.class.is_some() {
            self.look_around();
            return;
        }
        let (now, offset) = (self.now(), i64::from(self.clock.utc_offset_minutes) * 60_000);
        let day = (now + offset).div_euclid(day::DAY_MILLIS);
        let midnight = day * day::DAY_MILLIS - offset;
        if self.planned_day != Some(day) {
            self.planned_day = Some(day);
            let per_day = self.per_day();
            for moment in day::arrivals(day, &mut self.luck, per_day) {
                let at = midnight + moment;
                if at >= now
                    && let Some((item, class)) = self.somebody()
                {
                    self.at(at, Do::Come { item, class });
                }
            }
        }
        self.at(midnight + day::DAY_MILLIS + 1, Do::Plan);
    }

    /// Tickets of a standard day.
    fn per_day(&self) -> f64 {
        self.setup.items().iter().map(|item| f64::from(item.per_day)).sum()
    }

    fn somebody(&mut self) -> Option<(ItemId, PriorityClass)> {
        let issued = |item: &&hall::setup::Item| {
            self.setup.queue(item.queue).is_some_and(|queue| queue.issued)
        };
        let items: Vec<_> = self.setup.items().iter().filter(issued).collect();
        let item = items.choose_weighted(&mut self.luck, |item| f64::from(item.per_day)).ok()?.id;
        let class = match self.luck.random_range(0..100) {
            0..8 => PriorityClass::Vulnerable,
            8..10 => PriorityClass::Military,
            _ => PriorityClass::Ordinary,
        };
        Some((item, class))
    }

    fn come(&mut self, item: ItemId, class: PriorityClass) {
        let queue = self.setup.item(item).map(|item| item.queue);
        if queue.is_some_and(|queue| self.kept.holds(queue))
            && !self.look().is_ok_and(|board| self.kept.lets_in(&board))
        {
            tracing::debug!(%item, "the visitor's window has people enough");
            return;
        }
        let request = IssueRequest {
            item: Some(item),
            queue: None,
            request_id: self.kiosk.request_id(),
            channel: Channel::Kiosk,
            priority: class,
            priority_reason: None,
            priority_note: None,
            paper: false,
            document: None,
            agent: None,
            then: Vec::new(),
            pipeline: None,
            picks_up: None,
            booking: None,
            late_as_walk_in: false,
            silent: false,
        };
        let Some(request) = self.slips.take(request) else { return };
        let answer: Result<IssueAnswer, _> = self.kiosk.post("/tickets", &request);
        if let Err(fault) = answer {
            tracing::debug!(%fault, %item, "somebody went away without a ticket");
        }
    }
}
