//! What a form of the set-up sends, as the profile's files write it; and a mark by which a form that was
//! drawn before somebody else's change is known.

use sha2::{Digest, Sha256};

use crate::profile::forms::{self, BETWEEN, Shape};

/// Bytes of a mark.
const MARK_BYTES: usize = 8;

/// What was typed or ticked under a name. A box that is not ticked is not sent; boxes that are ticked are
/// a list.
pub fn said(shape: Shape, name: &str, sent: &[(String, String)], chars_max: usize) -> String {
    let values = sent.iter().filter(|(each, _)| each == name);
    let values: Vec<&str> = values.map(|(_, value)| value.trim()).collect();
    let first = || values.first().copied().unwrap_or_default();
    let text = match shape {
        Shape::Flag(_) => values.contains(&"true").to_string(),
        shape if shape.is_list() => {
            let all = values.iter().flat_map(|value| forms::values(value));
            all.collect::<Vec<_>>().join(&BETWEEN.to_string())
        }
        Shape::Long => values.join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
        Shape::Number => first().chars().map(digit).collect(),
        Shape::Text
        | Shape::Time
        | Shape::Date
        | Shape::One(_)
        | Shape::Of(_)
        | Shape::Some(_)
        | Shape::Many(_)
        | Shape::Texts
        | Shape::Numbers => first().to_owned(),
    };
    text.chars().filter(|each| !each.is_control()).take(chars_max).collect()
}

/// A digit as a keyboard for Chinese may type it, as a digit.
fn digit(letter: char) -> char {
    match letter {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

/// Changes with every name and value.
pub fn mark<'t>(cells: impl Iterator<Item = (&'t str, &'t str)>) -> String {
    let mut digest = Sha256::new();
    for (name, cell) in cells {
        digest.update(format!("{}:{name}{}:{cell}", name.len(), cell.len()));
    }
    digest.finalize().iter().take(MARK_BYTES).map(|byte| format!("{byte:02x}")).collect()
}
