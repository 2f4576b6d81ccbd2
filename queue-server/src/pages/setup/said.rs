//! What came of something, in a line above the page.

use wire::texts::Texts;

use crate::draft::DraftFault;

/// What came of it.
pub struct Said {
    /// The words.
    pub words: String,
    /// It was not done.
    pub is_no: bool,
}

/// What an address may say was done.
const DONE: &[&str] = &[
    "proposed",
    "sent_back",
    "discarded",
    "gone_on",
    "brought_back",
    "in_force",
    "tonight",
    "restart",
    "not_reloaded",
    "saved",
    "removed",
    "off",
    "on",
    "imported",
];

impl Said {
    /// What an address says was done.
    pub fn of(word: &str, texts: &Texts) -> Option<Self> {
        let known = DONE.iter().find(|known| **known == word)?;
        let is_no = *known == "not_reloaded";
        Some(Self { words: texts.get(&format!("setup.done_{known}")).to_owned(), is_no })
    }

    /// Why it was not done.
    pub fn no(fault: &DraftFault, texts: &Texts) -> Self {
        let words = texts.fill(&format!("setup.no_{}", fault.code()), &[("why", fault)]);
        Self { words, is_no: true }
    }
}
