//! 读不懂: what exactly is wrong with a body, in the caller's language and not the library's.

use serde_json::error::Category;
use wire::{
    misspelt::nearest,
    texts::{Language, Texts},
};

/// What is repeated of a word that was sent.
const WORD_CHARS_MAX: usize = 64;

/// What is repeated of the words that would do.
const KNOWN_MAX: usize = 20;

/// The words for a complaint of the parser at this field, like "missing[0].no".
pub fn words(field: &str, error: &serde_json::Error, language: Language) -> String {
    let texts = Texts::of(language);
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => {
            let place: [(&str, &dyn std::fmt::Display); 2] =
                [("line", &error.line()), ("column", &error.column())];
            texts.fill("body.no_json", &place)
        }
        Category::Data => misfit(field, &error.to_string(), texts),
    }
}

/// The parser tells in English what does not fit; its names stand in backquotes.
fn misfit(field: &str, message: &str, texts: &Texts) -> String {
    let mut names = message.split('`').skip(1).step_by(2);
    let field = short(field);
    let of = |name: Option<&str>| short(name.unwrap_or_default());
    if message.starts_with("unknown field") {
        let unknown = of(names.next());
        match nearest(&unknown, names) {
            Some(known) => texts.fill("body.unknown", &[("field", &unknown), ("nearest", &known)]),
            None => texts.fill("body.unknown_alone", &[("field", &unknown)]),
        }
    } else if message.starts_with("missing field") {
        texts.fill("body.missing", &[("field", &of(names.next()))])
    } else if message.starts_with("duplicate field") {
        texts.fill("body.twice", &[("field", &of(names.next()))])
    } else if message.starts_with("unknown variant") {
        let value = of(names.next());
        let known: Vec<&str> = names.take(KNOWN_MAX).collect();
        let known = known.join(" ");
        texts.fill("body.variant", &[("field", &field), ("value", &value), ("known", &known)])
    } else if field == "." {
        texts.get("body.no_object").to_owned()
    } else if message.starts_with("invalid type") {
        texts.fill("body.wrong_type", &[("field", &field)])
    } else {
        texts.fill("body.wrong_value", &[("field", &field)])
    }
}

fn short(word: &str) -> String {
    word.chars().filter(|each| !each.is_control()).take(WORD_CHARS_MAX).collect()
}
