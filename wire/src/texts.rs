//! The words of the product in one place: `assets/texts/{language}.toml`.
//!
//! Keys are `section.name`; `{n}` in a text is a place to fill, and `{n|case|cases}` a word that
//! goes with the number. A key that a language lacks falls back to Chinese, and a test names it.

pub mod own;

use std::{collections::BTreeMap, fmt, sync::OnceLock};

use serde::{Deserialize, Serialize};

/// A language the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Language {
    /// 简体中文.
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The tag in files, attributes and headers.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// Picks a language from an `Accept-Language` header.
    #[must_use]
    pub fn from_header(header: &str) -> Self {
        let first = header.split([',', ';']).next().unwrap_or_default().trim();
        if first.to_ascii_lowercase().starts_with("en") { Self::English } else { Self::Chinese }
    }
}

/// All texts of one language.
pub struct Texts {
    language: Language,
    texts: BTreeMap<String, String>,
}

const CHINESE: &str = include_str!("../../assets/texts/zh-CN.toml");
const ENGLISH: &str = include_str!("../../assets/texts/en.toml");

impl Texts {
    /// The texts of a language, with the hall's own words where it has some.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        own::laid(language).unwrap_or_else(|| Self::built_in(language))
    }

    /// The texts built into the program.
    #[must_use]
    pub fn built_in(language: Language) -> &'static Self {
        static CHINESE_TEXTS: OnceLock<Texts> = OnceLock::new();
        static ENGLISH_TEXTS: OnceLock<Texts> = OnceLock::new();
        let (cell, source) = match language {
            Language::Chinese => (&CHINESE_TEXTS, CHINESE),
            Language::English => (&ENGLISH_TEXTS, ENGLISH),
        };
        cell.get_or_init(|| {
            Self::parse(language, source).expect("the built-in texts are tested to parse")
        })
    }

    /// Reads a text file.
    ///
    /// # Errors
    /// If it is no TOML, or a value is neither a text nor a table.
    pub fn parse(language: Language, source: &str) -> Result<Self, BadTexts> {
        let table: toml::Table =
            source.parse().map_err(|error: toml::de::Error| BadTexts(error.to_string()))?;
        let mut texts = BTreeMap::new();
        collect("", &table, &mut texts)?;
        Ok(Self { language, texts })
    }

    /// Which language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text of a key; the Chinese one if this language lacks it, and the key itself if both do.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        if let Some(text) = self.texts.get(key) {
            return text;
        }
        match self.language {
            Language::Chinese => key,
            Language::English => Self::of(Language::Chinese).get(key),
        }
    }

    /// The text of a key with its places filled: `fill("tile.waiting", &[("n", &5)])`. Words that
    /// go with a number are the first for "1" and the second for anything else.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &dyn fmt::Display)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in values {
            let value = value.to_string();
            choose_words(&mut text, name, value == "1");
            text = text.replace(&format!("{{{name}}}"), &value);
        }
        text
    }

    /// A sentence in Chinese and in English, for whoever installs: they read one of them.
    #[must_use]
    pub fn both(key: &str, values: &[(&str, &dyn fmt::Display)]) -> String {
        Self::in_both(|texts| texts.fill(key, values))
    }

    /// Words in Chinese, then in English, where they hold words of the texts in turn.
    pub fn in_both(words: impl Fn(&Self) -> String) -> String {
        [Language::Chinese, Language::English].map(|each| words(Self::of(each))).join(" ")
    }

    /// The word that goes with a number which stands beside it.
    #[must_use]
    pub fn word(&self, key: &str, number: impl fmt::Display) -> String {
        self.fill(key, &[("n", &number)])
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// True if this very language has the key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }
}

/// Puts one of the two words of each `{name|one|many}` in its place.
fn choose_words(text: &mut String, name: &str, is_one: bool) {
    let opening = format!("{{{name}|");
    while let Some(begin) = text.find(&opening) {
        let Some(length) = text[begin..].find('}') else { return };
        let words = &text[begin + opening.len()..begin + length];
        let (one, many) = words.split_once('|').unwrap_or((words, words));
        let word = if is_one { one } else { many }.to_owned();
        text.replace_range(begin..=begin + length, &word);
    }
}

/// A text file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("failed to read the texts: {0}")]
pub struct BadTexts(String);

fn collect(
    prefix: &str,
    table: &toml::Table,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), BadTexts> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        if let Some(text) = value.as_str() {
            texts.insert(key, text.to_owned());
        } else if let Some(inner) = value.as_table() {
            collect(&key, inner, texts)?;
        } else {
            return Err(BadTexts(format!("{key} is neither a text nor a table")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
