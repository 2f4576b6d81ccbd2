//! A number is typed on large keys, or a code is scanned.

use look::icon::Icon;

use super::parts::Action;
use crate::{
    model::{
        Model,
        message::Touch,
        service::typed::{Sought, Typed},
    },
    scan,
};

mod drawn;

pub use drawn::typing_ui;
pub(in crate::screens) use drawn::{field_ui, pads_ui};

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
    let (title, mut hint, empty, wrong) = keys_of(typed.what);
    if typed.what == Sought::Booking && !model.reader {
        hint = "kiosk.booking_number_hint_typed";
    }
    let busy = model.asking.is_some();
    let done = match (busy, typed.what) {
        (true, _) => "kiosk.please_wait",
        (false, Sought::Ticket | Sought::Receipt) => "kiosk.seek",
        (false, Sought::Booking | Sought::Slip) => "kiosk.next_step",
        (false, Sought::Case) => "kiosk.confirm_plain",
        (false, Sought::Lacking) if typed.text.is_empty() => "kiosk.lacking_skip",
        (false, Sought::Lacking) => "kiosk.next_step",
    };
    let go = Action::primary(Touch::Seek, texts.get(done)).enabled(typed.is_whole() && !busy);
    let other = match typed.what {
        Sought::Ticket | Sought::Slip | Sought::Lacking | Sought::Receipt => None,
        Sought::Booking => {
            let name = model.card_words("kiosk.booking_card");
            Some(Action::second(Touch::BookByCard, name).icon(Icon::Person).enabled(!busy))
        }
        Sought::Case => Some(Action::second(Touch::WithoutCase, texts.get("kiosk.case_without"))),
    };
    TypingView {
        title: said(title),
        // In 长者版 the keys need the room.
        hint: if model.elder { String::new() } else { said(hint) },
        text: typed.shown(),
        empty: said(empty),
        wrong: typed.wrong.then(|| said(wrong)),
        pads: pads(model, typed),
        actions: std::iter::once(go).chain(other).collect(),
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
        Sought::Booking => (
            "kiosk.booking_number",
            "kiosk.booking_number_hint",
            "kiosk.booking_empty",
            "kiosk.booking_wrong",
        ),
        Sought::Case => {
            ("kiosk.case_number", "kiosk.case_hint", "kiosk.case_empty", "kiosk.case_wrong")
        }
        Sought::Slip => {
            ("kiosk.slip_number", "kiosk.slip_hint", "kiosk.slip_empty", "kiosk.slip_wrong")
        }
        Sought::Receipt => (
            "kiosk.receipt_number",
            "kiosk.receipt_hint",
            "kiosk.receipt_empty",
            "kiosk.receipt_wrong",
        ),
        Sought::Lacking => (
            "kiosk.lacking_words",
            "kiosk.lacking_words_hint",
            "kiosk.lacking_empty",
            // Nothing that is typed here is wrong.
            "kiosk.lacking_words_hint",
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
    let gap = PadKey { enabled: false, word: String::new(), ..key(' ') };
    let mut digits: Vec<PadKey> = ('1'..='9').map(key).collect();
    let pad = |across, keys| Pad { across, keys };
    match typed.what {
        Sought::Booking | Sought::Receipt => {
            digits.extend([gap, key('0'), erase]);
            vec![pad(3, digits)]
        }
        Sought::Ticket => {
            let queues = model.catalogue.iter().flat_map(|catalogue| &catalogue.queues);
            let mut letters: Vec<char> = queues.map(|queue| queue.letter).collect();
            letters.sort_unstable();
            letters.dedup();
            // A nought stands where telephones have it, 删除 beside it.
            digits.extend([gap, key('0'), erase]);
            let letters: Vec<PadKey> = letters.into_iter().map(key).collect();
            let letters = pad(if model.elder { 5 } else { 8 }, letters);
            match (model.elder, typed.text.is_empty()) {
                // One thing after the other, so that each key is as large as a hand.
                (true, true) => vec![letters],
                (true, false) => vec![pad(3, digits)],
                (false, _) => vec![letters, pad(3, digits)],
            }
        }
        Sought::Case | Sought::Slip | Sought::Lacking => {
            let is_case = typed.what == Sought::Case;
            let all = ('A'..='Z')
                .filter(|letter| typed.what != Sought::Slip || scan::is_of_token(*letter));
            let mut letters: Vec<PadKey> = all.map(key).collect();
            if is_case {
                letters.push(key('-'));
            }
            if typed.what == Sought::Lacking {
                let word = model.texts().get("kiosk.key_space").to_owned();
                letters.push(PadKey { word, ..key(' ') });
            }
            if model.elder {
                let other = |word: &str| PadKey {
                    touch: Touch::OtherKeys,
                    word: word.to_owned(),
                    enabled: true,
                };
                if typed.letters {
                    letters.pop_if(|_| typed.what != Sought::Slip);
                    letters.extend([other("123"), erase]);
                    return vec![pad(7, letters)];
                }
                digits.extend([other("ABC"), key('0'), erase]);
                return vec![pad(3, digits)];
            }
            letters.push(erase);
            digits.push(key('0'));
            vec![pad(5, digits), pad(7, letters)]
        }
    }
}
