//! 办理窗口: where people of a queue will be called, as slips, tiles and telephones say it.

use alloc::vec::Vec;

use super::Hall;
use crate::{
    ids::{QueueId, WindowId},
    setup::Window,
    words::{PriorityClass, WindowKind},
};

impl Hall {
    /// The windows to which somebody of a queue and class is told to go, in the order of the hall:
    /// those that serve it first. A temporary window, a tide and a lent queue count only while
    /// somebody is there, so that nobody walks to a closed window; if no window serves it first,
    /// those that help out.
    #[must_use]
    pub fn windows_to_go(&self, queue: QueueId, class: PriorityClass) -> Vec<WindowId> {
        let windows = || self.setup.windows().iter().filter(move |window| takes(window, class));
        let first = |window: &&Window| {
            let lists = self.lists_of(window.id);
            lists.is_some_and(|lists| lists.primary.contains(&queue))
                && (self.is_staffed(window.id) || stands(window, queue))
        };
        let helps = |window: &&Window| {
            let lists = self.lists_of(window.id);
            lists.is_some_and(|lists| lists.secondary.contains(&queue))
        };
        let ids = |found: Vec<&Window>| found.into_iter().map(|window| window.id).collect();
        let found: Vec<&Window> = windows().filter(first).collect();
        if found.is_empty() { ids(windows().filter(helps).collect()) } else { ids(found) }
    }

    fn is_staffed(&self, window: WindowId) -> bool {
        self.window(window).is_some_and(|now| now.signed_on.is_some())
    }
}

fn takes(window: &Window, class: PriorityClass) -> bool {
    window.only.is_none_or(|only| only == class)
}

/// True if the queue is the window's own every day.
fn stands(window: &Window, queue: QueueId) -> bool {
    window.kind != WindowKind::Temporary && window.primary.contains(&queue)
}
