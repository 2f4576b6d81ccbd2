//! `texts/zh-CN.toml` and `texts/en.toml`: 本厅用语, the hall's own words in place of the built-in ones.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};
use wire::{
    misspelt::nearest,
    texts::{
        Language, Texts,
        own::{OWN, OwnTexts, may_be_own, places},
    },
};

use super::{
    problem::Problem,
    reader::{Source, Table},
    sources::Sources,
};

/// The folder in the profile's.
pub const FOLDER: &str = "texts";

/// The files of that folder, with their languages.
pub const FILES: [(&str, Language); 2] =
    [("texts/zh-CN.toml", Language::Chinese), ("texts/en.toml", Language::English)];

/// The longest text of a hall's own; the longest built-in one has 180 characters.
const CHARS_MAX: usize = 400;

/// Reads the hall's own words.
pub fn read(sources: &Sources, problems: &mut Vec<Problem>) -> OwnTexts {
    let mut own = OwnTexts::new();
    for (file, language) in FILES {
        let source = Source::new(file, sources.get(file));
        let Some(parsed) = source.parse(problems) else { continue };
        let table = Table::top(&source, &parsed);
        let mut reading = Reading { file, language, table: &table, problems };
        let mut words = Vec::new();
        reading.section("", parsed.get_ref(), &mut words);
        if !words.is_empty() {
            own.insert(language, words.into_iter().collect());
        }
    }
    own
}

struct Reading<'r, 'a, 't> {
    file: &'static str,
    language: Language,
    table: &'r Table<'a, 't>,
    problems: &'r mut Vec<Problem>,
}

impl Reading<'_, '_, '_> {
    fn section(&mut self, prefix: &str, table: &DeTable, words: &mut Vec<(String, String)>) {
        for (name, value) in table {
            let line = self.table.line_of(&name.span());
            let name: &str = name.get_ref();
            let key = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
            match value.get_ref() {
                DeValue::Table(_) if prefix.is_empty() && !OWN.contains(&name) => {
                    let near = nearest(name, OWN.into_iter()).unwrap_or("–");
                    let problem = self.problem(line, "texts_section").with("key", name);
                    self.problems.push(problem.with("nearest", near).with("known", OWN.join(", ")));
                }
                DeValue::Table(inner) => self.section(&key, inner, words),
                DeValue::String(text) => {
                    if self.fits(line, &key, text) {
                        words.push((key, text.to_string()));
                    }
                }
                DeValue::Integer(_)
                | DeValue::Float(_)
                | DeValue::Boolean(_)
                | DeValue::Datetime(_)
                | DeValue::Array(_) => {
                    let problem = self.problem(line, "wrong_type").with("key", &key);
                    self.problems.push(problem.with("kind", value.get_ref().type_str()));
                }
            }
        }
    }

    /// True if the key is known and the text says what the built-in one says.
    fn fits(&mut self, line: usize, key: &str, text: &str) -> bool {
        let before = self.problems.len();
        if !may_be_own(key) {
            let known = Texts::built_in(Language::Chinese).keys().filter(|key| may_be_own(key));
            let near = nearest(key, known).unwrap_or("–").to_owned();
            let problem = self.problem(line, "unknown_key").with("key", key);
            self.problems.push(problem.with("nearest", near));
            return false;
        }
        let (needed, there) = (places(Texts::built_in(self.language).get(key)), places(text));
        for (code, place) in differences(&needed, &there) {
            let known = needed.iter().map(|place| format!("{{{place}}}")).collect::<Vec<_>>();
            let known = if known.is_empty() { "–".to_owned() } else { known.join(" ") };
            let problem = self.problem(line, code).with("key", key);
            self.problems.push(problem.with("what", format!("{{{place}}}")).with("known", known));
        }
        if text.trim().is_empty() {
            self.problems.push(self.problem(line, "empty").with("key", key));
        }
        if text.chars().count() > CHARS_MAX || text.chars().any(char::is_control) {
            let problem = self.problem(line, "text_too_long").with("key", key);
            self.problems.push(problem.with("longest", CHARS_MAX));
        }
        self.problems.len() == before
    }

    fn problem(&self, line: usize, code: &str) -> Problem {
        Problem::new(self.file, Some(line), code)
    }
}

fn differences<'p>(
    needed: &BTreeSet<&'p str>,
    there: &BTreeSet<&'p str>,
) -> Vec<(&'static str, &'p str)> {
    let missing = needed.difference(there).map(|place| ("text_without_place", *place));
    let unknown = there.difference(needed).map(|place| ("text_of_no_place", *place));
    missing.chain(unknown).collect()
}
