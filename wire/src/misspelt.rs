//! 是不是: a misspelt word and the known one that is meant, and what is wrong with a configuration.

use std::fmt::{self, Display};

use crate::texts::{Language, Texts};

/// The known word that needs the fewest changes.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    known.min_by_key(|candidate| changes(word, candidate))
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn changes(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (index, other) in to.iter().enumerate() {
            let replaced = corner + usize::from(letter != *other);
            corner = row[index + 1];
            row[index + 1] = replaced.min(corner + 1).min(row[index] + 1);
        }
    }
    row[to.len()]
}

/// What is wrong with a configuration, at which line, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    line: usize,
    chinese: String,
    english: String,
}

impl Complaint {
    /// A parser's complaint about this text; for an unknown key with the nearest known one.
    #[must_use]
    pub fn of(error: &toml::de::Error, text: &str) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
        let message = error.message();
        let mut names = message.split('`').skip(1).step_by(2);
        match names.next().filter(|_| message.starts_with("unknown field")) {
            Some(key) => {
                let nearest = nearest(key, names).unwrap_or("–");
                Self::at(line, "settings.unknown_key", &[("key", &key), ("nearest", &nearest)])
            }
            None => Self::at(line, "settings.bad_line", &[("why", &message)]),
        }
    }

    fn at(line: usize, key: &str, values: &[(&str, &dyn Display)]) -> Self {
        let mut values = values.to_vec();
        values.push(("line", &line));
        let said = |language| Texts::of(language).fill(key, &values);
        let (chinese, english) = (said(Language::Chinese), said(Language::English));
        Self { line, chinese, english }
    }

    /// The line, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }
}

/// Both languages, Chinese first: whoever sets a program up may read either.
impl Display for Complaint {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}\n{}", self.chinese, self.english)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use serde::Deserialize;

    use super::{Complaint, nearest};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        #[serde(rename = "return_after_secs")]
        _return: u16,
        #[serde(rename = "ticket_secs")]
        _ticket: Option<u16>,
    }

    fn told(text: &str) -> Complaint {
        Complaint::of(&toml::from_str::<Settings>(text).unwrap_err(), text)
    }

    #[test]
    fn a_misspelt_key_is_told_in_both_languages_with_its_line_and_the_one_that_is_meant() {
        let complaint = told("return_after_secs = 60\n\ntiket_secs = 8\n");
        assert_eq!(complaint.line(), 3);
        let told = complaint.to_string();
        assert!(told.contains("第 3 行：没有“tiket_secs”这个键，是不是“ticket_secs”？"), "{told}");
        assert!(told.contains("line 3: there is no key \"tiket_secs\"; did you mean"), "{told}");
    }

    #[test]
    fn anything_else_is_told_with_its_line() {
        assert_eq!(told("return_after_secs = 60\nticket_secs = \"x\"\n").line(), 2);
    }

    #[test]
    fn the_nearest_word_needs_the_fewest_changes() {
        let known = ["queue", "item", "quiet"];
        assert_eq!(nearest("quue", known.into_iter()), Some("queue"));
        assert_eq!(nearest("", std::iter::empty()), None);
    }
}
