//! 打印指南: what is published of an item, on the slip printer. It is no ticket, so nothing is settled.

use paper::slip::{Align, Size, Slip};
use wire::{
    catalogue::ItemGuide,
    http::PrintOutcome,
    texts::{Language, Texts},
};

use super::{Desk, Printer, Shell};
use crate::{ledger::Book, model::message::Msg, server::Counter};

impl<S: Counter, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// Prints a guide for the person before the kiosk.
    pub fn guide(&mut self, guide: &ItemGuide, language: Language) {
        let state = self.printer.state();
        if !state.prints() {
            self.shell.tell(Msg::PrinterTold(state));
            self.shell.tell(Msg::GuidePrinted(false));
            return;
        }
        let came = self.printer.print(&set(guide, Texts::of(language)));
        self.shell.tell(Msg::PrinterTold(came.state));
        // Somebody may hold it: then nobody is told that it did not come.
        let printed = match came.outcome {
            PrintOutcome::Printed | PrintOutcome::Unknown => true,
            PrintOutcome::Failed => false,
        };
        self.shell.tell(Msg::GuidePrinted(printed));
    }
}

/// Sets a guide: the eight fields as they are published, what is empty left out.
#[must_use]
pub fn set(guide: &ItemGuide, texts: &Texts) -> Slip {
    let said = |key: &str| texts.get(key).to_owned();
    let mut slip = Slip::new()
        .text(said("kiosk.guide"), Size::Normal, Align::Centre)
        .text(guide.name.as_str(), Size::Double, Align::Centre)
        .rule(false);
    let materials = if guide.materials.is_empty() { &guide.bring } else { &guide.materials };
    let listed: Vec<String> =
        (1..).zip(materials).map(|(place, paper)| format!("{place}. {paper}")).collect();
    let eight: [(&str, &str); 8] = [
        ("kiosk.guide_materials", &listed.join("\n")),
        ("kiosk.guide_content", &guide.content),
        ("kiosk.guide_conditions", &guide.conditions),
        ("kiosk.guide_procedure", &guide.procedure),
        ("kiosk.guide_limit", &guide.limit),
        ("kiosk.guide_fees", &guide.fees),
        ("kiosk.guide_result", &guide.result),
        ("kiosk.guide_basis", &guide.basis),
    ];
    for (label, words) in eight.into_iter().filter(|(_, words)| !words.is_empty()) {
        let words =
            texts.fill("kiosk.guide_field", &[("label", &texts.get(label)), ("words", &words)]);
        slip = slip.text(words, Size::Normal, Align::Left).feed(12);
    }
    slip.rule(false).cut()
}

#[cfg(test)]
mod tests;
