//! 换配置 in the open hall: a profile is offered, and put in force now or with the next day.

use std::sync::Arc;

use hall::{
    command::Command,
    setup::{Setup, obstacle::Obstacle},
    time::Timestamp,
    words::Actor,
};

use super::{
    Wish,
    step::{HallOfRecord, Step},
};
use crate::profile::Calendar;

/// A profile as far as the engine needs it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Who exists and which rules hold; it has a version.
    pub setup: Arc<Setup>,
    /// When the hall is open.
    pub calendar: Calendar,
    /// Who wants it.
    pub by: Actor,
}

/// What became of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is in force.
    Now,
    /// Today uses what it lacks; it is put in force before the next day opens.
    Tonight(Vec<Obstacle>),
}

/// An offer that is not in force yet.
pub(super) struct Waiting {
    pub offer: Offer,
    /// Today is in its way.
    tonight: bool,
}

impl HallOfRecord {
    /// Takes an offer in place of one that waits; the next step puts it in force if it can.
    pub fn offer(&mut self, offer: Offer) {
        self.hall.hand(offer.setup.clone());
        self.waiting = Some(Waiting { offer, tonight: false });
    }

    /// What became of the last offer.
    #[must_use]
    pub fn taken(&self) -> Taken {
        let waiting = self.waiting.as_ref();
        waiting
            .map_or(Taken::Now, |waiting| Taken::Tonight(self.hall.obstacles(&waiting.offer.setup)))
    }

    /// Puts in force what was offered, if nothing of today is in its way; true if it was done.
    pub(super) fn take_offer<R>(
        &mut self,
        at: Timestamp,
        luck: &mut dyn FnMut() -> u64,
        step: &mut Step<R>,
    ) -> bool {
        let Some((by, command)) = self.setup_due() else { return false };
        let wish = Wish { by, request: None, command };
        let done = self.decide(at, luck(), wish, step);
        match &done {
            Ok(_) => {
                let version = self.hall.setup().version();
                tracing::info!(?version, "another profile is in force");
                self.settle_offer();
            }
            Err(why) => {
                tracing::error!(%why, "a profile without obstacles was refused");
                self.waiting = None;
            }
        }
        done.is_ok()
    }

    /// The order that is due.
    fn setup_due(&mut self) -> Option<(Actor, Command)> {
        let waiting = self.waiting.as_mut()?;
        if waiting.tonight && self.hall.day().is_some() {
            return None;
        }
        let setup = &waiting.offer.setup;
        let to = setup.version()?;
        if self.hall.setup().version() == Some(to) {
            self.settle_offer();
            return None;
        }
        waiting.tonight = !self.hall.obstacles(setup).is_empty();
        (!waiting.tonight).then(|| (waiting.offer.by.clone(), Command::ChangeSetup { to }))
    }

    /// The calendar goes with the setup.
    fn settle_offer(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            self.daybook.change(waiting.offer.calendar);
        }
    }
}
