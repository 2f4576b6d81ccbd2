//! What a window serves now: its lists in force, less what its clerk or its kind may not handle.

use alloc::vec::Vec;

use super::Hall;
use crate::{
    ids::{ItemId, QueueId, WindowId},
    setup::{Item, Setup, Window, staff::Staff},
    state::{
        lists::{Extra, Lists},
        queue::Head,
        window::WindowNow,
    },
    time::Day,
    words::PriorityClass,
};

/// Whom a window may serve: everybody of its lists, unless it serves one class only or its clerk is
/// authorised for some items only.
#[derive(Clone, Copy)]
pub(crate) struct Server<'a> {
    setup: &'a Setup,
    only: Option<PriorityClass>,
    /// The clerk, if there are items that this clerk may not handle.
    clerk: Option<(&'a Staff, Day)>,
}

impl Server<'_> {
    /// True if nobody of the window's lists is left out.
    pub fn serves_all(self) -> bool {
        self.only.is_none() && self.clerk.is_none()
    }

    /// True if nothing of a queue is left out for want of an authorisation.
    pub fn handles_all_of(self, queue: QueueId) -> bool {
        self.clerk.is_none_or(|(clerk, day)| clerk.handles_all_of(day, queue))
    }

    pub fn may_serve(self, class: PriorityClass, queue: QueueId, item: Option<ItemId>) -> bool {
        self.only.is_none_or(|only| only == class) && self.may_handle(queue, item)
    }

    pub fn may_handle(self, queue: QueueId, item: Option<ItemId>) -> bool {
        self.clerk.is_none_or(|(clerk, day)| clerk.may_handle(self.setup, day, queue, item))
    }
}

/// A window of the profile and how it stands; nothing ever happened at one that stands nohow.
pub(crate) type Post<'a> = (&'a Window, Option<&'a WindowNow>);

/// The lists in force at a window that stands so.
pub(crate) fn lists_at<'a>(window: &'a Window, now: Option<&'a WindowNow>) -> Lists<'a> {
    let extra = now.and_then(|now| now.extra.as_deref());
    let own = || Lists { primary: &window.primary, secondary: &window.secondary };
    extra.map_or_else(own, Extra::lists)
}

impl Hall {
    /// The lists of a window in force now: the profile's, with the tide and what is lent.
    #[must_use]
    pub fn lists_of(&self, id: WindowId) -> Option<Lists<'_>> {
        let window = self.setup.window(id)?;
        Some(lists_at(window, self.state.windows.get(&id)))
    }

    /// Windows at which the calendar's tide is open, and the queues that it brought, in their order.
    pub fn scheduled_tides(&self) -> impl Iterator<Item = (WindowId, &[QueueId])> {
        let tides = self.state.windows.iter().filter_map(|(id, now)| {
            let extra = now.extra.as_ref()?;
            Some((*id, extra.scheduled.as_slice()))
        });
        tides.filter(|(_, queues)| !queues.is_empty())
    }

    /// Windows that may serve a queue now: those of the profile, primary ones first, then those to
    /// which it came for a time.
    pub fn windows_serving(&self, queue: QueueId) -> impl Iterator<Item = &Window> {
        self.posts_serving(queue).map(|(window, _)| window)
    }

    /// The same with how each stands, if anything ever happened there.
    pub(crate) fn posts_serving(&self, queue: QueueId) -> impl Iterator<Item = Post<'_>> {
        let more = self.state.windows.iter().filter(move |(_, now)| {
            now.extra.as_ref().is_some_and(|extra| extra.lists().has(queue))
        });
        let more = more.filter_map(|(id, now)| Some((self.setup.window(*id)?, Some(now))));
        let more = more.filter(move |(window, _)| !window.serves(queue));
        self.setup.windows_serving(queue).map(|window| self.post(window)).chain(more)
    }

    pub(crate) fn post<'a>(&'a self, window: &'a Window) -> Post<'a> {
        (window, self.state.windows.get(&window.id))
    }

    /// 可办事项: the items in force of the window's queues that its clerk may handle, those of one
    /// queue first.
    #[must_use]
    pub fn items_to_handle(&self, id: WindowId, first: QueueId) -> Vec<&Item> {
        let server = self.server_at(id);
        let mut queues = Vec::from([first]);
        queues.extend(self.lists_of(id).into_iter().flat_map(Lists::queues));
        let place = |item: &Item| queues.iter().position(|queue| *queue == item.queue);
        let may = |item: &&Item| server.may_handle(item.queue, Some(item.id));
        let mut items: Vec<&Item> =
            self.items().filter(|item| place(item).is_some()).filter(may).collect();
        items.sort_by_key(|item| place(item));
        items
    }

    pub(crate) fn server_at(&self, id: WindowId) -> Server<'_> {
        self.server(self.setup.window(id), self.state.windows.get(&id))
    }

    pub(crate) fn server(&self, window: Option<&Window>, now: Option<&WindowNow>) -> Server<'_> {
        let staff = now.filter(|_| self.setup.has_grants()).and_then(WindowNow::staff);
        let clerk = staff.and_then(|no| self.setup.person(no));
        let clerk = clerk.filter(|clerk| !clerk.grants.is_empty()).zip(self.state.day);
        Server { setup: &self.setup, only: window.and_then(|window| window.only), clerk }
    }

    /// Who of a queue could be called at a window now.
    pub(crate) fn heads_for<'a>(
        &'a self,
        server: Server<'a>,
        queue: QueueId,
    ) -> impl Iterator<Item = Head> + 'a {
        let able = move |head: &Head| {
            let item = || self.ticket(head.place.1).and_then(|ticket| ticket.item);
            server.serves_all() || server.may_serve(head.class, queue, item())
        };
        self.queue(queue).into_iter().flat_map(move |now| now.heads_among(able))
    }

    /// People of a queue whom a window may serve; everybody, for most windows. Who was sent to one
    /// window is not counted.
    #[must_use]
    pub fn waiting_for(&self, window: WindowId, queue: QueueId) -> u32 {
        self.waiting_at(self.server_at(window), queue)
    }

    pub(crate) fn waiting_at(&self, server: Server<'_>, queue: QueueId) -> u32 {
        let Some(now) = self.queue(queue) else { return 0 };
        if server.serves_all() {
            return now.waiting() - now.sent().count() as u32;
        }
        let tickets = now.everybody().filter_map(|id| self.ticket(id));
        let tickets = tickets.filter(|each| each.leg().to.is_none());
        tickets.filter(|each| server.may_serve(each.class, queue, each.item)).count() as u32
    }

    /// True if a window would serve somebody of a queue now: the queue is on its lists in force, and
    /// its clerk, if there is one, may handle something of it.
    #[must_use]
    pub fn serves_now(&self, window: WindowId, queue: QueueId) -> bool {
        let window = self.setup.window(window);
        window.is_some_and(|window| self.serves_at(self.post(window), queue))
    }

    pub(crate) fn serves_at(&self, (window, now): Post<'_>, queue: QueueId) -> bool {
        lists_at(window, now).has(queue) && self.server(Some(window), now).may_handle(queue, None)
    }
}
