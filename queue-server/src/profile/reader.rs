//! Reads a TOML file key by key and goes on after a problem, so that all are told at once.

#[cfg(test)]
pub mod asked;

use std::{collections::BTreeSet, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use wire::misspelt::nearest;

use super::{problem::Problem, value::Value};

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
    /// Where it stands, for the test that looks for a page of every key.
    #[cfg(test)]
    path: Vec<String>,
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
        Self {
            source,
            table,
            span: top.span(),
            asked: BTreeSet::new(),
            #[cfg(test)]
            path: Vec::new(),
        }
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
    pub fn maybe<T: Value>(&mut self, key: &str, problems: &mut Vec<Problem>) -> Option<Found<T>> {
        let value = self.value(key)?;
        let line = self.source.line(value.span().start);
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().replace('_', ""),
            DeValue::Float(number) => number.as_str().replace('_', ""),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::Array(_) | DeValue::Table(_) => {
                let problem = self.problem(line, "wrong_type").with("key", key);
                problems.push(problem.with("kind", value.get_ref().type_str()));
                return None;
            }
        };
        match text.parse() {
            Ok(value) => Some(Found { value, line }),
            Err(_) => {
                problems.push(self.problem(line, T::WRONG).with("key", key).with("value", text));
                None
            }
        }
    }

    /// A text that must be there.
    pub fn must<T: Value>(&mut self, key: &str, problems: &mut Vec<Problem>) -> Option<Found<T>> {
        if self.table.is_some_and(|table| !table.contains_key(key)) {
            self.asked.insert(key.to_owned());
            problems.push(self.problem(self.line(), "missing").with("key", key));
            return None;
        }
        self.maybe(key, problems)
    }

    /// An id that must be there; what names it is not told wrong while it is.
    pub fn id<T: Value>(
        &mut self,
        key: &str,
        hides: &[&'static str],
        problems: &mut Vec<Problem>,
    ) -> Option<Found<T>> {
        let before = problems.len();
        let found = self.must(key, problems);
        let wrong: Vec<Problem> = problems.drain(before..).collect();
        problems.extend(wrong.into_iter().map(|problem| problem.hiding(hides)));
        found
    }

    /// A name that must be there and say something.
    pub fn name(&mut self, key: &str, problems: &mut Vec<Problem>) -> Option<Found<String>> {
        let found = self.must::<String>(key, problems)?;
        if found.value.trim().is_empty() {
            problems.push(self.problem(found.line, "empty").with("key", key));
        }
        Some(found)
    }

    /// A name that says something if it is there.
    pub fn name_if(&mut self, key: &str, problems: &mut Vec<Problem>) -> Option<String> {
        if self.has(key) { self.name(key, problems).map(|found| found.value) } else { None }
    }

    /// A number within its range; told if it is there and not within.
    pub fn number<T: Value + PartialOrd + std::fmt::Display>(
        &mut self,
        key: &str,
        range: std::ops::RangeInclusive<T>,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let found = self.maybe::<T>(key, problems)?;
        if !range.contains(&found.value) {
            let problem = self.problem(found.line, "out_of_range").with("key", key);
            problems.push(problem.with("low", range.start()).with("high", range.end()));
            return None;
        }
        Some(found.value)
    }

    /// One of these words.
    pub fn one_of<T: Copy>(
        &mut self,
        key: &str,
        known: &[(&str, T)],
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let found = self.maybe::<String>(key, problems)?;
        let chosen = known.iter().find(|(word, _)| *word == found.value);
        if chosen.is_none() {
            problems.push(self.not_one_of(&found, known.iter().map(|(word, _)| *word)));
        }
        chosen.map(|(_, value)| *value)
    }

    /// The problem of a word that is not one of those known.
    pub fn not_one_of<'k>(
        &self,
        found: &Found<String>,
        known: impl Iterator<Item = &'k str>,
    ) -> Problem {
        let known: Vec<&str> = known.collect();
        let nearest = nearest(&found.value, known.iter().copied()).unwrap_or("–").to_owned();
        let problem = self.problem(found.line, "not_one_of").with("value", &found.value);
        problem.with("known", known.join(", ")).with("nearest", nearest)
    }

    /// True if the key stands there.
    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// The table as it stands, for what reads it whole; none if it is not there.
    pub fn whole(&self) -> Option<&'t DeTable<'t>> {
        self.table
    }

    /// The line of a span.
    pub fn line_of(&self, span: &Range<usize>) -> usize {
        self.source.line(span.start)
    }

    /// A list of texts; empty if it is not there.
    pub fn list<T: Value>(&mut self, key: &str, problems: &mut Vec<Problem>) -> Vec<Found<T>> {
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
            let text = match each.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                DeValue::Integer(number) => Some(number.as_str().to_owned()),
                DeValue::Datetime(moment) => Some(moment.to_string()),
                DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => {
                    None
                }
            };
            match text.map(|text| (text.parse(), text)) {
                Some((Ok(value), _)) => found.push(Found { value, line }),
                Some((Err(_), text)) => {
                    let problem = self.problem(line, T::WRONG).with("key", key);
                    problems.push(problem.with("value", text));
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
                    #[cfg(test)]
                    path: self.below(key),
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
            #[cfg(test)]
            path: self.below(key),
        }
    }

    #[cfg(test)]
    fn below(&self, key: &str) -> Vec<String> {
        self.path.iter().cloned().chain([key.to_owned()]).collect()
    }

    /// Names every key that nobody asked for, with the nearest one that is known.
    pub fn finish(self, problems: &mut Vec<Problem>) {
        let Some(table) = self.table else { return };
        #[cfg(test)]
        asked::note(self.source.file, &self.path, &self.asked);
        for key in table.keys() {
            let name: &str = key.get_ref();
            if self.asked.contains(name) {
                continue;
            }
            let line = self.source.line(key.span().start);
            let nearest = nearest(name, self.asked.iter().map(String::as_str)).unwrap_or("–");
            let mut problem = self.problem(line, "unknown_key").with("key", name);
            problem = problem.with("nearest", nearest).hiding(named_by(nearest));
            // A key that is misspelt is not missing beside.
            let missing = problems
                .iter()
                .position(|other| other.is_missing(nearest) && other.line == Some(self.line()));
            if let Some(missing) = missing {
                problem = problem.in_place_of(&problems.remove(missing));
            }
            problems.push(problem);
        }
    }
}

/// What seems missing when a list of tables is misspelt.
fn named_by(list: &str) -> &'static [&'static str] {
    match list {
        "zone" => &["no_such_zone"],
        "department" => &["no_such_department"],
        "queue" => &["none_of", "no_such_queue", "slots_of_no_queue"],
        "window" => &["none_of", "no_such_window", "queue_without_window"],
        "line" => &["no_such_line"],
        "session" => &["none_of"],
        _ => &[],
    }
}
