//! 窗口屏 and 评价平板: how a window stands, who works there, whom it asks.

use hall::{
    ids::{DepartmentId, StaffNo, WindowId},
    setup::Window,
    views::board,
    words::{Reason, WindowState, post::PostRole},
};
use wire::plates::{ITEMS_MAX, Plate, Sign, TabletFace, WindowFace};

use super::View;

impl View<'_> {
    pub(super) fn window_screen(&self, id: WindowId) -> Option<WindowFace> {
        let (hall, window) = (self.hall, self.hall.setup().window(id)?);
        let state = hall.window_state(id, self.now);
        let seen = board::window(hall, window, self.now);
        let call = board::calls(hall)
            .into_iter()
            .find(|call| call.window == id && Some(call.no) == seen.no);
        let extends = hall.ticket_at(id).is_some_and(|ticket| ticket.leg().extended);
        Some(WindowFace {
            sign: self.sign(window),
            state,
            no: seen.no,
            call: call.map_or(0, |call| call.call),
            announcement: call.map_or(0, |call| call.announcement),
            extended: extends || state == WindowState::Extended,
            pause: seen.pause,
            waiting: seen.waiting,
            items: self.items(id),
            plate: seen.staff.map(|staff| self.plate(id, staff)),
            clock: self.clock.wire(),
        })
    }

    pub(super) fn tablet(&self, id: WindowId) -> Option<TabletFace> {
        let window = self.hall.setup().window(id)?;
        let ask = self.ask(id);
        // Whoever served is evaluated, also when somebody else sits there by now.
        let served = ask.and_then(|ask| self.hall.leg(ask.leg)?.staff);
        let staff = served.or_else(|| self.hall.window(id)?.staff());
        Some(TabletFace {
            sign: self.sign(window),
            ask,
            plate: staff.map(|staff| self.plate(id, staff)),
            reasons: Reason::ALL.iter().map(|reason| reason.as_str().to_owned()).collect(),
            clock: self.clock.wire(),
        })
    }

    fn sign(&self, window: &Window) -> Sign {
        let details = &self.profile.details;
        let queue = window.primary.first().and_then(|id| self.hall.setup().queue(*id));
        Sign {
            window: window.id,
            business: window.name.clone(),
            department: queue.and_then(|queue| self.department(queue.department)),
            complaint_phone: details.complaint_phone.clone(),
            guide_phone: details.guide_phone.clone(),
            supervision_phone: details.supervision_phone.clone(),
        }
    }

    fn department(&self, id: DepartmentId) -> Option<String> {
        let departments = &self.hall.setup().parts().departments;
        departments.iter().find(|each| each.id == id).map(|each| each.name.clone())
    }

    /// What the window's own queues do, the most usual first.
    fn items(&self, id: WindowId) -> Vec<String> {
        let Some(lists) = self.hall.lists_of(id) else { return Vec::new() };
        let of_window = |item: &&hall::setup::Item| lists.primary.contains(&item.queue);
        let mut items: Vec<_> = self.hall.setup().items().iter().filter(of_window).collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.per_day));
        items.into_iter().take(ITEMS_MAX).map(|item| item.name.clone()).collect()
    }

    fn plate(&self, window: WindowId, no: StaffNo) -> Plate {
        let post = self.profile.posts.iter().find(|post| post.no == no);
        let queue =
            self.hall.setup().window(window).and_then(|window| {
                window.primary.first().and_then(|id| self.hall.setup().queue(*id))
            });
        let own = post.and_then(|post| post.department);
        let department = own.or_else(|| queue.map(|queue| queue.department));
        Plate {
            no,
            name: post.map_or_else(String::new, |post| post.name.clone()),
            title: post.and_then(|post| post.title.clone()),
            department: department.and_then(|id| self.department(id)),
            chief: post.is_some_and(|post| post.chief),
            photo: self.profile.photos.get(&no).map(|photo| photo.mark.clone()),
            stands_in: self.stands_in(window, no),
        }
    }

    /// B角, and who was approved to work here without a post.
    fn stands_in(&self, window: WindowId, no: StaffNo) -> bool {
        let mut now = self.hall.stand_ins().filter(|each| each.until.is_none());
        match self.hall.setup().role_at(window, no) {
            Some(PostRole::Primary) => false,
            Some(PostRole::StandIn) => true,
            None => {
                now.any(|each| (each.window, each.staff) == (window, no))
                    || self.hall.change_in_force(window, no).is_some()
            }
        }
    }
}

#[cfg(test)]
mod tests;
