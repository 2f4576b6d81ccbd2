//! One slip onto paper: ask, send, wait until it is done, ask again, and say honestly what is known.

use std::time::{Duration, Instant};

use crate::commands::{ANSWER_WHEN_DONE, FORGET, REPORT_ON, ask_now};
use crate::profile::{Profile, StatusBy};
use crate::status::{HeadError, Heard, Listener, PaperState, Question, Status};
use crate::transport::{Transport, TransportFault};

/// How long silence lasts before the printer is asked again while a slip prints.
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// How long old answers are thrown away before the first question.
const OLD_ANSWERS: Duration = Duration::from_millis(10);
/// The most old answers thrown away: more than any printer keeps.
const OLD_ANSWERS_MAX: usize = 16;

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
        let by = profile.status();
        Talk { transport: &mut *transport, listener: Listener::default(), patience }.print(slip, by)
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
        let mut talk = Talk { transport: &mut *transport, listener: Listener::default(), patience };
        talk.forget_old_answers();
        match talk.ask_all() {
            Ok(Some(status)) => Ok(Some(status)),
            Ok(None) => Err(Trouble::Silent { place }),
            Err(fault) => Err(fault.into()),
        }
    } else {
        Ok(None)
    };
    transport.close();
    answer
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

/// A conversation with a printer that answers.
struct Talk<'a> {
    transport: &'a mut dyn Transport,
    listener: Listener,
    patience: &'a Patience,
}

/// How the wait for the end of a slip ended.
enum End {
    Done(PaperState),
    Stopped(Status),
    Silence,
}

impl Talk<'_> {
    fn print(&mut self, slip: &[u8], by: StatusBy) -> Outcome {
        self.forget_old_answers();
        match self.ask_all() {
            Err(fault) => return Outcome::Failed(fault.into()),
            Ok(None) => return Outcome::Failed(Trouble::Silent { place: self.transport.place() }),
            Ok(Some(status)) => {
                if let Some(trouble) = Trouble::of(&status) {
                    return stopped(trouble, false);
                }
            }
        }
        let mut bytes = Vec::with_capacity(slip.len() + 8);
        if by == StatusBy::Asb {
            bytes.extend_from_slice(&REPORT_ON);
        }
        bytes.extend_from_slice(slip);
        bytes.extend_from_slice(&ANSWER_WHEN_DONE);
        match self.transport.send(&bytes, Instant::now() + self.patience.send) {
            Err(fault) if is_stuck(&fault) => self.after_stuck(fault),
            Err(fault) => broken(fault),
            Ok(()) => match self.wait_for_end() {
                Ok(end) => self.after(end),
                Err(fault) => Outcome::Unsure(Doubt::Broken(fault)),
            },
        }
    }

    /// Throws away what an earlier job left on the line.
    fn forget_old_answers(&mut self) {
        let mut old = [0; 256];
        for _ in 0..OLD_ANSWERS_MAX {
            match self.transport.hear(&mut old, Instant::now() + OLD_ANSWERS) {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }

    /// Asks the four questions one after another; nothing when one is not answered.
    fn ask_all(&mut self) -> Result<Option<Status>, TransportFault> {
        let mut status = Status::default();
        for question in Question::ALL {
            let deadline = Instant::now() + self.patience.answer;
            self.transport.send(&ask_now(question.number()), deadline)?;
            let heard = self.hear_until(deadline, |heard| match heard {
                Heard::Now(byte) => Some(byte),
                Heard::Report(_) | Heard::Queued(_) => None,
            })?;
            let Some(byte) = heard else { return Ok(None) };
            status.learn(question, byte);
        }
        Ok(Some(status))
    }

    /// Listens until something wanted is heard or the deadline came.
    fn hear_until<T>(
        &mut self,
        deadline: Instant,
        mut wanted: impl FnMut(Heard) -> Option<T>,
    ) -> Result<Option<T>, TransportFault> {
        let mut byte = [0; 1];
        while self.transport.hear(&mut byte, deadline)? > 0 {
            if let Some(found) = self.listener.hear(byte[0]).and_then(&mut wanted) {
                return Ok(Some(found));
            }
            if Instant::now() >= deadline {
                break;
            }
        }
        Ok(None)
    }

    /// Waits for the answer to GS r, a report of trouble, or the end of patience.
    fn wait_for_end(&mut self) -> Result<End, TransportFault> {
        let deadline = Instant::now() + self.patience.done;
        while Instant::now() < deadline {
            let pause = deadline.min(Instant::now() + ASK_AGAIN);
            if let Some(end) = self.hear_until(pause, |heard| ended(&heard))? {
                return Ok(end);
            }
            // A printer that is out of paper does not come to GS r; it still answers at once.
            if let Some(end) = self.ask_while_printing()? {
                return Ok(end);
            }
        }
        Ok(End::Silence)
    }

    /// Asks the four questions and heeds an end that is heard between the answers.
    fn ask_while_printing(&mut self) -> Result<Option<End>, TransportFault> {
        let mut status = Status::default();
        for question in Question::ALL {
            let deadline = Instant::now() + self.patience.answer;
            self.transport.send(&ask_now(question.number()), deadline)?;
            let heard = self.hear_until(deadline, |heard| match heard {
                Heard::Now(byte) => Some(Err(byte)),
                Heard::Report(_) | Heard::Queued(_) => ended(&heard).map(Ok),
            })?;
            match heard {
                Some(Ok(end)) => return Ok(Some(end)),
                Some(Err(byte)) => status.learn(question, byte),
                None => return Ok(None),
            };
        }
        Ok((!status.can_print()).then_some(End::Stopped(status)))
    }

    fn after(&mut self, end: End) -> Outcome {
        match end {
            End::Done(paper) => {
                // A knife that sticks or paper that ends right after the slip is told by the next look.
                let after = self.ask_all().ok().flatten().unwrap_or_default();
                Outcome::Printed { confirmed: true, paper: paper.max(after.paper) }
            }
            End::Stopped(status) => {
                self.forget_slip();
                stopped(Trouble::of(&status).unwrap_or(Trouble::Offline), true)
            }
            End::Silence => Outcome::Unsure(Doubt::NoAnswer { place: self.transport.place() }),
        }
    }

    /// The printer stopped taking bytes: it may have said why.
    fn after_stuck(&mut self, fault: TransportFault) -> Outcome {
        let deadline = Instant::now() + self.patience.answer;
        let told = self.hear_until(deadline, |heard| ended(&heard));
        match told {
            Ok(Some(End::Stopped(status))) => self.after(End::Stopped(status)),
            Ok(Some(End::Done(_) | End::Silence) | None) | Err(_) => broken(fault),
        }
    }

    /// Asks the printer to drop the rest, lest it comes out when the paper is changed.
    fn forget_slip(&mut self) {
        let deadline = Instant::now() + self.patience.answer;
        if let Err(fault) = self.transport.send(&FORGET, deadline) {
            tracing::debug!(%fault, "the rest of a slip stays in the printer");
        }
    }
}

fn ended(heard: &Heard) -> Option<End> {
    match heard {
        Heard::Queued(byte) => Status::paper_from_queued(*byte).map(End::Done),
        Heard::Report(status) => (!status.can_print()).then_some(End::Stopped(*status)),
        Heard::Now(_) => None,
    }
}

fn stopped(trouble: Trouble, during: bool) -> Outcome {
    match trouble {
        Trouble::NoPaper => Outcome::PaperOut { during },
        Trouble::NotReached(_)
        | Trouble::Silent { .. }
        | Trouble::CoverOpen
        | Trouble::Offline
        | Trouble::Error(_) => Outcome::Failed(trouble),
    }
}

fn is_stuck(fault: &TransportFault) -> bool {
    match fault {
        TransportFault::Send { sent, source, .. } => {
            *sent > 0 && source.kind() == std::io::ErrorKind::TimedOut
        }
        TransportFault::Open { .. } | TransportFault::Hear { .. } => false,
    }
}

#[cfg(test)]
mod tests;
