//! 潮汐 and 借用: which queues a window serves now beside those of its profile.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::{ids::QueueId, setup::Window, time::Timestamp};

/// What a window serves beside its profile's lists; the lists in force are kept ready, because they
/// are asked for at every call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extra {
    /// 潮汐 by the calendar: served like the primary list, until the calendar closes it.
    pub scheduled: Vec<QueueId>,
    /// 潮汐 by hand: the same, until then.
    pub by_hand: Option<(Vec<QueueId>, Timestamp)>,
    /// 借用: served like the secondary list, until then or until it is ended.
    pub lent: BTreeMap<QueueId, Option<Timestamp>>,
    primary: Vec<QueueId>,
    secondary: Vec<QueueId>,
}

/// The lists of a window as they are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lists<'a> {
    /// Served first.
    pub primary: &'a [QueueId],
    /// Served when nobody of the primary list waits.
    pub secondary: &'a [QueueId],
}

impl<'a> Lists<'a> {
    /// Every queue, primary first.
    pub fn queues(self) -> impl Iterator<Item = QueueId> + 'a {
        self.primary.iter().chain(self.secondary).copied()
    }

    /// True if the queue is on one of the lists.
    #[must_use]
    pub fn has(self, queue: QueueId) -> bool {
        self.primary.contains(&queue) || self.secondary.contains(&queue)
    }
}

impl Extra {
    /// The lists in force.
    #[must_use]
    pub fn lists(&self) -> Lists<'_> {
        Lists { primary: &self.primary, secondary: &self.secondary }
    }

    /// True if nothing is left beside the profile.
    pub(crate) fn is_nothing(&self) -> bool {
        self.scheduled.is_empty() && self.by_hand.is_none() && self.lent.is_empty()
    }

    /// Makes the lists in force anew.
    pub(crate) fn settle(&mut self, window: &Window) {
        self.primary.clone_from(&window.primary);
        let by_hand = self.by_hand.iter().flat_map(|(queues, _)| queues);
        for queue in self.scheduled.iter().chain(by_hand) {
            if !self.primary.contains(queue) {
                self.primary.push(*queue);
            }
        }
        self.secondary.clear();
        for queue in window.secondary.iter().chain(self.lent.keys()) {
            if !self.primary.contains(queue) && !self.secondary.contains(queue) {
                self.secondary.push(*queue);
            }
        }
    }

    /// The queues that came to the window for a time.
    pub(crate) fn queues(&self) -> impl Iterator<Item = QueueId> {
        let by_hand = self.by_hand.iter().flat_map(|(queues, _)| queues);
        self.scheduled.iter().chain(by_hand).chain(self.lent.keys()).copied()
    }

    /// When something of it ends by itself.
    pub(crate) fn ends(&self) -> Option<Timestamp> {
        let by_hand = self.by_hand.iter().map(|(_, until)| *until);
        by_hand.chain(self.lent.values().flatten().copied()).min()
    }
}
