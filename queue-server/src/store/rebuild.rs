//! Makes the store again from the record: replays every day and keeps it when it closes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hall::{Hall, event::Fact, setup::Setup};

use super::{Store, StoreFault};
use crate::{
    clock::HallClock,
    engine::{ClosedDay, events_of},
};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Days kept.
    pub days: u32,
    /// Days that no longer fit the hall's profile and were left out.
    pub unfit: u32,
}

/// Keeps every closed day of the record that the store lacks. A day that does not fit the profile
/// any more is left out and counted: its record stays readable by `journal dump`.
///
/// # Errors
/// If the store cannot be written.
pub fn complete(
    store: &Store,
    setup: &Arc<Setup>,
    clock: &HallClock,
    records: impl Iterator<Item = (u64, Vec<u8>)>,
) -> Result<Rebuilt, StoreFault> {
    let known = store.kept_up_to();
    let mut hall = Hall::new(setup.clone());
    let mut fits = true;
    let mut rebuilt = Rebuilt::default();
    for (sequence, payload) in records {
        let Ok(events) = events_of(sequence, &payload) else {
            fits = false;
            continue;
        };
        for event in events {
            if let Fact::DayOpened { .. } = event.fact {
                (hall, fits) = (Hall::new(setup.clone()), true);
            }
            if !fits {
                continue;
            }
            fits = catch_unwind(AssertUnwindSafe(|| hall.apply(&event))).is_ok();
            if !fits {
                tracing::warn!(sequence, "a day of the record does not fit today's profile");
                rebuilt.unfit += 1;
            } else if let Fact::DayClosed { day } = event.fact
                && sequence > known
            {
                store.keep(&ClosedDay { day, sequence, hall: hall.clone() }, clock)?;
                rebuilt.days += 1;
            }
        }
    }
    Ok(rebuilt)
}
