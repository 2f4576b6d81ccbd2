//! 补打 and 过号激活: the number that a person holds already, once more on paper. Nothing is to be
//! settled: the ticket waits whatever becomes of the slip.

use wire::{
    http::{HolderRequest, IssueAnswer, PrintOutcome},
    texts::Texts,
};

use super::{Desk, Printer, Shell};
use crate::{
    enquiries::shown,
    ledger::Book,
    model::{
        message::{Again, Msg, Reprint},
        page::Taken,
    },
    server::{Counter, Fault, Patience, Reprints},
    slip,
};

/// The code of a slip that did not come out again, beside those of the server.
const NOT_REPRINTED: &str = "not_reprinted";

impl<S: Counter + Reprints, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// Prints once more for the person before the kiosk. A ticket is re-activated whether a printer
    /// prints or not: its number is known.
    pub fn reprint(&mut self, wish: &Reprint) {
        let texts = Texts::of(wish.language);
        let state = self.printer.state();
        self.shell.tell(Msg::PrinterTold(state));
        if !state.prints() && wish.again == Again::Reprint {
            self.shell.tell(not_reprinted(texts));
            return;
        }
        let (token, document) = shown(&wish.proof);
        let request_id = self.shell.request_id();
        let body = HolderRequest { request_id, token, document, issue_request_id: None };
        let answer = self.ask(Patience::Usual, |server| match wish.again {
            Again::Reprint => server.reprint(wish.ticket, &body, wish.language),
            Again::Reactivate => server.reactivate(wish.ticket, &body, wish.language),
        });
        let told = match answer {
            Ok(answer) if state.prints() => self.print_again(answer, wish.again, texts),
            Ok(answer) => Msg::Taken(Box::new(Taken { slip: answer.slip, paper: false })),
            Err(Fault::Refused(problem)) => Msg::Refused {
                code: problem.code,
                title: problem.title,
                detail: problem.detail,
                ticket: None,
            },
            Err(fault @ Fault::Silent { .. }) => {
                tracing::warn!(%fault, "a slip was to be printed again and nobody answered");
                Msg::NoAnswer
            }
        };
        self.shell.tell(told);
    }

    fn print_again(&mut self, answer: IssueAnswer, again: Again, texts: &Texts) -> Msg {
        self.shell.tell(Msg::Reserved);
        let came = self.printer.print(&slip::set(&answer.slip, texts));
        self.shell.tell(Msg::PrinterTold(came.state));
        match (came.outcome, again) {
            // The slip may be in the person's hand; the number is shown in any case.
            (PrintOutcome::Printed | PrintOutcome::Unknown, _) => {
                Msg::Taken(Box::new(Taken { slip: answer.slip, paper: true }))
            }
            (PrintOutcome::Failed, Again::Reactivate) => {
                Msg::Taken(Box::new(Taken { slip: answer.slip, paper: false }))
            }
            (PrintOutcome::Failed, Again::Reprint) => not_reprinted(texts),
        }
    }
}

fn not_reprinted(texts: &Texts) -> Msg {
    Msg::Refused {
        code: NOT_REPRINTED.to_owned(),
        title: texts.get("kiosk.reprint_failed").to_owned(),
        detail: Some(texts.get("kiosk.reprint_failed_hint").to_owned()),
        ticket: None,
    }
}
