//! The conversation with a printer that answers: questions, a slip between them, and its end.

use std::time::{Duration, Instant};

use super::{Doubt, Outcome, Patience, Trouble, broken, stopped};
use crate::commands::{ANSWER_WHEN_DONE, ASK_MODEL, FORGET, REPORT_OFF, REPORT_ON, ask_now};
use crate::profile::StatusBy;
use crate::status::{Heard, Listener, PaperState, Question, Status};
use crate::transport::{Transport, TransportFault};

/// How long silence lasts before the printer is asked again while a slip prints.
const ASK_AGAIN: Duration = Duration::from_millis(500);
/// How long old answers are thrown away before the first question.
const OLD_ANSWERS: Duration = Duration::from_millis(10);
/// The most old answers thrown away: more than any printer keeps.
const OLD_ANSWERS_MAX: usize = 16;

/// Bytes that belong to nothing and may come all the same: a late answer, a spike on the line.
const STRAYS_MAX: usize = 3;
/// So many, and nothing else that comes is listened to any more.
const STRAYS_ENOUGH: usize = 64;

/// The longest name of a model, with what stands around it.
const MODEL_BYTES_MAX: usize = 40;

/// A conversation with a printer that answers.
pub(super) struct Talk<'a> {
    transport: &'a mut dyn Transport,
    listener: Listener,
    by: StatusBy,
    patience: &'a Patience,
    /// Bytes that were no answer to anything.
    strays: usize,
}

/// How the wait for the end of a slip ended.
enum End {
    Done(PaperState),
    Stopped(Status),
    Silence,
}

impl<'a> Talk<'a> {
    /// A conversation on an open way, in the manner the model knows.
    pub fn new(transport: &'a mut dyn Transport, by: StatusBy, patience: &'a Patience) -> Self {
        Self { transport, listener: Listener::default(), by, patience, strays: 0 }
    }

    /// Asks how the printer is; nothing when it does not answer.
    ///
    /// Letters of any text pass as answers here and there. A printer says one byte to a question and
    /// little else, so whoever says more is none.
    pub fn look(&mut self) -> Result<Option<Status>, Trouble> {
        self.forget_old_answers();
        self.strays = 0;
        let told = match self.by {
            StatusBy::DleEot => self.ask_all()?,
            StatusBy::Asb => match self.ask_all()? {
                // A printer that is offline answers only at once, so that is asked first; a clone
                // that knows no DLE EOT still reports.
                None => self.ask_for_report()?,
                told => told,
            },
            StatusBy::GsR => self.ask_in_turn()?,
            StatusBy::None => None,
        };
        if self.by != StatusBy::None {
            // What it goes on saying.
            self.hear_until(Instant::now() + OLD_ANSWERS, |_| None::<()>)?;
        }
        if self.strays > STRAYS_MAX {
            return Err(Trouble::Stranger { place: self.transport.place() });
        }
        Ok(told)
    }

    /// Asks which model it is: an underscore, the name, a zero.
    pub fn model(&mut self) -> Result<Option<String>, TransportFault> {
        self.forget_old_answers();
        let deadline = Instant::now() + self.patience.answer;
        self.transport.send(&ASK_MODEL, deadline)?;
        let (mut said, mut byte) = (Vec::new(), [0; 1]);
        while said.len() < MODEL_BYTES_MAX && self.transport.hear(&mut byte, deadline)? > 0 {
            if byte[0] == 0 {
                let name = said.strip_prefix(b"_").and_then(|name| std::str::from_utf8(name).ok());
                let is_name = |name: &&str| name.chars().all(|each| each.is_ascii_graphic());
                return Ok(name.filter(is_name).map(ToOwned::to_owned));
            }
            said.push(byte[0]);
        }
        Ok(None)
    }

    /// Prints a slip and waits until it is out.
    pub fn print(mut self, slip: &[u8]) -> Outcome {
        match self.look() {
            Err(trouble) => return Outcome::Failed(trouble),
            Ok(None) => return Outcome::Failed(Trouble::Silent { place: self.transport.place() }),
            Ok(Some(status)) => {
                if let Some(trouble) = Trouble::of(&status) {
                    return stopped(trouble, false);
                }
            }
        }
        let mut bytes = Vec::with_capacity(slip.len() + 8);
        if self.by == StatusBy::Asb {
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

    /// Orders automatic reports, hears the first one, and orders quiet again.
    fn ask_for_report(&mut self) -> Result<Option<Status>, TransportFault> {
        let deadline = Instant::now() + self.patience.answer;
        self.transport.send(&REPORT_ON, deadline)?;
        let heard = self.hear_until(deadline, |heard| match heard {
            Heard::Report(status) => Some(status),
            Heard::Now(_) | Heard::Queued(_) => None,
        })?;
        self.transport.send(&REPORT_OFF, Instant::now() + self.patience.answer)?;
        Ok(heard)
    }

    /// GS r 1: a printer that has come to it tells its paper, and that it works at all.
    fn ask_in_turn(&mut self) -> Result<Option<Status>, TransportFault> {
        let deadline = Instant::now() + self.patience.answer;
        self.transport.send(&ANSWER_WHEN_DONE, deadline)?;
        let paper = self.hear_until(deadline, |heard| match heard {
            Heard::Queued(byte) => Status::paper_from_queued(byte),
            Heard::Now(_) | Heard::Report(_) => None,
        })?;
        Ok(paper.map(|paper| Status { paper, ..Status::default() }))
    }

    /// Listens until something wanted is heard or the deadline came.
    fn hear_until<T>(
        &mut self,
        deadline: Instant,
        mut wanted: impl FnMut(Heard) -> Option<T>,
    ) -> Result<Option<T>, TransportFault> {
        let mut byte = [0; 1];
        while self.transport.hear(&mut byte, deadline)? > 0 {
            let heard = self.listener.hear(byte[0]);
            if let Some(found) = heard.and_then(&mut wanted) {
                return Ok(Some(found));
            }
            self.strays += self.listener.take_strays() + usize::from(is_unasked(heard));
            if self.strays > STRAYS_ENOUGH {
                break;
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
            if self.by != StatusBy::GsR
                && let Some(end) = self.ask_while_printing()?
            {
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
                let after = self.look_after().ok().flatten().unwrap_or_default();
                Outcome::Printed { confirmed: true, paper: paper.max(after.paper) }
            }
            End::Stopped(status) => {
                self.forget_slip();
                stopped(Trouble::of(&status).unwrap_or(Trouble::Offline), true)
            }
            End::Silence => Outcome::Unsure(Doubt::NoAnswer { place: self.transport.place() }),
        }
    }

    /// Asks once more after a slip, where that can be told at once.
    fn look_after(&mut self) -> Result<Option<Status>, TransportFault> {
        match self.by {
            StatusBy::DleEot | StatusBy::Asb => self.ask_all(),
            StatusBy::GsR | StatusBy::None => Ok(None),
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

/// An answer to no question; reports come by themselves, and a report belongs to a printer.
const fn is_unasked(heard: Option<Heard>) -> bool {
    match heard {
        Some(Heard::Now(_) | Heard::Queued(_)) => true,
        Some(Heard::Report(_)) | None => false,
    }
}

fn ended(heard: &Heard) -> Option<End> {
    match heard {
        Heard::Queued(byte) => Status::paper_from_queued(*byte).map(End::Done),
        Heard::Report(status) => (!status.can_print()).then_some(End::Stopped(*status)),
        Heard::Now(_) => None,
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
