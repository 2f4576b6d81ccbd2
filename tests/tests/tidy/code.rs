//! A Rust file as the tidy test reads it: its words, with comments blanked out and strings kept.

/// A Rust file.
pub struct Source {
    /// Where it is, from the house on.
    pub path: String,
    /// All of it.
    pub text: String,
    code: String,
}

impl Source {
    /// Reads a file's text.
    pub fn new(path: &str, text: String) -> Source {
        let code = without_comments(&text);
        Source { path: path.to_owned(), text, code }
    }

    /// Returns whether it is only there for tests, benches or trials, or builds.
    pub fn is_test(&self) -> bool {
        let named = ["tests.rs", "testing.rs", "build.rs"];
        let placed = ["tests/", "benches/", "examples/"];
        named.iter().any(|name| self.path.ends_with(name))
            || placed.iter().any(|folder| {
                self.path.starts_with(folder) || self.path.contains(&format!("/{folder}"))
            })
            || self.path.contains("_tests/")
    }

    /// Returns the lines of code, with their numbers.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Says something of a line.
    pub fn at(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// Where the reader is.
#[derive(Clone, Copy)]
enum Place {
    Code,
    Line,
    Block { depth: usize },
    Text,
    Raw { hashes: usize },
}

/// Blanks comments out; lines keep their numbers.
fn without_comments(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (mut out, mut place, mut at) = (String::with_capacity(text.len()), Place::Code, 0);
    while at < letters.len() {
        let (next, taken, kept) =
            step(&letters[at..], place, at.checked_sub(1).map(|i| letters[i]));
        for letter in &letters[at..at + taken] {
            out.push(if kept || *letter == '\n' { *letter } else { ' ' });
        }
        (place, at) = (next, at + taken);
    }
    out
}

/// Takes the next few letters: where the reader is then, how many, and whether they are code.
fn step(rest: &[char], place: Place, before: Option<char>) -> (Place, usize, bool) {
    let starts = |word: &str| word.chars().eq(rest.iter().copied().take(word.len()));
    match place {
        Place::Code if starts("//") => (Place::Line, 2, false),
        Place::Code if starts("/*") => (Place::Block { depth: 1 }, 2, false),
        Place::Code if starts("\"") => (Place::Text, 1, true),
        Place::Code if rest[0] == 'r' && !before.is_some_and(is_word) => raw(rest),
        Place::Code if rest[0] == '\'' => (place, letter(rest), true),
        Place::Code => (place, 1, true),
        Place::Line if rest[0] == '\n' => (Place::Code, 1, true),
        Place::Line => (place, 1, false),
        Place::Block { depth } if starts("/*") => (Place::Block { depth: depth + 1 }, 2, false),
        Place::Block { depth: 1 } if starts("*/") => (Place::Code, 2, false),
        Place::Block { depth } if starts("*/") => (Place::Block { depth: depth - 1 }, 2, false),
        Place::Block { .. } => (place, 1, false),
        Place::Text if rest[0] == '\\' => (place, rest.len().min(2), true),
        Place::Text if rest[0] == '"' => (Place::Code, 1, true),
        Place::Text => (place, 1, true),
        Place::Raw { hashes } => {
            let ends =
                rest[0] == '"' && rest[1..].iter().take_while(|c| **c == '#').count() >= hashes;
            if ends { (Place::Code, 1 + hashes, true) } else { (place, 1, true) }
        }
    }
}

/// A raw string's beginning, or just the letter.
fn raw(rest: &[char]) -> (Place, usize, bool) {
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    match rest.get(1 + hashes) {
        Some('"') => (Place::Raw { hashes }, 2 + hashes, true),
        _ => (Place::Code, 1, true),
    }
}

/// How long a letter in quotes is; 1 for a lifetime.
fn letter(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', _, ..] => {
            rest.iter().skip(3).position(|c| *c == '\'').map_or(1, |more| more + 4)
        }
        ['\'', _, '\'', ..] => 3,
        _ => 1,
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
