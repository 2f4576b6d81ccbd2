//! Who waited when: the most at once, and when somebody waited whom a window could call.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{day::Filling, figures::Peak, group::Group, half_hours};
use crate::{
    hall::Hall,
    ids::{QueueId, WindowId},
    state::ticket::Ticket,
    time::Timestamp,
    words::{PriorityClass, TicketState, indicator::Grouping},
};

type Time = (Timestamp, Timestamp);

/// A time in which somebody waited in a queue.
struct Wait {
    queue: QueueId,
    class: PriorityClass,
    /// Waits for one window only.
    sent: bool,
    time: Time,
}

/// Every time in which somebody waited: from coming into a queue to the first call, and once more
/// after a re-activation. A slip that did not come out waited for nobody.
fn waits(hall: &Hall, now: Timestamp) -> Vec<Wait> {
    let mut waits = Vec::new();
    for ticket in hall.tickets() {
        if matches!(ticket.state, TicketState::NotPrinted | TicketState::Reserved) {
            continue;
        }
        for (place, leg) in ticket.legs.iter().enumerate() {
            let mut add = |from, until| {
                if from < until {
                    let (queue, class, sent) = (leg.queue, ticket.class, leg.to.is_some());
                    waits.push(Wait { queue, class, sent, time: (from, until) });
                }
            };
            let end = end_of(ticket, now);
            add(leg.entered, leg.called_first.unwrap_or(end));
            let last = place + 1 == ticket.legs.len();
            if let Some(again) = ticket.reactivated.filter(|_| last) {
                add(again, leg.summoned.filter(|called| *called >= again).unwrap_or(end));
            }
        }
    }
    waits
}

fn end_of(ticket: &Ticket, now: Timestamp) -> Timestamp {
    ticket.ended.map_or(now, |ended| ended.min(now))
}

/// The most who waited at once, of the hall, its zones, departments and queues, and by half hour.
pub(super) fn note(filling: &mut Filling) {
    let groupings = [Grouping::Hall, Grouping::Zone, Grouping::Department, Grouping::Queue];
    if !groupings.into_iter().any(|grouping| filling.wants(grouping)) {
        return;
    }
    let mut turns: Vec<(Timestamp, i32, QueueId)> = Vec::new();
    for Wait { queue, time, .. } in waits(filling.hall, filling.now) {
        turns.extend([(time.0, 1, queue), (time.1, -1, queue)]);
    }
    // Who leaves at a moment makes room for who comes then.
    turns.sort_unstable();
    let places: BTreeMap<QueueId, Vec<Group>> = {
        let queues = filling.hall.setup().queues().iter();
        queues.map(|queue| (queue.id, filling.places(queue.id, None).collect())).collect()
    };
    let mut waiting: BTreeMap<Group, (i32, i32)> = BTreeMap::new();
    let (mut here, mut half_hour) = (0, None);
    for (at, turn, queue) in turns {
        for group in places.get(&queue).into_iter().flatten() {
            let (now, most) = waiting.entry(*group).or_default();
            *now += turn;
            *most = (*most).max(*now);
        }
        if filling.wants(Grouping::Hall) {
            let place = half_hours::place(filling.midnight, at);
            // Who waited when a half hour began waits in it too.
            for each in half_hour.map_or(place, |before: u8| before.saturating_add(1))..=place {
                note_half_hour(filling, each, here);
            }
            here += turn;
            note_half_hour(filling, place, here);
            half_hour = Some(place);
        }
    }
    for (group, (_, most)) in waiting {
        filling.note([group], |figures| figures.waiting_most = Peak(most.unsigned_abs()));
    }
}

fn note_half_hour(filling: &mut Filling, place: u8, waiting: i32) {
    if waiting > 0 {
        let most = &mut filling.sums.half_hours.entry(place).or_default().waiting_most;
        *most = (*most).max(waiting.unsigned_abs());
    }
}

/// When somebody waited whom a window could call, by the lists of its profile: what a tide, a loan or
/// an authorisation changed for an hour is not told apart.
pub(super) struct ByWindow<'a> {
    hall: &'a Hall,
    waits: Vec<Wait>,
    known: BTreeMap<WindowId, Vec<Time>>,
}

impl<'a> ByWindow<'a> {
    pub fn new(hall: &'a Hall, now: Timestamp) -> Self {
        let mut waits = waits(hall, now);
        waits.retain(|wait| !wait.sent);
        waits.sort_unstable_by_key(|wait| wait.time);
        Self { hall, waits, known: BTreeMap::new() }
    }

    /// Times that neither overlap nor touch, in their order.
    pub fn of(&mut self, id: WindowId) -> &[Time] {
        let (hall, waits) = (self.hall, &self.waits);
        self.known.entry(id).or_insert_with(|| {
            let Some(window) = hall.setup().window(id) else { return Vec::new() };
            let able = |wait: &&Wait| {
                window.serves(wait.queue) && window.only.is_none_or(|only| only == wait.class)
            };
            joined(waits.iter().filter(able).map(|wait| wait.time))
        })
    }
}

/// Times that go up by their begin, without overlaps.
fn joined(times: impl Iterator<Item = Time>) -> Vec<Time> {
    let mut all: Vec<Time> = Vec::new();
    for (from, until) in times {
        match all.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            Some(_) | None => all.push((from, until)),
        }
    }
    all
}
