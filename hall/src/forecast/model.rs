//! The hall made small for running it forward: everything by its place in an array, and every mean
//! reckoned already.

mod making;
mod people;
mod windows;

use alloc::{sync::Arc, vec::Vec};

use super::{arithmetic::ln, learned::WAIT_STEPS};
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
    /// When people come, span by span.
    pub(crate) coming: Vec<Coming>,
    /// What people of a queue come for: the share up to a kind, and the kind.
    pub(crate) mixes: Vec<Vec<(f64, u16)>>,
    /// Shares of the classes, each with those before.
    pub(crate) classes: [f64; CLASSES],
    pub(crate) bookings: Vec<Expected>,
    pub(crate) habits: Habits,
    pub(crate) onward: Vec<Vec<(f64, u8)>>,
}

/// What somebody comes for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub queue: u8,
    pub mean_log: f64,
    pub deviation: f64,
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
    Serving { kind: u16, since: i64 },
    /// Has called somebody who has not come yet.
    Calling { kind: u16, since: i64, absent: f64 },
    /// Pauses, for so long in the mean.
    Paused { since: i64, mean: f64 },
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
}

/// How people and clerks do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    pub absent: [f64; WAIT_STEPS],
    pub absent_holds: f64,
    pub comes_back: f64,
    pub turnaround: f64,
    /// Unplanned pauses of a window in a millisecond, and how long they are.
    pub pause_rate: f64,
    pub pause_mean: f64,
    pub booked_kept: f64,
    pub booked_after: f64,
    pub booked_deviation: f64,
    pub check_in_before: i64,
    pub check_in_after: i64,
}

impl PostLists {
    pub fn has(&self, queue: u8) -> bool {
        self.bits & (1 << queue) != 0
    }
}

impl Post {
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

/// The mean of the logarithm of a span with this mean.
pub(crate) fn log_of_mean(mean: f64, deviation: f64) -> f64 {
    ln(mean.max(1_000.0)) - deviation * deviation / 2.0
}
