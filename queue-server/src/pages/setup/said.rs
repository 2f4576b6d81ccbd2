//! What came of something, in a line above the page.

use wire::texts::Texts;

use crate::draft::DraftFault;

/// What came of it.
pub struct Said {
    /// The words.
    pub words: String,
    /// It was not done.
    pub is_no: bool,
    /// Where to look; empty if nowhere.
    pub href: String,
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
    "taken_in",
];

impl Said {
    /// What an address says was done.
    pub fn of(word: &str, texts: &Texts) -> Option<Self> {
        let known = DONE.iter().find(|known| **known == word)?;
        let is_no = *known == "not_reloaded";
        let words = texts.get(&format!("setup.done_{known}")).to_owned();
        Some(Self { words, is_no, href: String::new() })
    }

    /// Why it was not done.
    pub fn no(fault: &DraftFault, texts: &Texts) -> Self {
        let items = if let DraftFault::Catalogue(items) = fault {
            items.join(texts.get("pages.join"))
        } else {
            String::new()
        };
        let words =
            texts.fill(&format!("setup.no_{}", fault.code()), &[("why", fault), ("items", &items)]);
        Self { words, is_no: true, href: String::new() }
    }

    /// The same; a success beside fields that are wrong is none, and leads to the first of them.
    pub fn beside(self, wrong: usize, first: Option<String>, texts: &Texts) -> Self {
        if self.is_no || wrong == 0 {
            return self;
        }
        let words = texts.fill("setup.saved_wrong", &[("n", &wrong)]);
        Self { words, is_no: true, href: first.map_or(String::new(), |id| format!("#f-{id}")) }
    }
}
