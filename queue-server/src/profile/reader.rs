//! Reads a TOML file key by key and goes on after a problem, so that all are told at once.

use std::{collections::BTreeSet, fmt, ops::Range, str::FromStr};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::problem::Problem;

/// A file being read.
pub struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

/// A table of the file; [`Table::finish`] names the keys nobody asked for.
pub struct Table<'a, 't> {
    source: &'a Source<'a>,
    table: Option<&'t DeTable<'t>>,
    span: Range<usize>,
    asked: BTreeSet<String>,
}

/// A value with its line.
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Its line, from 1.
    pub line: usize,
}

impl<'a> Source<'a> {
    /// A file by name and text.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// Parses the file; a syntax error is a problem.
    pub fn parse(&self, problems: &mut Vec<Problem>) -> Option<Spanned<DeTable<'a>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let line = error.span().map(|span| self.line(span.start));
                problems.push(self.problem(line, "syntax").with("why", error.message()));
                None
            }
        }
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count() + 1
    }

    /// A problem of this file.
    pub fn problem(&self, line: Option<usize>, code: &str) -> Problem {
        Problem::new(self.file, line, code)
    }
}

impl<'a, 't> Table<'a, 't> {
    /// The top of a file.
    pub fn top(source: &'a Source<'a>, top: &'t Spanned<DeTable<'t>>) -> Self {
        let table = Some(top.get_ref());
        Self { source, table, span: top.span(), asked: BTreeSet::new() }
    }

    /// The line on which the table begins.
    pub fn line(&self) -> usize {
        self.source.line(self.span.start)
    }

    /// A problem at this table.
    pub fn problem(&self, line: usize, code: &str) -> Problem {
        self.source.problem(Some(line), code)
    }

    fn value(&mut self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.insert(key.to_owned());
        self.table?.get(key)
    }

    /// A text that parses as `T`; told if it is there and wrong.
    pub fn maybe<T: FromStr<Err: fmt::Display>>(
        &mut self,
        key: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Found<T>> {
        let value = self.value(key)?;
        let line = self.source.line(value.span().start);
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().replace('_', ""),
            DeValue::Float(number) => number.as_str().replace('_', ""),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                let problem = self.problem(line, "wrong_type").with("key", key);
                problems.push(problem.with("kind", value.get_ref().type_str()));
                return None;
            }
        };
        match text.parse() {
            Ok(value) => Some(Found { value, line }),
            Err(why) => {
                let problem = self.problem(line, "bad_value").with("key", key);
                problems.push(problem.with("value", text).with("why", why));
                None
            }
        }
    }

    /// A text that must be there.
    pub fn must<T: FromStr<Err: fmt::Display>>(
        &mut self,
        key: &str,
        problems: &mut Vec<Problem>,
    ) -> Option<Found<T>> {
        if self.table.is_some_and(|table| !table.contains_key(key)) {
            self.asked.insert(key.to_owned());
            problems.push(self.problem(self.line(), "missing").with("key", key));
            return None;
        }
        self.maybe(key, problems)
    }

    /// A list of texts; empty if it is not there.
    pub fn list<T: FromStr<Err: fmt::Display>>(
        &mut self,
        key: &str,
        problems: &mut Vec<Problem>,
    ) -> Vec<Found<T>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let line = self.source.line(value.span().start);
        let Some(array) = value.get_ref().as_array() else {
            problems.push(
                self.problem(line, "wrong_type")
                    .with("key", key)
                    .with("kind", value.get_ref().type_str()),
            );
            return Vec::new();
        };
        let mut found = Vec::new();
        for each in array {
            let line = self.source.line(each.span().start);
            let text =
                each.get_ref().as_str().map(str::to_owned).or_else(|| {
                    each.get_ref().as_integer().map(|number| number.as_str().to_owned())
                });
            match text.map(|text| (text.parse(), text)) {
                Some((Ok(value), _)) => found.push(Found { value, line }),
                Some((Err(why), text)) => {
                    let problem = self.problem(line, "bad_value").with("key", key);
                    problems.push(problem.with("value", text).with("why", why));
                }
                None => {
                    let kind = each.get_ref().type_str();
                    problems
                        .push(self.problem(line, "wrong_type").with("key", key).with("kind", kind));
                }
            }
        }
        found
    }

    /// The tables of `[[key]]`.
    pub fn tables(&mut self, key: &str, problems: &mut Vec<Problem>) -> Vec<Table<'a, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            let line = self.source.line(value.span().start);
            problems.push(
                self.problem(line, "wrong_type")
                    .with("key", key)
                    .with("kind", value.get_ref().type_str()),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for each in array {
            if let Some(table) = each.get_ref().as_table() {
                tables.push(Table {
                    source: self.source,
                    table: Some(table),
                    span: each.span(),
                    asked: BTreeSet::new(),
                });
            }
        }
        tables
    }

    /// The table `[key]`; an absent one has nothing in it and lacks nothing.
    pub fn table(&mut self, key: &str) -> Table<'a, 't> {
        let value = self.value(key);
        Table {
            source: self.source,
            table: value.and_then(|value| value.get_ref().as_table()),
            span: value.map_or(0..0, Spanned::span),
            asked: BTreeSet::new(),
        }
    }

    /// Names every key that nobody asked for, with the nearest one that is known.
    pub fn finish(self, problems: &mut Vec<Problem>) {
        let Some(table) = self.table else { return };
        for key in table.keys() {
            let name: &str = key.get_ref();
            if self.asked.contains(name) {
                continue;
            }
            let line = self.source.line(key.span().start);
            let nearest = nearest(name, self.asked.iter().map(String::as_str)).unwrap_or("–");
            let problem = self.problem(line, "unknown_key").with("key", name);
            problems.push(problem.with("nearest", nearest));
        }
    }
}

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
