//! What others print: people ahead by a mean, or what those waited who were called last.

use hall::{
    Hall,
    forecast::learned::Learned,
    ids::{ItemId, WindowId},
    setup::Setup,
    state::ticket::Ticket,
    time::Timestamp,
    words::TicketState,
};

use super::score::Guess;

/// Their names, as they stand in the table.
pub const RIVALS: [&str; 6] = [
    "people ahead × mean ÷ windows",
    "all ahead × mean ÷ all windows",
    "LES, last to be called",
    "HOL, head of the line",
    "mean of the last five",
    "QL, service means, shared skills",
];

/// What they all say of somebody who has just taken a ticket. The queue's length is the product's
/// own and is asked elsewhere.
pub fn guesses(hall: &Hall, setup: &Setup, learned: &Learned, ticket: &Ticket) -> Vec<Guess> {
    let look = Look { hall, setup, now: ticket.issued };
    let mine: Vec<WindowId> = look.open().filter(|id| look.serves(*id, ticket)).collect();
    let others: Vec<&Ticket> = hall
        .tickets()
        .filter(|other| other.id != ticket.id && other.state == TicketState::Waiting)
        .collect();
    let same = |other: &&&Ticket| other.item == ticket.item;
    let mean = mean_of_all(learned, setup);
    let free: Vec<WindowId> =
        mine.iter().copied().filter(|id| hall.ticket_at(*id).is_none()).collect();
    let wanted = others.iter().any(|other| free.iter().any(|id| look.serves(*id, other)));
    let at_once = !free.is_empty() && !wanted;
    let ahead = others.iter().filter(same).count() as f64;
    let windows = (mine.len() as f64).max(1.0);
    let all_windows = (look.open().count() as f64).max(1.0);
    let mut called: Vec<(Timestamp, f64)> = hall
        .tickets()
        .filter(|other| other.item == ticket.item)
        .filter_map(|other| Some((other.legs[0].called_first?, other)))
        .map(|(called, other)| (called, called.since(other.issued).0 as f64 / 60_000.0))
        .collect();
    called.sort_by_key(|(at, _)| *at);
    let last = called.last().map_or(0.0, |(_, wait)| *wait);
    let five = &called[called.len().saturating_sub(5)..];
    let of_five = five.iter().map(|(_, wait)| wait).sum::<f64>() / five.len().max(1) as f64;
    let oldest = others.iter().filter(same).map(|other| other.issued).min();
    let head = oldest.map_or(last, |at| look.now.since(at).0 as f64 / 60_000.0);
    let none_if_free = |wait: f64| if at_once { 0.0 } else { wait };
    let told = [
        none_if_free(ahead * mean / windows),
        none_if_free(others.len() as f64 * mean / all_windows),
        none_if_free(last),
        none_if_free(head),
        of_five,
    ];
    RIVALS.into_iter().zip(told).map(|(name, wait)| Guess::point(name, wait)).collect()
}

struct Look<'h> {
    hall: &'h Hall,
    setup: &'h Setup,
    now: Timestamp,
}

impl Look<'_> {
    fn open(&self) -> impl Iterator<Item = WindowId> {
        let ids = self.setup.windows().iter().map(|window| window.id);
        ids.filter(|id| self.hall.window(*id).is_some_and(|now| now.is_open()))
    }

    fn serves(&self, id: WindowId, ticket: &Ticket) -> bool {
        let of_list = self.hall.lists_of(id).is_some_and(|lists| lists.has(ticket.queue()));
        of_list && ticket.item.is_some_and(|item| self.may_handle(id, item))
    }

    fn may_handle(&self, id: WindowId, item: ItemId) -> bool {
        let staff = self.hall.window(id).and_then(|now| now.staff());
        let Some((staff, day)) = staff.and_then(|no| self.setup.person(no)).zip(self.hall.day())
        else {
            return true;
        };
        let queue = self.setup.item(item).map(|item| item.queue);
        queue.is_some_and(|queue| staff.may_handle(self.setup, day, queue, Some(item)))
    }
}

/// The mean of all services, in minutes.
fn mean_of_all(learned: &Learned, setup: &Setup) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for service in &learned.services {
        let (mean, variance) = learned.service(setup, service.queue, service.item);
        sum += (mean + variance / 2.0).exp() / 60_000.0 * service.count as f64;
        count += service.count as f64;
    }
    if count > 0.0 {
        return sum / count;
    }
    // Before anything was seen: what the profile says.
    let (sum, count) = setup.items().iter().fold((0.0, 0.0), |(sum, count), item| {
        let weight = f64::from(item.per_day);
        (sum + item.mean_service.0 as f64 / 60_000.0 * weight, count + weight)
    });
    sum / f64::max(count, 1.0)
}
