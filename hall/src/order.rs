//! Who is next: primary queues before the others or all as one line; inside them the classes with a
//! guard so that nobody starves, by a ratio, or by weights. Source: the rules table of
//! `docs/GLOSSARY.md`.

mod classes;

use alloc::vec::Vec;

use crate::{
    hall::Hall,
    ids::{LegId, QueueId, WindowId},
    state::queue::Head,
    time::{Millis, Timestamp},
    words::{
        PriorityClass, QueueList, Why,
        order::{ClassOrder, ListOrder},
    },
};

/// Who is called, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// The leg.
    pub leg: LegId,
    /// Why this one.
    pub why: Why,
}

/// Who would be called at a window now.
#[must_use]
pub fn pick(hall: &Hall, id: WindowId, now: Timestamp) -> Option<Pick> {
    let lists = hall.lists_of(id)?;
    if hall.setup().rules().order.lists == ListOrder::LongestWait {
        let all: Vec<QueueId> = lists.queues().collect();
        return pick_of(hall, id, &all, QueueList::Together, now);
    }
    let primary = pick_of(hall, id, lists.primary, QueueList::Primary, now);
    primary.or_else(|| pick_of(hall, id, lists.secondary, QueueList::Secondary, now))
}

/// People waiting in a queue.
#[must_use]
pub fn waiting(hall: &Hall, queue: QueueId) -> u32 {
    hall.queue(queue).map_or(0, |queue| queue.waiting())
}

/// Where somebody ranks who has waited since then: an ordinary ticket that waited past the limit
/// ranks with 绿色通道, a booked one whose slot has not begun with ordinary ones.
#[must_use]
pub fn rank(hall: &Hall, class: PriorityClass, since: Timestamp, now: Timestamp) -> PriorityClass {
    if is_promoted(hall, class, since, now) {
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
    hall: &Hall,
    class: PriorityClass,
    since: Timestamp,
    now: Timestamp,
) -> (u8, Timestamp) {
    let rules = &hall.setup().rules().order;
    match rules.classes {
        ClassOrder::Guarded => (rank(hall, class, since, now) as u8, since),
        ClassOrder::Ratio if is_early(class, since, now) => (PriorityClass::Ordinary as u8, since),
        ClassOrder::Ratio => (class as u8, since),
        ClassOrder::Weights if class == PriorityClass::Special => (0, since),
        ClassOrder::Weights if now.since(since) > rules.hard_max() => (1, since),
        ClassOrder::Weights if is_early(class, since, now) => (2, since),
        ClassOrder::Weights => (2, since - rules.weight(class)),
    }
}

/// 预约 before its slot: it goes when nobody else is left, and then as anybody would.
fn is_early(class: PriorityClass, since: Timestamp, now: Timestamp) -> bool {
    class == PriorityClass::Booked && since > now
}

fn is_promoted(hall: &Hall, class: PriorityClass, since: Timestamp, now: Timestamp) -> bool {
    let rules = hall.setup().rules();
    rules.guard
        && class == PriorityClass::Ordinary
        && now.since(since) > Millis::from_minutes(rules.promote_after_minutes.into())
}

fn pick_of(
    hall: &Hall,
    window: WindowId,
    queues: &[QueueId],
    list: QueueList,
    now: Timestamp,
) -> Option<Pick> {
    let server = hall.server_at(window);
    // Whom somebody sent to this window goes with its own people, whatever the queue.
    let sent = || hall.sent_to(window).filter(|_| list != QueueList::Secondary);
    let heads = queues.iter().flat_map(|queue| hall.heads_for(server, *queue)).chain(sent());
    let heads: Vec<Head> = heads.collect();
    let (head, rule) = match hall.setup().rules().order.classes {
        ClassOrder::Guarded => classes::guarded(hall, window, &heads, now)?,
        ClassOrder::Ratio => classes::ratio(hall, window, &heads, now)?,
        ClassOrder::Weights => classes::weighted(hall, &heads, now)?,
    };
    let ticket = hall.ticket(head.place.1).expect("who waits has a ticket");
    let why = Why {
        list,
        rule,
        class: head.class,
        waited: now.since(ticket.leg().entered),
        candidates: queues.iter().map(|queue| hall.waiting_at(server, *queue)).sum::<u32>()
            + sent().count() as u32,
    };
    Some(Pick { leg: ticket.leg_id(), why })
}
