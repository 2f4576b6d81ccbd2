//! Rows as they stand in the files.

use std::collections::BTreeMap;

use toml_edit::{Document, Item, Table, Value};

use super::{BETWEEN, Form, sheet};
use crate::profile::sources::{self, Sources};

/// A row of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What tells it from others: the key's value, or its place from 1.
    pub key: String,
    /// Its first line in the file, from 1.
    pub line: usize,
    /// Its last line.
    pub until: usize,
    /// What stands in it, by the names of the file. Values of a list are parted by [`BETWEEN`].
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// What stands in a field; nothing if it is not there.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.cells.get(field).map_or("", String::as_str)
    }

    /// The values of a list.
    pub fn list(&self, field: &str) -> impl Iterator<Item = &str> {
        values(self.get(field))
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        ["name", "label", "title", "text", "source"]
            .into_iter()
            .map(|field| self.get(field))
            .find(|name| !name.is_empty())
            .unwrap_or_default()
    }
}

/// The values of a cell that is a list.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([BETWEEN, ';', '\n']).map(str::trim).filter(|value| !value.is_empty())
}

/// The rows of a list; none of a file that cannot be read.
#[must_use]
pub fn rows(sources: &Sources, form: &Form) -> Vec<Row> {
    if form.is_sheet() {
        return sheet::rows(sources.catalogue().1);
    }
    let text = sources.get(form.file);
    let Ok(document) = Document::parse(text) else { return Vec::new() };
    let Some(found) = find(document.as_table(), form.list) else { return Vec::new() };
    let Some(tables) = found.as_array_of_tables() else { return Vec::new() };
    numbered(text, tables.iter(), form.key)
}

/// 停用: the items that are kept aside.
#[must_use]
pub fn aside(sources: &Sources) -> Vec<Row> {
    sheet::rows(sources.get(sources::OFF))
}

/// The tables of a list as rows, each until the next begins.
pub fn numbered<'t>(text: &str, tables: impl Iterator<Item = &'t Table>, key: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (place, table) in (1_usize..).zip(tables) {
        let line = table.span().map_or(0, |span| line_at(text, span.start));
        if let Some(before) = rows.last_mut() {
            before.until = line.saturating_sub(1).max(before.line);
        }
        let cells = cells(table);
        let named = cells.get(key).filter(|named| !named.is_empty());
        let key = named.cloned().unwrap_or_else(|| place.to_string());
        rows.push(Row { key, line, until: usize::MAX, cells });
    }
    rows
}

/// What stands at a path of tables.
fn find<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Item> {
    let (first, rest) = path.split_first()?;
    let item = table.get(first)?;
    if rest.is_empty() { Some(item) } else { find(item.as_table()?, rest) }
}

/// The line of a place in a text, from 1.
fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Everything that stands in a table, as words.
pub fn cells(table: &Table) -> BTreeMap<String, String> {
    table.iter().map(|(key, item)| (key.to_owned(), cell(item))).collect()
}

/// What stands at a key, as words.
#[must_use]
pub fn cell(item: &Item) -> String {
    match item {
        Item::None => String::new(),
        Item::Value(value) => word(value),
        Item::Table(table) => words(table),
        Item::ArrayOfTables(tables) => {
            tables.iter().map(words).collect::<Vec<_>>().join(&BETWEEN.to_string())
        }
    }
}

fn words(table: &Table) -> String {
    let each = table.iter().map(|(key, item)| format!("{key} {}", cell(item)));
    each.collect::<Vec<_>>().join(", ")
}

fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => number.value().to_string(),
        Value::Boolean(truth) => truth.value().to_string(),
        Value::Datetime(moment) => moment.value().to_string(),
        Value::Array(values) => {
            values.iter().map(word).collect::<Vec<_>>().join(&BETWEEN.to_string())
        }
        Value::InlineTable(table) => {
            let each = table.iter().map(|(key, value)| format!("{key} {}", word(value)));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}
