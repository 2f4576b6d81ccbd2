//! 办理窗口: where people of a queue will be called, as slips, tiles and telephones say it.

use alloc::vec::Vec;

use super::{
    Hall,
    lists::{Post, lists_at},
};
use crate::{
    ids::{QueueId, WindowId},
    setup::Window,
    state::lists::Lists,
    words::{PriorityClass, WindowKind},
};

impl Hall {
    /// The windows to which somebody of a queue and class is told to go, in the order of the hall:
    /// those that serve it first. A temporary window, a tide and a lent queue count only while
    /// somebody is there, so that nobody walks to a closed window; if no window serves it first,
    /// those that help out.
    #[must_use]
    pub fn windows_to_go(&self, queue: QueueId, class: PriorityClass) -> Vec<WindowId> {
        let windows = self.setup.windows().iter().filter(move |window| takes(window, class));
        let posts: Vec<Post> = windows.map(|window| self.post(window)).collect();
        let first = |post: &&Post| {
            lists_of(post).primary.contains(&queue) && (is_staffed(post) || stands(post.0, queue))
        };
        let helps = |post: &&Post| lists_of(post).secondary.contains(&queue);
        let ids = |found: Vec<&Post>| found.into_iter().map(|(window, _)| window.id).collect();
        let found: Vec<&Post> = posts.iter().filter(first).collect();
        if found.is_empty() { ids(posts.iter().filter(helps).collect()) } else { ids(found) }
    }
}

fn lists_of<'a>((window, now): &Post<'a>) -> Lists<'a> {
    lists_at(window, *now)
}

fn is_staffed((_, now): &Post) -> bool {
    now.is_some_and(|now| now.signed_on.is_some())
}

fn takes(window: &Window, class: PriorityClass) -> bool {
    window.only.is_none_or(|only| only == class)
}

/// True if the queue is the window's own every day.
fn stands(window: &Window, queue: QueueId) -> bool {
    window.kind != WindowKind::Temporary && window.primary.contains(&queue)
}
