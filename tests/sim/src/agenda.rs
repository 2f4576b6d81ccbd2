//! What happens next: everything due, by its moment, and at the same moment in the order it was
//! planned.

use std::{collections::BTreeMap, time::Duration};

/// The agenda. Moments are spans since the world began.
#[derive(Debug)]
pub struct Agenda<D> {
    due: BTreeMap<(Duration, u64), D>,
    planned: u64,
}

impl<D> Default for Agenda<D> {
    fn default() -> Self {
        Self { due: BTreeMap::new(), planned: 0 }
    }
}

impl<D> Agenda<D> {
    /// Plans something.
    pub fn plan(&mut self, at: Duration, deed: D) {
        self.planned += 1;
        self.due.insert((at, self.planned), deed);
    }

    /// Takes out what happens next.
    pub fn take(&mut self) -> Option<(Duration, D)> {
        self.due.pop_first().map(|((at, _), deed)| (at, deed))
    }

    /// How much is planned.
    #[must_use]
    pub fn len(&self) -> usize {
        self.due.len()
    }

    /// True if nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.due.is_empty()
    }
}
