//! 预计等候: how many are ahead, and the range told to a person. A range, never a second.
//!
//! The range that a ticket is printed with is the queue's length by its windows, in this file.
//! Beside it stands the forecast that runs the hall itself forward, with the hall's own order of
//! call: [`model::Model`] is the hall made small, [`ask::Forecaster`] runs it, [`learned::Learned`]
//! is what days before have taught, [`pace::Today`] what today has.

pub mod advise;
pub(crate) mod arithmetic;
pub mod ask;
pub(crate) mod chance;
pub mod hour;
pub mod learned;
pub mod log;
pub mod model;
pub mod outlook;
pub mod pace;
pub mod plan;
mod queue_length;
pub(crate) mod run;

use crate::{
    event::wait_range::WaitRange,
    hall::{
        Hall,
        lists::{Post, lists_at},
    },
    ids::{QueueId, TicketId},
    order::{self, Standing},
    setup::Queue,
    state::{queue::QueueNow, ticket::Ticket},
    time::{Millis, Timestamp},
    words::{PriorityClass, TicketState, WindowKind, order::ClassOrder},
};

/// Calls that weigh as much as the profile's list when a window's share is reckoned.
const SHARE_PRIOR_CALLS: u64 = 4;

/// What a queue of the second list gets of a window before anything was seen, in thousandths.
const SHARE_SECONDARY: u64 = 100;

/// Steps of the range, in minutes.
const STEP_MINUTES: u64 = 5;

/// The range is this part of the reckoned wait, in tenths, to …
const RANGE_LOW_TENTHS: u64 = 7;

/// … this part.
const RANGE_HIGH_TENTHS: u64 = 14;

/// People ahead of somebody who would take a ticket now.
#[must_use]
pub fn ahead_of_newcomer(hall: &Hall, queue: QueueId, class: PriorityClass, now: Timestamp) -> u32 {
    ahead_of_comer(hall, queue, class, now, now)
}

/// People ahead of somebody who comes now and whose waiting counts from then: a booked slot may
/// begin later.
pub(crate) fn ahead_of_comer(
    hall: &Hall,
    queue: QueueId,
    class: PriorityClass,
    since: Timestamp,
    now: Timestamp,
) -> u32 {
    let newest = (since, TicketId(u64::MAX));
    hall.queue(queue).map_or(0, |queue| ahead(hall, queue, class, newest, now))
}

/// The range for the same person.
pub(crate) fn wait_of_comer(
    hall: &Hall,
    queue: QueueId,
    class: PriorityClass,
    since: Timestamp,
    now: Timestamp,
) -> Option<WaitRange> {
    let ahead = ahead_of_comer(hall, queue, class, since, now);
    range(hall, queue, ahead, now, since.since(now))
}

/// The range for somebody who would take a ticket now; none if no window serves the queue.
#[must_use]
pub fn wait_of_newcomer(
    hall: &Hall,
    queue: QueueId,
    class: PriorityClass,
    now: Timestamp,
) -> Option<WaitRange> {
    wait_of_comer(hall, queue, class, now, now)
}

/// People ahead of a ticket that waits or is reserved; zero for every other.
#[must_use]
pub fn ahead_of(hall: &Hall, ticket: &Ticket, now: Timestamp) -> u32 {
    let waits = matches!(ticket.state, TicketState::Waiting | TicketState::Reserved);
    let Some(queue) = hall.queue(ticket.queue()).filter(|_| waits) else { return 0 };
    let returned = queue.returned().find(|each| each.place.1 == ticket.id);
    if let Some(returned) = returned {
        let others = u64::from(queue.waiting().saturating_sub(1));
        return returned.after.saturating_sub(queue.called).min(others) as u32;
    }
    ahead(hall, queue, ticket.class, (ticket.leg().place, ticket.id), now)
}

/// The range for a ticket that waits.
#[must_use]
pub fn wait_of(hall: &Hall, ticket: &Ticket, now: Timestamp) -> Option<WaitRange> {
    let waits = matches!(ticket.state, TicketState::Waiting | TicketState::Reserved);
    let slot = ticket.leg().entered.since(now);
    waits.then(|| range(hall, ticket.queue(), ahead_of(hall, ticket, now), now, slot)).flatten()
}

fn ahead(
    hall: &Hall,
    queue: &QueueNow,
    class: PriorityClass,
    place: (Timestamp, TicketId),
    now: Timestamp,
) -> u32 {
    if hall.setup().rules().order.classes == ClassOrder::Weights {
        return ahead_by_weight(hall, queue, class, place, now);
    }
    let rank = order::rank(hall.setup().rules(), class, place.0, now);
    let mut count = 0;
    for other in PriorityClass::ALL {
        let line = queue.line(*other);
        count += if *other == PriorityClass::Ordinary {
            let promoted = line.before((promoted_before(hall, now), TicketId(0)));
            let before_me = line.before(place);
            match rank {
                PriorityClass::Ordinary => before_me.max(promoted),
                PriorityClass::Vulnerable => before_me.min(promoted),
                PriorityClass::Special | PriorityClass::Military => 0,
                PriorityClass::Transferred | PriorityClass::Booked => promoted,
            }
        } else if *other == PriorityClass::Booked && rank == PriorityClass::Ordinary {
            // Before its slot a booked ticket stands among ordinary ones.
            line.before(place).max(line.before((now, TicketId(u64::MAX))))
        } else if *other < rank {
            line.len()
        } else if *other == rank {
            line.before(place)
        } else {
            0
        };
    }
    let returned = queue.returned().filter(|each| each.place.1 != place.1 && each.class <= rank);
    (count + returned.count()) as u32
}

/// The same where classes are worth minutes of waiting.
fn ahead_by_weight(
    hall: &Hall,
    queue: &QueueNow,
    class: PriorityClass,
    place: (Timestamp, TicketId),
    now: Timestamp,
) -> u32 {
    let standing = |class, place: (Timestamp, TicketId)| {
        (order::standing(hall.setup().rules(), class, place.0, now), place)
    };
    let mine = standing(class, place);
    let in_lines = PriorityClass::ALL.iter().flat_map(|other| {
        queue.line(*other).iter().filter(|theirs| standing(*other, *theirs) < mine)
    });
    let returned = queue.returned().filter(|each| standing(each.class, each.place) < mine);
    (in_lines.count() + returned.count()) as u32
}

/// Whoever entered before this ranks higher than ordinary.
fn promoted_before(hall: &Hall, now: Timestamp) -> Timestamp {
    let rules = hall.setup().rules();
    if !rules.guard {
        return Timestamp(i64::MIN);
    }
    now - Millis::from_minutes(rules.promote_after_minutes.into())
}

/// The range with so many ahead; a booked slot that begins later is waited for.
fn range(hall: &Hall, id: QueueId, ahead: u32, now: Timestamp, slot: Millis) -> Option<WaitRange> {
    let queue = hall.setup().queue(id)?;
    let servers = servers(hall, id, now);
    if servers.thousandths == 0 {
        return None;
    }
    let one = mean_of_waiting(hall, queue);
    let people = if ahead == 0 && !servers.one_is_free { 500 } else { u64::from(ahead) * 1_000 };
    let work = one.0.saturating_mul(people) / servers.thousandths;
    let work = work + servers.opens_in.0.max(slot.0);
    Some(in_steps(work, ahead > 0))
}

fn in_steps(millis: u64, somebody_ahead: bool) -> WaitRange {
    let step = STEP_MINUTES * 60_000;
    let round_up = |millis: u64| millis.div_ceil(step) * STEP_MINUTES;
    let least = if somebody_ahead { STEP_MINUTES } else { 0 };
    let low = if somebody_ahead { round_up(millis * RANGE_LOW_TENTHS / 10).max(least) } else { 0 };
    let high = round_up(millis * RANGE_HIGH_TENTHS / 10).max(low + STEP_MINUTES);
    let cap = |minutes: u64| u16::try_from(minutes).unwrap_or(u16::MAX);
    WaitRange { low_minutes: cap(low), high_minutes: cap(high) }
}

/// What one person ahead takes: the mix of those who wait, by what was seen today.
fn mean_of_waiting(hall: &Hall, queue: &Queue) -> Millis {
    let now = hall.queue(queue.id);
    let of_queue = now.map_or(queue.mean_service, |now| now.pace.mean(queue.mean_service));
    let mean = |item| {
        let profile = hall.item(item)?.mean_service;
        Some(hall.state.item_paces.get(&item).map_or(profile, |pace| pace.mean(profile)))
    };
    let (mut people, mut sum) = (0_u64, 0_u64);
    for (item, count) in now.into_iter().flat_map(|now| now.by_item()) {
        people += u64::from(count);
        sum += u64::from(count) * item.and_then(mean).unwrap_or(of_queue).0;
    }
    sum.checked_div(people).map_or(of_queue, Millis)
}

struct Servers {
    /// Windows for the queue, each as the share of its work that goes there.
    thousandths: u64,
    one_is_free: bool,
    /// Until windows open, if they have not.
    opens_in: Millis,
}

fn servers(hall: &Hall, queue: QueueId, now: Timestamp) -> Servers {
    let opens_in = hall.session().map_or(Millis(0), |times| times.opens.since(now));
    let mut servers = Servers { thousandths: 0, one_is_free: false, opens_in };
    // A window for one class is no help to the others.
    for post in hall.posts_serving(queue).filter(|(window, _)| window.only.is_none()) {
        let (window, now) = post;
        let open = now.is_some_and(|now| now.is_open()) && hall.serves_at(post, queue);
        // Before the windows open, those that stand in the profile all year are expected.
        let expected = opens_in.0 > 0 && window.kind != WindowKind::Temporary;
        if open || expected {
            servers.thousandths += share(post, queue);
            servers.one_is_free |= now.is_none_or(|now| now.current.is_none());
        }
    }
    servers
}

/// The part of a window's work that goes to a queue: its recent calls, drawn to the profile.
fn share((window, now): Post, queue: QueueId) -> u64 {
    let lists = lists_at(window, now);
    let prior = if lists.primary.contains(&queue) {
        1_000 / lists.primary.len().max(1) as u64
    } else {
        SHARE_SECONDARY
    };
    let (to_queue, all) = now.map_or((0, 0), |now| now.recent_calls(queue));
    (u64::from(to_queue) * 1_000 + prior * SHARE_PRIOR_CALLS) / (u64::from(all) + SHARE_PRIOR_CALLS)
}
