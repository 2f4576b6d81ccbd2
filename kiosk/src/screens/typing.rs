//! A number is typed on large keys, or a code is scanned.

use super::parts::Action;
use crate::model::{
    Model,
    message::Touch,
    service::typed::{Sought, Typed},
};

mod drawn;

pub use drawn::typing_ui;

/// The typing page.
#[derive(Debug, Clone, PartialEq)]
pub struct TypingView {
    /// What is asked.
    pub title: String,
    /// Where that stands on paper.
    pub hint: String,
    /// So far.
    pub text: String,
    /// What stands there before anything was typed.
    pub empty: String,
    /// Why it is wrong.
    pub wrong: Option<String>,
    /// The keys, block by block.
    pub pads: Vec<Pad>,
    /// What is done with the number, the usual step first.
    pub actions: Vec<Action>,
}

/// A block of keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Pad {
    /// Keys in a row.
    pub across: usize,
    /// The keys.
    pub keys: Vec<PadKey>,
}

/// A key.
#[derive(Debug, Clone, PartialEq)]
pub struct PadKey {
    /// What it does.
    pub touch: Touch,
    /// What stands on it.
    pub word: String,
    /// It may be pressed now.
    pub enabled: bool,
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, typed: &Typed) -> TypingView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let (title, hint, empty, wrong) = keys_of(typed.what);
    let busy = model.asking.is_some();
    let done = if busy { "kiosk.please_wait" } else { "kiosk.seek" };
    let go = Action::primary(Touch::Seek, texts.get(done)).enabled(typed.is_whole() && !busy);
    TypingView {
        title: said(title),
        // In 长者版 the keys need the room.
        hint: if model.elder { String::new() } else { said(hint) },
        text: typed.text.clone(),
        empty: said(empty),
        wrong: typed.wrong.then(|| said(wrong)),
        pads: pads(model, typed),
        actions: vec![go],
    }
}

/// The keys of title, hint, empty field and wrong number.
const fn keys_of(what: Sought) -> (&'static str, &'static str, &'static str, &'static str) {
    match what {
        Sought::Ticket => (
            "kiosk.find_number",
            "kiosk.find_number_hint",
            "kiosk.find_number_empty",
            "kiosk.find_number_wrong",
        ),
    }
}

fn pads(model: &Model, typed: &Typed) -> Vec<Pad> {
    let key = |key: char| PadKey {
        touch: Touch::Digit(key),
        word: key.to_string(),
        enabled: typed.takes(key),
    };
    let erase = PadKey {
        touch: Touch::Erase,
        word: model.texts().get("kiosk.identity_erase").to_owned(),
        enabled: !typed.text.is_empty(),
    };
    let mut digits: Vec<PadKey> = ('1'..='9').map(key).collect();
    match typed.what {
        Sought::Ticket => {
            let queues = model.catalogue.iter().flat_map(|catalogue| &catalogue.queues);
            let mut letters: Vec<char> = queues.map(|queue| queue.letter).collect();
            letters.sort_unstable();
            letters.dedup();
            // A nought stands where telephones have it, 删除 beside it.
            digits.extend([erase.clone(), key('0')]);
            digits.swap(9, 10);
            digits.insert(9, PadKey { enabled: false, word: String::new(), ..key(' ') });
            let letters: Vec<PadKey> = letters.into_iter().map(key).collect();
            let letters = Pad { across: if model.elder { 5 } else { 8 }, keys: letters };
            let digits = Pad { across: 3, keys: digits };
            match (model.elder, typed.text.is_empty()) {
                // One thing after the other, so that each key is as large as a hand.
                (true, true) => vec![letters],
                (true, false) => vec![digits],
                (false, _) => vec![letters, digits],
            }
        }
    }
}
