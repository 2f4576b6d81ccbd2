//! One problem of a profile: where it is and what to do, in both languages.

use std::fmt;

use wire::{
    misspelt,
    texts::{Language, Texts},
};

/// A problem of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// Which problem: the key under `check` in the texts. It never changes.
    pub code: String,
    /// Whether the hall may open with it.
    pub severity: Severity,
    values: Vec<(String, String)>,
    at_the_door: bool,
    /// Codes of problems that may only follow from this one; they are told when it is mended.
    hides: Vec<&'static str>,
    /// Where else the same stands.
    also: Vec<String>,
}

/// Whether a hall may open with a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It may not.
    Error,
    /// It may, but should not.
    Warning,
}

/// Places of the same problem that are told; more are counted.
const ALSO_TOLD: usize = 6;

impl Problem {
    /// A problem of a file and line.
    #[must_use]
    pub fn new(file: &str, line: Option<usize>, code: &str) -> Self {
        Self {
            file: file.into(),
            line,
            code: code.into(),
            severity: Severity::Error,
            values: Vec::new(),
            at_the_door: false,
            hides: Vec::new(),
            also: Vec::new(),
        }
    }

    /// The problem with one more value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.values.push((name.into(), value.to_string()));
        self
    }

    /// The problem as a warning: the hall opens with it.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// The problem as one with which a hall can work, though no profile that is put in force may have
    /// it: one that was in force before this was checked is still read.
    #[must_use]
    pub fn at_the_door(mut self) -> Self {
        self.at_the_door = true;
        self
    }

    /// True if a profile that was in force may have it.
    #[must_use]
    pub fn is_at_the_door(&self) -> bool {
        self.at_the_door
    }

    /// The problem as the likely reason of others.
    #[must_use]
    pub fn hiding(mut self, codes: &[&'static str]) -> Self {
        self.hides.extend(codes);
        self
    }

    /// True if it tells that this key is missing.
    #[must_use]
    pub fn is_missing(&self, key: &str) -> bool {
        let named = |(name, value): &(String, String)| name == "key" && value == key;
        self.code == "missing" && self.values.iter().any(named)
    }

    /// The field that it is about, where it names one.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        let mut values = self.values.iter();
        values.find(|(name, _)| name == "key").map(|(_, value)| value.as_str())
    }

    /// The problem in place of another: it hides what the other hid.
    #[must_use]
    pub fn in_place_of(mut self, other: &Self) -> Self {
        self.hides.extend(&other.hides);
        self
    }

    /// The sentence in one language.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let texts = Texts::of(language);
        let key = format!("check.{}", self.code);
        // What a parser says is told in the language of the sentence.
        let is_parsers = ["syntax", "bad_rule"].contains(&self.code.as_str());
        let in_words = |(name, value): &(String, String)| match name.as_str() {
            "kind" => (name.clone(), misspelt::kind(value, texts)),
            "why" if is_parsers => (name.clone(), misspelt::in_words(value, language)),
            _ => (name.clone(), value.clone()),
        };
        let values: Vec<(String, String)> = self.values.iter().map(in_words).collect();
        let values: Vec<(&str, &dyn fmt::Display)> =
            values.iter().map(|(name, value)| (name.as_str(), value as _)).collect();
        let mut sentence = texts.fill(&key, &values);
        if !self.also.is_empty() {
            let told: Vec<&str> = self.also.iter().take(ALSO_TOLD).map(String::as_str).collect();
            let mut places = told.join(", ");
            if self.also.len() > ALSO_TOLD {
                places.push_str(" …");
            }
            let values: [(&str, &dyn fmt::Display); 2] =
                [("n", &self.also.len()), ("places", &places)];
            sentence.push_str(&texts.fill("check.also", &values));
        }
        sentence
    }

    /// The problem as one JSON object, for programs.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "file": self.file,
            "line": self.line,
            "code": self.code,
            "severity": match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            Language::Chinese.tag(): self.sentence(Language::Chinese),
            Language::English.tag(): self.sentence(Language::English),
        })
    }

    /// The file, with the line where it is known.
    #[must_use]
    pub fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (chinese, english) =
            (self.sentence(Language::Chinese), self.sentence(Language::English));
        let note = match self.severity {
            Severity::Error => String::new(),
            Severity::Warning => {
                format!("({}) ", Texts::of(Language::Chinese).get("check.warning"))
            }
        };
        write!(f, "{}: {} · {note}{chinese}\n    {english}", self.place(), self.code)
    }
}

/// Puts problems in the order of the files and lines, leaves out those that may only follow from
/// another, and tells the same wrong id once, with its other places.
pub fn settle(problems: Vec<Problem>, files: &[&str]) -> Vec<Problem> {
    let hidden: Vec<&str> = problems.iter().flat_map(|problem| problem.hides.clone()).collect();
    let shown = problems.into_iter().filter(|problem| !hidden.contains(&problem.code.as_str()));
    let mut shown: Vec<Problem> = shown.collect();
    let rank = |problem: &Problem| files.iter().position(|file| *file == problem.file);
    shown.sort_by_key(|problem| (rank(problem), problem.line.unwrap_or(usize::MAX)));
    let mut settled: Vec<Problem> = Vec::new();
    for problem in shown {
        let same = |other: &&mut Problem| {
            problem.code.starts_with("no_such_")
                && other.code == problem.code
                && other.values == problem.values
        };
        match settled.iter_mut().find(same) {
            Some(other) => other.also.push(problem.place()),
            None => settled.push(problem),
        }
    }
    settled
}
