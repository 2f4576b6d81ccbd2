//! 日巡查 of the day.

use alloc::{sync::Arc, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{event::inspected::Inspected, time::Timestamp, words::Actor};

/// 日巡查: one, with when and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionDone {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What was found.
    pub found: Inspected,
}

/// Those of the day, in their order. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Inspections(Arc<Vec<InspectionDone>>);

impl Inspections {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn all(&self) -> &[InspectionDone] {
        &self.0
    }

    pub fn add(&mut self, done: InspectionDone) {
        Arc::make_mut(&mut self.0).push(done);
    }
}
