//! The real printer: a profile, a way, and the honest outcome of `paper`.

use paper::{
    encode,
    faces::Faces,
    job::{self, Outcome, Patience, Trouble},
    profile::Profile,
    slip::Slip,
    status::PaperState,
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
        match job::ask_status(&mut *self.way, &self.profile, &self.patience) {
            // A printer that never answers is believed until a slip fails.
            Ok(None) => PrinterState::Ready,
            Ok(Some(status)) => match Trouble::of(&status) {
                Some(trouble) => state_of(&trouble),
                None => after(status.paper),
            },
            Err(trouble) => {
                tracing::debug!(%trouble, "the printer does not say how it is");
                state_of(&trouble)
            }
        }
    }

    fn print(&mut self, slip: &Slip) -> Came {
        let bytes = match encode::encode(slip, &self.profile, &self.faces) {
            Ok(bytes) => bytes,
            Err(fault) => {
                tracing::error!(%fault, "a slip cannot be set for this printer");
                return Came { outcome: PrintOutcome::Failed, state: PrinterState::Silent };
            }
        };
        match job::print(&mut *self.way, &self.profile, &bytes, &self.patience) {
            Outcome::Printed { paper, .. } => {
                Came { outcome: PrintOutcome::Printed, state: after(paper) }
            }
            Outcome::PaperOut { .. } => {
                Came { outcome: PrintOutcome::Failed, state: PrinterState::PaperOut }
            }
            Outcome::Failed(trouble) => {
                tracing::warn!(%trouble, "a slip did not come out");
                Came { outcome: PrintOutcome::Failed, state: state_of(&trouble) }
            }
            Outcome::Unsure(doubt) => {
                tracing::warn!(%doubt, "nobody knows whether a slip came out");
                Came { outcome: PrintOutcome::Unknown, state: PrinterState::Silent }
            }
        }
    }
}

const fn after(paper: PaperState) -> PrinterState {
    match paper {
        PaperState::Ok => PrinterState::Ready,
        PaperState::NearEnd => PrinterState::PaperLow,
        PaperState::Out => PrinterState::PaperOut,
    }
}

const fn state_of(trouble: &Trouble) -> PrinterState {
    match trouble {
        Trouble::NoPaper => PrinterState::PaperOut,
        Trouble::CoverOpen => PrinterState::CoverOpen,
        Trouble::NotReached(_) | Trouble::Silent { .. } | Trouble::Offline | Trouble::Error(_) => {
            PrinterState::Silent
        }
    }
}
