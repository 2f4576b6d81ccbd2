//! 转移 and 挂起: who was sent to one window, and who is away for a moment.

use super::Hall;
use crate::{
    ids::{ItemId, QueueId, TicketId, WindowId},
    refusal::Refusal,
    rules::{start, take_back},
    state::{held::HeldNow, press::LastPress, queue::Head, ticket::Ticket},
    time::{Millis, Timestamp},
};

impl Hall {
    /// 已挂起: everybody who is away for a moment, by ticket.
    pub fn held(&self) -> impl Iterator<Item = (TicketId, &HeldNow)> {
        self.state.held.iter()
    }

    /// Whom a window may call back: whom it holds itself, and of its queues those whose own window
    /// has no clerk any more; soonest limit first.
    #[must_use]
    pub fn held_for(&self, window: WindowId) -> alloc::vec::Vec<(&Ticket, &HeldNow)> {
        let all = self.held().filter_map(|(id, held)| Some((self.ticket(id)?, held)));
        let mut able: alloc::vec::Vec<_> =
            all.filter(|(ticket, held)| self.may_call_back(window, ticket, held)).collect();
        able.sort_by_key(|(ticket, held)| (held.until, ticket.id));
        able
    }

    pub(crate) fn may_call_back(&self, window: WindowId, ticket: &Ticket, held: &HeldNow) -> bool {
        let orphan = || self.window(held.window).is_none_or(|now| now.signed_on.is_none());
        let serves = || {
            let queue = ticket.queue();
            self.lists_of(window).is_some_and(|lists| lists.has(queue))
                && self.server_at(window).may_serve(ticket.class, queue, ticket.item)
        };
        held.window == window || (orphan() && serves())
    }

    /// Who waits for this window and no other.
    pub(crate) fn sent_to(&self, window: WindowId) -> impl Iterator<Item = Head> {
        let queues = self.state.queues.values();
        let ids = queues.flat_map(move |queue| queue.sent_to(window));
        ids.filter_map(|id| self.ticket(id)).map(|ticket| Head {
            place: (ticket.leg().place, ticket.id),
            class: ticket.class,
            returned: false,
        })
    }

    /// 核验证件: the class of the ticket asks for a paper that nobody has looked at yet. 转办 and the
    /// like follow from what happened before and ask for none.
    #[must_use]
    pub fn asks_for_proof(&self, ticket: &Ticket) -> bool {
        ticket.fits.is_none() && self.setup().rules().priority.verify.contains(&ticket.class)
    }

    /// How long a service should take: as the item says, or else the queue.
    pub(crate) fn standard_service(&self, item: Option<ItemId>, queue: QueueId) -> Option<Millis> {
        let of_item = item.and_then(|item| self.item_ever(item)).map(|item| item.mean_service);
        of_item.or_else(|| Some(self.setup().queue(queue)?.mean_service))
    }

    /// 撤回: the last press at a window, as long as it may be taken back, and until when.
    #[must_use]
    pub fn press_to_take_back(
        &self,
        window: WindowId,
        now: Timestamp,
    ) -> Option<(&LastPress, &Ticket, Timestamp)> {
        let last = take_back::last_press(self, now, window).ok()?;
        let within = Millis::from_secs(self.setup().rules().take_back_within_secs.into());
        Some((last, self.ticket(last.leg.ticket)?, last.at + within))
    }

    /// 自动开始: when the one called at a window is taken to have come.
    #[must_use]
    pub fn starts_by_itself(&self, window: WindowId) -> Option<Timestamp> {
        Some(start::by_itself(self, self.window(window)?)?.1)
    }

    /// True if the hall took the one at a window to have come, and nothing was made of it: nobody
    /// may be there.
    #[must_use]
    pub fn has_started_by_itself(&self, window: WindowId) -> bool {
        take_back::presumed_start(self, window).is_some()
    }

    /// A window to which somebody can be sent.
    pub(crate) fn reachable(&self, window: WindowId, ticket: &Ticket) -> Result<(), Refusal> {
        if !self.known_window(window)?.is_open() {
            return Err(Refusal::TargetClosed);
        }
        if ticket.leg().window == Some(window) { Err(Refusal::SameWindow) } else { Ok(()) }
    }
}
