//! 诉求: what must be answered by a day, today's and those of days before.

use alloc::{collections::BTreeMap, string::String, sync::Arc, vec::Vec};

use crate::{
    event::{
        matter::{Matter, MatterClosed},
        people::Carried,
    },
    ids::{LegId, MatterId, StaffNo},
    limits::MATTERS_MAX,
    time::Timestamp,
    words::matter::MatterOutcome,
};

/// 诉求 closed since the day began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedMatter {
    /// What it was.
    pub matter: Matter,
    /// When it was closed.
    pub at: Timestamp,
    /// By whom, if it was somebody of the hall.
    pub by: Option<StaffNo>,
    /// What came of it.
    pub outcome: MatterOutcome,
    /// In words.
    pub note: String,
}

/// What is open, and what was closed since the day began. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Matters(Arc<Inner>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inner {
    /// How many were opened since the beginning.
    opened: u32,
    open: BTreeMap<MatterId, Matter>,
    closed: Vec<ClosedMatter>,
}

impl Matters {
    /// What a day begins with.
    pub fn of(carried: &Carried) -> Self {
        let open = carried.matters.iter().map(|matter| (matter.id, matter.clone())).collect();
        Self(Arc::new(Inner { opened: carried.matters_opened, open, closed: Vec::new() }))
    }

    pub fn opened(&self) -> u32 {
        self.0.opened
    }

    pub fn next_id(&self) -> MatterId {
        MatterId(self.0.opened.saturating_add(1))
    }

    pub fn has_room(&self) -> bool {
        self.0.open.len() < MATTERS_MAX
    }

    pub fn get(&self, id: MatterId) -> Option<&Matter> {
        self.0.open.get(&id)
    }

    /// By number: the oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Matter> {
        self.0.open.values()
    }

    pub fn closed(&self) -> &[ClosedMatter] {
        &self.0.closed
    }

    pub fn of_leg(&self, leg: LegId) -> Option<&Matter> {
        let closed = self.0.closed.iter().map(|closed| &closed.matter);
        self.0.open.values().chain(closed).find(|matter| matter.leg == Some(leg))
    }

    pub fn add(&mut self, matter: Matter) {
        let inner = Arc::make_mut(&mut self.0);
        inner.opened = inner.opened.max(matter.id.0);
        inner.open.insert(matter.id, matter);
    }

    /// Somebody has seen the alert of a leg.
    pub fn see(&mut self, leg: LegId) {
        let unseen = |matter: &Matter| matter.leg == Some(leg) && !matter.seen;
        let Some(id) = self.open().find(|matter| unseen(matter)).map(|matter| matter.id) else {
            return;
        };
        if let Some(matter) = Arc::make_mut(&mut self.0).open.get_mut(&id) {
            matter.seen = true;
        }
    }

    pub fn close(&mut self, at: Timestamp, by: Option<StaffNo>, said: &MatterClosed) {
        let inner = Arc::make_mut(&mut self.0);
        let matter = inner.open.remove(&said.matter).expect("an event speaks of what is open");
        let (outcome, note) = (said.outcome, said.note.clone());
        if inner.closed.len() >= MATTERS_MAX {
            inner.closed.remove(0);
        }
        inner.closed.push(ClosedMatter { matter, at, by, outcome, note });
    }
}
