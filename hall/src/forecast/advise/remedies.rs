//! What may be done for a queue: a bounded list, made of the profile and of how the hall stands.

use alloc::vec::Vec;

use super::{Remedy, Scene};
use crate::{
    ids::{QueueId, StaffNo},
    limits::TIDE_MINUTES_MAX,
    setup::Window,
    time::Millis,
    words::{WindowKind, post::PostRole},
};

/// How long a tide is opened for.
const TIDES: [u16; 3] = [30, 60, 120];

/// How long a queue goes to another window, or gets no numbers.
const FOR_AN_HOUR: u16 = 60;

/// How much later a break may begin.
const LATER: [u16; 2] = [30, 60];

/// Windows of each kind of remedy that are tried.
const WINDOWS: usize = 6;

/// Breaks that begin later than this from now are left as they are.
const SOON: Millis = Millis::from_minutes(120);

impl Scene<'_> {
    /// What may be done for a queue, some thirty at most.
    #[must_use]
    pub fn remedies(&self, queue: QueueId) -> Vec<Remedy> {
        let mut remedies = Vec::new();
        if self.hall.setup().queue(queue).is_some() {
            self.tides(queue, &mut remedies);
            self.loans(queue, &mut remedies);
            self.stand_ins(queue, &mut remedies);
            self.breaks(queue, &mut remedies);
            self.stops(queue, &mut remedies);
        }
        remedies
    }

    fn tides(&self, queue: QueueId, remedies: &mut Vec<Remedy>) {
        let windows = self.hall.setup().windows().iter();
        let temporary = windows.filter(|window| window.kind == WindowKind::Temporary);
        for window in temporary.filter(|it| !self.serves(it, queue)).take(WINDOWS) {
            let now = self.hall.window(window.id);
            if now.is_some_and(|now| now.paused.is_some()) {
                continue;
            }
            let clerk = match now.and_then(|now| now.staff()) {
                Some(_) => None,
                None => match self.free_clerk(window, &[PostRole::Primary, PostRole::StandIn]) {
                    Some(staff) => Some(staff),
                    None => continue,
                },
            };
            // A tide opened by hand before is replaced: its queues go on.
            let before = now.and_then(|now| now.extra.as_deref()?.by_hand.as_ref());
            let mut queues = before.map_or_else(Vec::new, |(queues, _)| queues.clone());
            queues.push(queue);
            let tide = |minutes| Remedy::OpenTide {
                window: window.id,
                queues: queues.clone(),
                minutes,
                clerk,
            };
            remedies.extend(TIDES.iter().filter(|it| **it <= TIDE_MINUTES_MAX).map(|it| tide(*it)));
        }
    }

    /// Windows of the same department, and those that serve everybody: whoever has least before
    /// them first.
    fn loans(&self, queue: QueueId, remedies: &mut Vec<Remedy>) {
        let setup = self.hall.setup();
        let department = setup.queue(queue).map(|queue| queue.department);
        let of_same = |window: &Window| {
            let queues = window.primary.iter().filter_map(|id| setup.queue(*id));
            queues.into_iter().any(|each| Some(each.department) == department)
        };
        let may = |window: &&Window| {
            let open = self.hall.window(window.id).is_some_and(|now| now.is_open());
            let kind = window.kind == WindowKind::Integrated || of_same(window);
            let is_for_all = window.only.is_none() && window.kind != WindowKind::Temporary;
            let able = self.hall.server_at(window.id).may_handle(queue, None);
            open && kind && is_for_all && able && !self.serves(window, queue)
        };
        let mut windows: Vec<&Window> = setup.windows().iter().filter(may).collect();
        windows.sort_by_key(|window| self.before(window));
        let lend =
            |window: &Window| Remedy::Lend { queue, window: window.id, minutes: FOR_AN_HOUR };
        remedies.extend(windows.into_iter().take(WINDOWS).map(lend));
    }

    /// How much waits before a window's own queues, for each window that serves them.
    fn before(&self, window: &Window) -> u64 {
        let of = |queue: &QueueId| {
            let Some(now) = self.hall.queue(*queue) else { return 0 };
            let mean = self.hall.setup().queue(*queue).map_or(0, |queue| queue.mean_service.0);
            let posts = self.hall.posts_serving(*queue);
            let open = posts.filter(|(_, now)| now.is_some_and(|now| now.is_open())).count();
            u64::from(now.waiting()) * mean / open.max(1) as u64
        };
        window.primary.iter().map(of).sum()
    }

    /// Windows of the queue that pause, or where nobody has come.
    fn stand_ins(&self, queue: QueueId, remedies: &mut Vec<Remedy>) {
        let without = |window: &&Window| {
            let now = self.hall.window(window.id);
            now.is_none_or(|now| now.staff().is_none() || now.paused.is_some())
        };
        let windows = self.hall.setup().windows_serving(queue).filter(without);
        let stand_in = |window: &Window| {
            let staff = self.free_clerk(window, &[PostRole::StandIn])?;
            Some(Remedy::StandIn { window: window.id, staff })
        };
        remedies.extend(windows.filter_map(stand_in).take(WINDOWS));
    }

    /// Somebody with one of these roles at a window who is at no window now.
    fn free_clerk(&self, window: &Window, roles: &[PostRole]) -> Option<StaffNo> {
        let day = self.hall.day()?;
        let mut staff = self.hall.setup().staff().iter();
        let free = staff.find(|staff| {
            let role = staff.role_at(window.id);
            let fits = role.is_some_and(|role| roles.contains(&role));
            fits && staff.may_work(day) && !self.hall.state.staff.contains_key(&staff.no)
        });
        free.map(|staff| staff.no)
    }

    fn breaks(&self, queue: QueueId, remedies: &mut Vec<Remedy>) {
        let soon = self.now + SOON;
        let planned = self.outlook.shut.iter().filter(|shut| {
            let serves =
                self.hall.setup().window(shut.window).is_some_and(|it| self.serves(it, queue));
            serves && self.now < shut.from && shut.from <= soon
        });
        for shut in planned.take(WINDOWS) {
            let later =
                |minutes: u16| Remedy::ShiftBreak { window: shut.window, from: shut.from, minutes };
            remedies.extend(LATER.map(later));
        }
    }

    fn stops(&self, queue: QueueId, remedies: &mut Vec<Remedy>) {
        let issued = self.hall.setup().queue(queue).filter(|queue| queue.issued);
        let gives = issued.is_some_and(|queue| self.hall.may_issue(queue, self.now).is_ok());
        if gives {
            remedies.push(Remedy::StopIssue { queue, minutes: FOR_AN_HOUR, more: 0 });
        }
    }

    fn serves(&self, window: &Window, queue: QueueId) -> bool {
        self.hall.lists_of(window.id).is_some_and(|lists| lists.has(queue))
    }
}
