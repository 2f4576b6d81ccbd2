//! One problem of a profile: where it is and what to do, in both languages.

use std::fmt;

use wire::texts::{Language, Texts};

/// A problem of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// Which problem: the key under `check` in the texts.
    pub code: String,
    values: Vec<(String, String)>,
}

impl Problem {
    /// A problem of a file and line.
    #[must_use]
    pub fn new(file: &str, line: Option<usize>, code: &str) -> Self {
        Self { file: file.into(), line, code: code.into(), values: Vec::new() }
    }

    /// The problem with one more value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.values.push((name.into(), value.to_string()));
        self
    }

    /// The sentence in one language.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let key = format!("check.{}", self.code);
        let values: Vec<(&str, &dyn fmt::Display)> =
            self.values.iter().map(|(name, value)| (name.as_str(), value as _)).collect();
        Texts::of(language).fill(&key, &values)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        let (chinese, english) =
            (self.sentence(Language::Chinese), self.sentence(Language::English));
        write!(f, ": {chinese}\n    {english}")
    }
}
