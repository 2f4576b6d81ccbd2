//! The hall made small for running it forward: everything by its place in an array, and every mean
//! reckoned already.

mod making;
mod people;
mod windows;

use alloc::{sync::Arc, vec::Vec};

use super::{
    arithmetic::{below, exp, ln, quantile},
    chance::Chance,
    learned::WAIT_STEPS,
};
use crate::{
    ids::ItemId,
    order::{Returned, Turns},
    setup::Setup,
    state::line::Place,
    words::PriorityClass,
};

/// No window, no ticket, no queue.
pub(crate) const NONE: u16 = u16::MAX;

/// A moment that does not come.
pub(crate) const NEVER: i64 = i64::MAX / 4;

/// Classes of a line.
pub(crate) const CLASSES: usize = PriorityClass::ALL.len();

/// A hall at a moment, ready to be run forward.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) setup: Arc<Setup>,
    pub(crate) now: i64,
    pub(crate) kinds: Vec<Kind>,
    /// What each kind is: a queue by its place, and an item.
    pub(crate) names: Vec<(u8, Option<ItemId>)>,
    pub(crate) queues: Vec<QueueLine>,
    pub(crate) posts: Vec<Post>,
    /// Lists as they are or will be: queues by their places.
    pub(crate) lists: Vec<PostLists>,
    /// When which window gets other lists.
    pub(crate) changes: Vec<Change>,
    pub(crate) people: Vec<Person>,
    /// Who is away for a moment: where the service goes on, and how far it has come.
    pub(crate) held: Vec<(u16, Lasting)>,
    /// From this place on people are only asked about: they are called, and take no time of a window.
    pub(crate) asked_from: u32,
    /// When people come, span by span.
    pub(crate) coming: Vec<Coming>,
    /// What people of a queue come for: the share up to a kind, and the kind.
    pub(crate) mixes: Vec<Vec<(f64, u16)>>,
    /// Shares of the classes, each with those before.
    pub(crate) classes: [f64; CLASSES],
    pub(crate) bookings: Vec<Expected>,
    pub(crate) habits: Habits,
    /// What who was served in a queue goes on to: the share up to a kind, and the kind.
    pub(crate) onward: Vec<Vec<(f64, u16)>>,
    /// 限号: queues of which the kiosks give only so many more numbers.
    pub(crate) limited: Vec<Limited>,
}

/// 限号 of a queue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limited {
    pub queue: u8,
    pub more: u32,
    pub from: i64,
    pub until: i64,
}

/// What somebody comes for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub queue: u8,
    pub mean_log: f64,
    pub deviation: f64,
    /// How far the mean may be off.
    pub doubt: f64,
}

/// Who stands in a queue now.
#[derive(Debug, Clone, Default)]
pub(crate) struct QueueLine {
    pub lines: [Vec<Place>; CLASSES],
    pub returned: Vec<Returned>,
    pub called: u64,
    pub waiting: u32,
}

/// A window as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub lists: u16,
    pub turns: Turns,
    /// How much longer its clerk takes, as a logarithm.
    pub longer: f64,
    /// How far that may be off.
    pub doubt: f64,
    /// By kind: the classes it may serve, a bit each. None: everybody.
    pub able: Option<Vec<u8>>,
    pub state: PostState,
    /// When it is known to be without its clerk.
    pub shut: Vec<(i64, i64)>,
}

/// What a window does now.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PostState {
    /// Nobody is there, and nobody comes.
    Off,
    /// Somebody comes then.
    From(i64),
    /// Calls next.
    Free,
    /// Serves.
    Serving(Lasting),
    /// Has called somebody who has not come yet; the share of those who will not.
    Calling { absent: f64, since: i64, service: Lasting },
    /// Pauses.
    Paused(Lasting),
}

/// Something that has lasted for a while: its lognormal law, and how far it has come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lasting {
    mean_log: f64,
    deviation: f64,
    lasted: f64,
    /// The part of the law that is over …
    under: f64,
    /// … in deviations from its middle.
    z: f64,
}

/// The lists of a window: places of queues, and the same as bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PostLists {
    pub primary: Vec<u8>,
    pub secondary: Vec<u8>,
    pub primary_bits: u32,
    pub bits: u32,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub at: i64,
    pub post: u16,
    /// [`NONE`]: the window closes.
    pub lists: u16,
}

/// Somebody who waits now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub place: i64,
    pub came: i64,
    pub kind: u16,
    pub to: u16,
    pub class: PriorityClass,
}

/// How many come in a span.
#[derive(Debug, Clone)]
pub(crate) struct Coming {
    pub from: i64,
    pub until: i64,
    /// People in a millisecond.
    pub rate: f64,
    /// The share up to a queue.
    pub shares: Vec<f64>,
}

/// A booking still to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected {
    pub slot: i64,
    pub kind: u16,
    /// The part of those who come that would have come by now.
    pub over: f64,
}

/// How people and clerks do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub absent: [f64; WAIT_STEPS],
    pub absent_holds: f64,
    pub comes_back: f64,
    pub turnaround: f64,
    /// Who gives the number back, of those who wait, in a millisecond.
    pub leave_rate: f64,
    /// The share of calls by hand.
    pub chosen: f64,
    /// The share of services in which somebody goes away for a moment …
    pub held: f64,
    /// … and for how long, in the mean.
    pub held_for: f64,
    /// Unplanned pauses of a window in a millisecond …
    pub pause_rate: f64,
    /// … and how long they are: the mean of the logarithm, and the deviation.
    pub pause_law: (f64, f64),
    pub booked_kept: f64,
    pub booked_after: f64,
    pub booked_deviation: f64,
    pub check_in_before: i64,
    pub check_in_after: i64,
}

impl Model {
    /// The limits of a queue that hold at a moment, by their places.
    #[inline]
    pub(crate) fn limits_of(&self, queue: u8, at: i64) -> impl Iterator<Item = (usize, &Limited)> {
        let limits = self.limited.iter().enumerate();
        limits
            .filter(move |(_, limit)| limit.queue == queue && limit.from <= at && at < limit.until)
    }
}

/// Far out in the tail a service ends as a coin would fall.
const TAIL: f64 = 3.2;

impl Lasting {
    pub fn new((mean_log, deviation): (f64, f64), lasted: i64) -> Self {
        let lasted = lasted.max(0) as f64;
        let z = (ln(lasted.max(1.0)) - mean_log) / deviation;
        let under = if lasted <= 1_000.0 { 0.0 } else { below(z) };
        Self { mean_log, deviation, lasted, under, z }
    }

    /// A draw of the rest.
    pub fn rest(&self, chance: &mut Chance) -> f64 {
        if self.z > TAIL {
            return chance.exponential(self.deviation * self.lasted / self.z);
        }
        let part = self.under + (1.0 - self.under) * chance.part();
        (exp(self.mean_log + self.deviation * quantile(part)) - self.lasted).max(1_000.0)
    }
}

impl Model {
    /// True for somebody who is only asked about.
    #[inline]
    pub fn is_asked(&self, person: usize) -> bool {
        person >= self.asked_from as usize && person < self.people.len()
    }
}

impl PostLists {
    pub fn has(&self, queue: u8) -> bool {
        self.bits & (1 << queue) != 0
    }
}

impl Post {
    #[inline]
    pub fn may_serve(&self, kind: u16, class: PriorityClass) -> bool {
        let of_kind = |able: &Vec<u8>| able[usize::from(kind)] & (1 << class as u8) != 0;
        self.able.as_ref().is_none_or(of_kind)
    }

    /// The end of the shut span that a moment lies in.
    pub fn shut_until(&self, at: i64) -> Option<i64> {
        let span = self.shut.iter().find(|(from, until)| *from <= at && at < *until)?;
        Some(span.1)
    }
}

/// The law of a pause with this mean: the mean of its logarithm, and the deviation.
pub(crate) fn pause_law(mean: f64) -> (f64, f64) {
    const DEVIATION: f64 = 0.4;
    (ln(mean.max(1_000.0)) - DEVIATION * DEVIATION / 2.0, DEVIATION)
}
