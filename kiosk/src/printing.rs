//! 取号, 出票, 确认: one recorded transaction.
//!
//! Asked → reserved → sending → came → settled. Each step is in the [`ledger`](crate::ledger)
//! before it is taken, so that whatever moment the power goes, no number is lost or doubled:
//! what was asked without an answer is asked again with the same id and retired; what was reserved
//! and never sent is reported failed; what was sent is reported unknown, because somebody may hold
//! the slip; what came out is confirmed.

mod alone;
mod guide;
mod receipt;
mod reprint;
mod unfound;

use std::collections::VecDeque;

use paper::slip::Slip;
use wire::{
    http::{
        HolderRequest, IssueAnswer, IssueRequest, PrintOutcome, PrintedRequest, SlipBody,
        unfound::UnfoundRequest,
    },
    texts::{Language, Texts},
    words::Channel,
};

use crate::{
    alone::{Alone, InHand},
    ledger::{Book, BookFault, Entry, Open, Step},
    limits,
    model::{
        PrinterState,
        message::{Msg, Order},
        page::Taken,
    },
    server::{Counter, Fault, Patience},
    slip, trial,
};

/// A printer as the counter uses it.
pub trait Printer {
    /// Asks how it is.
    fn state(&mut self) -> PrinterState;

    /// Prints, and says honestly what came out.
    fn print(&mut self, slip: &Slip) -> Came;
}

/// What became of a slip, and how the printer is afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    /// What became of it.
    pub outcome: PrintOutcome,
    /// How the printer is.
    pub state: PrinterState,
}

/// Time and chance, from the shell.
pub trait Shell {
    /// Milliseconds since 1970.
    fn now(&self) -> i64;

    /// A request id nobody used before.
    fn request_id(&self) -> String;

    /// 64 bits that nobody can guess.
    fn luck(&self) -> u64;

    /// Keeps the numbers in hand for a start without the server.
    fn keep_numbers(&self, hand: &InHand);

    /// Waits before the next try, the longer the later.
    fn pause(&self, tries: u32);

    /// Tells the screen.
    fn tell(&self, msg: Msg);
}

/// 柜台: takes one ticket after the other and settles what is left.
pub struct Desk<S, B, P, H> {
    server: S,
    book: B,
    printer: P,
    shell: H,
    open: Vec<Open>,
    /// 离线号段.
    hand: Option<InHand>,
    /// What the screen knows of it.
    told: Option<Alone>,
    /// Tries in a row to hand in the first of what is open.
    tries: u32,
    /// What people did not find, still to be handed in, the oldest first.
    unfound: VecDeque<UnfoundRequest>,
    /// When the hall said that its list is full, in milliseconds since 1970.
    full_at: Option<i64>,
}

impl<S: Counter, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// A desk with what an earlier run left open.
    pub fn new(server: S, book: B, printer: P, shell: H, open: Vec<Open>) -> Self {
        Self {
            server,
            book,
            printer,
            shell,
            open,
            hand: None,
            told: None,
            tries: 0,
            unfound: VecDeque::new(),
            full_at: None,
        }
    }

    /// What is still to be settled.
    pub fn open(&self) -> &[Open] {
        &self.open
    }

    /// Asks the printer how it is.
    pub fn printer_state(&mut self) -> PrinterState {
        self.printer.state()
    }

    /// Prints a test slip, which is no ticket; the screen is told how the printer is.
    pub fn test(&mut self) -> PrintOutcome {
        let came = self.printer.print(&trial::slip());
        self.shell.tell(Msg::PrinterTold(came.state));
        came.outcome
    }

    /// Tells the screen.
    pub fn tell(&self, msg: Msg) {
        self.shell.tell(msg);
    }

    /// Takes a ticket for the person before the kiosk.
    pub fn take(&mut self, order: &Order) {
        if self.open.len() >= limits::OPEN_MAX {
            tracing::error!(open = self.open.len(), "too many slips are unsettled; taking no more");
            self.shell.tell(Msg::NoAnswer);
            return;
        }
        if order.paper {
            // A printer that cannot print is asked before a number is.
            let state = self.printer.state();
            if !state.prints() {
                self.shell.tell(Msg::PaperFailed(state));
                return;
            }
            self.shell.tell(Msg::PrinterTold(state));
        }
        if order.alone && self.number(order) {
            return;
        }
        let asked = IssueRequest {
            queue: order.choice.item.is_none().then_some(order.choice.queue),
            ..self.asked(order)
        };
        let at = self.shell.now();
        if let Err(fault) = self.book.write(&Entry::Asked { at, order: asked.clone() }) {
            // What cannot be remembered is not begun.
            tracing::error!(%fault, "no ticket is taken");
            self.shell.tell(Msg::NoAnswer);
            return;
        }
        let mut open = Open { at, order: asked, step: Step::Asked };
        self.serve(&mut open, order);
    }

    fn asked(&self, order: &Order) -> IssueRequest {
        IssueRequest {
            item: order.choice.item,
            queue: Some(order.choice.queue),
            request_id: self.shell.request_id(),
            channel: Channel::Kiosk,
            priority: order.class,
            priority_reason: order.reason,
            priority_note: None,
            paper: order.paper,
            // Nothing of a person is kept in the record.
            document: None,
            agent: None,
            then: order.extras.then.clone(),
            pipeline: None,
            picks_up: order.extras.case,
            booking: order.extras.booking,
            late_as_walk_in: order.extras.late,
            silent: order.silent,
        }
    }

    fn serve(&mut self, open: &mut Open, order: &Order) {
        let language = order.language;
        let asked = IssueRequest { document: order.document.clone(), ..open.order.clone() };
        let patience = match self.next_own(order) {
            Some(_) => Patience::Short,
            None => Patience::Usual,
        };
        let answer = match self.ask(patience, |server| server.issue(&asked, language, patience)) {
            Ok(answer) => answer,
            Err(Fault::Refused(problem)) => {
                self.settled(open, &problem.code);
                let told = Msg::Refused {
                    code: problem.code,
                    title: problem.title,
                    detail: problem.detail,
                    ticket: problem.ticket,
                };
                self.shell.tell(told);
                return;
            }
            Err(fault @ Fault::Silent { .. }) => {
                tracing::warn!(%fault, "a ticket was asked for without an answer");
                // Should the server have given a number, it is retired; the person gets another.
                self.open.push(open.clone());
                if !self.number(order) {
                    self.shell.tell(Msg::NoAnswer);
                }
                return;
            }
        };
        if !open.order.paper {
            self.settled(open, "without paper");
            let taken = Taken { slip: answer.slip, paper: false };
            self.shell.tell(Msg::Taken(Box::new(taken)));
            return;
        }
        self.reserved(open, &answer);
        self.print(open, answer.slip, language);
        self.finish(open.clone());
    }

    fn print(&mut self, open: &mut Open, body: SlipBody, language: Language) {
        self.shell.tell(Msg::Reserved);
        let slip = slip::set(&body, Texts::of(language));
        if let Err(fault) = self.sending(open) {
            // A slip that is not announced must not come out: after a crash it would be a ghost.
            tracing::error!(%fault, "nothing is printed");
            self.came(open, PrintOutcome::Failed);
            self.shell.tell(Msg::NoAnswer);
            return;
        }
        let came = self.printer.print(&slip);
        self.came(open, came.outcome);
        match came.outcome {
            PrintOutcome::Printed => {
                self.shell.tell(Msg::PrinterTold(came.state));
                let taken = Taken { slip: body, paper: true };
                self.shell.tell(Msg::Taken(Box::new(taken)));
            }
            // The slip may be in the person's hand; the number is shown and stays good.
            PrintOutcome::Unknown => {
                let taken = Taken { slip: body, paper: true };
                self.shell.tell(Msg::Taken(Box::new(taken)));
                self.shell.tell(Msg::PrinterTold(came.state));
            }
            PrintOutcome::Failed => self.shell.tell(Msg::PaperFailed(came.state)),
        }
    }

    /// Asks the server, with the same id each time.
    fn ask(
        &self,
        patience: Patience,
        mut once: impl FnMut(&S) -> Result<IssueAnswer, Fault>,
    ) -> Result<IssueAnswer, Fault> {
        let mut tries = 1;
        loop {
            match once(&self.server) {
                Err(Fault::Silent { what, why }) if tries < patience.tries() => {
                    tracing::debug!(what, why, tries, "asking again with the same id");
                    self.shell.pause(tries);
                    tries += 1;
                }
                done => return done,
            }
        }
    }

    /// Settles one of what is open; true if something was settled.
    pub fn settle_one(&mut self) -> bool {
        if self.open.is_empty() {
            return false;
        }
        let open = self.open.remove(0);
        self.finish(open)
    }

    /// Brings an asking to its end, or puts it back.
    fn finish(&mut self, mut open: Open) -> bool {
        match self.end(&mut open) {
            Ok(how) => {
                self.tries = 0;
                self.settled(&open, &how);
                true
            }
            Err(Fault::Refused(problem)) => {
                // The server already knows better: swept, called by hand, or of another day.
                if let Step::Own(own, _) = open.step {
                    // Somebody may hold this slip, and no queue knows of it.
                    tracing::error!(no = %own.no, code = problem.code, "a ticket is not taken over");
                } else {
                    tracing::info!(code = problem.code, "a slip is settled by the server itself");
                }
                self.settled(&open, &problem.code);
                true
            }
            Err(fault @ Fault::Silent { .. }) => {
                tracing::debug!(%fault, "a slip stays unsettled");
                self.put_back(open);
                false
            }
        }
    }

    /// What was given out first is handed in first, unless it alone is what the server does not take.
    fn put_back(&mut self, open: Open) {
        self.tries += 1;
        let is_first = matches!(open.step, Step::Own(..)) && self.tries < limits::HAND_IN_TRIES_MAX;
        if is_first {
            self.open.insert(0, open);
        } else {
            self.tries = 0;
            self.open.push(open);
        }
    }

    fn end(&mut self, open: &mut Open) -> Result<String, Fault> {
        if open.step == Step::Asked {
            let hours = (self.shell.now() - open.at) / 3_600_000;
            if hours >= limits::ASKED_HOURS_MAX {
                return Ok("given up".to_owned());
            }
            // The person has gone, so the number is taken only to be retired.
            let answer = self.server.issue(&open.order, Language::Chinese, Patience::Short)?;
            if !open.order.paper {
                let issued = open.order.request_id.clone();
                let request_id = format!("{issued}-c");
                let issue_request_id = Some(issued);
                let body =
                    HolderRequest { request_id, token: None, document: None, issue_request_id };
                self.server.cancel(answer.ticket.id, &body)?;
                return Ok("cancelled".to_owned());
            }
            self.reserved(open, &answer);
        }
        let (ticket, outcome) = match open.step {
            Step::Asked => return Ok("not asked".to_owned()),
            Step::Reserved(ticket) => (ticket, PrintOutcome::Failed),
            Step::Sending(ticket) => (ticket, PrintOutcome::Unknown),
            Step::Came(ticket, outcome) => (ticket, outcome),
            Step::Own(own, slip) => return self.hand_in(&open.order, own, slip),
        };
        self.came(open, outcome);
        let body = PrintedRequest { request_id: format!("{}-p", open.order.request_id), outcome };
        self.server.printed(ticket, &body)?;
        Ok(format!("{outcome:?}").to_lowercase())
    }

    fn reserved(&mut self, open: &mut Open, answer: &IssueAnswer) {
        let entry = Entry::Reserved {
            request: open.order.request_id.clone(),
            ticket: answer.ticket.id,
            no: answer.ticket.no,
        };
        open.step = Step::Reserved(answer.ticket.id);
        self.write(&entry);
    }

    fn sending(&mut self, open: &mut Open) -> Result<(), BookFault> {
        self.book.write(&Entry::Sending { request: open.order.request_id.clone() })?;
        open.step = open.step.sent();
        Ok(())
    }

    fn came(&mut self, open: &mut Open, outcome: PrintOutcome) {
        let came = open.step.came(outcome);
        if open.step != came {
            open.step = came;
            self.write(&Entry::Came { request: open.order.request_id.clone(), outcome });
        }
    }

    fn settled(&mut self, open: &Open, how: &str) {
        let request = open.order.request_id.clone();
        self.write(&Entry::Settled { request, how: how.to_owned() });
    }

    /// A later entry that cannot be written stops nobody: the person is served from memory.
    fn write(&mut self, entry: &Entry) {
        if let Err(BookFault(why)) = self.book.write(entry) {
            tracing::error!(why, "the record of slips has a gap");
        }
    }
}

#[cfg(test)]
mod tests;
