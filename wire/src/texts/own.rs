//! 本厅用语: a hall's own words, laid over the built-in ones.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{PoisonError, RwLock},
};

use super::{Language, Texts};

/// A hall's own words, by language and key.
pub type OwnTexts = BTreeMap<Language, BTreeMap<String, String>>;

/// The sections in which a hall may have its own words: what its people see, hear and are told.
/// The others belong to programs and to whoever sets them up.
pub const OWN: [&str; 8] =
    ["strip", "voice", "kiosk", "slip", "refusal", "refusal_do", "desk", "phone"];

/// How often a program takes other words: each set stays in memory, 200 kB, because whoever reads
/// texts keeps them. A hall changes its words a few times a year.
const CHANGES_MAX: usize = 200;

/// What is laid over.
struct Laid {
    own: OwnTexts,
    chinese: Option<&'static Texts>,
    english: Option<&'static Texts>,
    changes: usize,
}

static LAID: RwLock<Laid> =
    RwLock::new(Laid { own: BTreeMap::new(), chinese: None, english: None, changes: 0 });

/// The texts with the hall's own words, if it has some.
pub(super) fn laid(language: Language) -> Option<&'static Texts> {
    let laid = LAID.read().unwrap_or_else(PoisonError::into_inner);
    match language {
        Language::Chinese => laid.chinese,
        Language::English => laid.english,
    }
}

/// Lays a hall's own words over the built-in ones in this program, in place of those laid before.
/// Words of other sections than [`OWN`] are left alone.
pub fn lay_over(own: &OwnTexts) {
    let mut laid = LAID.write().unwrap_or_else(PoisonError::into_inner);
    if laid.own == *own {
        return;
    }
    // Past that the words of the last change stay until the program starts again.
    if laid.changes >= CHANGES_MAX {
        return;
    }
    laid.changes += 1;
    laid.own.clone_from(own);
    laid.chinese = with(own, Language::Chinese);
    laid.english = with(own, Language::English);
}

fn with(own: &OwnTexts, language: Language) -> Option<&'static Texts> {
    let own = own.get(&language).filter(|words| !words.is_empty())?;
    let mut texts = Texts::built_in(language).texts.clone();
    let known = own.iter().filter(|(key, _)| may_be_own(key));
    texts.extend(known.map(|(key, text)| (key.clone(), text.clone())));
    Some(Box::leak(Box::new(Texts { language, texts })))
}

/// True if a hall may have its own words for this key.
#[must_use]
pub fn may_be_own(key: &str) -> bool {
    let section = key.split('.').next().unwrap_or_default();
    OWN.contains(&section) && Texts::built_in(Language::Chinese).has(key)
}

/// The places of a text that are filled: `{n}` and the number of `{n|case|cases}`.
#[must_use]
pub fn places(text: &str) -> BTreeSet<&str> {
    let openings = text.split('{').skip(1);
    let inside = openings.filter_map(|rest| rest.split_once('}').map(|(inside, _)| inside));
    inside.map(|inside| inside.split('|').next().unwrap_or(inside)).collect()
}

#[cfg(test)]
mod tests;
