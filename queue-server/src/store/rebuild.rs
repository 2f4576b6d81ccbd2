//! Makes the store again from the record: replays every day and keeps it when it closes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hall::{Hall, event::Fact, ids::SetupVersion, setup::Setup};

use super::{Store, StoreFault};
use crate::{
    clock::HallClock,
    engine::{ClosedDay, events_of, hand},
};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Days kept.
    pub days: u32,
    /// Days that no longer fit the hall's profile and were left out.
    pub unfit: u32,
}

/// Takes the records in order and keeps every closed day that the store lacks. A day that does not
/// fit the profile any more is left out and counted: its record stays readable by `journal dump`.
pub struct Rebuilding {
    store: Store,
    setup: Arc<Setup>,
    find: Box<dyn FnMut(SetupVersion) -> Option<Arc<Setup>>>,
    clock: HallClock,
    known: u64,
    hall: Hall,
    fits: bool,
    rebuilt: Rebuilt,
    seen: u64,
    failed: Option<StoreFault>,
}

impl Rebuilding {
    /// Begins.
    #[must_use]
    pub fn new(store: Store, setup: Arc<Setup>, clock: HallClock) -> Self {
        let (known, hall) = (store.kept_up_to(), Hall::new(setup.clone()));
        let (rebuilt, find) = (Rebuilt::default(), Box::new(|_| None));
        Self { store, setup, find, clock, known, hall, fits: true, rebuilt, seen: 0, failed: None }
    }

    /// The same with the setups that the record names.
    #[must_use]
    pub fn finding(self, find: impl FnMut(SetupVersion) -> Option<Arc<Setup>> + 'static) -> Self {
        Self { find: Box::new(find), ..self }
    }

    /// Takes the next record.
    pub fn take(&mut self, sequence: u64, payload: &[u8]) {
        self.seen = sequence;
        let Ok(events) = events_of(sequence, payload) else {
            self.no_longer_fits(sequence);
            return;
        };
        for event in events {
            if let Fact::DayOpened { .. } = event.fact {
                (self.hall, self.fits) = (Hall::new(self.setup.clone()), true);
            }
            if !self.fits || self.failed.is_some() {
                continue;
            }
            let hall = &mut self.hall;
            let found = hand(hall, &event.fact, &mut *self.find).is_ok();
            if !found || catch_unwind(AssertUnwindSafe(|| hall.apply(&event))).is_err() {
                self.no_longer_fits(sequence);
            } else if let Fact::DayClosed { day } = event.fact
                && sequence > self.known
            {
                let closed = ClosedDay { day, sequence, hall: self.hall.clone() };
                self.failed = self.store.keep(&closed, &self.clock).err();
                self.rebuilt.days += 1;
            }
        }
    }

    fn no_longer_fits(&mut self, sequence: u64) {
        if self.fits {
            tracing::warn!(sequence, "a day of the record does not fit today's profile");
            self.rebuilt.unfit += 1;
        }
        self.fits = false;
    }

    /// Tells what was done.
    ///
    /// # Errors
    /// If the store could not be written.
    pub fn finish(self) -> Result<Rebuilt, StoreFault> {
        self.failed.map_or(Ok(()), Err)?;
        // What was booked or evaluated between two days is no day that is lacking.
        self.store.note_kept(self.seen)?;
        Ok(self.rebuilt)
    }
}
