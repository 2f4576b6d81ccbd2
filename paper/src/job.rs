//! One slip onto paper: ask, send, wait until it is done, ask again, and say honestly what is known.

use std::time::{Duration, Instant};

use crate::profile::{Profile, StatusBy};
use crate::status::{HeadError, PaperState, Status};
use crate::transport::{Transport, TransportFault};

mod talk;

use talk::Talk;

/// How long each step may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Reaching the printer.
    pub reach: Duration,
    /// The answer to one question.
    pub answer: Duration,
    /// Sending the slip.
    pub send: Duration,
    /// Printing and cutting, after all is sent.
    pub done: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            reach: Duration::from_secs(3),
            answer: Duration::from_secs(1),
            send: Duration::from_secs(10),
            done: Duration::from_secs(10),
        }
    }
}

/// What became of a slip.
#[derive(Debug)]
pub enum Outcome {
    /// The slip came out.
    Printed {
        /// The printer said so; a printer that only listens counts as having printed what it took.
        confirmed: bool,
        /// What the sensors say afterwards.
        paper: PaperState,
    },
    /// 缺纸: no whole slip came out.
    PaperOut {
        /// The paper ended while this slip was printed, so a piece of it hangs out.
        during: bool,
    },
    /// No whole slip came out, for another reason; its text is a sentence.
    Failed(Trouble),
    /// The slip was sent, at least in part, and nobody can say what came out; someone must look.
    Unsure(Doubt),
}

/// Why no slip came out.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The printer cannot be reached; nothing was sent.
    #[error(transparent)]
    NotReached(#[from] TransportFault),
    /// The printer is there and answers nothing; nothing was sent.
    #[error(
        "the printer at {place} does not answer; if it never can, write status = \"none\" in its profile"
    )]
    Silent {
        /// Where it is.
        place: String,
    },
    /// What answers there says things that no printer says: another machine's address, or another
    /// speed of the line; nothing was sent but questions.
    #[error("what answers at {place} is no printer, or the line has another speed")]
    Stranger {
        /// Where it is.
        place: String,
    },
    /// The cover is open.
    #[error("the printer's cover is open")]
    CoverOpen,
    /// The printer takes no orders and does not say why.
    #[error("the printer is offline")]
    Offline,
    /// The paper is used up; [`print()`] says [`Outcome::PaperOut`] instead.
    #[error("the printer has no paper")]
    NoPaper,
    /// The printer stopped with an error.
    #[error("the printer stopped with {0}")]
    Error(#[from] HeadError),
}

/// Why nobody knows what came out.
#[derive(Debug, thiserror::Error)]
pub enum Doubt {
    /// Everything was sent and the printer never said that it is done.
    #[error("the printer at {place} took the slip and did not say that it is done")]
    NoAnswer {
        /// Where it is.
        place: String,
    },
    /// The way broke while the slip was on it.
    #[error("the way to the printer broke in the middle: {0}")]
    Broken(#[from] TransportFault),
}

impl Trouble {
    /// Names what keeps a printer in this state from printing.
    pub fn of(status: &Status) -> Option<Self> {
        if status.paper == PaperState::Out {
            Some(Self::NoPaper)
        } else if status.cover_open {
            Some(Self::CoverOpen)
        } else if let Some(error) = status.error {
            Some(Self::Error(error))
        } else {
            status.offline.then_some(Self::Offline)
        }
    }
}

/// Prints one slip's bytes. Ends within the sum of the patience's parts, whatever the printer does.
pub fn print(
    transport: &mut dyn Transport,
    profile: &Profile,
    slip: &[u8],
    patience: &Patience,
) -> Outcome {
    if let Err(fault) = transport.open(Instant::now() + patience.reach) {
        return Outcome::Failed(fault.into());
    }
    let outcome = if profile.can_answer() && transport.two_way() {
        Talk::new(transport, profile.status(), patience).print(slip)
    } else {
        send_blind(transport, slip, patience)
    };
    transport.close();
    tracing::debug!(place = transport.place(), bytes = slip.len(), ?outcome, "slip");
    outcome
}

/// Asks a printer how it is; nothing when it cannot answer by its profile or its way.
pub fn ask_status(
    transport: &mut dyn Transport,
    profile: &Profile,
    patience: &Patience,
) -> Result<Option<Status>, Trouble> {
    transport.open(Instant::now() + patience.reach)?;
    let answer = if profile.can_answer() && transport.two_way() {
        let place = transport.place();
        match Talk::new(transport, profile.status(), patience).look() {
            Ok(Some(status)) => Ok(Some(status)),
            Ok(None) => Err(Trouble::Silent { place }),
            Err(trouble) => Err(trouble),
        }
    } else {
        Ok(None)
    };
    transport.close();
    answer
}

/// Asks a printer which model it is; nothing when it does not say. Only printers that report by
/// themselves are asked: their makers' papers have the question, others may print its letters.
pub fn ask_model(
    transport: &mut dyn Transport,
    profile: &Profile,
    patience: &Patience,
) -> Option<String> {
    if profile.status() != StatusBy::Asb || !transport.two_way() {
        return None;
    }
    transport.open(Instant::now() + patience.reach).ok()?;
    let told = Talk::new(transport, profile.status(), patience).model();
    transport.close();
    told.ok().flatten()
}

/// Sends to a printer that only listens: what it took counts as printed.
fn send_blind(transport: &mut dyn Transport, slip: &[u8], patience: &Patience) -> Outcome {
    match transport.send(slip, Instant::now() + patience.send) {
        Ok(()) => Outcome::Printed { confirmed: false, paper: PaperState::Ok },
        Err(fault) => broken(fault),
    }
}

/// Tells a slip of which nothing left from one that is on the way in part.
fn broken(fault: TransportFault) -> Outcome {
    match fault {
        TransportFault::Open { .. } | TransportFault::Send { sent: 0, .. } => {
            Outcome::Failed(Trouble::NotReached(fault))
        }
        TransportFault::Send { .. } | TransportFault::Hear { .. } => {
            Outcome::Unsure(Doubt::Broken(fault))
        }
    }
}

fn stopped(trouble: Trouble, during: bool) -> Outcome {
    match trouble {
        Trouble::NoPaper => Outcome::PaperOut { during },
        Trouble::NotReached(_)
        | Trouble::Silent { .. }
        | Trouble::CoverOpen
        | Trouble::Offline
        | Trouble::Stranger { .. }
        | Trouble::Error(_) => Outcome::Failed(trouble),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod ways;
