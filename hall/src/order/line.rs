//! Who of one queue can be called: the head of each class, and who came back when their turn came.

use crate::{
    ids::TicketId,
    state::{line::Place, queue::Head},
    words::PriorityClass,
};

/// A re-activated ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Returned {
    /// Its turn comes when the queue's calls of the day have reached this.
    pub after: u64,
    pub place: Place,
    pub class: PriorityClass,
}

/// Who stands in one queue.
pub(crate) trait Standing {
    /// People of one class, oldest first; re-activated tickets are not among them.
    fn in_line(&self, class: PriorityClass) -> impl Iterator<Item = Place>;

    /// Re-activated tickets, soonest first.
    fn returned(&self) -> impl Iterator<Item = Returned>;

    /// Calls of the day.
    fn called(&self) -> u64;

    /// Waits for one window only.
    fn is_sent(&self, ticket: TicketId) -> bool;

    /// Stands here only to be asked about, and is in nobody's way.
    fn is_asked(&self, _ticket: TicketId) -> bool {
        false
    }
}

/// Who could be called now among those who are able: the head of each class, and re-activated
/// tickets whose turn came, or the first of them if nobody else waits. Who was sent to one window
/// is not here.
pub(crate) fn heads_among<'q, S, F>(queue: &'q S, able: F) -> impl Iterator<Item = Head> + 'q
where
    S: Standing,
    F: Fn(&Head) -> bool + Copy + 'q,
{
    let able = move |head: &Head| !queue.is_sent(head.place.1) && able(head);
    let in_line = move || {
        PriorityClass::ALL.iter().filter_map(move |class| {
            let heads = queue.in_line(*class);
            heads.map(|place| Head { place, class: *class, returned: false }).find(able)
        })
    };
    let somebody = || {
        PriorityClass::ALL.iter().any(|class| {
            let mut heads = queue.in_line(*class).filter(|place| !queue.is_asked(place.1));
            heads.any(|place| able(&Head { place, class: *class, returned: false }))
        })
    };
    let nobody_else = queue.returned().next().is_some() && !somebody();
    let called = queue.called();
    let returned = queue
        .returned()
        .map(|each| (each.after, Head { place: each.place, class: each.class, returned: true }));
    let returned = returned.filter(move |(_, head)| able(head)).enumerate();
    let due = returned
        .take_while(move |(at, (after, _))| *after <= called || (nobody_else && *at == 0))
        .map(|(_, (_, head))| head);
    in_line().chain(due)
}
