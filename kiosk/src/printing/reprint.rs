//! 补打: the number that a person holds already, once more on paper. Nothing is to be settled: the ticket
//! waits whatever becomes of the slip.

use wire::{
    http::{HolderRequest, PrintOutcome},
    texts::Texts,
};

use super::{Desk, Printer, Shell};
use crate::{
    ledger::Book,
    model::{
        message::{Msg, Reprint},
        page::Taken,
    },
    server::{Counter, Fault, Patience, Reprints},
    slip,
};

/// The code of a slip that did not come out again, beside those of the server.
const NOT_REPRINTED: &str = "not_reprinted";

impl<S: Counter + Reprints, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// Prints once more for the person before the kiosk.
    pub fn reprint(&mut self, wish: &Reprint) {
        let texts = Texts::of(wish.language);
        let state = self.printer.state();
        self.shell.tell(Msg::PrinterTold(state));
        if !state.prints() {
            self.shell.tell(not_reprinted(texts));
            return;
        }
        let body = HolderRequest {
            request_id: self.shell.request_id(),
            token: None,
            document: Some(wish.document.clone()),
            issue_request_id: None,
        };
        let answer =
            self.ask(Patience::Usual, |server| server.reprint(wish.ticket, &body, wish.language));
        let told = match answer {
            Ok(answer) => {
                self.shell.tell(Msg::Reserved);
                let came = self.printer.print(&slip::set(&answer.slip, texts));
                self.shell.tell(Msg::PrinterTold(came.state));
                match came.outcome {
                    // The slip may be in the person's hand; the number is shown in any case.
                    PrintOutcome::Printed | PrintOutcome::Unknown => {
                        Msg::Taken(Box::new(Taken { slip: answer.slip, paper: true }))
                    }
                    PrintOutcome::Failed => not_reprinted(texts),
                }
            }
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
}

fn not_reprinted(texts: &Texts) -> Msg {
    Msg::Refused {
        code: NOT_REPRINTED.to_owned(),
        title: texts.get("kiosk.reprint_failed").to_owned(),
        detail: Some(texts.get("kiosk.reprint_failed_hint").to_owned()),
        ticket: None,
    }
}
