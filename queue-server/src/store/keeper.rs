//! The store's thread: completes the store from the record, then keeps each day as it closes, and
//! lets the forecast learn from it.

use std::{
    sync::{Arc, mpsc::Receiver},
    thread::JoinHandle,
};

use hall::setup::Setup;

use super::{
    Condition, Store,
    rebuild::{Rebuilding, Rebuilt},
};
use crate::{clock::HallClock, engine::ClosedDay, forecasts::learning::School, profiles::Profiles};

/// Gives every record from the first, one after the other; says why if it cannot.
pub type ReadRecord = Box<dyn FnOnce(&mut dyn FnMut(u64, &[u8])) -> Result<u64, String> + Send>;

/// What the thread works with.
pub struct Keeper {
    /// The store.
    pub store: Store,
    /// The profile.
    pub setup: Arc<Setup>,
    /// The profiles that the record names.
    pub profiles: Profiles,
    /// The hall's clock.
    pub clock: HallClock,
    /// The record, if the store lacks closed days of it.
    pub lacking: Option<ReadRecord>,
    /// Days as they close; it ends with the engine.
    pub closed_days: Receiver<ClosedDay>,
    /// What is learned from them.
    pub school: School,
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
            match self.complete(read) {
                Ok(rebuilt) => {
                    tracing::info!(
                        days = rebuilt.days,
                        unfit = rebuilt.unfit,
                        "the store is whole"
                    );
                    self.store.set_condition(Condition::Whole);
                }
                Err(why) => self.failed(&why),
            }
        }
        self.school.learn(&self.setup);
        while let Ok(closed) = self.closed_days.recv() {
            if let Err(fault) = self.store.keep(&closed, &self.clock) {
                self.failed(&fault.to_string());
            }
            self.school.learn(closed.hall.setup());
        }
    }

    fn complete(&self, read: ReadRecord) -> Result<Rebuilt, String> {
        let profiles = self.profiles.clone();
        let mut rebuilding = Rebuilding::new(self.store.clone(), self.setup.clone(), self.clock)
            .finding(move |version| profiles.setup(version));
        read(&mut |sequence, payload| rebuilding.take(sequence, payload))?;
        rebuilding.finish().map_err(|fault| fault.to_string())
    }

    fn failed(&self, why: &str) {
        tracing::warn!(why, "the store could not be written; reports of earlier days may lack");
        self.store.set_condition(Condition::Failed);
    }
}
