//! The hall of record as the order sees it from one window.

use alloc::vec::Vec;

use super::{Floor, Turns};
use crate::{
    hall::{Hall, lists::Server},
    ids::{QueueId, WindowId},
    setup::Rules,
    state::{lists::Lists, queue::Head},
    words::QueueList,
};

/// A window of the hall of record.
pub(super) struct AtWindow<'h> {
    hall: &'h Hall,
    id: WindowId,
    lists: Lists<'h>,
    server: Server<'h>,
}

impl<'h> AtWindow<'h> {
    pub fn new(hall: &'h Hall, id: WindowId) -> Option<Self> {
        Some(Self { hall, id, lists: hall.lists_of(id)?, server: hall.server_at(id) })
    }

    /// People among whom the window chose.
    pub fn candidates(&self, list: QueueList) -> u32 {
        let waiting = self.queues(list).map(|queue| self.hall.waiting_at(self.server, queue));
        let sent = self.hall.sent_to(self.id).filter(|_| list != QueueList::Secondary);
        waiting.sum::<u32>() + sent.count() as u32
    }
}

impl Floor for AtWindow<'_> {
    type Queue = QueueId;

    fn rules(&self) -> &Rules {
        self.hall.setup().rules()
    }

    fn turns(&self) -> Turns {
        self.hall.window(self.id).map_or(Turns::default(), |window| window.turns)
    }

    fn queues(&self, list: QueueList) -> impl Iterator<Item = QueueId> {
        let (primary, secondary): (&[_], &[_]) = match list {
            QueueList::Primary => (self.lists.primary, &[]),
            QueueList::Secondary => (&[], self.lists.secondary),
            QueueList::Together | QueueList::Chosen => (self.lists.primary, self.lists.secondary),
        };
        primary.iter().chain(secondary).copied()
    }

    fn heads(&self, queue: QueueId, heads: &mut Vec<Head>) {
        heads.extend(self.hall.heads_for(self.server, queue));
    }

    fn sent(&self, heads: &mut Vec<Head>) {
        heads.extend(self.hall.sent_to(self.id));
    }
}
