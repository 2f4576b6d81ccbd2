//! One row of the catalogue: its cells by their columns, read as what they must be.

use std::{collections::BTreeMap, fmt::Display, ops::RangeInclusive, str::FromStr};

use wire::texts::{Language, Texts};

use super::super::{index::Place, problem::Problem, value::Value};

/// A row.
pub struct Cells<'a> {
    place: Place,
    columns: &'a BTreeMap<&'static str, usize>,
    cells: &'a [String],
}

impl<'a> Cells<'a> {
    pub const fn new(
        place: Place,
        columns: &'a BTreeMap<&'static str, usize>,
        cells: &'a [String],
    ) -> Self {
        Self { place, columns, cells }
    }

    pub const fn place(&self) -> Place {
        self.place
    }

    /// A problem of this row.
    pub fn problem(&self, code: &str) -> Problem {
        Problem::new(self.place.0, Some(self.place.1), code)
    }

    /// The text of a cell; empty if there is none.
    pub fn text(&self, column: &str) -> &str {
        let cell = self.columns.get(column).and_then(|place| self.cells.get(*place));
        cell.map_or("", |text| text.trim())
    }

    /// The texts of a list.
    pub fn list(&self, column: &str) -> Vec<String> {
        let parts = self.text(column).split(['；', ';', '\n']).map(str::trim);
        parts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
    }

    /// A cell that must be there.
    pub fn value<T: Value>(&self, column: &str, problems: &mut Vec<Problem>) -> Option<T> {
        let text = self.text(column);
        let value = text.parse().ok();
        if value.is_none() {
            problems.push(self.wrong(T::WRONG, column));
        }
        value
    }

    /// A whole number within a range; none if the cell is empty.
    pub fn whole(
        &self,
        column: &str,
        range: RangeInclusive<u16>,
        problems: &mut Vec<Problem>,
    ) -> Option<u16> {
        // A spreadsheet writes whole numbers with a point sometimes.
        let text = self.text(column);
        let text = text.strip_suffix(".0").unwrap_or(text);
        self.within(text, column, range, problems)
    }

    /// A number within a range; none if the cell is empty.
    pub fn number(
        &self,
        column: &str,
        range: RangeInclusive<f64>,
        problems: &mut Vec<Problem>,
    ) -> Option<f64> {
        self.within(self.text(column), column, range, problems)
    }

    fn within<T: FromStr + PartialOrd + Display>(
        &self,
        text: &str,
        column: &str,
        range: RangeInclusive<T>,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let must = super::COLUMNS.iter().any(|(name, must)| *name == column && *must);
        if text.is_empty() && !(must && column == "mean_minutes") {
            return None;
        }
        let Ok(value) = text.parse::<T>() else {
            problems.push(self.wrong("not_a_number", column));
            return None;
        };
        if !range.contains(&value) {
            let problem = self.problem("out_of_range").with("key", column);
            problems.push(problem.with("low", range.start()).with("high", range.end()));
            return None;
        }
        Some(value)
    }

    /// One of the hall's words, as it stands in files or as people say it.
    pub fn word<T: Copy>(
        &self,
        column: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        self.one(self.text(column), column, all, as_str, problems)
    }

    /// A list of the hall's words.
    pub fn words<T: Copy>(
        &self,
        column: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
        problems: &mut Vec<Problem>,
    ) -> Vec<T> {
        let texts = self.list(column);
        texts.iter().filter_map(|text| self.one(text, column, all, as_str, problems)).collect()
    }

    fn one<T: Copy>(
        &self,
        text: &str,
        column: &str,
        all: &[T],
        as_str: fn(T) -> &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let texts = Texts::of(Language::Chinese);
        let said = |word: T| texts.get(&format!("sheet.{column}_{}", as_str(word))).to_owned();
        let found = all.iter().copied().find(|word| as_str(*word) == text || said(*word) == text);
        if found.is_none() {
            let known: Vec<&str> = all.iter().map(|word| as_str(*word)).collect();
            let near =
                wire::misspelt::nearest(text, known.iter().copied()).unwrap_or("–").to_owned();
            let problem = self.problem("not_one_of").with("value", text);
            problems.push(problem.with("known", known.join(", ")).with("nearest", near));
        }
        found
    }

    fn wrong(&self, code: &str, column: &str) -> Problem {
        self.problem(code).with("key", column).with("value", self.text(column))
    }
}
