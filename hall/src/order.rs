//! Who is next: primary queues before the others, inside them the classes, with a guard so that
//! nobody starves. Source: the rules table of `docs/GLOSSARY.md`.

use crate::{
    hall::Hall,
    ids::{LegId, QueueId, WindowId},
    state::queue::Head,
    time::{Millis, Timestamp},
    words::{PriorityClass, QueueList, Why, WhyRule},
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
    let sent = || hall.sent_to(window).filter(|_| list == QueueList::Primary);
    let heads = || queues.iter().flat_map(|queue| hall.heads_for(server, *queue)).chain(sent());
    let best = |head: &Head| (rank(hall, head.class, head.place.0, now), head.place);
    let first = heads().min_by_key(best)?;
    let guarded = guard_turn(hall, window, first)
        .then(|| heads().filter(|head| head.class == PriorityClass::Ordinary))
        .and_then(|ordinary| ordinary.min_by_key(|head| head.place));
    let (head, rule) = match guarded {
        Some(head) if head != first => (head, WhyRule::GuardTurn),
        Some(_) | None => {
            let others = heads().any(|head| head.class != PriorityClass::Ordinary);
            (first, rule_of(hall, first, others, now))
        }
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

/// True if it is an ordinary ticket's turn. 特事特办 is a supervisor's word and waits for no guard.
fn guard_turn(hall: &Hall, window: WindowId, first: Head) -> bool {
    let rules = hall.setup().rules();
    let calls = hall.window(window).map_or(0, |window| window.priority_calls);
    rules.guard && calls >= rules.guard_after_calls && first.class != PriorityClass::Special
}

fn rule_of(hall: &Hall, head: Head, others: bool, now: Timestamp) -> WhyRule {
    if head.returned {
        WhyRule::Reactivated
    } else if head.class != PriorityClass::Ordinary && !is_early(head.class, head.place.0, now) {
        WhyRule::Priority
    } else if others && is_promoted(hall, head.class, head.place.0, now) {
        WhyRule::Promoted
    } else {
        WhyRule::LongestWait
    }
}
