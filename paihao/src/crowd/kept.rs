//! The visitor's window: a few people wait for it whenever somebody sits down there, and they never
//! become more than one person can serve.

use std::collections::BTreeSet;

use hall::{
    ids::{QueueId, WindowId},
    setup::Setup,
};
use wire::board::Board;

/// So many wait for the visitor's window at most, each queue.
const WAITING_MAX: u32 = 6;

/// The queues that the visitor's window serves first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    queues: BTreeSet<QueueId>,
}

impl Kept {
    /// Of this window.
    pub fn of(setup: &Setup, mine: WindowId) -> Self {
        let window = setup.window(mine);
        Self {
            queues: window
                .map(|window| window.primary.iter().copied().collect())
                .unwrap_or_default(),
        }
    }

    /// The queue is one of them.
    pub fn holds(&self, queue: QueueId) -> bool {
        self.queues.contains(&queue)
    }

    /// One more may come, as the hall stands.
    pub fn lets_in(&self, board: &Board) -> bool {
        let mut queues = board.queues.iter().filter(|line| self.holds(line.id));
        queues.all(|line| line.waiting < WAITING_MAX)
    }
}

#[cfg(test)]
mod tests;
