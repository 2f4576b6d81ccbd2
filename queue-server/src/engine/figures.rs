//! What the engine counts of itself, for `/metrics` and `/health`.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Counters since the start of the process.
#[derive(Debug, Default)]
pub struct Figures {
    steps: AtomicU64,
    askings: AtomicU64,
    refusals: AtomicU64,
    events: AtomicU64,
    turned_away: AtomicU64,
    sync_nanos: AtomicU64,
    sync_nanos_max: AtomicU64,
    batch_max: AtomicU64,
}

/// A look at the counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Steps that wrote something.
    pub steps: u64,
    /// Wishes taken.
    pub askings: u64,
    /// Wishes refused.
    pub refusals: u64,
    /// Events written.
    pub events: u64,
    /// Wishes turned away because the inbox was full.
    pub turned_away: u64,
    /// Time spent waiting for the disk.
    pub sync: Duration,
    /// The longest wait for the disk.
    pub sync_max: Duration,
    /// The largest batch.
    pub batch_max: u64,
}

impl Figures {
    pub(super) fn took(&self, askings: usize, refusals: usize) {
        self.askings.fetch_add(askings as u64, Relaxed);
        self.refusals.fetch_add(refusals as u64, Relaxed);
        self.batch_max.fetch_max(askings as u64, Relaxed);
    }

    pub(super) fn wrote(&self, events: usize, sync: Duration) {
        let nanos = u64::try_from(sync.as_nanos()).unwrap_or(u64::MAX);
        self.steps.fetch_add(1, Relaxed);
        self.events.fetch_add(events as u64, Relaxed);
        self.sync_nanos.fetch_add(nanos, Relaxed);
        self.sync_nanos_max.fetch_max(nanos, Relaxed);
    }

    pub(super) fn turned_away(&self) {
        self.turned_away.fetch_add(1, Relaxed);
    }

    /// The counters now.
    #[must_use]
    pub fn counted(&self) -> Counted {
        Counted {
            steps: self.steps.load(Relaxed),
            askings: self.askings.load(Relaxed),
            refusals: self.refusals.load(Relaxed),
            events: self.events.load(Relaxed),
            turned_away: self.turned_away.load(Relaxed),
            sync: Duration::from_nanos(self.sync_nanos.load(Relaxed)),
            sync_max: Duration::from_nanos(self.sync_nanos_max.load(Relaxed)),
            batch_max: self.batch_max.load(Relaxed),
        }
    }
}
