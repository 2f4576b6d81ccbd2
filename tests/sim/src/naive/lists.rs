//! What a window serves now: its own lists, the tide, and what is lent.

use std::collections::BTreeSet;

use hall::{
    event::Fact,
    ids::{QueueId, WindowId},
};

use super::Naive;

/// What a window serves beside its own lists.
#[derive(Debug, Clone, Default)]
pub struct More {
    scheduled: Vec<QueueId>,
    by_hand: Vec<QueueId>,
    lent: BTreeSet<QueueId>,
}

impl Naive {
    /// A window's lists in force: who goes first, and who only when nobody of those waits.
    pub(super) fn lists(&self, id: WindowId) -> Option<(Vec<QueueId>, Vec<QueueId>)> {
        let window = self.setup.window(id)?;
        let more = self.windows.get(&id).map(|post| post.more.clone()).unwrap_or_default();
        let mut primary = window.primary.clone();
        primary.extend(more.scheduled.iter().chain(&more.by_hand));
        let lent = window.secondary.iter().chain(&more.lent);
        let secondary = lent.filter(|queue| !primary.contains(queue)).copied().collect();
        Some((primary, secondary))
    }

    /// A tide comes or goes, a queue is lent or given back.
    pub(super) fn lists_change(&mut self, fact: &Fact) {
        if let Fact::TideOpened { window, queues, until } = fact {
            let more = &mut self.post(*window).more;
            if until.is_some() {
                more.by_hand.clone_from(queues);
            } else {
                more.scheduled.clone_from(queues);
            }
        } else if let Fact::TideClosed { window, scheduled } = fact {
            let more = &mut self.post(*window).more;
            let closed = if *scheduled { &mut more.scheduled } else { &mut more.by_hand };
            closed.clear();
        } else if let Fact::Lent { queue, window, .. } = fact {
            self.post(*window).more.lent.insert(*queue);
        } else if let Fact::LendEnded { queue, window } = fact {
            self.post(*window).more.lent.remove(queue);
        }
    }
}
