//! 已挂起: who is away for a moment and comes back to be served.

use alloc::{collections::BTreeMap, sync::Arc};

use crate::{
    ids::{LegId, TicketId, WindowId},
    time::Timestamp,
};

/// A held ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldNow {
    /// Its leg.
    pub leg: LegId,
    /// The window that holds it.
    pub window: WindowId,
    /// Since when.
    pub since: Timestamp,
    /// Until when the person should be back.
    pub until: Timestamp,
}

/// Every held ticket. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held(Arc<BTreeMap<TicketId, HeldNow>>);

impl Held {
    pub fn iter(&self) -> impl Iterator<Item = (TicketId, &HeldNow)> {
        self.0.iter().map(|(id, held)| (*id, held))
    }

    pub fn get(&self, id: TicketId) -> Option<&HeldNow> {
        self.0.get(&id)
    }

    pub fn at(&self, window: WindowId) -> usize {
        self.0.values().filter(|held| held.window == window).count()
    }

    pub fn insert(&mut self, id: TicketId, held: HeldNow) {
        let new = Arc::make_mut(&mut self.0).insert(id, held).is_none();
        assert!(new, "ticket {} is held already", id.0);
    }

    pub fn remove(&mut self, id: TicketId) -> HeldNow {
        Arc::make_mut(&mut self.0).remove(&id).expect("an event speaks of tickets that are held")
    }
}
