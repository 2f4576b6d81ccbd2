//! 练习: people come to the windows at which somebody has signed on, and rate who served them.

use std::collections::BTreeSet;

use hall::{
    ids::{QueueId, WindowId},
    words::{PriorityClass, WindowState},
};
use rand::{Rng, seq::IndexedRandom};
use wire::board::Board;

use super::{Crowd, Do};

/// The windows are looked at so often, in seconds.
const LOOK_SECS: f64 = 3.0;

/// So many wait for a queue of a class at most.
const WAITING_MAX: u32 = 3;

/// One person in so many comes with a priority to be verified.
const PRIORITY_EVERY: u32 = 6;

/// What the class was doing at the last look.
#[derive(Debug, Default)]
pub struct Class {
    serving: BTreeSet<WindowId>,
}

impl Crowd {
    /// Lets one more come to every queue that a class works on, and rates what has just been finished.
    pub(super) fn look_around(&mut self) {
        self.after(LOOK_SECS, Do::LookAround);
        let Ok(board) = self.look() else { return };
        let serving: BTreeSet<WindowId> = at(&board, |state| state == WindowState::Serving);
        let open = at(&board, |state| match state {
            WindowState::Free | WindowState::Calling | WindowState::Serving => true,
            WindowState::Paused | WindowState::Closed | WindowState::Extended => false,
        });
        let was = self.class.replace(Class { serving: serving.clone() }).unwrap_or_default();
        for window in was.serving.difference(&serving).filter(|window| open.contains(window)) {
            let level = if self.luck.random_ratio(1, 8) { 4 } else { 5 };
            let secs = self.luck.random_range(3.0..8.0);
            self.after(secs, Do::Rate(*window, level));
        }
        if board.opening.issuing {
            self.wanted(&board, &open).into_iter().for_each(|queue| self.comes_to(queue));
        }
    }

    /// Queues for which fewer wait than a class can use.
    fn wanted(&self, board: &Board, open: &BTreeSet<WindowId>) -> Vec<QueueId> {
        let windows = open.iter().filter_map(|window| self.setup.window(*window));
        let served: BTreeSet<QueueId> =
            windows.flat_map(|window| window.primary.iter().copied()).collect();
        let short = board.queues.iter().filter(|line| line.waiting < WAITING_MAX);
        short.map(|line| line.id).filter(|queue| served.contains(queue)).collect()
    }

    fn comes_to(&mut self, queue: QueueId) {
        if !self.setup.queue(queue).is_some_and(|queue| queue.issued) {
            return;
        }
        let items: Vec<_> = self.setup.items().iter().filter(|item| item.queue == queue).collect();
        let Some(item) = items.choose(&mut self.luck).map(|item| item.id) else { return };
        let class = if self.luck.random_ratio(1, PRIORITY_EVERY) {
            PriorityClass::Vulnerable
        } else {
            PriorityClass::Ordinary
        };
        self.after(1.0, Do::Come { item, class });
    }
}

fn at(board: &Board, is: impl Fn(WindowState) -> bool) -> BTreeSet<WindowId> {
    board.windows.iter().filter(|line| is(line.state)).map(|line| line.id).collect()
}
