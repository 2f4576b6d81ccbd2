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
            None => {
                let said = |language| {
                    let why = in_words(message, language);
                    Texts::of(language).fill("settings.bad_line", &[("why", &why), ("line", &line)])
                };
                let (chinese, english) = (said(Language::Chinese), said(Language::English));
                Self { line, chinese, english }
            }
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

/// What a parser says of a value, as people say it: the parsers speak of types of their own, and in English
/// only. What is not known here is told as it was said.
#[must_use]
pub fn in_words(message: &str, language: Language) -> String {
    let texts = Texts::of(language);
    let message = message.lines().next().unwrap_or_default().trim();
    let quoted = || message.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let (given, wanted) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let (given, wanted) = (kind(given, texts), kind(wanted, texts));
        return texts.fill("settings.wrong_kind", &[("given", &given), ("wanted", &wanted)]);
    }
    if let Some(rest) = message.strip_prefix("invalid value: ") {
        let (given, wanted) = rest.split_once(", expected ").unwrap_or((rest, ""));
        let value = given.split('`').nth(1).or_else(|| given.split('"').nth(1)).unwrap_or(given);
        let wanted = kind(wanted, texts);
        return texts.fill("settings.wrong_value", &[("value", &value), ("wanted", &wanted)]);
    }
    if message.starts_with("missing field") {
        return texts.fill("settings.missing_key", &[("key", &quoted())]);
    }
    if message.starts_with("unknown variant") {
        let known: Vec<&str> = message.split('`').skip(1).step_by(2).skip(1).collect();
        let known = known.join(texts.get("pages.join"));
        return texts.fill("settings.unknown_word", &[("value", &quoted()), ("known", &known)]);
    }
    if message.starts_with("duplicate") {
        return texts.get("settings.twice").to_owned();
    }
    // The parser of the file itself.
    let of_file = [
        ("key with no value", "settings.no_value"),
        ("missing assignment", "settings.no_value"),
        ("missing value", "settings.no_value"),
        ("string values must be quoted", "settings.no_quotes"),
        ("missing opening quote", "settings.no_quotes"),
        ("invalid string", "settings.open_quotes"),
        ("invalid basic string", "settings.open_quotes"),
        ("invalid literal string", "settings.open_quotes"),
        ("invalid multi-line", "settings.open_quotes"),
        ("missing comma", "settings.no_comma"),
        ("unclosed array", "settings.open_list"),
        ("invalid array", "settings.open_list"),
        ("unclosed table", "settings.open_table"),
        ("invalid table", "settings.open_table"),
        ("invalid float", "settings.no_number"),
        ("invalid integer", "settings.no_number"),
        ("invalid exponent", "settings.no_number"),
        ("invalid fraction", "settings.no_number"),
        ("invalid mantissa", "settings.no_number"),
        ("redundant", "settings.no_number"),
        ("a time of day", "settings.no_time"),
        ("a day is written", "settings.no_date"),
        ("invalid date", "settings.no_date"),
        ("invalid key", "settings.no_key"),
        ("invalid unquoted key", "settings.no_key"),
    ];
    match of_file.into_iter().find(|(begins, _)| message.starts_with(begins)) {
        Some((_, key)) => texts.get(key).to_owned(),
        None => texts.fill("settings.as_said", &[("why", &message)]),
    }
}

/// A type of a parser in the hall's words: "integer `5`", "a string", "u16", "struct Voice".
#[must_use]
pub fn kind(said: &str, texts: &Texts) -> String {
    let said = said.trim();
    let word = said.strip_prefix("a ").or_else(|| said.strip_prefix("an ")).unwrap_or(said);
    let key = match word.split([' ', '`']).next().unwrap_or_default() {
        "string" | "str" | "character" | "char" => "settings.kind_text",
        "u8" => "settings.kind_u8",
        "u16" => "settings.kind_u16",
        "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "integer" => "settings.kind_whole",
        "f32" | "f64" | "float" | "floating" => "settings.kind_number",
        "boolean" | "bool" => "settings.kind_flag",
        "sequence" | "array" | "tuple" => "settings.kind_list",
        "map" | "table" | "struct" | "inline" => "settings.kind_table",
        "datetime" | "date" | "time" => "settings.kind_date",
        _ => return said.to_owned(),
    };
    texts.get(key).to_owned()
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
    fn types_and_faults_of_the_file_are_told_in_words_and_not_in_those_of_a_parser() {
        for (text, chinese, english) in [
            ("return_after_secs = \"x\"\n", "应写整数（0–65535），写成了文字", "a whole number"),
            ("return_after_secs = 70000\n", "“70000”不合适", "70000 does not fit"),
            ("ticket_secs = 1\n", "缺少“return_after_secs”", "\"return_after_secs\" is missing"),
            ("return_after_secs\n", "等号", "an equals sign"),
            ("return_after_secs = 1\nreturn_after_secs = 2\n", "写了两次", "stands here twice"),
        ] {
            let told = told(text).to_string();
            assert!(told.contains(chinese) && told.contains(english), "{text}: {told}");
            for word in ["u16", "invalid type", "expected", "integer `"] {
                assert!(!told.contains(word), "{told}");
            }
        }
    }

    #[test]
    fn the_nearest_word_needs_the_fewest_changes() {
        let known = ["queue", "item", "quiet"];
        assert_eq!(nearest("quue", known.into_iter()), Some("queue"));
        assert_eq!(nearest("", std::iter::empty()), None);
    }
}
