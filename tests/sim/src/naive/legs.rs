//! 转移 and 挂起 as the naive hall follows them.

use hall::{
    ids::{LegId, QueueId, TicketId, WindowId},
    words::{PriorityClass, legs::Via},
};

use super::{Naive, Stand, Wrong, must};

impl Naive {
    /// Who goes on to another queue or window.
    pub(super) fn sent_on(
        &mut self,
        (leg, window): (LegId, WindowId),
        via: Via,
        (queue, to): (QueueId, Option<WindowId>),
        class: PriorityClass,
    ) -> Result<(), Wrong> {
        if let Some(to) = to {
            let post = self.windows.get(&to).cloned().unwrap_or_default();
            must(post.staff.is_some() && !post.paused, "sent to a closed window")?;
            must(to != window, "sent to where it is")?;
        }
        let person = self.person(leg.ticket)?;
        if via == Via::NextLeg {
            must(!person.stops.is_empty(), "it has no leg to come")?;
            must(person.stops.remove(0) == queue, "another leg was to come")?;
        }
        let done = person.stand == Stand::Done;
        must(done || person.stand == Stand::Served(window), "it is not served there")?;
        must(class == person.class.min(PriorityClass::Transferred), "a worse class")?;
        (person.class, person.queue, person.to) = (class, queue, to);
        (person.stand, person.after) = (Stand::Waits, None);
        person.legs_before += u32::from(person.called);
        (person.called, person.waited) = (false, true);
        person.transfers += u32::from(via == Via::Transferred);
        person.to_cashier += u32::from(via == Via::Cashier);
        if !done {
            self.post(window).at_it = None;
        }
        Ok(())
    }

    /// Who goes on at the same window with the next matter: nobody is passed over.
    pub(super) fn stays(&mut self, ticket: TicketId, window: WindowId) -> Result<(), Wrong> {
        let (primary, secondary) = self.lists(window).unwrap_or_default();
        let person = self.person(ticket)?;
        must(person.stand == Stand::Waits, "it does not wait")?;
        let queue = person.queue;
        must(primary.contains(&queue) || secondary.contains(&queue), "not served here")?;
        (person.stand, person.called) = (Stand::Called(window), true);
        *self.calls.entry(queue).or_default() += 1;
        let post = self.post(window);
        must(post.at_it.is_none(), "somebody stands there")?;
        post.at_it = Some(ticket);
        Ok(())
    }

    /// 已核验 or 不符合: who does not fit waits as if it had not been called.
    pub(super) fn verified(
        &mut self,
        leg: LegId,
        window: WindowId,
        (class, waits): (PriorityClass, bool),
    ) -> Result<(), Wrong> {
        let person = self.person(leg.ticket)?;
        let here = matches!(person.stand, Stand::Called(at) | Stand::Served(at) if at == window);
        must(here, "it is not at that window")?;
        must(class >= person.class, "a better class")?;
        person.class = class;
        if waits {
            (person.stand, person.called) = (Stand::Waits, false);
            self.post(window).at_it = None;
        }
        Ok(())
    }

    pub(super) fn released(&mut self, ticket: TicketId, window: WindowId) -> Result<(), Wrong> {
        let person = self.person(ticket)?;
        must(person.to.take() == Some(window), "it was sent elsewhere")
    }

    /// Who goes away for a moment.
    pub(super) fn held(&mut self, leg: LegId, window: WindowId) -> Result<(), Wrong> {
        let person = self.stands(leg, Stand::Served(window))?;
        (person.stand, person.holds) = (Stand::Held, person.holds + 1);
        self.post(window).at_it = None;
        Ok(())
    }

    pub(super) fn called_back(&mut self, leg: LegId, window: WindowId) -> Result<(), Wrong> {
        let post = self.post(window);
        must(post.staff.is_some() && !post.paused, "the window is not open")?;
        must(post.at_it.is_none(), "somebody stands there")?;
        post.at_it = Some(leg.ticket);
        self.announcements += 1;
        self.stands(leg, Stand::Held)?.stand = Stand::Served(window);
        Ok(())
    }

    /// Who waits for this window and no other.
    pub(super) fn sent_to(&self, window: WindowId) -> Vec<TicketId> {
        let sent = self.people.iter().filter(|(_, person)| person.to == Some(window));
        sent.filter(|(_, person)| person.stand == Stand::Waits).map(|(id, _)| *id).collect()
    }
}
