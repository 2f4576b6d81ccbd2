//! Who is next: primary queues before the others or all as one line; inside them the classes with a
//! guard so that nobody starves, by a ratio, or by weights. Source: the rules table of
//! `docs/GLOSSARY.md`.
//!
//! The order asks a [`Floor`]: the hall of record answers it at each call, and so does the forecast's
//! model as it runs forward. There is one order, so the two cannot differ.

mod classes;
mod floor;
mod line;
pub mod stands;

use alloc::vec::Vec;

use crate::{
    hall::Hall,
    ids::{LegId, QueueId, WindowId},
    setup::Rules,
    state::queue::Head,
    time::{Millis, Timestamp},
    words::{
        PriorityClass, QueueList, Why, WhyRule,
        order::{ClassOrder, ListOrder},
    },
};

pub(crate) use self::line::{Returned, Standing, heads_among};

/// Who is called, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// The leg.
    pub leg: LegId,
    /// Why this one.
    pub why: Why,
}

/// What the order asks of a window and of the lines before it.
pub(crate) trait Floor {
    /// How the floor names a queue.
    type Queue: Copy;

    /// The rules in force.
    fn rules(&self) -> &Rules;

    /// How the window's calls have gone so far.
    fn turns(&self) -> Turns;

    /// The window's queues of a list, in their order.
    fn queues(&self, list: QueueList) -> impl Iterator<Item = Self::Queue>;

    /// Whom the window may call of a queue: the heads of its lines.
    fn heads(&self, queue: Self::Queue, heads: &mut Vec<Head>);

    /// Who was sent to this window and to no other.
    fn sent(&self, heads: &mut Vec<Head>);
}

/// How a window's calls have gone: what the classes' guard and the ratio count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turns {
    /// Priority calls in a row.
    pub priority: u8,
    /// 按比例: calls made while both kinds waited, since the clerk came.
    pub ratio: u32,
}

impl Turns {
    /// After one more call.
    #[must_use]
    pub fn after(self, class: PriorityClass, rule: WhyRule) -> Self {
        // A booked ticket called before its slot went as an ordinary one.
        let as_ordinary = class == PriorityClass::Ordinary || rule == WhyRule::LongestWait;
        Self {
            priority: if as_ordinary { 0 } else { self.priority.saturating_add(1) },
            ratio: self.ratio.wrapping_add(u32::from(rule == WhyRule::Ratio)),
        }
    }
}

/// Who is next, by which rule and from which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    pub head: Head,
    pub rule: WhyRule,
    pub list: QueueList,
}

/// Who is next at a window. `heads` is room to work in: what it held is gone.
pub(crate) fn choose<F: Floor>(floor: &F, heads: &mut Vec<Head>, now: Timestamp) -> Option<Choice> {
    if floor.rules().order.lists == ListOrder::LongestWait {
        return choose_of(floor, QueueList::Together, heads, now);
    }
    choose_of(floor, QueueList::Primary, heads, now)
        .or_else(|| choose_of(floor, QueueList::Secondary, heads, now))
}

fn choose_of<F: Floor>(
    floor: &F,
    list: QueueList,
    heads: &mut Vec<Head>,
    now: Timestamp,
) -> Option<Choice> {
    heads.clear();
    floor.queues(list).for_each(|queue| floor.heads(queue, heads));
    // Whom somebody sent to this window goes with its own people, whatever the queue.
    if list != QueueList::Secondary {
        floor.sent(heads);
    }
    let rules = floor.rules();
    let (head, rule) = match rules.order.classes {
        ClassOrder::Guarded => classes::guarded(rules, floor.turns(), heads, now)?,
        ClassOrder::Ratio => classes::ratio(rules, floor.turns(), heads, now)?,
        ClassOrder::Weights => classes::weighted(rules, heads, now)?,
    };
    Some(Choice { head, rule, list })
}

/// Who would be called at a window now.
#[must_use]
pub fn pick(hall: &Hall, id: WindowId, now: Timestamp) -> Option<Pick> {
    let floor = floor::AtWindow::new(hall, id)?;
    let choice = choose(&floor, &mut Vec::new(), now)?;
    let ticket = hall.ticket(choice.head.place.1).expect("who waits has a ticket");
    let why = Why {
        list: choice.list,
        rule: choice.rule,
        class: choice.head.class,
        waited: now.since(ticket.leg().entered),
        candidates: floor.candidates(choice.list),
    };
    Some(Pick { leg: ticket.leg_id(), why })
}

/// People waiting in a queue.
#[must_use]
pub fn waiting(hall: &Hall, queue: QueueId) -> u32 {
    hall.queue(queue).map_or(0, |queue| queue.waiting())
}

/// Where somebody ranks who has waited since then: an ordinary ticket that waited past the limit
/// ranks with 绿色通道, a booked one whose slot has not begun with ordinary ones.
#[must_use]
pub fn rank(
    rules: &Rules,
    class: PriorityClass,
    since: Timestamp,
    now: Timestamp,
) -> PriorityClass {
    if is_promoted(rules, class, since, now) {
        PriorityClass::Vulnerable
    } else if is_early(class, since, now) {
        PriorityClass::Ordinary
    } else {
        class
    }
}

/// What comes before what among those who wait: less is sooner, then the earlier ticket.
#[must_use]
pub fn standing(
    rules: &Rules,
    class: PriorityClass,
    since: Timestamp,
    now: Timestamp,
) -> (u8, Timestamp) {
    let order = &rules.order;
    match order.classes {
        ClassOrder::Guarded => (rank(rules, class, since, now) as u8, since),
        ClassOrder::Ratio if is_early(class, since, now) => (PriorityClass::Ordinary as u8, since),
        ClassOrder::Ratio => (class as u8, since),
        ClassOrder::Weights if class == PriorityClass::Special => (0, since),
        ClassOrder::Weights if now.since(since) > order.hard_max() => (1, since),
        ClassOrder::Weights if is_early(class, since, now) => (2, since),
        ClassOrder::Weights => (2, since - order.weight(class)),
    }
}

/// 预约 before its slot: it goes when nobody else is left, and then as anybody would.
fn is_early(class: PriorityClass, since: Timestamp, now: Timestamp) -> bool {
    class == PriorityClass::Booked && since > now
}

fn is_promoted(rules: &Rules, class: PriorityClass, since: Timestamp, now: Timestamp) -> bool {
    rules.guard
        && class == PriorityClass::Ordinary
        && now.since(since) > Millis::from_minutes(rules.promote_after_minutes.into())
}
