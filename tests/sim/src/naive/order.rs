//! Whom the naive hall calls: it looks through everybody each time.

use hall::{
    ids::{QueueId, TicketId, WindowId},
    time::{Millis, Timestamp},
    words::PriorityClass,
};

use super::{Naive, Stand};

impl Naive {
    /// Whom a window calls now: of its primary queues, or else of its secondary ones.
    pub(super) fn pick(&self, window: WindowId, now: Timestamp) -> Option<TicketId> {
        let (primary, secondary) = self.lists(window)?;
        let first = self.pick_of(window, &primary, &self.sent_to(window), now);
        first.or_else(|| self.pick_of(window, &secondary, &[], now))
    }

    /// Of some queues, and of those who were sent to the window, whatever their queue.
    fn pick_of(
        &self,
        window: WindowId,
        queues: &[QueueId],
        sent: &[TicketId],
        now: Timestamp,
    ) -> Option<TicketId> {
        let able = queues.iter().flat_map(|queue| self.able(*queue));
        let able: Vec<TicketId> = able.chain(sent.iter().copied()).collect();
        let first = able.iter().copied().min_by_key(|id| (self.rank(*id, now), self.place(*id)))?;
        let rules = self.setup.rules();
        let in_a_row = self.windows.get(&window).map_or(0, |post| post.in_a_row);
        let special = self.people[&first].class == PriorityClass::Special;
        if rules.guard && in_a_row >= u32::from(rules.guard_after_calls) && !special {
            let ordinary = able.iter().copied();
            let ordinary = ordinary.filter(|id| self.people[id].class == PriorityClass::Ordinary);
            return ordinary.min_by_key(|id| self.place(*id)).or(Some(first));
        }
        Some(first)
    }

    /// Who of a queue may be called: everybody who waits, but whoever came back only behind so
    /// many others, or when nobody else is left.
    fn able(&self, queue: QueueId) -> Vec<TicketId> {
        let waits = self.people.iter().filter(|(_, person)| person.queue == queue);
        let waits = waits.filter(|(_, person)| person.to.is_none());
        let waits: Vec<_> = waits.filter(|(_, person)| person.stand == Stand::Waits).collect();
        let nobody_else = waits.iter().all(|(_, person)| person.after.is_some());
        let returned = waits.iter().filter(|(_, person)| person.after.is_some());
        let soonest = returned.min_by_key(|(id, person)| (person.after, person.entered, **id));
        let soonest = soonest.map(|(id, _)| **id);
        let calls = self.calls.get(&queue).copied().unwrap_or(0);
        let able = waits.iter().filter(|(id, person)| {
            person
                .after
                .is_none_or(|after| after <= calls || (nobody_else && soonest == Some(**id)))
        });
        able.map(|(id, _)| **id).collect()
    }

    fn rank(&self, id: TicketId, now: Timestamp) -> PriorityClass {
        let (person, rules) = (&self.people[&id], self.setup.rules());
        let limit = Millis::from_minutes(rules.promote_after_minutes.into());
        let old = now.since(person.entered) > limit;
        if rules.guard && old && person.class == PriorityClass::Ordinary {
            PriorityClass::Vulnerable
        } else if person.class == PriorityClass::Booked && person.entered > now {
            // Before its slot a booking is nobody's better.
            PriorityClass::Ordinary
        } else {
            person.class
        }
    }

    fn place(&self, id: TicketId) -> (Timestamp, TicketId) {
        (self.people[&id].entered, id)
    }
}
