//! The store's thread: completes the store from the record, then keeps each day as it closes.

use std::{
    sync::{Arc, mpsc::Receiver},
    thread::JoinHandle,
};

use hall::setup::Setup;

use super::{Condition, Store, StoreFault, rebuild};
use crate::{clock::HallClock, engine::ClosedDay};

/// Every record from the first, read when it is needed.
pub type ReadRecord =
    Box<dyn FnOnce() -> Result<Box<dyn Iterator<Item = (u64, Vec<u8>)>>, String> + Send>;

/// What the thread works with.
pub struct Keeper {
    /// The store.
    pub store: Store,
    /// The profile.
    pub setup: Arc<Setup>,
    /// The hall's clock.
    pub clock: HallClock,
    /// The record, if the store lacks closed days of it.
    pub lacking: Option<ReadRecord>,
    /// Days as they close; it ends with the engine.
    pub closed_days: Receiver<ClosedDay>,
}

impl Keeper {
    /// Starts the thread; it ends when the engine has ended.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(self) -> std::io::Result<JoinHandle<()>> {
        if self.lacking.is_some() {
            self.store.set_condition(Condition::Rebuilding);
        }
        std::thread::Builder::new().name("store".into()).spawn(move || self.work())
    }

    fn work(mut self) {
        if let Some(read) = self.lacking.take() {
            let done = read().map(|records| self.complete(records));
            match done {
                Ok(Ok(rebuilt)) => {
                    tracing::info!(
                        days = rebuilt.days,
                        unfit = rebuilt.unfit,
                        "the store is whole"
                    );
                    self.store.set_condition(Condition::Whole);
                }
                Ok(Err(fault)) => self.failed(&fault.to_string()),
                Err(why) => self.failed(&why),
            }
        }
        while let Ok(closed) = self.closed_days.recv() {
            if let Err(fault) = self.store.keep(&closed, &self.clock) {
                self.failed(&fault.to_string());
            }
        }
    }

    fn complete(
        &self,
        records: impl Iterator<Item = (u64, Vec<u8>)>,
    ) -> Result<rebuild::Rebuilt, StoreFault> {
        rebuild::complete(&self.store, &self.setup, &self.clock, records)
    }

    fn failed(&self, why: &str) {
        tracing::warn!(why, "the store could not be written; reports of earlier days may lack");
        self.store.set_condition(Condition::Failed);
    }
}
