//! 排位依据: what of the order has put somebody who waits where they stand.

use super::{is_early, is_promoted};
use crate::{
    hall::Hall,
    ids::WindowId,
    state::{queue::QueueNow, ticket::Ticket},
    time::Timestamp,
    words::{
        PriorityClass,
        order::{ListOrder, Standing},
    },
};

/// Why a ticket stands where it stands before a window; for one that came back, with how many
/// others of its queue are called before.
#[must_use]
pub fn why_here(hall: &Hall, id: WindowId, ticket: &Ticket, now: Timestamp) -> (Standing, u64) {
    let (rules, leg) = (hall.setup().rules(), ticket.leg());
    let queue = hall.queue(leg.queue);
    let called = queue.map_or(0, |queue| queue.called);
    let after = queue.and_then(|queue: &QueueNow| queue.returned_after(ticket.id));
    let to_pass = after.map_or(0, |after| after.saturating_sub(called));
    let is_secondary = || {
        let lists = hall.lists_of(id);
        rules.order.lists == ListOrder::PrimaryFirst
            && lists.is_some_and(|lists| !lists.primary.contains(&leg.queue))
    };
    let why = if ticket.class == PriorityClass::Special {
        Standing::Special
    } else if leg.to == Some(id) {
        Standing::Sent
    } else if after.is_some() {
        Standing::Returned
    } else if is_secondary() {
        Standing::Secondary
    } else if is_early(ticket.class, leg.place, now) {
        Standing::Early
    } else if is_promoted(rules, ticket.class, leg.place, now) {
        Standing::Promoted
    } else if ticket.class == PriorityClass::Ordinary {
        Standing::Arrival
    } else {
        Standing::Class
    };
    (why, to_pass)
}
