//! The real printer: a profile, a way, and the honest outcome of `paper`.

use paper::{
    condition::Condition,
    encode,
    faces::Faces,
    job::{self, Outcome, Patience},
    profile::Profile,
    slip::Slip,
    transport::{self, Place, Transport},
};
use wire::http::PrintOutcome;

use crate::{
    model::PrinterState,
    printing::{Came, Printer},
};

/// A slip printer.
pub struct SlipPrinter {
    profile: Profile,
    faces: Faces,
    way: Box<dyn Transport>,
    patience: Patience,
}

impl SlipPrinter {
    /// A printer of a model at a place.
    #[must_use]
    pub fn new(profile: Profile, place: &Place, faces: Faces) -> Self {
        let way = transport::transport(place, &profile, &faces);
        Self { profile, faces, way, patience: Patience::default() }
    }
}

impl Printer for SlipPrinter {
    fn state(&mut self) -> PrinterState {
        let found = job::ask_status(&mut *self.way, &self.profile, &self.patience);
        if let Err(trouble) = &found {
            tracing::debug!(%trouble, "the printer does not say how it is");
        }
        Condition::of_look(&found)
    }

    fn print(&mut self, slip: &Slip) -> Came {
        let bytes = match encode::encode(slip, &self.profile, &self.faces) {
            Ok(bytes) => bytes,
            Err(fault) => {
                tracing::error!(%fault, "a slip cannot be set for this printer");
                return Came { outcome: PrintOutcome::Failed, state: PrinterState::Fault };
            }
        };
        let outcome = job::print(&mut *self.way, &self.profile, &bytes, &self.patience);
        let state = Condition::of_outcome(&outcome);
        let outcome = match outcome {
            Outcome::Printed { .. } => PrintOutcome::Printed,
            Outcome::PaperOut { .. } => PrintOutcome::Failed,
            Outcome::Failed(trouble) => {
                tracing::warn!(%trouble, "a slip did not come out");
                PrintOutcome::Failed
            }
            Outcome::Unsure(doubt) => {
                tracing::warn!(%doubt, "nobody knows whether a slip came out");
                PrintOutcome::Unknown
            }
        };
        Came { outcome, state }
    }
}
