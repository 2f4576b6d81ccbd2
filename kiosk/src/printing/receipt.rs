//! 反映回执: the number with which somebody asks what came of what they told. It is no ticket, so nothing
//! is settled; the number stands on the screen too.

use paper::slip::{Align, Size, Slip};
use wire::{
    http::{PrintOutcome, matters::ToldMatter},
    texts::{Language, Texts},
};

use super::{Desk, Printer, Shell};
use crate::{ledger::Book, model::message::Msg, screens::words::in_fours, server::Counter};

impl<S: Counter, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// Prints a receipt for the person before the kiosk.
    pub fn receipt(&mut self, matter: &ToldMatter, hall: &str, language: Language) {
        let state = self.printer.state();
        if !state.prints() {
            self.shell.tell(Msg::PrinterTold(state));
            self.shell.tell(Msg::ReceiptPrinted(false));
            return;
        }
        let came = self.printer.print(&set(matter, hall, Texts::of(language)));
        self.shell.tell(Msg::PrinterTold(came.state));
        self.shell.tell(Msg::ReceiptPrinted(came.outcome == PrintOutcome::Printed));
    }
}

/// Sets a receipt.
#[must_use]
pub fn set(matter: &ToldMatter, hall: &str, texts: &Texts) -> Slip {
    let said = |key: &str| texts.get(key).to_owned();
    let mut slip = Slip::new()
        .text(hall, Size::Normal, Align::Centre)
        .text(said("slip.receipt"), Size::Double, Align::Centre)
        .rule(false)
        .text(said("kiosk.told_receipt"), Size::Normal, Align::Centre)
        .text(in_fours(&matter.receipt.to_string()), Size::Double, Align::Centre)
        .rule(false)
        .pair(said("slip.receipt_told"), matter.told.as_str(), Size::Normal);
    if let Some(due) = &matter.due {
        slip = slip.pair(said("slip.receipt_due"), due.as_str(), Size::Normal);
    }
    slip.rule(true).text(said("slip.receipt_hint"), Size::Normal, Align::Left).cut()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_tells_its_number_its_limit_and_where_to_ask() {
        let matter = ToldMatter {
            receipt: "00017482".parse().unwrap(),
            told: "2026-11-23".to_owned(),
            due: Some("2026-11-30".to_owned()),
            overdue: false,
            closed: None,
            outcome: None,
        };
        for language in [Language::Chinese, Language::English] {
            let texts = Texts::of(language);
            let slip = format!("{:?}", set(&matter, "A Hall", texts));
            let hint = texts.get("slip.receipt_hint");
            for words in ["A Hall", "0001 7482", "2026-11-23", "2026-11-30", hint] {
                assert!(slip.contains(words), "{words}: {slip}");
            }
        }
    }
}
