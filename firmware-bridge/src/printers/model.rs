//! The printer itself: a model, a way to it, and the honest outcome of `paper`.

use paper::{
    condition::Condition,
    encode::encode,
    faces::Faces,
    job::{self, Outcome, Patience},
    profile::Profile,
    slip::Slip,
    transport::{Place, Transport, transport},
};
use wire::papers::SlipOutcome;

use crate::config;

/// A printer as the desk uses it.
pub trait Printer {
    /// Looks how it is.
    fn look(&mut self) -> Condition;

    /// Prints, and says honestly what came out.
    fn print(&mut self, slip: &Slip) -> Came;

    /// What it is, for the electrician.
    fn about(&self) -> String;
}

/// What became of a slip, and how the printer is afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// What became of it.
    pub outcome: SlipOutcome,
    /// How the printer is.
    pub condition: Condition,
}

/// A printer behind a way.
pub struct SlipPrinter {
    profile: Profile,
    faces: Faces,
    way: Box<dyn Transport>,
    about: String,
    /// It was asked which model it is.
    asked: bool,
}

/// A printer cannot be spoken with as its configuration says.
#[derive(Debug, thiserror::Error)]
pub enum ModelFault {
    /// Its profile.
    #[error(transparent)]
    Profile(#[from] paper::profile::ProfileFault),
    /// The letters.
    #[error(transparent)]
    Faces(#[from] paper::faces::FontFault),
}

impl SlipPrinter {
    /// A printer of the configuration.
    ///
    /// # Errors
    /// If its profile is unknown or wrong; a printer that is away is no fault.
    pub fn open(printer: &config::Printer) -> Result<Self, ModelFault> {
        let faces = Faces::new(
            include_bytes!("../../../assets/fonts/HallSansSC-Regular.otf"),
            include_bytes!("../../../assets/fonts/HallSansSC-Bold.otf"),
        )?;
        Ok(Self::new(printer.profile()?, &printer.place, faces))
    }

    /// A printer of a model at a place.
    #[must_use]
    pub fn new(profile: Profile, place: &Place, faces: Faces) -> Self {
        let way = transport(place, &profile, &faces);
        let about = format!("printer {} {place}", profile.name());
        Self { profile, faces, way, about, asked: false }
    }
}

impl Printer for SlipPrinter {
    fn look(&mut self) -> Condition {
        let found = job::ask_status(&mut *self.way, &self.profile, &Patience::default());
        if let Err(trouble) = &found {
            tracing::debug!(%trouble, "a printer does not say how it is");
        }
        let is_there = matches!(found, Ok(Some(_)));
        if is_there && !std::mem::replace(&mut self.asked, true) {
            let model = job::ask_model(&mut *self.way, &self.profile, &Patience::default());
            self.about.extend(model.map(|model| format!(" {model}")));
        }
        Condition::of_look(&found)
    }

    fn print(&mut self, slip: &Slip) -> Came {
        let bytes = match encode(slip, &self.profile, &self.faces) {
            Ok(bytes) => bytes,
            Err(fault) => {
                tracing::error!(%fault, "a paper cannot be set for this printer");
                return Came { outcome: SlipOutcome::Failed, condition: Condition::Fault };
            }
        };
        let outcome = job::print(&mut *self.way, &self.profile, &bytes, &Patience::default());
        let condition = Condition::of_outcome(&outcome);
        let outcome = match outcome {
            Outcome::Printed { confirmed: true, .. } => SlipOutcome::Printed,
            Outcome::Printed { confirmed: false, .. } => SlipOutcome::Taken,
            Outcome::PaperOut { .. } => SlipOutcome::Failed,
            Outcome::Failed(trouble) => {
                tracing::warn!(%trouble, "a paper did not come out");
                SlipOutcome::Failed
            }
            Outcome::Unsure(doubt) => {
                tracing::warn!(%doubt, "nobody knows whether a paper came out");
                SlipOutcome::Unknown
            }
        };
        Came { outcome, condition }
    }

    fn about(&self) -> String {
        self.about.clone()
    }
}
