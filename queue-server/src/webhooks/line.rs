//! The row of bodies, and each receiver's place in it: in memory what the keeper has on the disk.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use wire::webhook::WebhookKind;

use super::{AGE_SECS_MAX, ASIDE_MAX, Receiver, WAITING_MAX, lock};

/// After a first try in vain the next comes after so long; each time twice as long …
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// … up to this.
const AGAIN_AFTER_MAX: Duration = Duration::from_secs(600);

/// A body that a receiver says no to so often is put aside: it does not like it, and others wait.
const NO_TIMES_MAX: u32 = 5;

/// A receiver that is away for less than this is nobody's trouble.
const AWAY_TOLD_AFTER: Duration = Duration::from_secs(15 * 60);

/// What a receiver says when a later try may succeed.
const AGAIN_LATER: [u16; 3] = [408, 425, 429];

/// A body that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its place in the row, from 1 on for ever.
    pub place: u64,
    /// By which a receiver knows that it had it already.
    pub id: String,
    /// When it was kept, in seconds of the world since 1970.
    pub at_secs: i64,
    /// What happened.
    pub kind: WebhookKind,
    /// Only for this receiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The body.
    pub body: String,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It said this.
    Answered(u16),
    /// It said nothing.
    Away(String),
}

/// What was delivered last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// When, in seconds of the world since 1970.
    pub at_secs: i64,
    /// What.
    pub kind: WebhookKind,
    /// Its id.
    pub id: String,
}

/// A body that was put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// When it was put aside, in seconds of the world since 1970.
    pub at_secs: i64,
    /// Why, as the receiver's status or the last fault.
    pub why: String,
    /// The body.
    pub waiting: Waiting,
}

/// What of a receiver outlives a restart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The next place to look at.
    pub next: u64,
    /// How many were delivered.
    pub delivered: u64,
    /// How many went because too many waited.
    pub lost: u64,
    /// The last that was delivered.
    pub last: Option<Last>,
    /// Those put aside, the newest last.
    pub aside: VecDeque<Failed>,
}

/// A receiver that did not take what it was sent.
#[derive(Debug, Clone)]
struct Trouble {
    since: Instant,
    times: u32,
    /// How often it said no to this very body.
    no_times: u32,
    again: Instant,
    why: String,
}

struct Lane {
    receiver: Receiver,
    place: Place,
    trouble: Option<Trouble>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Arc<Waiting>>,
    lanes: Vec<Lane>,
    /// Lanes that changed since they were kept.
    changed: bool,
}

/// The row.
pub struct Line {
    state: Mutex<State>,
    changed: Condvar,
    is_over: AtomicBool,
    /// Nothing can be kept now.
    is_stuck: AtomicBool,
}

/// How a receiver stands.
pub struct Standing {
    /// Its name.
    pub name: String,
    /// Where it listens, without what follows a question mark.
    pub url: String,
    /// What it is told.
    pub kinds: Vec<String>,
    /// How many wait.
    pub waiting: usize,
    /// How many were delivered.
    pub delivered: u64,
    /// How many went because too many waited.
    pub lost: u64,
    /// The last that was delivered.
    pub last: Option<Last>,
    /// How often it did not take what waits first, and why; none if all is well.
    pub trouble: Option<(u32, String)>,
    /// Those put aside, the newest first.
    pub aside: Vec<Failed>,
}

impl Line {
    /// An empty row.
    pub fn new(receivers: &[Receiver]) -> Self {
        let lane = |receiver: &Receiver| Lane {
            receiver: receiver.clone(),
            place: Place::default(),
            trouble: None,
        };
        let lanes = receivers.iter().map(lane).collect();
        Self {
            state: Mutex::new(State { lanes, ..State::default() }),
            changed: Condvar::new(),
            is_over: AtomicBool::new(false),
            is_stuck: AtomicBool::new(false),
        }
    }

    /// Takes what was kept before: the row, and where each receiver stands in it.
    pub fn take_up(&self, waiting: Vec<Waiting>, places: Vec<Place>) {
        let mut state = lock(&self.state);
        for (lane, place) in state.lanes.iter_mut().zip(places) {
            lane.place = place;
        }
        state.waiting = waiting.into_iter().map(Arc::new).collect();
        state.keep_the_bound();
        drop(state);
        self.changed.notify_all();
    }

    /// Adds what is safe on the disk.
    pub fn add(&self, waiting: impl IntoIterator<Item = Waiting>) {
        let mut state = lock(&self.state);
        state.waiting.extend(waiting.into_iter().map(Arc::new));
        state.keep_the_bound();
        drop(state);
        self.changed.notify_all();
    }

    /// The next body of a receiver, once it is time for it; none once the row is over.
    pub fn next(&self, lane: usize) -> Option<Arc<Waiting>> {
        let mut state = lock(&self.state);
        loop {
            if self.is_over.load(Relaxed) {
                return None;
            }
            let now = Instant::now();
            let rest = match state.first(lane) {
                None => None,
                Some(waiting) => match state.lanes[lane].trouble.as_ref() {
                    Some(trouble) if trouble.again > now => Some(trouble.again - now),
                    Some(_) | None => return Some(waiting),
                },
            };
            // A receiver without anything to do waits for the row to change.
            let waited = self.changed.wait_timeout(state, rest.unwrap_or(AGAIN_AFTER_MAX));
            state = waited.unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
    }

    /// Takes note of what came of a try.
    pub fn settle(&self, lane: usize, place: u64, outcome: Outcome) {
        let mut state = lock(&self.state);
        let Some(waiting) = state.first(lane).filter(|waiting| waiting.place == place) else {
            // It went meanwhile, because too many wait.
            return;
        };
        state.changed = true;
        let lane = &mut state.lanes[lane];
        let (why, is_no) = match outcome {
            Outcome::Answered(200..=299) => {
                lane.trouble = None;
                lane.place.delivered += 1;
                let id = waiting.id.clone();
                lane.place.last = Some(Last { at_secs: now_secs(), kind: waiting.kind, id });
                lane.place.next = place + 1;
                return;
            }
            Outcome::Answered(status) => {
                let is_no = (300..500).contains(&status) && !AGAIN_LATER.contains(&status);
                (format!("HTTP {status}"), is_no)
            }
            Outcome::Away(why) => (why, false),
        };
        let trouble = lane.had_trouble(why, is_no);
        let is_over = trouble.no_times >= NO_TIMES_MAX
            || now_secs().saturating_sub(waiting.at_secs) > AGE_SECS_MAX;
        if is_over {
            lane.put_aside(&waiting);
        }
    }

    /// A body that was put aside, taken out of there.
    pub fn take_aside(&self, receiver: &str, id: &str) -> Option<Waiting> {
        let mut state = lock(&self.state);
        let lane = state.lanes.iter_mut().find(|lane| lane.receiver.name == receiver)?;
        let at = lane.place.aside.iter().position(|failed| failed.waiting.id == id)?;
        let failed = lane.place.aside.remove(at)?;
        state.changed = true;
        Some(failed.waiting)
    }

    /// The places to be kept, if they changed since they were asked for last.
    pub fn changed_places(&self) -> Option<Vec<(String, Place)>> {
        let mut state = lock(&self.state);
        if !std::mem::take(&mut state.changed) {
            return None;
        }
        let place = |lane: &Lane| (lane.receiver.name.clone(), lane.place.clone());
        Some(state.lanes.iter().map(place).collect())
    }

    /// Lets go what every receiver has had; the first place that is still needed, if any is.
    pub fn let_go(&self) -> Option<u64> {
        let mut state = lock(&self.state);
        let lanes = 0..state.lanes.len();
        let needed: Vec<u64> = lanes.filter_map(|lane| Some(state.first(lane)?.place)).collect();
        let first = needed.into_iter().min();
        let last = state.waiting.back().map_or(0, |waiting| waiting.place);
        let before = first.unwrap_or(last + 1);
        while state.waiting.front().is_some_and(|waiting| waiting.place < before) {
            state.waiting.pop_front();
        }
        first
    }

    /// Says whether anything can be kept.
    pub fn set_stuck(&self, is_stuck: bool) {
        self.is_stuck.store(is_stuck, Relaxed);
    }

    /// True while nothing can be kept.
    pub fn is_stuck(&self) -> bool {
        self.is_stuck.load(Relaxed)
    }

    /// Lets everybody who waits for something to do end.
    pub fn end(&self) {
        // Under the lock, so that nobody is between looking and waiting.
        let state = lock(&self.state);
        self.is_over.store(true, Relaxed);
        drop(state);
        self.changed.notify_all();
    }

    /// True if a receiver has been away for a while, or nothing can be kept.
    pub fn is_late(&self) -> bool {
        let away = |lane: &Lane| {
            lane.trouble.as_ref().is_some_and(|trouble| trouble.since.elapsed() > AWAY_TOLD_AFTER)
        };
        self.is_stuck() || lock(&self.state).lanes.iter().any(away)
    }

    /// How every receiver stands.
    pub fn standing(&self) -> Vec<Standing> {
        let state = lock(&self.state);
        state.lanes.iter().map(|lane| lane.standing(&state.waiting)).collect()
    }
}

impl State {
    /// The first body that is for this receiver; those before it are none of its business.
    fn first(&mut self, lane: usize) -> Option<Arc<Waiting>> {
        let lane = &mut self.lanes[lane];
        let from = self.waiting.partition_point(|waiting| waiting.place < lane.place.next);
        let found = self.waiting.range(from..).find(|waiting| lane.takes(waiting)).cloned();
        let passed = self.waiting.back().map_or(lane.place.next, |waiting| waiting.place + 1);
        lane.place.next = found.as_ref().map_or(passed.max(lane.place.next), |found| found.place);
        found
    }

    fn keep_the_bound(&mut self) {
        while self.waiting.len() > WAITING_MAX {
            let Some(gone) = self.waiting.pop_front() else { return };
            for lane in self.lanes.iter_mut().filter(|lane| lane.place.next <= gone.place) {
                lane.place.lost += u64::from(lane.takes(&gone));
                lane.place.next = gone.place + 1;
                self.changed = true;
            }
        }
    }
}

impl Lane {
    fn takes(&self, waiting: &Waiting) -> bool {
        match &waiting.to {
            Some(to) => *to == self.receiver.name,
            None => self.receiver.wants(waiting.kind),
        }
    }

    fn had_trouble(&mut self, why: String, is_no: bool) -> &Trouble {
        let now = Instant::now();
        let before = self.trouble.take();
        let (since, times, no_times) =
            before.map_or((now, 0, 0), |before| (before.since, before.times, before.no_times));
        if times == 0 {
            tracing::warn!(receiver = self.receiver.name, why, "a webhook was not taken");
        }
        let rest = AGAIN_AFTER.saturating_mul(1 << times.min(16)).min(AGAIN_AFTER_MAX);
        self.trouble.insert(Trouble {
            since,
            times: times.saturating_add(1),
            no_times: no_times + u32::from(is_no),
            again: now + rest,
            why,
        })
    }

    fn put_aside(&mut self, waiting: &Waiting) {
        let why = self.trouble.take().map_or_else(String::new, |trouble| trouble.why);
        tracing::warn!(
            receiver = self.receiver.name,
            id = waiting.id,
            why,
            "a webhook is put aside"
        );
        self.place.aside.push_back(Failed { at_secs: now_secs(), why, waiting: waiting.clone() });
        while self.place.aside.len() > ASIDE_MAX {
            self.place.aside.pop_front();
            self.place.lost += 1;
        }
        self.place.next = waiting.place + 1;
    }

    fn standing(&self, waiting: &VecDeque<Arc<Waiting>>) -> Standing {
        let from = waiting.partition_point(|waiting| waiting.place < self.place.next);
        let url = self.receiver.url.split_once('?').map_or(&*self.receiver.url, |(url, _)| url);
        let trouble = self.trouble.as_ref();
        Standing {
            name: self.receiver.name.clone(),
            url: url.to_owned(),
            kinds: self.receiver.kinds.clone(),
            waiting: waiting.range(from..).filter(|waiting| self.takes(waiting)).count(),
            delivered: self.place.delivered,
            lost: self.place.lost,
            last: self.place.last.clone(),
            trouble: trouble.map(|trouble| (trouble.times, trouble.why.clone())),
            aside: self.place.aside.iter().rev().cloned().collect(),
        }
    }
}

/// Seconds of the world since 1970.
pub fn now_secs() -> i64 {
    jiff::Timestamp::now().as_second()
}
